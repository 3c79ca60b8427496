import { mean, median, sum } from 'd3-array';
import { type Decisions, errorBudget } from '#statistics/error-budget.ts';
import { type Random, seededRandom, uniform } from '#statistics/random.ts';
import type { Pattern } from './patterns.ts';

/** A promise, how often it is really missed, and how many items are decided a week. */
export interface Promised {
  readonly pattern: Pattern;
  readonly objective: number;
  readonly misses: number;
  readonly perWeek: number;
}

/** What a rule does in a year of a team that stays as it is, and when one that got worse is found out. */
export interface Conduct {
  /** Of each team-year. */
  readonly alertWeeks: readonly number[];
  /** Of each onset, weeks until the first alert; Infinity when there was none in a year. */
  readonly detection: Readonly<Record<'double' | 'triple', readonly number[]>>;
}

/** The rule that others use: the rate of misses is so many times what is allowed for, in both windows. */
export const NAIVE_RATIO = 1.25;
export const RULES = ['ours', 'ratio'] as const;
export type Rule = (typeof RULES)[number];

const [LONG, SHORT, YEAR] = [8, 2, 52];

/** The conduct of both rules on the same teams, and the share of weeks in which the budget is overspent. */
export function conductOf(
  promised: Promised,
  years: number,
): Readonly<Record<Rule, Conduct>> & { readonly overspent: number } {
  const random = seededRandom(
    `${promised.pattern.name}|${promised.objective}|${promised.misses}|${promised.perWeek}`,
  );
  const allowed = 1 - promised.objective;
  const calm = Array.from({ length: years }, () => judged(promised, random, () => promised.misses));
  const after = (times: number) =>
    Array.from({ length: years }, () =>
      judged(promised, random, (week) => (week < LONG ? promised.misses : Math.min(1, times * allowed))),
    );
  const [double, triple] = [after(2), after(3)];
  const conduct = (rule: Rule): Conduct => ({
    alertWeeks: calm.map((weeks) => sum(weeks, (week) => (week[rule] ? 1 : 0))),
    detection: {
      double: double.map((weeks) => found(weeks, rule)),
      triple: triple.map((weeks) => found(weeks, rule)),
    },
  });
  return {
    ours: conduct('ours'),
    ratio: conduct('ratio'),
    overspent: mean(calm.flat(), (week) => (week.overspent ? 1 : 0)) ?? Number.NaN,
  };
}

interface Judged {
  readonly ours: boolean;
  readonly ratio: boolean;
  readonly overspent: boolean;
}

/** A year, week by week, each with the eight weeks up to it. */
function judged(
  { pattern, objective, perWeek }: Promised,
  random: Random,
  missRate: (week: number) => number,
): readonly Judged[] {
  const weeks = pattern.weeks(LONG + YEAR, perWeek, random).map((decided, week): Decisions => {
    let misses = 0;
    for (let i = 0; i < decided; i += 1) if (uniform(random) < missRate(week)) misses += 1;
    return { misses, decided };
  });
  return Array.from({ length: YEAR }, (_, week) => {
    const until = week + LONG + 1;
    const [long, short] = [total(weeks.slice(until - LONG, until)), total(weeks.slice(until - SHORT, until))];
    const budget = asked(long, short, objective);
    const ratio = ({ misses, decided }: Decisions) =>
      decided > 0 && misses / decided >= NAIVE_RATIO * (1 - objective) - 1e-9;
    return {
      ours: budget.alert,
      ratio: ratio(long) && ratio(short),
      overspent: long.misses > budget.allowed + 1e-9,
    };
  });
}

function total(weeks: readonly Decisions[]): Decisions {
  return { misses: sum(weeks, ({ misses }) => misses), decided: sum(weeks, ({ decided }) => decided) };
}

/** Weeks from the onset to the first alert, the week of the onset included. Alerts of the calm before do not count. */
function found(weeks: readonly Judged[], rule: Rule): number {
  const at = weeks.findIndex((week) => week[rule]);
  return at === -1 ? Number.POSITIVE_INFINITY : at + 1;
}

const known = new Map<string, ReturnType<typeof errorBudget>>();
/** The product's rule; the same few counts come up again and again. */
function asked(long: Decisions, short: Decisions, objective: number) {
  const key = `${long.misses}/${long.decided} ${short.misses}/${short.decided} ${objective}`;
  const answer = known.get(key) ?? errorBudget(long, short, objective);
  known.set(key, answer);
  return answer;
}

export const medianOf = (values: readonly number[]): number => median(values) ?? Number.NaN;
