import { parseArgs } from 'node:util';
import { PRINTED_PRIOR } from '#tests/forecast/printed-prior.ts';
import { figure, table } from './figures.ts';
import { casesOf } from './forecast/cases.ts';
import { foldsByProject, foldsByProjectAndTime, foldsByTime } from './forecast/held-out.ts';
import { OTHERS, scoredBy, scoredByFolds, tableMethod } from './forecast/methods.ts';
import { type MethodScores, pairedDifference, type Scored, scoresOf } from './forecast/scoring.ts';
import { readSeries, SHARED_THROUGHPUT } from './forecast/series.ts';
import { STATES } from './forecast/states.ts';

// How good the forecasts are, on projects and years that the fit has not seen, beside what other tools do. Every number
// of the model, the learning rate included, is fitted anew for each fold. Its form (which traits of a pace matter, the
// half-life of four weeks) was chosen with all these projects at hand, so the figures flatter that choice a little.
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
const CLASSIC = 'classic, 90 days';

const series = readSeries(values.data);
const cases = casesOf(series);
const folds = {
  'new projects': foldsByProject(series, HORIZONS, Number(values.repeats)),
  'new years': foldsByTime(series, HORIZONS),
  'new projects and years': foldsByProjectAndTime(series, HORIZONS),
};
const results = HORIZONS.map((days) => ({ days, ...resultsFor(days) }));

process.stdout.write(
  values.json ? `${JSON.stringify(results.map(plain), undefined, 2)}\n` : results.map(page).join('\n'),
);

function resultsFor(days: number) {
  const classicByDate = scoredBy(required(OTHERS[CLASSIC]), cases, days);
  const scores: Record<string, MethodScores> = {};
  const states: Record<string, Readonly<Record<string, number>>> = {};
  for (const [split, some] of Object.entries(folds)) {
    for (const [name, learning] of [
      ['ours', true],
      ['ours without own record', false],
    ] as const) {
      const scored = scoredByFolds(some, series, cases, days, learning);
      scores[`${name}, ${split}`] = scoresOf(scored);
      if (split === 'new projects') states[name] = coverageByState(scored);
    }
    if (split === 'new years') {
      const judged = classicByDate.filter(({ made }) => some.some((fold) => fold.judges(made)));
      scores[`${CLASSIC}, same dates`] = scoresOf(judged);
    }
  }
  scores['printed table (saw these)'] = scoresOf(scoredBy(tableMethod(PRINTED_PRIOR), cases, days));
  for (const [name, method] of Object.entries(OTHERS)) {
    scores[name] = scoresOf(name === CLASSIC ? classicByDate : scoredBy(method, cases, days));
  }
  states[CLASSIC] = coverageByState(classicByDate);
  const classic = required(scores[CLASSIC]);
  const against = Object.entries(scores)
    .filter(([name]) => name.startsWith('ours') && name.endsWith('new projects'))
    .map(([name, ours]) => ({
      name,
      pinball: pairedDifference(ours, classic, ({ pinball }) => pinball),
      crps: pairedDifference(ours, classic, ({ crps }) => crps),
      brier: pairedDifference(ours, classic, ({ brier }) => brier),
      share: ours.pinball / classic.pinball - 1,
    }));
  return { dates: classicByDate.length, scores, against, states };
}

/** How often "85 % sure of at least" came true in each state of the work. */
function coverageByState(scored: readonly Scored[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(STATES).flatMap(([state, holds]) => {
      const some = scored.filter(({ made }) => holds(made));
      return some.length === 0 ? [] : [[state, scoresOf(some).coverage85]];
    }),
  );
}

type Result = (typeof results)[number];

function page({ days, dates, scores, against, states }: Result): string {
  const rows = Object.entries(scores).map(([name, found]) => ({
    method: name.padEnd(48),
    '85 %': figure(found.coverage85, 3),
    '90 % interval': `${figure(found.coverage85Interval.lower, 3)}–${figure(found.coverage85Interval.upper, 3)}`,
    '50 %': figure(found.coverage50, 3),
    '95 %': figure(found.coverage95, 3),
    'central 90 %': figure(found.central90, 3),
    pinball: figure(found.pinball, 4),
    CRPS: figure(found.crps, 4),
    Brier: figure(found.brier, 3),
    log: figure(found.log, 3),
    ECE: figure(found.calibrationError, 3),
    'in 75–95 %': figure(found.projectsInside, 2),
    'single projects': `${figure(found.lowest, 2)}–${figure(found.highest, 2)}`,
  }));
  const differences = against.map(
    ({ name, share, pinball, crps, brier }) =>
      `${name} against ${CLASSIC}: pinball ${figure(100 * share, 1)} %, ${[
        ['pinball', pinball] as const,
        ['CRPS', crps] as const,
        ['Brier', brier] as const,
      ]
        .map(
          ([score, { mean, lower, upper }]) =>
            `${score} ${figure(mean, 4)} (95 %: ${figure(lower, 4)} to ${figure(upper, 4)})`,
        )
        .join(', ')}`,
  );
  const stateRows = Object.keys(STATES).map((state) => ({
    'state of the work': state.padEnd(32),
    ...Object.fromEntries(
      Object.entries(states).map(([name, found]) => [name, figure(found[state] ?? Number.NaN, 3)]),
    ),
  }));
  return [
    `${days} days ahead: ${figure(dates)} dates of ${series.length} projects`,
    table(rows),
    ...differences,
    'How often "85 % sure of at least" came true',
    table(stateRows),
    '',
  ].join('\n\n');
}

function plain({ days, dates, scores, against, states }: Result) {
  const withoutClaims = Object.entries(scores).map(([name, { byProject, ...found }]) => [
    name,
    { ...found, byProject: Object.fromEntries(byProject.map((one) => [one.project, one.coverage85])) },
  ]);
  return { days, dates, scores: Object.fromEntries(withoutClaims), against, states };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError(`${CLASSIC} is not among the methods.`);
  return value;
}
