import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { median, quantile, sum } from 'd3-array';
import type { RiskKind } from '#risks/risk.ts';
import type { Interval } from '#statistics/interval.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { seededRandom, uniform } from '#statistics/random.ts';
import { garwood } from '#statistics/rate.ts';
import { figure } from '../figures.ts';
import { ITEM_CASES } from './items.ts';
import type { FalselyRaised, Found } from './judge.ts';
import type { Outcome } from './tasks.ts';
import { TROUBLES } from './troubles.ts';

type Row = Readonly<Record<string, string>>;
type Count = 'positives' | 'found' | 'negatives' | 'false' | 'hard' | 'hardFalse' | 'early';

const WEEKS_A_YEAR = 52;

/**
 * Signals about single items: how many of those named are in trouble, how many of those in trouble are named, when; and
 * how many of those that are well are named, which does not depend on how common the trouble is.
 */
export function itemRows(outcomes: readonly Outcome[]): readonly Row[] {
  return ITEM_CASES.flatMap(({ name }, index) => {
    const tallies = outcomes.flatMap((one) =>
      one.kind === 'items' && one.index === index ? [one.tally] : [],
    );
    if (tallies.length === 0) return [];
    const total = (of: Count) => sum(tallies, (one) => one[of]);
    const [positives, found, hard] = [total('positives'), total('found'), total('hard')];
    const [wrong, hardWrong] = [total('false'), total('hardFalse')];
    return [
      {
        signal: name,
        'in trouble': figure(positives),
        well: figure(total('negatives')),
        'hard to tell': figure(hard),
        precision: share(found, found + wrong + total('early')),
        recall: share(found, positives),
        'of the well, named': share(wrong, total('negatives')),
        'of the hard, named': share(hardWrong, hard),
        'precision at 200 to 1,000': mixed([found, positives], [hardWrong, hard]),
        'days to it': spanOf(tallies.flatMap(({ daysTo }) => daysTo)),
        'days before its end': spanOf(
          tallies.flatMap(({ daysBefore }) => daysBefore).filter(Number.isFinite),
        ),
        'named wrongly': counts(tallies.flatMap(({ falseHow }) => falseHow)),
      },
    ];
  });
}

/**
 * The precision among 200 in trouble and 1,000 that are hard to tell from these, by the shares of both that are named: 5 to
 * 95 % of 4,000 draws of the two shares, each from its Jeffreys posterior.
 */
function mixed(trouble: Counts, hard: Counts): string {
  if (trouble[1] === 0 || hard[1] === 0) return '–';
  const precision = (named: number, wrong: number) => {
    const [right, mistaken] = [named * MIXTURE.trouble, wrong * MIXTURE.hard];
    return right + mistaken === 0 ? 0 : right / (right + mistaken);
  };
  const random = seededRandom(`mixture ${trouble.join(' ')} ${hard.join(' ')}`);
  const drawn = ([k, n]: Counts) =>
    betaQuantile(Math.max(Number.EPSILON, uniform(random)), k + 0.5, n - k + 0.5);
  const draws = Array.from({ length: 4000 }, () => precision(drawn(trouble), drawn(hard)));
  const value = precision(trouble[0] / trouble[1], hard[0] / hard[1]);
  const [lower = Number.NaN, upper = Number.NaN] = [0.05, 0.95].map((part) => quantile(draws, part));
  // With none or all of a share seen, the end belongs to the interval.
  return ends(value, { lower: Math.min(lower, value), upper: Math.max(upper, value) }, 1, 2);
}

/** So many of so many. */
type Counts = readonly [some: number, of: number];
const MIXTURE = { trouble: 200, hard: 1000 } as const;

/** Risks of teams: how often what is raised is so, how often what is so is raised, after how many weeks. */
export function riskRows(outcomes: readonly Outcome[]): readonly Row[] {
  const [found, healthy] = [foundIn(outcomes), healthyIn(outcomes)];
  return TROUBLES.flatMap(({ name, kind, toldOnly }) => {
    const own = found.filter(({ trouble }) => trouble === name);
    if (own.length === 0) return [];
    const raised = own.flatMap(({ raisedAfter }) => raisedAfter ?? []);
    const told = own.flatMap(({ toldAfter }) => toldAfter ?? []);
    const well = healthy.filter(({ truly }) => !truly.includes(kind));
    const calmWeeks = sum(well, ({ weeks }) => weeks) + sum(own, (one) => one.calmWeeks);
    const wrong = sum(well, ({ runs }) => runs[kind] ?? 0) + sum(own, ({ calmRuns }) => calmRuns);
    const right = sum(own, ({ runs }) => runs);
    return [
      {
        risk: kind,
        planted: name,
        teams: figure(own.length),
        'weeks of it': figure(sum(own, ({ weeks }) => weeks)),
        'weeks without': figure(calmWeeks),
        'raised rightly': right + wrong === 0 ? 'never raised' : share(right, right + wrong),
        'found in half a year': toldOnly ? 'told only' : share(raised.length, own.length),
        'weeks to raised': spanOf(raised),
        'told in half a year': share(told.length, own.length),
        'weeks to told': spanOf(told),
      },
    ];
  });
}

/** Risks raised for teams that are well: new ones in a year, by way. */
export function healthyRows(outcomes: readonly Outcome[]): readonly Row[] {
  const healthy = healthyIn(outcomes);
  if (healthy.length === 0) return [];
  const row = (way: string, of: readonly FalselyRaised[]): Row => {
    const years = sum(of, ({ weeks }) => weeks) / WEEKS_A_YEAR;
    const runs = sum(of, (one) => sum(Object.values(one.runs)));
    return {
      way,
      'team-years': figure(years),
      'raised falsely a year': ends(runs / years, garwood(runs, years, 0.9), 1, 2),
      kinds: byKind(of),
    };
  };
  const ways = [...new Set(healthy.map(({ way }) => way))];
  return [
    ...ways.map((way) =>
      row(
        way,
        healthy.filter((one) => one.way === way),
      ),
    ),
    ...[true, false].map((goal) =>
      row(
        goal ? 'all, with a dated goal' : 'all, without a goal',
        healthy.filter(({ hasGoal }) => hasGoal === goal),
      ),
    ),
    row('all', healthy),
  ];
}

/** The same by kind: new ones in a year, with a goal and without. */
export function kindRows(outcomes: readonly Outcome[]): readonly Row[] {
  const healthy = healthyIn(outcomes);
  const kinds = [...new Set(healthy.flatMap(({ runs }) => Object.keys(runs) as RiskKind[]))].toSorted();
  return kinds.map((kind) => {
    const rate = (goal: boolean) => {
      const of = healthy.filter(({ hasGoal, truly }) => hasGoal === goal && !truly.includes(kind));
      const years = sum(of, ({ weeks }) => weeks) / WEEKS_A_YEAR;
      const runs = sum(of, (one) => one.runs[kind] ?? 0);
      return ends(runs / years, garwood(runs, years, 0.9), 1, 2);
    };
    return { 'raised falsely a year': kind, 'with a dated goal': rate(true), 'without a goal': rate(false) };
  });
}

function foundIn(outcomes: readonly Outcome[]): readonly Found[] {
  return outcomes.flatMap((one) => (one.kind === 'trouble' ? [one.found] : []));
}

function healthyIn(outcomes: readonly Outcome[]): readonly FalselyRaised[] {
  return outcomes.flatMap((one) => (one.kind === 'healthy' ? [one.raised] : []));
}

function byKind(of: readonly FalselyRaised[]): string {
  const all = of.flatMap(({ runs }) => Object.entries(runs));
  return [...Map.groupBy(all, ([kind]) => kind)]
    .map(([kind, some]) => `${kind} ${sum(some, ([, n]) => n)}`)
    .toSorted()
    .join(', ');
}

function counts(how: readonly string[]): string {
  return [...Map.groupBy(how, (one) => one)].map(([one, some]) => `${one} ${some.length}`).join(', ');
}

/** A share with Jeffreys' 90 % interval, in hundredths. */
function share(k: number, n: number): string {
  return n === 0 ? '–' : ends(k / n, jeffreysProportion(k, n), 1, 2);
}

function ends(value: number, { lower, upper }: Interval, scale: number, digits: number): string {
  return `${figure(value, digits)} (${figure(scale * lower, digits)}–${figure(scale * upper, digits)})`;
}

/** The median, and between what nine of ten lie. */
function spanOf(values: readonly number[]): string {
  const at = (part: number) => figure(quantile(values, part) ?? Number.NaN);
  return values.length === 0 ? '–' : `${figure(median(values) ?? Number.NaN)} (${at(0.05)}–${at(0.95)})`;
}
