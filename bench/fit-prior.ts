import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { HeldOut, HeldOutScores, ShippedPrior } from '#forecast/prior.ts';
import { casesOf } from './forecast/cases.ts';
import { fitPrior } from './forecast/fit.ts';
import { type Fold, foldsByProject, foldsByTime } from './forecast/held-out.ts';
import { OTHERS, scoredBy, scoredByFolds } from './forecast/methods.ts';
import { scoresOf } from './forecast/scoring.ts';
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
const prior: ShippedPrior = {
  provenance: {
    data: basename(values.data),
    sha256: createHash('sha256').update(readFileSync(values.data)).digest('hex'),
    projects: series.length,
    fittedOn: values.date,
  },
  ...fitPrior(cases, HORIZONS),
  heldOut: HORIZONS.map(heldOut),
};
writeFileSync(values.out, source(prior));

function heldOut(days: number): HeldOut {
  const classic = OTHERS['classic, 90 days'];
  if (classic === undefined) throw new RangeError('There is no classic method to compare with.');
  const theirs = scoredBy(classic, cases, days);
  const scoresFor = (folds: readonly Fold[]): HeldOutScores => {
    const ours = scoresOf(scoredByFolds(folds, series, cases, days));
    const same = scoresOf(theirs.filter(({ made }) => folds.some(({ judges }) => judges(made))));
    return {
      coverage85: ours.coverage85,
      interval: ours.coverage85Interval,
      central90: ours.central90,
      lossRatio: ours.pinball / same.pinball,
      calibrationError: ours.calibrationError,
    };
  };
  return {
    days,
    forecasts: theirs.length,
    byProject: scoresFor(byProject),
    byTime: scoresFor(byTime),
    classicCoverage85: scoresOf(theirs).coverage85,
  };
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
