import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import type { RiskKind } from '#risks/risk.ts';
import { integer, type Random, seededRandom, uniform } from '#statistics/random.ts';
import { type Draft, draft, moveTo, named, set } from './draft.ts';
import { DAY_MS, HOUR_MS } from './hours.ts';
import { live } from './life.ts';
import { type MadeUp, madeUp, PLAIN, type Setting } from './team.ts';
import type { Life } from './ticket.ts';
import { always, healthyWay, type Way } from './way.ts';

/** A way to work that is well, and hard for some detector. */
export interface Healthy {
  readonly name: string;
  readonly way?: (way: Way, random: Random) => Partial<Way>;
  readonly setting?: (way: Way) => Partial<Setting>;
  /** Changes what was lived, or adds issues that nobody of the team works on. */
  readonly more?: (way: Way, life: Life, random: Random) => readonly Draft[];
  /** What is said of it truly. */
  readonly truly?: readonly RiskKind[];
}

/** Reports are asked for over a year, after half a year of history. */
export const FIRST_WEEK = 27;
export const LAST_WEEK = 78;
const LIVED_WEEKS = 100;

export function healthyTeam({ way, setting, more, name }: Healthy, seed: string, hasGoal: boolean): MadeUp {
  const random = seededRandom(`healthy ${name} ${seed}`);
  const base = healthyWay(`${name} ${seed}`, LIVED_WEEKS);
  const own: Way = { ...base, ...way?.(base, random) };
  const life = live(own);
  dropLeftovers(own, life);
  const extra = more?.(own, life, random) ?? [];
  return madeUp(own, { ...PLAIN, hasGoal, ...setting?.(own) }, life, extra);
}

/**
 * Goals of a team that is well are made. What was put back once the next goal had begun, or was in the hands of somebody
 * who left, nobody of a made-up team takes up again: a team that is well drops it when the rest is done.
 */
function dropLeftovers(way: Way, { tickets, epics }: Life): void {
  for (const epic of epics) {
    if (!epic.isGoal || epic.openedAt === undefined || epic.doneAt !== undefined) continue;
    const own = tickets.filter((ticket) => ticket.epic === epic);
    const last = Math.max(epic.openedAt, ...own.map(({ doneAt = 0 }) => doneAt));
    if (last > monday(way, way.weeks - LEFT_WEEKS)) continue;
    const at = last + 2 * DAY_MS;
    for (const { draft: of, doneAt, lastAt } of own)
      if (doneAt === undefined) moveTo(of, Math.max(at, lastAt + HOUR_MS), 'Cancelled');
    epic.doneAt = at;
    moveTo(epic.draft, at + HOUR_MS, 'Done');
  }
}

/** A goal on which nothing was finished for so long at the end of a life is over. */
const LEFT_WEEKS = 6;

const weekOff = (from: CalendarDay, week: number): readonly CalendarDay[] =>
  Array.from({ length: 5 }, (_, i) => plusDays(from, 7 * week + i));
const monday = ({ from }: Way, week: number): number => Date.parse(plusDays(from, 7 * week));

export const HEALTHY: readonly Healthy[] = [
  { name: 'nothing special' },
  { name: 'slow and honest reviews', way: () => ({ review: [7, 0.5] }) },
  { name: 'times that differ much', way: () => ({ hours: [16, 1.1] }) },
  {
    name: 'holidays nobody entered',
    way: ({ from }) => ({ undeclared: [16, 17, 46, 47, 68, 69].flatMap((week) => weekOff(from, week)) }),
  },
  {
    name: 'holidays of the calendar',
    way: ({ from }) => ({
      declared: [16, 17, 34, 46, 47, 48, 68, 69].flatMap((week) => weekOff(from, week)),
    }),
  },
  { name: 'a train every eight weeks', way: () => ({ trainWeeks: 8 }) },
  {
    name: 'bulk closures by an administrator',
    more: (way, _, random) => [40, 52, 66].flatMap((week) => tidied(way, week, random)),
  },
  { name: 'an import at one moment', more: (way, _, random) => imported(way, random) },
  { name: 're-organisations', more: (way, life, random) => moved(way, life, random) },
  {
    name: 'many small requests',
    truly: ['unplanned_work'],
    way: ({ people }) => ({ support: always(people), supportHours: 0.7 }),
  },
  {
    name: 'big and steady support',
    way: () => ({ supporters: always(1) }),
    truly: ['support_load', 'unplanned_work'],
  },
  {
    name: 'a declared choice ahead',
    way: ({ people }) => ({ people: Math.max(6, people), streams: always(2), goalShare: 0.4 }),
    setting: () => ({ alternatives: { from: 40, decideIn: LAST_WEEK + 10 } }),
  },
  {
    name: 'midnight far from Greenwich',
    way: (_, random) => ({
      nights: 0.3,
      timezone: integer(random, 0, 1) === 0 ? 'America/Los_Angeles' : 'Pacific/Auckland',
    }),
  },
  {
    name: 'one leaves, one comes',
    way: ({ people }) => ({
      people: people + 1,
      lastWeek: [44],
      vacations: Array.from({ length: people + 1 }, (_, i) =>
        i === people ? Array.from({ length: 45 }, (__, week) => week) : [],
      ),
    }),
    setting: (way) => ({ hasRoster: true, more: { members: handedOver(way) } }),
  },
  { name: 'quick answers', way: () => ({ undecided: always(0.2), waitDays: always(1.5) }) },
  {
    name: 'shared asks and weekly words',
    setting: () => ({ foreign: 0.3, updatesUntil: LIVED_WEEKS, says: 'all' }),
  },
];

/** Old wishes that nobody worked on, closed by one person within minutes. */
function tidied(way: Way, week: number, random: Random): readonly Draft[] {
  const at = monday(way, week) + (integer(random, 0, 4) * 24 + 10) * HOUR_MS;
  return Array.from({ length: 40 }, (_, i) => {
    const of = draft(`PAY-${10_000 + 100 * week + i}`, monday(way, 0) + uniform(random) * 30 * DAY_MS, {
      type: named('Story'),
      status: named('To Do'),
    });
    moveTo(of, at + i * 5000, 'Done', 'admin');
    return of;
  });
}

/** What an earlier tracker knew as done and open, all of it created and moved in one minute. */
function imported(way: Way, random: Random): readonly Draft[] {
  const at = monday(way, 30) + 20 * HOUR_MS;
  return Array.from({ length: 160 }, (_, i) => {
    const of = draft(`PAY-${20_000 + i}`, at, {
      type: named('Story'),
      status: named('To Do'),
      assignee: { value: `h${i % 4}` },
    });
    const path =
      uniform(random) < 0.85
        ? ['In Progress', 'Review', 'Done']
        : uniform(random) < 0.5
          ? []
          : ['In Progress', 'Review', 'Done'];
    path.forEach((status, k) => {
      moveTo(of, at + k, status, 'admin');
    });
    return of;
  });
}

/** Half a year in, another team's backlog and past become ours; later a part of what is open goes to others. */
function moved(way: Way, { tickets }: Life, random: Random): readonly Draft[] {
  const [come, go] = [monday(way, 36) + 10 * HOUR_MS, monday(way, 60) + 10 * HOUR_MS];
  const theirs = Array.from({ length: 80 }, (_, i) => {
    const begun = monday(way, 2) + uniform(random) * 30 * 7 * DAY_MS;
    const of = draft(`OPS-${500 + i}`, begun - 3 * DAY_MS, {
      type: named('Story'),
      status: named('To Do'),
      project: { value: 'ops', name: 'OPS' },
      assignee: { value: `o${i % 5}` },
    });
    moveTo(of, begun, 'In Progress');
    moveTo(of, begun + (1 + 4 * uniform(random)) * DAY_MS, 'Review');
    moveTo(of, begun + (6 + 2 * uniform(random)) * DAY_MS, 'Done');
    set(of, come + i * 3000, 'project', { value: 'pay', name: 'PAY' });
    set(of, come + i * 3000, 'key', { value: `PAY-${30_000 + i}` });
    return of;
  });
  const open = tickets.filter(
    ({ begunAt, draft: of, kind }) => begunAt === undefined && of.createdAt < go && kind === 'story',
  );
  for (const { draft: of } of open.slice(0, 5)) set(of, go, 'project', { value: 'ops', name: 'OPS' });
  return theirs;
}

/** The first person until the handover, and the last from then on. */
function handedOver({ people, from }: Way) {
  return Array.from({ length: people }, (_, i) => ({
    ids: { acme: `h${i}` },
    fte: 1,
    ...(i === 0 ? { to: plusDays(from, 7 * 44 + 4) } : {}),
    ...(i === people - 1 ? { from: plusDays(from, 7 * 45) } : {}),
  }));
}
