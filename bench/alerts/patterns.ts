import { mean, sum } from 'd3-array';
import type { TeamView } from '#domain/team-view.ts';
import { knownCompletions } from '#forecast/known-completions.ts';
import { integer, type Random, uniform } from '#statistics/random.ts';

/** How many items come in each of so many weeks, at a pace of so many a week. */
export interface Pattern {
  readonly name: string;
  readonly weeks: (count: number, perWeek: number, random: Random) => readonly number[];
}

/** Items that come independently. */
export const BY_CHANCE: Pattern = {
  name: 'by chance',
  weeks: (count, perWeek, random) => Array.from({ length: count }, () => poisson(perWeek, random)),
};

const BLOCK = 4;
const MOST_WEEKS = 1040;

/**
 * Weeks as they were recorded: blocks of four weeks in a row drawn from the histories, so that bursts and lulls stay
 * together, each history brought to the pace asked for. A week that asks for 2.4 items brings 2 or 3.
 */
export function asRecorded(views: readonly TeamView[]): Pattern {
  const recorded = views.map((view) => weekly(knownCompletions(view)(view.day, 7 * MOST_WEEKS)));
  return {
    name: 'as recorded',
    weeks: (count, perWeek, random) => {
      const one = recorded[integer(random, 0, recorded.length - 1)] ?? [];
      const scale = perWeek / (mean(one) ?? 1);
      const weeks: number[] = [];
      while (weeks.length < count) {
        const from = integer(random, 0, one.length - BLOCK);
        weeks.push(...one.slice(from, from + BLOCK).map((items) => rounded(scale * items, random)));
      }
      return weeks.slice(0, count);
    },
  };
}

/** Weekly sums of the years in which a project was worked on: from the first to the last week with 10 items in 13. */
function weekly(daily: readonly number[]): readonly number[] {
  const weeks = Array.from({ length: Math.floor(daily.length / 7) }, (_, i) =>
    sum(daily.slice(7 * i, 7 * i + 7)),
  );
  const isBusy = (week: number) => sum(weeks.slice(week, week + 13)) >= 10;
  const starts = weeks.map((_, week) => week).filter(isBusy);
  return weeks.slice(starts[0] ?? 0, (starts.at(-1) ?? 0) + 13);
}

function rounded(value: number, random: Random): number {
  return Math.floor(value) + (uniform(random) < value % 1 ? 1 : 0);
}

export function poisson(rate: number, random: Random): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-rate); count += 1) product *= uniform(random);
  return Math.max(0, count);
}
