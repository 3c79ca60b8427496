import { median, quantile, sum } from 'd3-array';
import type { RiskKind } from '#risks/risk.ts';
import type { Interval } from '#statistics/interval.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { garwood } from '#statistics/rate.ts';
import { figure } from '../figures.ts';
import { ITEM_CASES } from './items.ts';
import type { FalselyRaised, Found } from './judge.ts';
import type { Outcome } from './tasks.ts';
import { TROUBLES } from './troubles.ts';

type Row = Readonly<Record<string, string>>;

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
    const total = (of: 'positives' | 'found' | 'negatives' | 'false') => sum(tallies, (one) => one[of]);
    const [found, wrong] = [total('found'), total('false')];
    return [
      {
        signal: name,
        'in trouble': figure(total('positives')),
        well: figure(total('negatives')),
        precision: share(found, found + wrong),
        recall: share(found, total('positives')),
        'of the well, named': share(wrong, total('negatives')),
        'days to it': spanOf(tallies.flatMap(({ daysTo }) => daysTo)),
        'days before its end': spanOf(
          tallies.flatMap(({ daysBefore }) => daysBefore).filter(Number.isFinite),
        ),
        'named wrongly': counts(tallies.flatMap(({ falseHow }) => falseHow)),
      },
    ];
  });
}

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
