import type { Instant, Issue } from '#domain/issue.ts';
import type { ChangeBatch, StoredIssues, StoredSince } from '../tracker.ts';
import { TrackerError } from '../tracker-error.ts';
import { ascending } from './ascending.ts';
import { changedIn } from './changed-in.ts';
import type { Answer, LinearClient } from './client.ts';
import { completeChanges } from './complete.ts';
import { linkedQuestion, type pollQuestion } from './documents.ts';
import type { LinearReading } from './events.ts';
import { createPageSize } from './page-size.ts';
import type { Offered } from './reference-kinds.ts';
import { touchedIssues } from './relinked.ts';
import type { LinkedIssue, PollAnswer } from './schemas.ts';
import { isNews, isShownAgain } from './shown-again.ts';
import { unlessKnown } from './unless-known.ts';

/** What following a workspace needs beside the client, and remembers from one poll to the next. */
export interface Following {
  /** Which issues are ours. */
  readonly filter: object;
  readonly stored: StoredIssues;
  /** Absent: what is stored is shown once more, and compared. */
  readonly storedSince?: StoredSince | undefined;
  /** Gives the question of a poll to be asked, and another when Linear refuses a part of it. */
  readonly poll: (
    ask: (question: ReturnType<typeof pollQuestion>) => Promise<Answer<PollAnswer>>,
  ) => Promise<Answer<PollAnswer>>;
  /** What Linear gives us: as of the last question that was asked. */
  readonly offered: () => Offered;
  /** Which comments are asked for as well. */
  readonly comments?: object | undefined;
  /** How ids are named: the poll brings the names of states itself, unless there are too many. */
  readonly readingWith: (answer: PollAnswer) => Promise<LinearReading>;
  /** Reads the reference again when its newest change came since a moment and is not among what was read of it. */
  readonly referenceSince: (newest: Instant, from: Instant) => Promise<ChangeBatch['reference']>;
}

/** A change may be shown late, and an entry of a history is written in for minutes: so much is asked for once more. */
export const OVERLAP_MS = 120_000;
/** As many changed issues as one question can carry beside everything else. */
export const ISSUES_A_POLL = 100;
/** With links and history, at most this many. */
export const LINKED_ISSUES_A_PAGE = 108;

/**
 * What changed since a moment. One question finds issues that changed and those that were archived, which Linear does
 * not count as a change, with everything of the first hundred; only what it could not hold is asked for further. What is
 * stored of the time that is asked for once more is left out.
 */
export async function* readChanges(
  client: LinearClient,
  since: Instant,
  following: Following,
): AsyncGenerator<ChangeBatch> {
  const from = since - OVERLAP_MS;
  const ask = (filter: object) =>
    following.poll((question) =>
      client.ask(question, {
        first: ISSUES_A_POLL,
        changed: filter,
        linked: { ...filter, and: [HAS_LINKS] },
        ...(following.comments === undefined ? {} : { comments: following.comments }),
      }),
    );
  const unless = unlessKnown((await following.storedSince?.(from)) ?? new Map(), since);
  let changed = changedSince(from, following.filter, unless);
  const poll = await ask(changed).catch((error: unknown) => {
    // It is longer than the others.
    if (unless.length === 0 || !(error instanceof TrackerError) || error.kind !== 'rejected') throw error;
    changed = changedSince(from, following.filter, []);
    return ask(changed);
  });
  const { data, date } = poll;
  const reading = await following.readingWith(data);
  const linked = linkedQuestion(following.offered());
  const read = async (issues: readonly LinkedIssue[]): Promise<readonly Issue[]> => {
    const stored = await following.stored(issues.map(({ id }) => id));
    // What went to the trash before we ever saw it is not taken in.
    const seen = issues.filter(({ id, trashed }) => trashed !== true || stored.has(id));
    const fresh = seen.filter((issue) => !isShownAgain(issue, stored.get(issue.id), reading));
    const whole = await completeChanges(client, fresh, stored, since, reading);
    return whole.filter((issue) => isNews(stored.get(issue.id), issue));
  };

  const first = new Map(changedIn(data).map((issue) => [issue.id, issue]));
  const isElsewhere = (id: string): boolean => !first.has(id);
  const ids = await touchedIssues(client, data, { from, since }, following.stored, isElsewhere);
  for (let at = 0; at < ids.length; at += LINKED_ISSUES_A_PAGE) {
    const filter = { ...following.filter, id: { in: ids.slice(at, at + LINKED_ISSUES_A_PAGE) } };
    const pages = ascending(client, linked, createPageSize(LINKED_ISSUES_A_PAGE), { filter });
    for await (const { issues } of pages) for (const issue of issues) first.set(issue.id, issue);
  }
  const reference = await following.referenceSince(newestIn(data), from);
  const more = data.changed.pageInfo.hasNextPage;
  const upTo = Math.max(...data.changed.nodes.map(({ updatedAt }) => updatedAt));
  const end = Math.max(since, date);
  yield {
    issues: await read([...first.values()]),
    cursor: more ? Math.max(since, upTo) : end,
    trackerNow: date,
    ...(reference === undefined ? {} : { reference }),
  };
  if (!more) return;
  const size = createPageSize(LINKED_ISSUES_A_PAGE);
  for await (const stretch of ascending(client, linked, size, { updatedAt: upTo, filter: changed })) {
    const fresh = stretch.issues.filter(({ id, updatedAt }) => first.get(id)?.updatedAt !== updatedAt);
    yield {
      issues: await read(fresh),
      cursor: stretch.upTo === undefined ? end : Math.max(since, stretch.upTo),
      trackerNow: date,
    };
  }
}

/** Issues that changed `unless` they are known to, and those that were archived, which is no change of them. */
function changedSince(from: Instant, ours: object, unless: readonly object[]): object {
  const gte = new Date(from).toISOString();
  const and = unless.length === 0 ? {} : { and: unless };
  return { ...ours, or: [{ updatedAt: { gte }, ...and }, { archivedAt: { gte } }] };
}

const HAS_LINKS = {
  or: ['hasBlockingRelations', 'hasBlockedByRelations', 'hasDuplicateRelations', 'hasRelatedRelations'].map(
    (kind) => ({ [kind]: { eq: true } }),
  ),
};

function newestIn(data: PollAnswer): Instant {
  const lists = [
    data.newestStates,
    data.newestLabels,
    data.newestTeams,
    data.newestProjects,
    data.newestMilestones,
    data.newestCycles,
    data.newestInitiatives,
    data.newestMemberships,
    data.newestProjectUpdates,
    data.newestInitiativeUpdates,
    data.newestReleases,
  ];
  return Math.max(0, ...lists.flatMap((list) => list?.nodes.map(({ updatedAt }) => updatedAt) ?? []));
}
