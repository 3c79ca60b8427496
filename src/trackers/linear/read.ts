import type { Issue } from '#domain/issue.ts';
import type { Reread, StoredIssues } from '../tracker.ts';
import type { LinearClient } from './client.ts';
import { completeChanges } from './complete.ts';
import { contradicts } from './cross-check.ts';
import { spannedQuestion } from './documents.ts';
import type { LinearReading } from './events.ts';
import type { Offered } from './reference-kinds.ts';

/** As many as one question can carry with everything. */
export const ISSUES_A_READING = 95;

/**
 * Reads issues by id as they are now. Linear keeps the stays of an issue in its states a second time, beside the
 * history: where the two disagree, the issue is named, and its history stands as it is.
 */
export async function readIssues(
  client: LinearClient,
  ids: readonly string[],
  stored: StoredIssues,
  reading: LinearReading,
  offered: Offered,
): Promise<Reread> {
  const question = spannedQuestion(offered);
  const wanted = [...new Set(ids)];
  const issues: Issue[] = [];
  const missing: string[] = [];
  const contradicted: string[] = [];
  for (let at = 0; at < wanted.length; ) {
    const asked = wanted.slice(at, at + ISSUES_A_READING);
    const { data, first } = await client.ask(question, {
      first: asked.length,
      filter: { id: { in: asked } },
    });
    // A question that was halved answers for a part of what it asked: the rest is asked for again.
    const { nodes, pageInfo } = data.issues;
    if (pageInfo.hasNextPage && first < asked.length) {
      const rest = new Set(nodes.map(({ id }) => id));
      wanted.push(...asked.filter((id) => !rest.has(id)));
    }
    const shown = new Map(nodes.map((issue) => [issue.id, issue]));
    const whole = await completeChanges(
      client,
      [...shown.values()],
      await stored([...shown.keys()]),
      0,
      reading,
    );
    for (const issue of whole) {
      issues.push(issue);
      const node = shown.get(issue.id);
      if (node !== undefined && contradicts(node, issue)) contradicted.push(issue.id);
    }
    if (!pageInfo.hasNextPage) {
      missing.push(...asked.filter((id) => shown.get(id)?.trashed ?? !shown.has(id)));
    } else {
      missing.push(...asked.filter((id) => shown.get(id)?.trashed === true));
    }
    at += asked.length;
  }
  return { issues, missing, ...(contradicted.length === 0 ? {} : { contradicted }) };
}
