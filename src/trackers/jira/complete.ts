import type { Issue } from '#domain/issue.ts';
import { withClaims } from '../claims.ts';
import type { JiraClient } from './client.ts';
import { readClaims } from './comments.ts';
import type { JiraReading } from './events.ts';
import { withGoalText } from './goal-texts.ts';
import { MOST_ISSUES, readHistories } from './histories.ts';
import { normalizeIssue } from './normalize.ts';
import type { JiraIssue } from './schemas.ts';

/** The issues with their whole histories, as ours: one question for up to a thousand. */
export async function completeIssues(
  client: JiraClient,
  issues: readonly JiraIssue[],
  reading: JiraReading,
): Promise<readonly Issue[]> {
  const out: Issue[] = [];
  for (let at = 0; at < issues.length; at += MOST_ISSUES) {
    const batch = issues.slice(at, at + MOST_ISSUES);
    const histories = await readHistories(
      client,
      reading.source,
      batch.map(({ id }) => id),
    );
    const claims = await readClaims(client, batch, reading);
    for (const shown of batch) {
      const normal = normalizeIssue(shown, histories.get(shown.id) ?? [], reading);
      const issue = withGoalText(withClaims(normal, claims.get(shown.id)), shown, reading);
      reading.onIssue?.(shown, issue, reading.fields);
      out.push(issue);
    }
  }
  return out;
}
