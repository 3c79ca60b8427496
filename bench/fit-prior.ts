import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Measurement } from '#domain/measurement.ts';
import type { Judged } from '#forecast/backtest/judge.ts';
import { type MethodScores, scoresOf } from '#forecast/backtest/scores.ts';
import type { HeldOut, HeldOutScores, Kept, ShippedPrior } from '#forecast/prior.ts';
import { casesOf } from './forecast/cases.ts';
import { fitPrior } from './forecast/fit.ts';
import { type Fold, foldsByProject, foldsByTime } from './forecast/held-out.ts';
import { judgedByAll, judgedByFolds } from './forecast/methods.ts';
import { readSeries, SHARED_THROUGHPUT } from './forecast/series.ts';

// Fits the shipped prior from completions per day, measures it where it was held out, and writes both down.
//
//   npm run -s bench:fit-prior -- --date 2026-11-21 [--data FILE] [--out FILE]

const { values } = parseArgs({
  options: {
    date: { type: 'string' },
    data: { type: 'string', default: SHARED_THROUGHPUT },
    out: {
      type: 'string',
      default: fileURLToPath(new URL('../src/forecast/prior-table.ts', import.meta.url)),
    },
  },
});
if (values.date === undefined || !/^\d{4}-\d\d-\d\d$/.test(values.date)) {
  throw new RangeError('Pass the day of the fit as --date YYYY-MM-DD: it is written into the table.');
}

const HORIZONS = [7, 14, 28, 42, 56, 84, 126, 182, 252, 364];
const REPEATS = 2;

const series = readSeries(values.data);
const cases = casesOf(series);
const byProject = foldsByProject(series, HORIZONS, REPEATS);
const byTime = foldsByTime(series, HORIZONS);
const fitted = fitPrior(cases, HORIZONS);
const prior: ShippedPrior = {
  provenance: {
    data: basename(values.data),
    sha256: createHash('sha256').update(readFileSync(values.data)).digest('hex'),
    projects: series.length,
    names: series.map(({ project }) => project).sort(),
    fittedOn: values.date,
  },
  ...fitted,
  heldOut: HORIZONS.map(heldOut),
};
writeFileSync(values.out, source(prior));

function heldOut(days: number): HeldOut {
  const all = judgedByAll(series, days, fitted);
  const theirs = (method: ClassicForm) => all.filter((one) => one.method === `classic_${method}`);
  const classic = theirs('daily_90');
  const scoresFor = (folds: readonly Fold[]): HeldOutScores => {
    const ours = scores(judgedByFolds(folds, series, days));
    const same = scores(classic.filter((one) => folds.some(({ judges }) => judges(one))));
    return {
      ...kept(ours),
      lossRatio: value(ours.pinball) / value(same.pinball),
      calibrationError: value(ours.calibrationError),
    };
  };
  return {
    days,
    forecasts: classic.length,
    byProject: scoresFor(byProject),
    byTime: scoresFor(byTime),
    classic: {
      daily_30: kept(scores(theirs('daily_30'))),
      daily_90: kept(scores(classic)),
      daily_all: kept(scores(theirs('daily_all'))),
      weekly_12: kept(scores(theirs('weekly_12'))),
      blocks_26: kept(scores(theirs('blocks_26'))),
    },
  };
}

type ClassicForm = keyof HeldOut['classic'];

function scores(judged: readonly Judged[]): MethodScores {
  const [found, ...others] = scoresOf(judged);
  if (found === undefined || others.length > 0) throw new RangeError('There is not one method to score.');
  return found;
}

function kept({ coverage85, central90 }: MethodScores): Kept {
  const [lower, upper] = coverage85.kind === 'value' ? coverage85.interval90 : [null, null];
  if (lower === null || upper === null) throw new RangeError('Too few forecasts: fit on more projects.');
  return { coverage85: value(coverage85), interval: { lower, upper }, central90: value(central90) };
}

function value(measurement: Measurement): number {
  if (measurement.kind === 'value') return measurement.value;
  throw new RangeError(`Only ${measurement.have} of ${measurement.need} ${measurement.what}.`);
}

function source(found: ShippedPrior): string {
  const rounded = JSON.stringify(
    found,
    (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value),
    2,
  );
  return [
    '// Written by `npm run bench:fit-prior`: fit again instead of editing.',
    "import type { ShippedPrior } from './prior.ts';",
    '',
    '/** What forecasts for real projects turned out to be worth, and how well that held where it was not fitted. */',
    `export const SHIPPED_PRIOR: ShippedPrior = ${rounded};`,
    '',
  ].join('\n');
}
