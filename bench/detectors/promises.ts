import { dayOf, endOf, plusDays, startOf } from '#domain/calendar.ts';
import type { Goal } from '#domain/goal.ts';
import type { Instant } from '#domain/issue.ts';
import type { Version } from '#domain/reference.ts';
import type { Alternatives } from '#domain/team.ts';
import { integer, seededRandom } from '#statistics/random.ts';
import { GOAL_WEEKS } from './backlog.ts';
import { add, type Draft, draft, moveTo, named, set, toParent } from './draft.ts';
import { DAY_MS, HOUR_MS } from './hours.ts';
import type { Setting } from './team.ts';
import type { Epic, Life } from './ticket.ts';
import { chance, type Way } from './way.ts';

/** What is done goes out with the next train, on Thursdays. */
export function release({ trainWeeks, from, weeks, timezone }: Way, { tickets }: Life): readonly Version[] {
  if (trainWeeks === undefined) return [];
  const versions = Array.from({ length: Math.floor(weeks / trainWeeks) }, (_, i): Version => {
    const releaseDay = plusDays(from, 7 * trainWeeks * (i + 1) - 4);
    return { id: `v${i}`, projectId: 'pay', name: `1.${i}`, released: true, releaseDay };
  });
  for (const { draft: of, doneAt, kind } of tickets) {
    if (doneAt === undefined || kind === 'support') continue;
    const train = versions.find(({ releaseDay = from }) => endOf(releaseDay, timezone) > doneAt);
    if (train !== undefined) add(of, doneAt, 'versions', train.id);
  }
  return versions;
}

/** Some stories are promised for a day when they are written down. Which promises hold is decided here, and so is known. */
export function promise(way: Way, { tickets }: Life): void {
  const random = seededRandom(`promise ${way.seed}`);
  const { timezone } = way;
  for (const { draft: of, kind, begunAt, doneAt } of tickets) {
    if (kind !== 'story' || begunAt === undefined || doneAt === undefined || !chance(random, way.due))
      continue;
    const done = dayOf(doneAt, timezone);
    const missed = plusDays(done, -integer(random, 14, 35));
    const isKept = chance(random, way.kept(weekOf(way, doneAt))) || missed < dayOf(of.createdAt, timezone);
    set(of, of.createdAt + 60_000, 'dueDate', {
      value: isKept ? plusDays(done, integer(random, 0, 4)) : missed,
    });
  }
}

/** Some stories have to wait for those of another team, which are done before anybody begins. */
export function wait(way: Way, { foreign, isShared }: Setting, { tickets }: Life): readonly Draft[] {
  const random = seededRandom(`wait ${way.seed}`);
  const stories = tickets.filter(({ kind }) => kind === 'story');
  return stories.flatMap(({ draft: of, epic, begunAt }, i) => {
    if (!chance(random, foreign)) return [];
    const week = weekOf(way, of.createdAt);
    const other = draft(`OPS-${i + 1}`, of.createdAt + HOUR_MS / 2, {
      type: named('Story'),
      status: named('To Do'),
      project: { value: 'ops', name: 'OPS' },
      ...(isShared(week) && epic !== undefined ? { parent: toParent(epic.draft) } : {}),
    });
    if (begunAt !== undefined && begunAt - of.createdAt > 2 * HOUR_MS)
      moveTo(other, begunAt - HOUR_MS, 'Done');
    else moveTo(other, of.createdAt + HOUR_MS, 'Done');
    add(of, of.createdAt + (2 * HOUR_MS) / 3, 'links', other.key, `This issue is blocked by ${other.key}`);
    return [other];
  });
}

/** Each goal with its date: those that are made have a fifth of their time to spare, a dream has what it was given. */
export function goalsOf(way: Way, { epics }: Life): readonly Goal[] {
  const { timezone } = way;
  const opened = epics.filter((one): one is Opened => one.isGoal && one.openedAt !== undefined);
  const dream =
    way.dream === undefined
      ? undefined
      : opened.findLast(
          ({ openedAt }) =>
            weekOf(way, openedAt) <= (way.dream?.week ?? 0) &&
            weekOf(way, openedAt) >= (way.dream?.week ?? 0),
        );
  return opened.map((one): Goal => {
    const { openedAt, doneAt = openedAt + 140 * DAY_MS } = one;
    const made = doneAt + Math.max(7 * DAY_MS, 0.2 * (doneAt - openedAt));
    const date = dayOf(one === dream ? openedAt + 7 * GOAL_WEEKS * DAY_MS : made, timezone);
    const isGivenUp =
      dream !== undefined &&
      one !== dream &&
      openedAt < dream.openedAt &&
      (one.doneAt ?? Number.POSITIVE_INFINITY) > dream.openedAt;
    return {
      id: `goal-${one.draft.key}`,
      name: `Goal ${one.draft.key}`,
      scope: { kind: 'parent', name: one.draft.key },
      date,
      from: dayOf(openedAt, timezone),
      ...(isGivenUp ? { to: plusDays(dayOf(dream.openedAt, timezone), -1) } : {}),
    };
  });
}

type Opened = Epic & { readonly openedAt: Instant };

export function alternativesOf(
  way: Way,
  { alternatives }: Setting,
  { epics }: Life,
): Alternatives | undefined {
  if (alternatives === undefined) return undefined;
  const { from, decideIn } = alternatives;
  const ends = ({ doneAt = Number.POSITIVE_INFINITY }: Epic) => doneAt;
  const open = epics
    .filter(
      (one) =>
        !one.isGoal &&
        one.openedAt !== undefined &&
        weekOf(way, one.openedAt) <= from &&
        ends(one) > startOf(plusDays(way.from, 7 * from), way.timezone),
    )
    .toSorted((a, b) => ends(b) - ends(a));
  const decideBy = plusDays(way.from, 7 * decideIn + 6);
  return {
    id: 'way',
    streams: open.slice(0, 2).map(({ draft: of }) => of.key),
    metric: 'conversion',
    decideBy,
  };
}

function weekOf({ from, timezone }: Way, at: Instant): number {
  return Math.floor((at - startOf(from, timezone)) / (7 * DAY_MS));
}
