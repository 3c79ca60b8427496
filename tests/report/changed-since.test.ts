import { describe, expect, test } from 'vitest';
import { insufficient, type Measurement, type Value } from '#domain/measurement.ts';
import type { GoalOutlook } from '#forecast/team-goals.ts';
import type { LedgerItem } from '#metrics/ledger.ts';
import { changedSince } from '#report/changed-since.ts';
import type { Compared } from '#report/changes/change-line.ts';
import type { Fate, Passage } from '#report/changes/passage.ts';
import type { Decided, Range, Risk, Standing } from '#risks/risk.ts';
import { day } from '#tests/builders/goal.ts';

const THEN = day('2026-01-18');
const NOW = day('2026-01-25');

function value(of: number, low: number | null = of, high: number | null = of): Value {
  return {
    kind: 'value',
    value: of,
    unit: 'items',
    interval90: [low, high],
    n: 30,
    window: { from: THEN, to: THEN },
    method: 'made by hand',
    confidence: 'high',
    excluded: [],
  };
}
const few = insufficient(5, 6, 'weeks of history');
const ref = (key: string) => ({ key, title: `Title of ${key}`, url: `https://acme.example/browse/${key}` });

const calm: Compared = {
  asOf: THEN,
  headline: { level: 'set_up', clause: '6: P = 90 %' },
  risks: [],
  goals: { goals: [] },
  basicallyDone: { items: [] },
  metrics: { workItemAge: { items: [], agedOut: value(0) } },
  workstreams: { by: 'parent', effective: value(3, 2.5, 3.5), items: [] },
  forecast: {
    howMany: [
      {
        horizonDays: 28,
        until: day('2026-02-15'),
        atLeast85: value(10, 6, 30),
        atLeast50: value(18, 6, 30),
        atLeast15: value(26, 6, 30),
        calibration: {} as Compared['forecast']['howMany'][number]['calibration'],
      },
    ],
  },
  slos: [
    {
      objective: 0.8,
      inTime: value(0.8),
      overspent: { long: value(0.1), short: value(0.1) },
      alert: false,
      missed: [],
    },
  ],
  dataQuality: [],
};
const still: Passage = { hasBefore: true, fateOf: () => undefined, goals: [] };

/** What is told when these parts of the report are other ones than they were. */
const told = (was: Partial<Compared>, is: Partial<Compared>, between: Partial<Passage> = {}) =>
  changedSince({ ...calm, ...was }, { ...calm, ...is, asOf: NOW }, { ...still, ...between });
const linesOf = (...asked: Parameters<typeof told>) => told(...asked).lines;
const kinds = (...asked: Parameters<typeof told>) => linesOf(...asked).map(({ kind }) => kind);
const sentences = (...asked: Parameters<typeof told>) => linesOf(...asked).map(({ sentence }) => sentence);

describe('what changed', () => {
  test('is said when it is nothing', () => {
    expect(told({}, {})).toEqual({
      since: '2026-01-18',
      sentence: 'Nothing that matters changed since Sun 18 January 2026.',
      lines: [],
    });
  });

  test('cannot be said of a team of which nothing was known then', () => {
    const { sentence, lines } = told(
      {},
      { headline: { level: 'at_risk', clause: '4' } },
      { hasBefore: false },
    );
    expect(sentence).toBe(
      'There is nothing to compare with: no work of the team is known on Sun 18 January 2026.',
    );
    expect(lines).toEqual([]);
  });

  test('goes from the level down to the data, and is the same whenever it is asked', () => {
    const is: Partial<Compared> = {
      headline: { level: 'at_risk', clause: '4: one raised risk' },
      risks: [risk()],
      basicallyDone: { items: [ledgerItem('PAY-7')] },
      dataQuality: [finding()],
    };
    expect(kinds({}, is)).toEqual(['level', 'risk_raised', 'basically_done', 'finding_new']);
    expect(told({}, is).sentence).toBe('4 things changed since Sun 18 January 2026.');
    expect(JSON.stringify(told({}, is))).toBe(JSON.stringify(told({}, is)));
  });
});

describe('the level', () => {
  const is = { headline: { level: 'not_set_up', clause: '2: P = 41 %' } } as const;

  test('is told from what to what, by which rule', () => {
    expect(linesOf({}, is)).toEqual([
      {
        kind: 'level',
        sentence: 'The level is “Not set up for success” and was “Set up for success”, by rule 2: P = 41 %.',
        from: 'set_up',
        to: 'not_set_up',
        items: [],
      },
    ]);
  });

  // The line of METRICS 2.3 names -.15, -.06 and -.05 between .64 and .41: these make -.26, and between lie -.23. What is
  // told adds up, so the .03 by which a week of work raised the chance is told, too.
  test('comes with what made the goal’s chance another, in parts that add up as printed', () => {
    const parts = [
      { cause: 'time', by: 7, dP: 0.03 },
      { cause: 'scope', by: 7, dP: -0.15 },
      { cause: 'support', by: 0.6, dP: -0.06 },
      { cause: 'pace', by: -0.1, dP: -0.05 },
    ] as const;
    const chance = { from: 0.64, to: 0.41, parts, withinPace: [] };
    const [line] = linesOf({}, is, { goals: [goalChange({ chance })] });
    expect(line?.chance).toEqual(chance);
    expect(line?.sentence).toContain(
      ' The goal’s chance: 64 % → 41 %: 7 days of work (+3), scope +7 items (-15), support +0.60 people (-6), pace -10 % (-5).',
    );
  });

  test('that was held against its own day says so: the chance may have gone the other way', () => {
    const parts = [{ cause: 'pace', by: 0.1, dP: 0.05 }] as const;
    const chance = { from: 0.41, to: 0.46, parts, withinPace: [] };
    const was = {
      headline: {
        level: 'at_risk',
        clause: '4',
        held: { foundOn: day('2026-01-04'), today: 'not_set_up' },
      },
      asOf: day('2026-01-11'),
    } as const;
    const [line] = linesOf(was, is, { goals: [goalChange({ chance })] });
    expect(line?.sentence).toBe(
      'The level is “Not set up for success” and was “At risk”, by rule 2: P = 41 %. On Sun 11 January 2026 it was held at “At risk”, as found on Sun 4 January 2026; that day alone would have been “Not set up for success”. The goal’s chance: 41 % → 46 %: pace +10 % (+5).',
    );
  });

  test('is not told when only its rule reads otherwise', () => {
    expect(linesOf({}, { headline: { level: 'set_up', clause: '6: P = 93 %' } })).toEqual([]);
  });
});

describe('a risk', () => {
  test('is told with its items when it is raised, and when it is raised no more', () => {
    expect(linesOf({}, { risks: [risk()] })).toEqual([
      { kind: 'risk_raised', sentence: 'Raised: Support takes 2 of 5 people.', items: [ref('PAY-1')] },
    ]);
    const moved: Fate = { item: ref('NEW-1'), state: 'open' };
    expect(linesOf({ risks: [risk()] }, {}, { fateOf: () => moved })).toEqual([
      {
        kind: 'risk_gone',
        sentence: 'No longer raised: Support takes 2 of 5 people.',
        items: [ref('NEW-1')],
      },
    ]);
  });

  test('is told again when its cost moved by what would raise one, and not below', () => {
    const [was, more, same] = [
      risk({ dP: [0.1, 0.2] }),
      risk({ dP: [0.2, 0.42] }),
      risk({ dP: [0.19, 0.42] }),
    ];
    expect(linesOf({ risks: [was] }, { risks: [more] })).toMatchObject([
      {
        kind: 'risk_changed',
        sentence:
          'Costs more: 20 to 42 percentage points of the goal’s chance, before 10 to 20. Support takes 2 of 5 people.',
        from: [0.1, 0.2],
        to: [0.2, 0.42],
      },
    ]);
    expect(kinds({ risks: [was] }, { risks: [same] })).toEqual([]);
    expect(sentences({ risks: [risk({ fte: [2, 3] })] }, { risks: [risk({ fte: [1.5, 2] })] })).toEqual([
      'Costs less: 1.5 to 2 people’s time, before 2 to 3. Support takes 2 of 5 people.',
    ]);
  });

  test('of which only the least cost is known is told so, before and now', () => {
    const late = risk({ weeks: [13, 44], weeksBound: '>' });
    expect(linesOf({ risks: [risk({ weeks: [4, 9] })] }, { risks: [late] })).toMatchObject([
      {
        sentence: 'Costs more: at least 13 weeks, before 4 to 9. Support takes 2 of 5 people.',
        from: [4, 9],
        to: [13, 44],
        toBound: '>',
      },
    ]);
    const [line] = linesOf({ risks: [late] }, { risks: [risk({ weeks: [4, 9] })] });
    expect(line).toMatchObject({ sentence: expect.stringContaining('before at least 13.'), fromBound: '>' });
    expect(line).not.toHaveProperty('toBound');
    const [gain] = linesOf(
      { risks: [risk({ dP: [0.1, 0.2] })] },
      { risks: [risk({ dP: [0.35, 0.9], dPBound: '>' })] },
    );
    expect(gain).toMatchObject({
      sentence: expect.stringContaining(
        'at least 35 percentage points of the goal’s chance, before 10 to 20.',
      ),
      toBound: '>',
    });
  });
});

describe('what was decided about a risk', () => {
  const decision: Decided = {
    escalation: 'e-1',
    decision: 'accept',
    by: 'Ada',
    until: day('2026-03-20'),
    statement: 'We accept 31 % for 20 March.',
    asOf: NOW,
    dP: [0.1, 0.3],
  };
  const accepted: Standing = { status: 'accepted', decision };
  const again: Standing = { status: 'open', decision, reopened: { because: 'costs_more', dP: 0.14 } };
  const stands = (standing?: Standing, dP: Range = [0.24, 0.5]) => ({ risks: [risk({ dP }, standing)] });

  test('is told once, with by whom, until when and what', () => {
    expect(linesOf(stands(), stands(accepted))).toEqual([
      {
        kind: 'risk_decided',
        sentence:
          'Accepted by Ada until 20 March: “We accept 31 % for 20 March.” Support takes 2 of 5 people.',
        items: [ref('PAY-1')],
      },
    ]);
    expect(linesOf(stands(accepted), stands(accepted))).toEqual([]);
    const { statement: _, ...rest } = { ...decision, escalation: 'e-2', decision: 'address' as const };
    expect(sentences(stands(accepted), stands({ status: 'addressed', decision: rest }))).toEqual([
      'Being addressed until 20 March, decided by Ada. Support takes 2 of 5 people.',
    ]);
  });

  test('of one that is raised anew is told when it was decided since', () => {
    expect(kinds({}, stands(accepted))).toEqual(['risk_raised', 'risk_decided']);
    const long = { ...decision, asOf: THEN };
    expect(kinds({}, stands({ status: 'accepted', decision: long }))).toEqual(['risk_raised']);
  });

  test('is told when it holds no more, with the cost of then and of now, and once', () => {
    const [line, ...others] = linesOf(stands(accepted), stands(again));
    expect(others).toEqual([]);
    expect(line).toEqual({
      kind: 'risk_reopened',
      sentence:
        'Open again: accepted by Ada until 20 March; it costs 14 percentage points more. Now 24 to 50 percentage points of the goal’s chance, then 10 to 30. Support takes 2 of 5 people.',
      from: [0.1, 0.3],
      to: [0.24, 0.5],
      items: [ref('PAY-1')],
    });
    expect(linesOf(stands(again), stands(again))).toEqual([]);
    expect(kinds(stands(), stands(again))).toEqual(['risk_reopened']);
    const over: Standing = { status: 'open', decision, reopened: { because: 'goal_passed', due: NOW } };
    expect(kinds(stands(again), stands(over))).toEqual(['risk_reopened']);
  });
});

describe('a goal', () => {
  const goals = (changes: Partial<GoalOutlook['forecast']> = {}) => ({
    goals: { goals: [outlook(changes)] },
  });

  test('is told when its chance moved by a tenth, and not below', () => {
    const [line] = linesOf(goals(), goals({ probability: chance(0.54) }));
    expect(line).toMatchObject({
      kind: 'goal_chance',
      sentence: '“Checkout is live” has a chance of 54 %, before 64 %.',
      from: chance(0.64),
      to: chance(0.54),
      items: [ref('PAY-1')],
    });
    expect(linesOf(goals(), goals({ probability: chance(0.55) }))).toEqual([]);
  });

  test('of which the chance could not be told and now can is told so, never as a change from 0', () => {
    const [line] = linesOf(goals({ probability: few }), goals());
    expect(line?.sentence).toBe(
      '“Checkout is live” has a chance that can be told now; before there were 5 weeks of history of 6 needed.',
    );
    expect(sentences(goals(), goals({ probability: few }))).toEqual([
      '“Checkout is live” has a chance that can no longer be told: 5 weeks of history of 6 needed.',
    ]);
    expect(linesOf(goals({ probability: few }), goals({ probability: few }))).toEqual([]);
  });

  test('whose date was moved, passed, or that is done is told so, and its chance not once more', () => {
    expect(linesOf(goals(), goals({ date: day('2026-03-27') }))).toMatchObject([
      {
        kind: 'goal_date_moved',
        sentence: '“Checkout is live” is due on Fri 27 March 2026 and was on Fri 20 March 2026.',
        from: '2026-03-20',
        to: '2026-03-27',
      },
    ]);
    expect(sentences(goals(), goals({ state: 'date_passed', probability: chance(0) }))).toEqual([
      '“Checkout is live” was not done by its date; 24 items are left.',
    ]);
    expect(sentences(goals(), goals({ state: 'done', probability: chance(1) }))).toEqual([
      '“Checkout is live” is done: nothing is left of it.',
    ]);
  });

  test('whose scope grew is told with the items that came in and went out', () => {
    const scope = { added: [ref('PAY-8'), ref('PAY-9')], removed: [ref('PAY-2')], finished: [] };
    expect(linesOf(goals(), goals(), { goals: [goalChange({ scope })] })).toMatchObject([
      {
        kind: 'goal_scope',
        sentence: '“Checkout is live” grew: 2 items came in, 1 item went out without being done.',
        items: [ref('PAY-8'), ref('PAY-9'), ref('PAY-2')],
      },
    ]);
  });

  test('that is new, or none any more, is told so', () => {
    expect(sentences({}, goals())).toEqual(['“Checkout is live” is a goal now.']);
    expect(sentences(goals(), {})).toEqual(['“Checkout is live” is no goal any more.']);
  });
});

describe('an item', () => {
  const fates: Readonly<Record<string, Fate['state']>> = {
    'PAY-1': 'done',
    'PAY-2': 'done',
    'PAY-3': 'open',
    'PAY-4': 'dropped',
    'PAY-5': 'out_of_sight',
    'PAY-6': 'elsewhere',
  };
  const fateOf = (url: string): Fate | undefined => {
    const key = url.split('/').at(-1) ?? '';
    return { item: ref(key), state: fates[key] ?? 'open' };
  };
  const ledger = (...keys: readonly string[]) => ({ basicallyDone: { items: keys.map(ledgerItem) } });

  test('that became basically done is told, one that still is is not', () => {
    expect(linesOf(ledger('PAY-7'), ledger('PAY-7', 'PAY-8'), { fateOf })).toEqual([
      {
        kind: 'basically_done',
        sentence: '1 item is basically done since and not Done.',
        items: [ref('PAY-8')],
      },
    ]);
  });

  test('that left the list is told by how it did', () => {
    const lines = linesOf(ledger(...Object.keys(fates)), {}, { fateOf });
    expect(lines.map(({ kind, sentence, items }) => [kind, sentence, items.map(({ key }) => key)])).toEqual([
      ['reached_done', '2 items that were basically done are Done.', ['PAY-1', 'PAY-2']],
      [
        'left_basically_done',
        '1 item that was basically done is no longer called so, and not Done.',
        ['PAY-3'],
      ],
      ['left_basically_done', '1 item that was basically done was dropped.', ['PAY-4']],
      ['left_basically_done', '1 item that was basically done is no longer the team’s.', ['PAY-6']],
      ['left_basically_done', '1 item that was basically done is no longer in sight.', ['PAY-5']],
    ]);
  });

  test('that changed its key is the same item', () => {
    const moved = () => ({ item: ref('NEW-1'), state: 'open' as const });
    expect(linesOf(ledger('PAY-1'), ledger('NEW-1'), { fateOf: moved })).toEqual([]);
  });

  test('that aged out is told, unless nobody could have known before', () => {
    const aging = (agedOut: Measurement, ...keys: readonly string[]) => ({
      metrics: {
        workItemAge: {
          agedOut,
          items: keys.map((key) => ({
            ...ref(key),
            type: 'Story',
            stage: 'active' as const,
            status: 'In Progress',
            startedOn: THEN,
            ageDays: 40,
            finishWithin14Days: few,
            agedOut: true,
          })),
        },
      },
    });
    const [line, ...more] = linesOf(aging(value(1), 'PAY-1'), aging(value(2), 'PAY-1', 'PAY-2'));
    expect(more).toEqual([]);
    expect(line?.sentence).toBe('1 item has aged out: 85 % of items never get so old.');
    expect(line?.items).toEqual([ref('PAY-2')]);
    expect(sentences(aging(few), aging(value(2), 'PAY-1', 'PAY-2'))).toEqual([
      'What has aged out can be told now; before there were 5 weeks of history of 6 needed.',
    ]);
  });
});

describe('a promise', () => {
  const safe = (atLeast85: Measurement) => ({
    forecast: { howMany: calm.forecast.howMany.map((one) => ({ ...one, atLeast85 })) },
  });
  const slo = (alert: boolean | undefined, inTime: Measurement = value(0.8)): Partial<Compared> => ({
    slos: calm.slos.map(({ objective, overspent }) => ({
      objective,
      overspent,
      inTime,
      missed: [
        { ...ref('PAY-1'), missedOn: day('2026-01-20'), finished: false },
        { ...ref('PAY-2'), missedOn: day('2026-01-10'), finished: false },
      ],
      ...(alert === undefined ? {} : { alert }),
    })),
  });

  test('of so many items in four weeks is told from a fifth and two items on', () => {
    expect(linesOf({}, safe(value(7)))).toMatchObject([
      {
        kind: 'forecast',
        sentence: '7 items in 4 weeks are safe to promise (85 %), before 10 items.',
        from: { value: 10 },
        to: { value: 7 },
      },
    ]);
    expect(linesOf({}, safe(value(9)))).toEqual([]);
    expect(linesOf(safe(value(3)), safe(value(4)))).toEqual([]);
    expect(linesOf(safe(value(30)), safe(value(33)))).toEqual([]);
    expect(sentences(safe(few), {})[0]).toMatch(/^How many items 4 weeks bring can be told now/);
  });

  test('that is being broken, or no longer, is told with what missed it since', () => {
    const [line] = linesOf({}, slo(true));
    expect(line).toMatchObject({ kind: 'promise_alert', items: [ref('PAY-1')] });
    expect(line?.sentence).toMatch(/^The delivery promise \(80 % in time\) is being broken/);
    expect(sentences(slo(true), slo(false))).toEqual([
      'The delivery promise (80 % in time) raises no alert any more.',
    ]);
    expect(linesOf(slo(true), slo(true))).toEqual([]);
  });

  test('that could not be judged and now can is told so', () => {
    expect(sentences(slo(undefined, few), slo(false))).toEqual([
      'The delivery promise (80 % in time) can be told now; before there were 5 weeks of history of 6 needed.',
    ]);
    expect(sentences(slo(false), slo(undefined, few))).toEqual([
      'The delivery promise (80 % in time) can no longer be told: 5 weeks of history of 6 needed.',
    ]);
  });
});

describe('workstreams', () => {
  const stream = (id: string) => ({ id, name: `Epic ${id}`, url: ref(id).url, share: value(0.3) });
  const streams = (effective: Measurement, ...ids: readonly string[]) => ({
    workstreams: { by: 'parent' as const, effective, items: ids.map(stream) },
  });

  test('that came are named, and those that went are counted: they may be the work of one or two now', () => {
    expect(sentences(streams(value(3), 'PAY-1', 'PAY-2'), streams(value(3), 'PAY-2', 'PAY-3'))).toEqual([
      'The workstream “Epic PAY-3” is now worked on by three people or more.',
      '1 workstream is no longer worked on by three people or more.',
    ]);
    expect(sentences(streams(value(3), 'PAY-1', 'PAY-2'), streams(value(3)))).toEqual([
      '2 workstreams are no longer worked on by three people or more.',
    ]);
    // By its name: whatever its id, nobody calls it so.
    expect(linesOf(streams(value(3)), streams(value(3), 'PAY-3'))[0]?.items).toEqual([
      { key: 'Epic PAY-3', title: 'Epic PAY-3', url: ref('PAY-3').url },
    ]);
  });

  test('in effect are told when their intervals do not overlap', () => {
    expect(kinds(streams(value(3, 2.5, 3.5)), streams(value(4, 3.6, 4.4)))).toEqual(['workstreams']);
    expect(kinds(streams(value(3, 2.5, 3.5)), streams(value(4, 3.4, 4.4)))).toEqual([]);
  });

  test('that are told apart by something else are not compared', () => {
    const other = { workstreams: { by: 'label' as const, effective: value(9), items: [stream('x')] } };
    expect(sentences(streams(value(3), 'PAY-1'), other)).toEqual([
      'Workstreams are now told apart by label, before by epic, so they cannot be compared.',
    ]);
  });
});

describe('a finding about the data', () => {
  test('is told when it is new or gone, and not when it only counts another number', () => {
    expect(sentences({}, { dataQuality: [finding()] })).toEqual([
      'New about the data: 3 items lack a start.',
    ]);
    expect(sentences({ dataQuality: [finding()] }, {})).toEqual([
      'No longer so about the data: 3 items lack a start.',
    ]);
    expect(linesOf({ dataQuality: [finding()] }, { dataQuality: [{ ...finding(), count: 9 }] })).toEqual([]);
  });
});

function risk(impact: Risk['impact'] = {}, standing: Standing = { status: 'open' }): Risk {
  return {
    id: 'payments/support_load',
    kind: 'support_load',
    statement: 'Support takes 2 of 5 people.',
    evidence: [
      { metric: 'supportLoad.fte', number: value(2), items: [{ ...ref('PAY-1'), why: 'support' }] },
      { metric: 'supportLoad.share', number: value(0.4), items: [{ ...ref('PAY-1'), why: 'support' }] },
    ],
    impact,
    probabilityReal: 0.99,
    confidence: { level: 'high', reasons: [] },
    owner: 'leadership',
    options: [],
    costMeans: '',
    acceptMeans: '',
    firstSeen: THEN,
    persistedWeeks: 3,
    ...standing,
  };
}

const finding = () =>
  ({
    check: 'skipped_start',
    count: 3,
    items: [ref('PAY-1')],
    affects: [],
    sentence: '3 items lack a start.',
  }) as const;

function ledgerItem(key: string): LedgerItem {
  return {
    ...ref(key),
    claimedAt: '2026-01-10T00:00:00.000Z',
    claimed: 'merged',
    achieved: 'coded',
    required: 'released',
    missing: ['merged', 'released'],
    lacking: ['being called done', 'a released version'],
    ageDays: 8,
    signals: ['in_late_stage'],
    confidence: 'medium',
    knownOnlyNow: [],
    whoseMove: 'team',
  };
}

const chance = (of: number): Measurement => ({ ...value(of, of - 0.2, of + 0.2), unit: 'probability' });

function outlook(changes: Partial<GoalOutlook['forecast']>): GoalOutlook {
  const within = value(50);
  return {
    id: 'checkout',
    name: 'Checkout is live',
    isPrimary: true,
    adopters: [],
    dates: { tone: 'realistic', chance: 0.85, within },
    forecast: {
      ...ref('PAY-1'),
      kind: 'parent',
      state: 'ahead',
      date: day('2026-03-20'),
      dateFrom: 'committed',
      dateKnownOnlyNow: false,
      scope: {
        open: value(24),
        done: value(9),
        dropped: value(0),
        unsplit: value(0),
        undiscovered: value(0),
      },
      growthPerWeek: value(0),
      pacePerWeek: value(2),
      probability: chance(0.64),
      within15: within,
      within50: within,
      within85: within,
      ambition: value(1),
      ...changes,
    },
  };
}

function goalChange(changes: Partial<Passage['goals'][number]>): Passage['goals'][number] {
  return { id: 'checkout', since: THEN, scope: { added: [], removed: [], finished: [] }, ...changes };
}
