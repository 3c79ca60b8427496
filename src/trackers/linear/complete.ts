import type { Issue, IssueEvent, NamedValue } from '#domain/issue.ts';
import type { LinearClient } from './client.ts';
import type { LinearReading } from './events.ts';
import { normalizeIssue } from './normalize.ts';
import { withAllReleases } from './releases.ts';
import type { LinearEntry, LinearIssue, LinkedIssue } from './schemas.ts';
import { linksOf } from './shown-links.ts';
import { drainHistories } from './tails.ts';

/** Issues of a walk, whose links were swept before, with their whole histories. One that is deleted meanwhile is left out. */
export async function completeIssues(
  client: LinearClient,
  issues: readonly LinearIssue[],
  linksOf: (issueId: string) => readonly NamedValue[],
  reading: LinearReading,
): Promise<readonly Issue[]> {
  const histories = await historiesOf(client, issues);
  return issues.flatMap((issue) => {
    const entries = histories.get(issue.id);
    return entries === undefined ? [] : [normalizeIssue(issue, entries, linksOf(issue.id), reading)];
  });
}

/**
 * Issues that changed, with their whole histories. What is stored of an issue serves as the older part of its history
 * when it meets the newer part that was read; otherwise all of it is read.
 */
export async function completeChanges(
  client: LinearClient,
  shown: readonly LinkedIssue[],
  stored: ReadonlyMap<string, Issue>,
  since: number,
  reading: LinearReading,
): Promise<readonly Issue[]> {
  const issues = await withAllReleases(client, shown);
  const meeting = new Set<string>();
  const histories = await historiesOf(client, issues, (id, entries) => {
    const isMet = meets(entries, stored.get(id), since);
    if (isMet) meeting.add(id);
    return isMet;
  });
  const links = await linksOf(client, issues);
  return issues.flatMap((issue) => {
    const before = stored.get(issue.id);
    const isMet = meeting.has(issue.id);
    const entries = histories.get(issue.id);
    if (entries === undefined || !links.has(issue.id)) return [];
    const oldest = isMet ? Math.min(...entries.map(({ createdAt }) => createdAt)) : Number.NEGATIVE_INFINITY;
    const read = new Set(entries.map(({ id }) => id));
    const kept = before?.events.filter(({ origin }) => origin === 'recorded') ?? [];
    const older = isMet ? kept.filter(({ eventId, at }) => !read.has(eventId) && at <= oldest) : [];
    const names = before === undefined ? reading : withNamesOf(before, reading);
    const whole = normalizeIssue(issue, entries, links.get(issue.id) ?? [], names, older);
    if (before === undefined) return [whole];
    const open = kept.filter(({ at }) => at > settledAt(before, since));
    return [{ ...whole, events: [...whole.events, ...withdrawn(open, whole)] }];
  });
}

/**
 * Entries that were stored with a change and hold none now: somebody took it back while Linear was still writing in the
 * entry. They are named, so that they leave the store as well.
 */
function withdrawn(stored: readonly IssueEvent[], { events }: Issue): readonly IssueEvent[] {
  const now = new Set(events.map(({ eventId }) => eventId));
  const gone = new Map(
    stored.filter(({ eventId }) => !now.has(eventId)).map(({ eventId, at }) => [eventId, at]),
  );
  return [...gone].map(([eventId, at]) => ({
    at,
    eventId,
    itemIndex: 0,
    field: 'withdrawn',
    origin: 'inferred',
  }));
}

/** What was named before keeps its name where this reading knows none. */
export function withNamesOf({ events, current }: Issue, reading: LinearReading): LinearReading {
  const names = new Map<string, string>();
  for (const { from, fromName, to, toName } of events) {
    if (from !== undefined && fromName !== undefined) names.set(from, fromName);
    if (to !== undefined && toName !== undefined) names.set(to, toName);
  }
  for (const { value, name } of Object.values(current.sets).flat())
    if (name !== undefined) names.set(value, name);
  return { ...reading, nameOf: (id) => reading.nameOf(id) ?? names.get(id) };
}

/** For so long Linear goes on writing in an entry of a history. */
const MERGING_MS = 180_000;

/**
 * Whether what was read of a history, newest first, reaches back to what is stored: to an entry that was written in for
 * the last time before the stored copy was read. An entry without a change that we keep does not serve, as it is not
 * stored.
 */
function meets(nodes: readonly LinearEntry[], stored: Issue | undefined, since: number): boolean {
  if (stored === undefined) return false;
  const isNewestFirst = nodes.every(
    ({ createdAt }, i) => createdAt <= (nodes[i - 1]?.createdAt ?? createdAt),
  );
  if (!isNewestFirst) return false;
  const settled = settledAt(stored, since);
  const entries = new Set(stored.events.map(({ eventId }) => eventId));
  return nodes.some(({ id, createdAt }) => createdAt <= settled && entries.has(id));
}

/** Entries up to this moment were finished when the stored copy was read, and will not change. */
function settledAt(stored: Issue, since: number): number {
  return Math.max(stored.updatedAt, since) - MERGING_MS;
}

async function historiesOf(
  client: LinearClient,
  issues: readonly LinearIssue[],
  hasReached?: (issueId: string, entries: readonly LinearEntry[]) => boolean,
): Promise<ReadonlyMap<string, readonly LinearEntry[]>> {
  return drainHistories(
    client,
    issues.map(({ id, history }) => ({ issueId: id, page: history })),
    hasReached,
  );
}
