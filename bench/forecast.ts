import { parseArgs } from 'node:util';
import type { Measurement } from '#domain/measurement.ts';
import { type Difference, differences } from '#forecast/backtest/differences.ts';
import type { Judged } from '#forecast/backtest/judge.ts';
import { byProject, type MethodScores, ownCoverage, scoresOf } from '#forecast/backtest/scores.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { PRINTED_PRIOR } from '#tests/forecast/printed-prior.ts';
import { figure, table } from './figures.ts';
import { casesOf } from './forecast/cases.ts';
import { foldsByProject, foldsByProjectAndTime, foldsByTime } from './forecast/held-out.ts';
import { judgedByAll, judgedByFolds, judgedByTable } from './forecast/methods.ts';
import { readSeries, SHARED_THROUGHPUT } from './forecast/series.ts';
import { byState } from './forecast/states.ts';

// How good the forecasts are, judged and scored as `evenkeel backtest` does, but on projects and years that the fit has
// not seen. Every number of the model, the learning rate included, is fitted anew for each fold. Its form (which traits
// of a pace matter, the half-life of four weeks) was chosen with all these projects at hand, so the figures flatter
// that choice a little.
//
//   npm run -s bench:forecast -- [--data FILE] [--repeats N] [--json]

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: SHARED_THROUGHPUT },
    repeats: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
  },
});

const HORIZONS = [14, 28, 56, 84];
const CLASSIC = 'classic_daily_90';

const series = readSeries(values.data);
const cases = casesOf(series);
const folds = {
  'new projects': foldsByProject(series, HORIZONS, Number(values.repeats)),
  'new years': foldsByTime(series, HORIZONS),
  'new projects and years': foldsByProjectAndTime(series, HORIZONS),
};
const results = HORIZONS.map((days) => ({ days, ...resultsFor(days) }));

process.stdout.write(
  values.json ? `${JSON.stringify(results, undefined, 2)}\n` : results.map(page).join('\n'),
);

function resultsFor(days: number) {
  const others = Map.groupBy(judgedByAll(series, days, SHIPPED_PRIOR), ({ method }) => method);
  const classic = others.get(CLASSIC) ?? [];
  const judged = new Map<string, readonly Judged[]>();
  for (const [split, some] of Object.entries(folds)) {
    judged.set(`ours, ${split}`, judgedByFolds(some, series, days));
    judged.set(`ours without own record, ${split}`, judgedByFolds(some, series, days, false));
    if (split === 'new years') {
      judged.set(
        `${CLASSIC}, same dates`,
        classic.filter((one) => some.some((fold) => fold.judges(one))),
      );
    }
  }
  judged.set('printed table (saw these)', judgedByTable(series, days, PRINTED_PRIOR));
  for (const [method, own] of others)
    judged.set(method === 'ours' ? 'ours as shipped (saw these)' : method, own);
  const named = (wanted: string) =>
    [...judged].filter(([name]) => name.startsWith('ours') && name.endsWith(wanted));
  return {
    dates: classic.length,
    scores: [...judged].flatMap(([name, own]) =>
      scoresOf(own).map((scores) => ({ name, scores, single: ends(own) })),
    ),
    against: named('new projects').flatMap(([name, own]) => {
      const losses = differences(own, classic);
      return 'kind' in losses ? [] : [{ name, ...losses }];
    }),
    states: [...named('new projects'), [CLASSIC, classic] as const].map(([name, own]) => ({
      name,
      coverage85: byState(own, cases).map(([state, some]) => ({ state, scores: scoresOf(some)[0] })),
    })),
  };
}

/** The projects for which "85 % sure of at least" came true least and most often. */
function ends(judged: readonly Judged[]): readonly [number, number] {
  const coverages = byProject(judged).map(ownCoverage);
  return [Math.min(...coverages), Math.max(...coverages)];
}

type Result = (typeof results)[number];

function page({ days, dates, scores, against, states }: Result): string {
  const [first] = states;
  return [
    `${days} days ahead: ${figure(dates)} dates of ${series.length} projects`,
    table(scores.map(row)),
    ...against.map(
      ({ name, ...losses }) =>
        `${name} less ${CLASSIC}: ${Object.entries(losses)
          .map(([score, difference]) => `${score} ${differenceWords(difference)}`)
          .join(', ')}`,
    ),
    'How often "85 % sure of at least" came true',
    table(
      (first?.coverage85 ?? []).map(({ state }, i) => ({
        'state of the work': state.padEnd(32),
        ...Object.fromEntries(
          states.map(({ name, coverage85 }) => [name, shown(coverage85[i]?.scores?.coverage85, 3)]),
        ),
      })),
    ),
    '',
  ].join('\n\n');
}

function row({ name, scores, single }: Result['scores'][number]): Readonly<Record<string, string>> {
  const found: MethodScores = scores;
  const [low, high] = found.coverage85.kind === 'value' ? found.coverage85.interval90 : [null, null];
  return {
    method: name.padEnd(48),
    '85 %': shown(found.coverage85, 3),
    '90 % interval': low === null || high === null ? '–' : `${figure(low, 3)}–${figure(high, 3)}`,
    '50 %': shown(found.coverage50, 3),
    '95 %': shown(found.coverage95, 3),
    'central 90 %': shown(found.central90, 3),
    pinball: shown(found.pinball, 4),
    CRPS: shown(found.crps, 4),
    Brier: shown(found.brier, 3),
    log: shown(found.logScore, 3),
    ECE: shown(found.calibrationError, 3),
    'in 75–95 %': found.projectsInside === undefined ? '–' : figure(found.projectsInside, 2),
    'single projects': single.map((end) => figure(end, 2)).join('–'),
  };
}

function differenceWords({ value, interval95 }: Difference): string {
  const range =
    interval95 === undefined ? '' : ` (95 %: ${interval95.map((end) => figure(end, 4)).join(' to ')})`;
  return `${figure(value, 4)}${range}`;
}

function shown(measurement: Measurement | undefined, digits: number): string {
  return measurement?.kind === 'value' ? figure(measurement.value, digits) : '–';
}
