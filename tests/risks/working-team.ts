import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { integer, type Random, seededRandom, uniform } from '#statistics/random.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

/** How a made-up team works: items begun each week by chance, each with its own time in progress and in review. */
export interface Work {
  readonly seed: string;
  /** Monday of the first week. */
  readonly from: string;
  readonly weeks: number;
  /** Items begun in a week, on average; by week where it is a list, the last for all that follow. */
  readonly perWeek: number | readonly number[];
  /** Days in progress. */
  readonly doing: (random: Random, week: number) => number;
  /** Days in review. */
  readonly review: (random: Random, week: number) => number;
  /** When review ends, where that is no matter of chance; from its beginning. */
  readonly reviewUntil?: (at: number) => number;
  /** More of the path once it is out of review, and of the issue. */
  readonly options?: (startedAt: number, doneAt: number, random: Random, week: number) => IssueOptions;
  /** Weeks in which nobody works. */
  readonly away?: readonly number[];
  readonly firstNumber?: number;
}

/** Lognormal with that median; a spread of .6 gives a P85 of twice the median, 1 one of nearly three times. */
export function around(median: number, spread: number): (random: Random) => number {
  return (random) => median * Math.exp(spread * normalQuantile(uniform(random), 0, 1));
}

/** The issues of a team that works like that, on work days from nine to five. The same seed gives the same issues. */
export function issuesOf(work: Work): readonly Issue[] {
  const random = seededRandom(work.seed);
  const begin = Date.parse(work.from);
  const issues: Issue[] = [];
  for (let week = 0; week < work.weeks; week += 1) {
    const rates = typeof work.perWeek === 'number' ? [work.perWeek] : work.perWeek;
    const rate = rates[Math.min(week, rates.length - 1)] ?? 0;
    const count = poisson(rate, random);
    for (let i = 0; i < count; i += 1) {
      const at = atWork(begin + (7 * week + integer(random, 0, 4)) * MS_PER_DAY, random);
      const [doing, review] = [work.doing(random, week), work.review(random, week)];
      if (work.away?.includes(week)) continue;
      const inReview = present(at + doing * MS_PER_DAY, work, random);
      const done = work.reviewUntil?.(inReview) ?? present(inReview + review * MS_PER_DAY, work, random);
      const path = `In Progress ${hours(inReview - at)} → Review ${hours(done - inReview)} → Done`;
      issues.push(
        issue(`PAY-${(work.firstNumber ?? 1000) + issues.length}`, path, {
          from: new Date(at).toISOString(),
          ...work.options?.(at, done, random, week),
        }),
      );
    }
  }
  return issues;
}

/** The first moment from then on at which somebody is at work. */
function present(at: number, { from, away = [] }: Work, random: Random): number {
  let moment = at;
  const weekOf = () => Math.floor((moment - Date.parse(from)) / (7 * MS_PER_DAY));
  while ([0, 6].includes(new Date(moment).getUTCDay()) || away.includes(weekOf())) {
    moment = atWork(moment + MS_PER_DAY, random);
  }
  return moment;
}

function atWork(day: number, random: Random): number {
  return Math.floor(day / MS_PER_DAY) * MS_PER_DAY + (9 + 8 * uniform(random)) * 3_600_000;
}

function hours(ms: number): string {
  return `${Math.max(0.1, ms / 3_600_000).toFixed(2)}h`;
}

/** Knuth's: for the few items of a week. */
export function poisson(mean: number, random: Random): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count += 1) product *= uniform(random);
  return Math.max(0, count);
}
