import type { JiraSite } from '#demo/jira/model.ts';
import {
  createJiraSimulator,
  type JiraSimulator,
  type JiraSimulatorOptions,
  SIMULATED_ACCOUNT,
} from '#demo/jira/server.ts';
import { digestLine } from '#domain/digest.ts';
import type { Instant, Issue } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import { mergeIssues } from '#domain/whole-timeline.ts';
import { createJiraTracker, type JiraTracker, type JiraTrackerOptions } from '#trackers/jira/tracker.ts';
import type { StoredIssues, StoredSince } from '#trackers/tracker.ts';

export const SOURCE = 'acme';
export const SALT = 'pepper';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export async function served(site: JiraSite, options: JiraSimulatorOptions = {}): Promise<JiraSimulator> {
  return createJiraSimulator(site, { stallMilliseconds: 400, ...options });
}

export function trackerAt(
  simulator: Pick<JiraSimulator, 'url'>,
  more: Partial<JiraTrackerOptions> = {},
): JiraTracker {
  return createJiraTracker({
    source: SOURCE,
    url: simulator.url,
    auth: SIMULATED_ACCOUNT,
    salt: SALT,
    transport: { sleep: () => Promise.resolve() },
    ...more,
  });
}

/** What a sync keeps, in memory: merged as the store merges. */
export interface Copy {
  readonly issues: Map<string, Issue>;
  readonly stored: StoredIssues;
  readonly storedSince: StoredSince;
  cursor: Instant;
  reference: Reference | undefined;
}

/** Reads a site whole. */
export async function copyOf(tracker: JiraTracker): Promise<Copy> {
  const issues = new Map<string, Issue>();
  const overview = await tracker.overview();
  const copy: Copy = {
    issues,
    stored: async (ids) => new Map(ids.flatMap((id) => (issues.has(id) ? [[id, issueIn(issues, id)]] : []))),
    storedSince: async (since) =>
      new Map(
        [...issues.values()].flatMap(({ id, updatedAt }) => (updatedAt >= since ? [[id, updatedAt]] : [])),
      ),
    cursor: overview.trackerNow,
    reference: overview.reference,
  };
  for (const part of overview.parts) {
    for await (const batch of tracker.walk(part)) {
      keep(copy, batch.issues);
      copy.reference = batch.learned ?? copy.reference;
    }
  }
  return copy;
}

/** Brings a copy up to date, and says which issues came. */
export async function follow(
  tracker: JiraTracker,
  copy: Copy,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const came: string[] = [];
  for await (const batch of tracker.changes(copy.cursor, copy.stored, signal, copy.storedSince)) {
    keep(copy, batch.issues);
    came.push(...batch.issues.map(({ id }) => id));
    copy.cursor = batch.cursor;
    copy.reference = batch.learned ?? copy.reference;
  }
  return came;
}

/** What a census shows: the ids it saw, and those of the copy that are gone once they were asked for. */
export async function census(tracker: JiraTracker, copy: Copy) {
  const projects = [...copy.issues.values()].map(({ current }) => current.scalars.project?.value ?? '');
  const { parts, pages } = await tracker.census([...new Set(projects)]);
  const shown = new Set<string>();
  for await (const page of pages) for (const id of page) shown.add(id);
  const doubtful = [...copy.issues.keys()].filter((id) => !shown.has(id));
  const fresh = [...shown].filter((id) => !copy.issues.has(id));
  const asked = [...doubtful, ...fresh];
  const answer = asked.length === 0 ? { issues: [], missing: [] } : await tracker.read(asked, copy.stored);
  keep(copy, answer.issues);
  for (const id of answer.missing) copy.issues.delete(id);
  return { parts, shown, missing: answer.missing };
}

/** The digest lines of a copy, in order. */
export function linesOf({ issues }: Copy): readonly string[] {
  return [...issues.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((issue) => digestLine(issue));
}

function keep({ issues }: Copy, batch: readonly Issue[]): void {
  for (const issue of batch) {
    const before = issues.get(issue.id);
    issues.set(issue.id, before === undefined ? issue : mergeIssues(before, issue));
  }
}

function issueIn(issues: ReadonlyMap<string, Issue>, id: string): Issue {
  const issue = issues.get(id);
  if (issue === undefined) throw new RangeError(`no issue ${id}`);
  return issue;
}
