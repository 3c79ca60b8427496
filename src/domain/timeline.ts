import { absencesAsOf, openAbsence } from './absence.ts';
import type { Claim } from './claim.ts';
import type { GoalText } from './goal-text.ts';
import type { Absence, Instant, IssueEvent, PersonHash } from './issue.ts';
import { oncePerHistory } from './once.ts';

/** What happened to an issue, and nothing of what the tracker shows today. */
export interface Timeline {
  readonly source: string;
  readonly id: string;
  readonly createdAt: Instant;
  readonly creator?: PersonHash;
  readonly events: readonly IssueEvent[];
  /** When the tracker did not show it. */
  readonly gone?: readonly Absence[];
  /** What its comments say of its end. */
  readonly claims?: readonly Claim[];
  /** What its texts said, each since when. */
  readonly texts?: readonly GoalText[];
}

/**
 * An issue as it was known at some moment: the events before it, and nothing of what came later. Made by `asOf` alone.
 * The moment is not part of it, so that one to which nothing happens is the same on every day.
 */
export interface IssueAsOf extends Timeline {
  readonly [cut]: true;
}
declare const cut: unique symbol;

/**
 * The issue as of a moment: events with `at < moment` count, later ones are gone, nothing is closed.
 * Undefined when the issue did not exist yet.
 *
 * Metrics take only what this returns, so they cannot see the future by accident. The law they obey:
 * `metric(asOf(X, T)) == metric(asOf(X ++ anything after T, T))`.
 */
export function asOf(issue: Timeline, moment: Instant): IssueAsOf | undefined {
  const missed = issue.gone && absencesAsOf(issue.gone, moment);
  // What happened while it was gone was heard of later, if at all.
  const known = Math.min(moment, openAbsence(missed)?.since ?? moment);
  const gone = withArchiving(missed, issue, moment);
  // Most histories ended before: they are shared, since a copy of each would be most of what a view takes.
  const end = issue.events.findLastIndex((event) => event.at < known) + 1;
  const events = end === issue.events.length ? issue.events : issue.events.slice(0, end);
  if (events.length === 0 || issue.createdAt >= moment) return undefined;
  const then: Timeline = {
    source: issue.source,
    id: issue.id,
    createdAt: issue.createdAt,
    ...(issue.creator === undefined ? {} : { creator: issue.creator }),
    events,
    ...(gone === undefined || gone.length === 0 ? {} : { gone }),
    ...(issue.claims === undefined ? {} : { claims: issue.claims.filter(({ at }) => at < known) }),
    ...(issue.texts === undefined ? {} : { texts: issue.texts.filter(({ since }) => since < known) }),
  };
  return then as IssueAsOf;
}

/** The same of an issue as it was known later: itself, unless something became known in between. */
export function asOfEarlier(issue: IssueAsOf, moment: Instant): IssueAsOf | undefined {
  const { events, gone, claims = [], texts = [], createdAt } = issue;
  const isSame =
    gone === undefined &&
    createdAt < moment &&
    (events.at(-1)?.at ?? moment) < moment &&
    claims.every(({ at }) => at < moment) &&
    texts.every(({ since }) => since < moment);
  return isSame ? issue : asOf(issue, moment);
}

/**
 * What a tracker archives issue by issue it goes on showing, and tells of in the history (Linear): out of sight all the
 * same, from then until it is taken out again.
 */
function withArchiving(
  gone: readonly Absence[] | undefined,
  issue: Timeline,
  moment: Instant,
): readonly Absence[] | undefined {
  const last = archivings(issue, 'archived').findLast(({ at }) => at < moment);
  if (last?.to !== 'true' || openAbsence(gone) !== undefined) return gone;
  return [...(gone ?? []), { since: last.at, why: 'archived' }];
}

const archivings = oncePerHistory((issue, field: string) =>
  issue.events.filter((event) => event.field === field),
);
