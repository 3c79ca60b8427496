import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { CalendarDay } from '#domain/calendar.ts';
import { integer, type Random, seededRandom, uniform } from '#statistics/random.ts';

/** Something that may change from week to week, such as from the week on in which a trouble begins. */
export type ByWeek = (week: number) => number;

/** How a made-up team works. Everything is said in hours, people and weeks; nothing knows how a detector counts. */
export interface Way {
  readonly seed: string;
  readonly timezone: string;
  /** A Monday. */
  readonly from: CalendarDay;
  /** So many weeks are lived; reports are asked for the earlier ones only, so that what becomes of things is known. */
  readonly weeks: number;
  readonly people: number;
  /** Work hours of a story: the median, and the spread of its logarithm. */
  readonly hours: readonly [median: number, spread: number];
  /** How fast a week goes: 1 as usual. */
  readonly pace: ByWeek;
  /** Elapsed days of an honest review, and the spread of its logarithm. */
  readonly review: readonly [median: number, spread: number];
  /** How many times as long as that reviews take. */
  readonly slow: ByWeek;
  /** The part of reviews that everybody forgets. */
  readonly forgotten: ByWeek;
  /** The part of stories that are put aside once begun and never taken up again. */
  readonly aside: ByWeek;
  /** Epics beside the goal that are worked on at once. */
  readonly streams: ByWeek;
  /** Whether each person keeps to an epic of their own. */
  readonly apart: (week: number) => boolean;
  /** The part of the work that goes into the goal. */
  readonly goalShare: number;
  /** From some week on a goal that takes so many times as long as it has. */
  readonly dream: { readonly week: number; readonly times: number } | undefined;
  /** The part of a goal that is found only on the way. */
  readonly discovered: number;
  readonly bugs: ByWeek;
  /** Support requests a week, their median hours, and how many people do nothing else. */
  readonly support: ByWeek;
  readonly supportHours: number;
  readonly supporters: ByWeek;
  /** The part of what is begun that was thought of on the same day. */
  readonly sudden: ByWeek;
  /** Weeks in which an incident stops most of the team, and those in which one person mends a small one. */
  readonly stops: readonly number[];
  readonly mishaps: readonly number[];
  /** Whether each area of the work is done by one person alone. */
  readonly specialists: boolean;
  readonly areas: number;
  /** Length of a cycle, and what is committed to, in times of what the last ones finished. */
  readonly cycleWeeks: number | undefined;
  readonly commit: ByWeek;
  /** The part of stories that wait for a decision of leaders on the way, or for something else; and the median days. */
  readonly undecided: ByWeek;
  readonly stuck: ByWeek;
  readonly waitDays: ByWeek;
  /** The part of stories whose priority is changed in each of their days, and that are put back half done. */
  readonly reprioritised: ByWeek;
  readonly putBack: ByWeek;
  /** Days on which nobody works: those that the team's calendar says, and those that nobody entered. */
  readonly declared: readonly CalendarDay[];
  readonly undeclared: readonly CalendarDay[];
  /** By person: the weeks off, and the last week of those who leave. */
  readonly vacations: readonly (readonly number[])[];
  readonly lastWeek: readonly (number | undefined)[];
  /** The part of moves made late in the evening. */
  readonly nights: number;
  /** Weeks between releases; none where nothing is released. */
  readonly trainWeeks: number | undefined;
  /** The part of stories that are promised for a day, and the part of these that is done by then. */
  readonly due: number;
  readonly kept: ByWeek;
}

export const always =
  (value: number): ByWeek =>
  () =>
    value;

/** One value until a week, another from then on. */
export const from =
  (onset: number, value: number, before = 0): ByWeek =>
  (week) =>
    week >= onset ? value : before;

/** Lognormal with that median. */
export function around(random: Random, median: number, spread: number): number {
  return median * Math.exp(spread * normalQuantile(Math.max(1e-9, uniform(random)), 0, 1));
}

export const chance = (random: Random, part: number): boolean => uniform(random) < part;

export function pick<T>(random: Random, from: readonly [T, ...T[]]): T {
  return from[integer(random, 0, from.length - 1)] ?? from[0];
}

/** Mostly the one in which days cost nothing to find. */
const ZONES = ['UTC', 'UTC', 'UTC', 'Europe/Berlin'] as const;

/** A team that works well, each in its own way: size, pace, reviews, cycles, releases, holidays and zone differ. */
export function healthyWay(seed: string, weeks: number): Way {
  const random = seededRandom(`way ${seed}`);
  const people = integer(random, 4, 8);
  const median = pick(random, [26, 34, 42]);
  return {
    seed,
    timezone: pick(random, ZONES),
    from: '2024-09-02' as CalendarDay,
    weeks,
    people,
    hours: [median, 0.5 + 0.4 * uniform(random)],
    pace: drifting(random, weeks),
    review: [pick(random, [0.6, 1.2, 2.5]), 0.6],
    slow: always(1),
    forgotten: always(0),
    aside: always(0),
    streams: always(Math.max(0, Math.round(people / 3) - 1)),
    apart: () => false,
    goalShare: 0.55,
    dream: undefined,
    discovered: 0.2,
    bugs: always(0.15 * people),
    support: always(0.12 * people),
    supportHours: 3,
    supporters: always(0),
    sudden: always(0.08),
    stops: chance(random, 0.5) ? [integer(random, 10, weeks - 10)] : [],
    mishaps: Array.from({ length: Math.floor(weeks / 6) }, () => integer(random, 1, weeks - 1)),
    specialists: false,
    areas: Math.min(5, people),
    cycleWeeks: chance(random, 0.5) ? 3 : undefined,
    commit: always(0.6),
    undecided: always(0.02),
    stuck: always(0.03),
    waitDays: always(2),
    reprioritised: always(0.004),
    putBack: always(0.005),
    declared: [],
    undeclared: [],
    vacations: Array.from({ length: people }, () =>
      Array.from({ length: Math.floor(weeks / 11) }, () => integer(random, 1, weeks - 1)),
    ),
    lastWeek: [],
    nights: chance(random, 0.3) ? 0.15 : 0,
    trainWeeks: pick(random, [undefined, 2, 4, 6]),
    due: chance(random, 0.5) ? 0.4 : 0,
    kept: always(0.92),
  };
}

/** Good weeks follow good ones a little, a third more or less: weekly counts vary by one to three times their mean. */
function drifting(random: Random, weeks: number): ByWeek {
  const spread = 0.2 + 0.25 * uniform(random);
  let level = 0;
  const paces = Array.from({ length: weeks + 1 }, () => {
    level = 0.3 * level + spread * normalQuantile(Math.max(1e-9, uniform(random)), 0, 1);
    return Math.exp(level);
  });
  return (week) => paces[week] ?? 1;
}
