import { describe, expect, test } from 'vitest';
import type { Measurement } from '#domain/measurement.ts';
import type { Team } from '#domain/team.ts';
import { workstreams } from '#metrics/workstreams.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const epic = (key: string, options: IssueOptions = {}) =>
  issue(key, 'In Progress', { type: 'Epic', title: `Epic ${key}`, ...options });
const story = (key: string, person: string, parent: string, path = 'In Progress') =>
  issue(key, path, { assignee: person, parent });

/** 20 work days from Monday 5 January: p1 on X and Y, p2 on X, p3 on Y and Z for eight days and then on Z. */
const spread = [
  ...['PAY-91', 'PAY-92', 'PAY-93'].map((key) => epic(key)),
  story('PAY-1', 'p1', 'PAY-91'),
  story('PAY-2', 'p1', 'PAY-92'),
  story('PAY-3', 'p2', 'PAY-91'),
  story('PAY-4', 'p3', 'PAY-92', 'In Progress 10d → Done'),
  story('PAY-5', 'p3', 'PAY-93'),
];
const LAST = '2026-01-30';

const value = (measurement: Measurement) => (measurement.kind === 'value' ? measurement.value : measurement);
const of = (changes: Partial<Team>, issues = spread) => workstreams(view(team(changes), LAST, issues));

describe('a team of three on three epics', () => {
  const result = of({});

  test('is spread over 2.66 effective workstreams with 1.13 people each (WX-B2)', () => {
    // Person-days X 30, Y 14, Z 16 of 60: shares .5, .2333, .2667, their squares add up to .37556.
    expect(result.by).toBe('parent');
    expect(value(result.active)).toBe(3);
    expect(value(result.effective)).toBeCloseTo(2.6627, 4);
    expect(1 / (value(result.effective) as number)).toBeCloseTo(0.3756, 4);
    expect(value(result.entropyEffective)).toBeCloseTo(2.8253, 4);
    expect(value(result.people)).toBe(3);
    expect(value(result.peoplePerEffective)).toBeCloseTo(1.1267, 4);
    expect(result.cover).toBe('fewer_than_two_each');
    // Three people had something in progress on each of their 20 days.
    expect(result.coverage).toMatchObject({ value: 1, n: 60, interval90: [1, 1] });
  });

  test('has one workstream of three that one person carries (WX-B4)', () => {
    // Z is p3's alone; of X the larger part is 2/3, of Y 10/14.
    expect(result.onePerson).toMatchObject({ value: 1, n: 3, interval90: [1, 1] });
    // Jeffreys for 1 of 3: the 5 % and 95 % points of Beta(1.5, 2.5), .0624 and .76447; METRICS prints .765 for the second.
    expect(value(result.onePersonShare)).toBeCloseTo(1 / 3, 10);
    expect(result.onePersonShare).toMatchObject({
      interval90: [expect.closeTo(0.062, 3), expect.closeTo(0.7645, 4)],
    });
  });

  test('names no workstream, since none has three contributors', () => {
    expect(result.items).toEqual([]);
    expect(JSON.stringify(result)).not.toMatch(/"p[123]"|Epic PAY/);
  });

  test('gets intervals that hold the numbers and repeat to the digit', () => {
    const { effective } = result;
    if (effective.kind !== 'value') throw new Error('expected a value');
    const [low, high] = effective.interval90;
    expect(low).toBeLessThanOrEqual(effective.value);
    expect(high).toBeGreaterThanOrEqual(effective.value);
    expect(low).toBeLessThan(high ?? 0);
    expect(of({})).toEqual(result);
  });
});

test('a workstream with three contributors is named, with its share', () => {
  const result = of({}, [...spread, story('PAY-6', 'p3', 'PAY-91')]);
  // p3 now spends eight days on three items and twelve on two: 8/3 + 12/2 of them on X, which p1 gives 10 and p2 20.
  expect(result.items).toHaveLength(1);
  expect(result.items[0]).toMatchObject({
    name: 'Epic PAY-91',
    url: 'https://acme.example/browse/PAY-91',
    share: { value: expect.closeTo((38 + 2 / 3) / 60, 10), unit: 'share' },
  });
});

describe('what a workstream is made of', () => {
  const initiative = issue('PAY-99', 'In Progress', { type: 'Initiative' });
  const epics = ['PAY-91', 'PAY-92', 'PAY-93'];

  test('a project may be in an initiative that is no issue', () => {
    const initiatives = [{ id: 'i1', name: 'Pay in instalments', projectIds: ['pay'] }];
    const result = workstreams(view(team(), LAST, spread, { initiatives }));
    expect(result.by).toBe('initiative');
    expect(result.items).toMatchObject([{ id: 'acme/i1', name: 'Pay in instalments' }]);
    const elsewhere = initiatives.map((one) => ({ ...one, projectIds: ['other'] }));
    expect(workstreams(view(team(), LAST, spread, { initiatives: elsewhere })).by).toBe('parent');
  });

  test('initiatives come first when they cover enough of the work', () => {
    const under = epics.map((key) => epic(key, { parent: 'PAY-99' }));
    const result = of({}, [initiative, ...under, ...spread.slice(3)]);
    expect(result.by).toBe('initiative');
    expect(value(result.effective)).toBeCloseTo(1, 10);
    expect(result.cover).toBe('two_or_more_each');
  });

  test('a single project is no line of work, several are', () => {
    const orphans = ['PAY-1', 'PAY-2', 'PAY-3'].map((key, i) =>
      issue(key, 'In Progress', { assignee: `p${i + 1}` }),
    );
    expect(of({}, orphans).by).toBeUndefined();
    const scope = [{ source: 'acme', projects: ['PAY', 'WEB'] }];
    const two = [...orphans, issue('WEB-1', 'In Progress', { assignee: 'p3' })];
    expect(of({ scope }, two).by).toBe('project');
  });

  test('a sub-task counts to the epic of its story', () => {
    const subTasks = ['p1', 'p2', 'p3'].map((person, i) =>
      issue(`PAY-2${i}`, 'In Progress', { assignee: person, parent: 'PAY-1', type: 'Sub-task' }),
    );
    const result = of({}, [epic('PAY-91'), issue('PAY-1', 'In Progress', { parent: 'PAY-91' }), ...subTasks]);
    expect(result.by).toBe('parent');
    expect(result.items).toMatchObject([{ name: 'Epic PAY-91', share: { value: 1 } }]);
  });

  test('several components share an item equally', () => {
    const both = ['p1', 'p2', 'p3'].map((person, i) =>
      issue(`PAY-${i + 1}`, 'In Progress', { assignee: person, components: ['ui', 'api'] }),
    );
    const result = of({ workstreamBy: 'component' }, both);
    expect(value(result.effective)).toBeCloseTo(2, 10);
    expect(result.items).toMatchObject([
      { name: 'api', share: { value: 0.5 } },
      { name: 'ui', share: { value: 0.5 } },
    ]);
  });

  test('work without a workstream is a share, never a workstream', () => {
    const people = ['p1', 'p2', 'p3', 'p4'];
    const some = people.map((person, i) =>
      issue(`PAY-${i + 1}`, 'In Progress', { assignee: person, ...(i < 3 ? { labels: ['red'] } : {}) }),
    );
    const two = ['p5', 'p6'].map((person) =>
      issue(`PAY-${person.slice(1)}`, 'In Progress', {
        assignee: person,
        ...(person === 'p6' ? { labels: ['red'] } : {}),
      }),
    );
    const result = of({ workstreamBy: 'label' }, [...some, ...two]);
    expect(value(result.active)).toBe(1);
    expect(value(result.effective)).toBeCloseTo(1, 10);
    expect(value(result.unassignedShare)).toBeCloseTo(2 / 6, 10);
    // Of one alone it would be hers.
    expect(of({ workstreamBy: 'label' }, some).unassignedShare).toMatchObject({ have: 2, need: 3 });
  });

  test('shares leave over no one person’s: with hers the smallest is not told', () => {
    const lines = (...labels: readonly string[]) =>
      of(
        { workstreamBy: 'label' },
        labels.map((label, i) =>
          issue(`PAY-${i + 1}`, 'In Progress', { assignee: `p${i}`, labels: [label] }),
        ),
      ).items.map(({ name, share }) => [name, value(share)]);
    const [four, three] = [Array.from({ length: 4 }, () => 'red'), Array.from({ length: 3 }, () => 'blue')];
    expect(lines(...four, ...three)).toEqual([
      ['red', expect.closeTo(4 / 7, 10)],
      ['blue', expect.closeTo(3 / 7, 10)],
    ]);
    expect(lines(...four, ...three, 'green')).toEqual([
      ['red', 0.5],
      [
        'blue',
        { kind: 'insufficient', have: 2, need: 3, what: 'people on what remains (one is told as two)' },
      ],
    ]);
    expect(lines(...four, ...three, 'green', 'green')).toEqual([
      ['red', expect.closeTo(4 / 9, 10)],
      ['blue', expect.closeTo(3 / 9, 10)],
    ]);
  });
});

describe('no number is given', () => {
  test('when no level covers 60 % of the effort', () => {
    const people = ['p1', 'p2', 'p3', 'p4'];
    const half = people.map((person, i) =>
      issue(`PAY-${i + 1}`, 'In Progress', { assignee: person, ...(i < 2 ? { labels: ['red'] } : {}) }),
    );
    const result = of({}, half);
    expect(result.by).toBeUndefined();
    expect(result.effective).toMatchObject({ kind: 'insufficient', have: 50, need: 60 });
    expect(result.active).toMatchObject({ kind: 'insufficient', have: 50, need: 60 });
  });

  test('about fewer than three people, not even the share of their days', () => {
    const two = spread.filter((one) => !['pay4', 'pay5'].includes(one.id));
    const result = of({ workstreamBy: 'parent' }, two);
    for (const key of ['effective', 'people', 'onePerson', 'unassignedShare', 'coverage'] as const) {
      expect(result[key]).toEqual({ kind: 'insufficient', have: 2, need: 3, what: 'active people' });
    }
    expect(value(result.active)).toBe(2);
    expect(result.cover).toBe('unknown');
  });

  test('but a team of one is told that it is one', () => {
    const one = spread.filter((some) => ['pay91', 'pay92', 'pay1', 'pay2'].includes(some.id));
    expect(of({}, one).cover).toBe('one_person_team');
  });

  test('under 30 person-days', () => {
    const late = ['p1', 'p2', 'p3'].map((person, i) =>
      issue(`PAY-${i + 1}`, 'In Progress', { assignee: person, labels: ['red'], from: '2026-01-22' }),
    );
    // 22, 23 and 26 to 30 January are seven work days for three people.
    expect(of({}, late).effective).toEqual({
      kind: 'insufficient',
      have: 21,
      need: 30,
      what: 'attributed person-days',
    });
  });

  test('when the people known to be there mostly have nothing in progress', () => {
    // 60 person-days of 6 x 20 work days.
    expect(of({ headcount: 6 }).effective).toMatchObject({ kind: 'insufficient', have: 50, need: 60 });
  });

  test('over two sources, where one person would count as two', () => {
    const scope = [
      { source: 'acme', projects: ['PAY'] },
      { source: 'labs', teams: ['PAY'] },
    ];
    expect(of({ scope }).effective).toMatchObject({ kind: 'insufficient', have: 0, need: 1 });
  });

  test('for a team without any work at all', () => {
    expect(of({}, []).effective).toMatchObject({ kind: 'insufficient', have: 0, need: 3 });
  });
});

test('what happens after the day changes nothing', () => {
  // PAY-5 is finished, and PAY-3 handed over, on the Monday after.
  const later = spread.slice(0, -1).filter((one) => one.id !== 'pay3');
  const handedOver = issue('PAY-3', 'In Progress', { assignee: 'p2 28d → p1', parent: 'PAY-91' });
  const finished = story('PAY-5', 'p3', 'PAY-93', 'In Progress 28d → Done');
  expect(of({}, [...later, handedOver, finished])).toEqual(of({}));
});
