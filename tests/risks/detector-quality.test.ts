import { describe, expect, test } from 'vitest';
import { HEALTHY, healthyTeam } from '../../bench/detectors/healthy.ts';
import { ITEM_CASES } from '../../bench/detectors/items.ts';
import { reportsOf, runsOf } from '../../bench/detectors/judge.ts';
import { healthyRows, itemRows, kindRows, riskRows } from '../../bench/detectors/report.ts';
import { run } from '../../bench/detectors/run.ts';
import { tallyOf } from '../../bench/detectors/tally.ts';
import { type Outcome, tasksOf } from '../../bench/detectors/tasks.ts';
import { planted, TROUBLES } from '../../bench/detectors/troubles.ts';

/** A team of each trouble, and the weeks after its beginning at which the detector tells it. How often it does is measured. */
const TOLD: Readonly<Record<string, readonly [seed: string, weeks: number]>> = {
  sprawl: ['2', 5],
  'pace falls': ['1', 4],
  'put aside': ['2', 9],
  'dates slip': ['2', 7],
  'slow reviews': ['3', 2],
  support: ['1', 3],
  'stop the line': ['2', 10],
  'thought of today': ['3', 3],
  specialists: ['1', 1],
  'people leave': ['1', 1],
  dream: ['1', 3],
  hopeless: ['1', 4],
  'choice overdue': ['2', 2],
  'no goal': ['1', 1],
  'no measure': ['1', 1],
  thrash: ['2', 5],
  'no decisions': ['1', 5],
  stuck: ['2', 5],
  'no answers': ['4', 7],
  'nothing shared': ['3', 10],
  'nobody says': ['1', 4],
  'forgotten reviews': ['2', 11],
  'too much committed': ['3', 12],
};

describe('labels and detectors speak of the same thing', { timeout: 120_000 }, () => {
  test.each(TROUBLES.map((trouble) => [trouble.name, trouble] as const))(
    '%s is told once it is there',
    (name, trouble) => {
      const [seed, weeks] = TOLD[name] ?? ['0', 0];
      const { made, onset } = planted(trouble, seed);
      const week = Math.max(onset, trouble.always ? 27 : 0) + weeks - 1;
      const [report] = reportsOf(made, [week, week], [trouble.detector]);
      expect([...(report?.told ?? [])]).toEqual([trouble.kind]);
    },
  );

  test.each(ITEM_CASES.map((one) => [one.name, one] as const))('%s finds items in trouble', (_, one) => {
    const { positives, found, negatives, hard, ...tally } = tallyOf(one, one.make('1'));
    // Words that are not looked for are not heard: that case is there to say so.
    expect(found > 0).toBe(one.name !== 'stale claim (A7), in other words');
    expect(positives).toBeGreaterThanOrEqual(Math.max(1, found));
    expect(negatives).toBeGreaterThanOrEqual(hard);
    expect(hard).toBeGreaterThan(10);
    expect(tally.hardFalse).toBeLessThanOrEqual(tally.false);
  });

  test('every signal of the ledger is measured, and so are the two that are told of open work', () => {
    const all: Readonly<Record<(typeof ITEM_CASES)[number]['signal'], true>> = {
      in_late_stage: true,
      lingering_in_late: true,
      resolved_in_unreleased_version: true,
      children_closed: true,
      reopened: true,
      merged_not_deployed: true,
      last_mile_work_open: true,
      stale_claim: true,
      released_not_adopted: true,
      gate_closed: true,
      aged_out: true,
      waits_now: true,
    };
    expect(new Set(ITEM_CASES.map(({ signal }) => signal))).toEqual(new Set(Object.keys(all)));
  });

  test('a healthy team is asked about everything, and hardly anything is raised', () => {
    const [first] = HEALTHY;
    if (first === undefined) throw new Error('there is one');
    const reports = reportsOf(healthyTeam(first, '0', true), [50, 52]);
    expect(reports.map(({ week }) => week)).toEqual([50, 51, 52]);
    expect(reports.flatMap(({ raised }) => [...raised])).toEqual([]);
  });
});

describe('the figures', () => {
  const outcomes: readonly Outcome[] = [
    {
      kind: 'items',
      index: ITEM_CASES.findIndex(({ name }) => name === 'reopened (A6)'),
      tally: {
        positives: 10,
        found: 9,
        negatives: 50,
        false: 1,
        hard: 20,
        hardFalse: 1,
        early: 0,
        daysTo: [2, 4, 6],
        daysBefore: [8, 9, 10],
        falseHow: ['at midnight'],
      },
    },
    {
      kind: 'trouble',
      index: TROUBLES.findIndex(({ name }) => name === 'sprawl'),
      found: {
        trouble: 'sprawl',
        kind: 'workstream_sprawl',
        weeks: 26,
        weeksRaised: 20,
        raisedAfter: 4,
        toldAfter: 3,
        runs: 1,
        calmWeeks: 6,
        calmRuns: 0,
      },
    },
    {
      kind: 'healthy',
      index: 0,
      raised: {
        way: 'nothing special',
        hasGoal: true,
        weeks: 52,
        runs: { workstream_sprawl: 1 },
        weeksRaised: { workstream_sprawl: 2 },
        truly: [],
      },
    },
    {
      kind: 'healthy',
      index: 0,
      raised: {
        way: 'nothing special',
        hasGoal: false,
        weeks: 52,
        runs: {},
        weeksRaised: {},
        truly: ['no_dated_goal'],
      },
    },
  ];

  test('of items are precision and recall with Jeffreys’ intervals, and the days', () => {
    expect(itemRows(outcomes)).toEqual([
      {
        signal: 'reopened (A6)',
        'in trouble': '10',
        well: '50',
        'hard to tell': '20',
        // SciPy: beta.ppf([.05, .95], 9.5, 1.5). 9 of 10 named are in trouble, and 9 of 10 in trouble were named.
        precision: '0.90 (0.67–0.98)',
        recall: '0.90 (0.67–0.98)',
        // SciPy: beta.ppf([.05, .95], 1.5, 49.5).
        'of the well, named': '0.02 (0.00–0.08)',
        // SciPy: beta.ppf([.05, .95], 1.5, 19.5).
        'of the hard, named': '0.05 (0.01–0.18)',
        // 180 of 200 and 50 of 1,000 named; the interval is drawn.
        'precision at 200 to 1,000': expect.stringMatching(/^0\.78 \(0\.4\d–0\.9\d\)$/),
        'days to it': '4 (2–6)',
        'days before its end': '9 (8–10)',
        'named wrongly': 'at midnight 1',
      },
    ]);
  });

  test('of items that were named too soon count as wrong, and in no share of the well', () => {
    const [items] = outcomes;
    if (items?.kind !== 'items') throw new Error('the first is');
    const early = { ...items, tally: { ...items.tally, early: 8 } };
    expect(itemRows([early])).toMatchObject([
      { precision: expect.stringMatching(/^0\.50 /), 'of the well, named': '0.02 (0.00–0.08)' },
    ]);
  });

  test('of risks count what was raised rightly beside what was raised for teams that are well', () => {
    expect(riskRows(outcomes)).toMatchObject([
      {
        risk: 'workstream_sprawl',
        teams: '1',
        'weeks of it': '26',
        'weeks without': '110',
        'weeks to raised': '4 (4–4)',
      },
    ]);
    // One of two.
    expect(riskRows(outcomes)[0]?.['raised rightly']).toMatch(/^0\.50 /);
  });

  test('of teams that are well are risks a year, apart for those with a goal', () => {
    const rows = healthyRows(outcomes);
    expect(rows.map((row) => [row.way, row['team-years']])).toEqual([
      ['nothing special', '2'],
      ['all, with a dated goal', '1'],
      ['all, without a goal', '1'],
      ['all', '2'],
    ]);
    expect(rows.at(-1)?.['raised falsely a year']).toMatch(/^0\.50 /);
    expect(kindRows(outcomes)).toMatchObject([{ 'without a goal': expect.stringMatching(/^0\.00 /) }]);
    expect(healthyRows([])).toEqual([]);
  });

  test('what is raised again after one week without it is still the same', () => {
    expect(runsOf([false, true, true, false, true, false, false, true])).toBe(2);
    expect(runsOf([])).toBe(0);
  });
});

test('a run is the same in one process and in two', { timeout: 120_000 }, async () => {
  const all = tasksOf({ items: 0.001, teams: 2, healthy: 1 });
  expect(all).toHaveLength(ITEM_CASES.length + 2 * TROUBLES.length + 2 * HEALTHY.length);
  const quick = all.filter(({ kind, index }) => kind === 'items' && index < 2);
  expect(await run(quick, 2)).toEqual(await run(quick, 1));
});

test('a larger run begins with the teams of a smaller one, and asks about some alone where it is told to', () => {
  const [few, more] = [1, 3].map((teams) => tasksOf({ items: 0, teams, healthy: 0 }));
  expect(more?.slice(0, few?.length)).toEqual(few);
  expect(tasksOf({ items: 1, teams: 2, healthy: 1, only: ['sprawl'] })).toMatchObject([
    { kind: 'trouble', seed: '0' },
    { kind: 'trouble', seed: '1' },
  ]);
});
