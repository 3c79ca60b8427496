import { range } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarDay, dayOf, endOf, MS_PER_DAY, parseDay, plusDays } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { type TeamView, teamView } from '#domain/team-view.ts';
import { type Milestone, milestonesNamed, milestonesOf } from '#forecast/milestone.ts';
import { milestoneBases } from '#forecast/milestone-basis.ts';
import { forecastFrom, milestoneForecast } from '#forecast/milestone-forecast.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { teamMilestones } from '#forecast/team-milestones.ts';
import { BIRTH, copyAt, LIFETIME, livesOf } from '#tests/builders/arbitrary.ts';
import { history, team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const START = Date.UTC(2025, 5, 2, 9);
const TODAY = '2025-11-30';
const today = required(parseDay(TODAY));
const at = (day: number) => new Date(START + day * MS_PER_DAY).toISOString();

/** Two finished a week under the parent, for 26 weeks, and so many open; all there from the beginning. */
function underway(parent: string, open: number, options: IssueOptions = {}): readonly Issue[] {
  return [
    ...range(52).map((i) =>
      issue(`${parent.split('-')[0]}-${1000 + i}`, `To Do ${3.5 * i}d → In Progress 2d → Done`, {
        parent,
        ...options,
        from: at(0),
      }),
    ),
    ...range(open).map((i) => issue(`PAY-${3000 + i}`, 'To Do', { parent, ...options, from: at(0) })),
  ];
}

const epic = (key: string, options: IssueOptions = {}) =>
  issue(key, 'In Progress', { type: 'Epic', title: `Epic ${key}`, from: at(0), ...options });
const about = (issues: readonly Issue[], day: string = TODAY) => view(team(), day, issues);
const named = (of: TeamView, name: string): Milestone => required(milestonesNamed(milestonesOf(of), name)[0]);
const forecast = (of: TeamView, name: string, by?: CalendarDay) =>
  milestoneForecast(of, named(of, name), SHIPPED_PRIOR, by);

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('there is nothing');
  return value;
}

function chance(of: TeamView, name: string, days: number): number {
  const { probability } = forecast(of, name, plusDays(of.day, days));
  if (probability.kind !== 'value') throw new Error(`${probability.have} ${probability.what}`);
  if (probability.bound === undefined) return probability.value;
  return probability.bound === '<' ? 0 : 1;
}

describe('a milestone that is under way', () => {
  const of = about([epic('PAY-1', { dueDate: '2026-03-08' }), ...underway('PAY-1', 20)]);

  test('is told its chance, its days, its scope, its growth and how ambitious its date is', () => {
    const found = forecast(of, 'PAY-1');
    expect(found).toMatchObject({
      kind: 'parent',
      key: 'PAY-1',
      title: 'Epic PAY-1',
      url: 'https://acme.example/browse/PAY-1',
      state: 'ahead',
      date: '2026-03-08',
      dateFrom: 'due_date',
      dateKnownOnlyNow: false,
      scope: { open: { value: 20 }, done: { value: 52 }, unsplit: { value: 0 }, undiscovered: { value: 0 } },
      probability: { kind: 'value', unit: 'probability', confidence: 'medium' },
      pacePerWeek: { method: 'recent_pace_of_own_items' },
      ambition: { unit: 'ratio' },
    });
    const { probability, pacePerWeek, ambition, within15, within50, within85 } = found;
    if (probability.kind !== 'value' || pacePerWeek.kind !== 'value' || ambition.kind !== 'value') {
      throw new Error('half a year is enough');
    }
    // Two a week for twelve weeks.
    expect(pacePerWeek.value).toBeCloseTo(2, 0);
    expect(probability.value).toBeGreaterThan(0.3);
    expect(probability.value).toBeLessThan(0.95);
    expect(probability.interval90[0]).toBeLessThan(probability.value);
    expect(probability.interval90[1]).toBeGreaterThan(probability.value);
    const days = [within15, within50, within85].map((one) => (one.kind === 'value' ? one.value : 9999));
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    expect(ambition.interval90[0]).toBeLessThan(ambition.value);
  });

  test('has 85 % on the day that is 85 % sure, and not on the day before', () => {
    const { within85 } = forecast(of, 'PAY-1');
    if (within85.kind !== 'value') throw new Error('well within a year');
    expect(chance(of, 'PAY-1', within85.value)).toBeGreaterThanOrEqual(0.85);
    expect(chance(of, 'PAY-1', within85.value - 1)).toBeLessThan(0.85);
  });

  test('gains by time and loses by scope', () => {
    const byDays = [7, 28, 56, 84, 182, 364].map((days) => chance(of, 'PAY-1', days));
    expect(byDays).toEqual(byDays.toSorted((a, b) => a - b));
    const byScope = [2, 10, 20, 40, 80].map((open) =>
      chance(about([epic('PAY-1'), ...underway('PAY-1', open)]), 'PAY-1', 84),
    );
    expect(byScope).toEqual(byScope.toSorted((a, b) => b - a));
    expect(byScope[0]).toBeGreaterThan(byScope[4] ?? 1);
  });

  test('never claims more than 95 %, nor less than 5 %', () => {
    const probability = (open: number, days: number) =>
      forecast(about([epic('PAY-1'), ...underway('PAY-1', open)]), 'PAY-1', plusDays(today, days))
        .probability;
    expect(probability(1, 300)).toMatchObject({ value: 0.95, bound: '>' });
    expect(probability(200, 14)).toMatchObject({ value: 0.05, bound: '<' });
  });

  test('is asked for another date than its own', () => {
    const asked = plusDays(today, 30);
    expect(forecast(of, 'PAY-1', asked)).toMatchObject({ date: asked, dateFrom: 'asked' });
    const far = forecast(of, 'PAY-1', plusDays(today, 500));
    expect(far.probability).toMatchObject({ kind: 'insufficient', have: 364, need: 500 });
    expect(far.within50.kind).toBe('value');
  });

  test('is less likely to be done in time when its scope kept growing', () => {
    const late = range(20).map((i) =>
      issue(`PAY-${3000 + i}`, 'To Do', { parent: 'PAY-1', from: at(9 * i) }),
    );
    const [steady, grown] = [underway('PAY-1', 20), [...underway('PAY-1', 0), ...late]].map((issues) =>
      about([epic('PAY-1'), ...issues]),
    );
    expect(chance(required(grown), 'PAY-1', 84)).toBeLessThan(chance(required(steady), 'PAY-1', 84));
    expect(forecast(required(grown), 'PAY-1').growthPerWeek).toMatchObject({
      kind: 'value',
      value: expect.toSatisfy((rate) => rate > 0.5),
    });
  });
});

describe('what needs no model', () => {
  test('with nothing left the chance is 1 (WX-E1b)', () => {
    const found = forecast(
      about([epic('PAY-1', { dueDate: '2026-03-08' }), ...underway('PAY-1', 0)]),
      'PAY-1',
    );
    expect(found).toMatchObject({
      state: 'done',
      probability: { kind: 'value', value: 1, method: 'nothing_left' },
      within85: { kind: 'value', value: 0, unit: 'days' },
    });
    expect(found.probability).not.toHaveProperty('bound');
  });

  test('with something left and the date passed it is 0, and says why, however little is known (WX-E1b)', () => {
    const late = { dueDate: TODAY };
    for (const issues of [
      underway('PAY-1', 3),
      [issue('PAY-2', 'To Do', { parent: 'PAY-1', from: at(9) })],
    ]) {
      expect(forecast(about([epic('PAY-1', late), ...issues]), 'PAY-1')).toMatchObject({
        state: 'date_passed',
        probability: { kind: 'value', value: 0, method: 'date_passed' },
      });
    }
    // On the day itself it is too late; on the eve it was not.
    expect(forecast(about([epic('PAY-1', late), ...underway('PAY-1', 3)], '2025-11-29'), 'PAY-1').state).toBe(
      'ahead',
    );
  });
});

describe('too little is known', () => {
  const insufficient = (issues: readonly Issue[]) => {
    const found = forecast(about([epic('PAY-1', { dueDate: '2026-03-08' }), ...issues]), 'PAY-1').probability;
    return found.kind === 'insufficient' ? found : undefined;
  };
  const child = (i: number, path: string, from: string) =>
    issue(`PAY-${10 + i}`, path, { parent: 'PAY-1', from });

  test('of a milestone with fewer than 5 items', () => {
    expect(insufficient(range(4).map((i) => child(i, 'To Do', at(1))))).toMatchObject({ have: 4, need: 5 });
  });

  test('of one begun less than 2 weeks ago', () => {
    const young = about([
      issue('PAY-1', 'To Do', { type: 'Epic', from: at(0), dueDate: '2026-03-08' }),
      ...range(8).map((i) => child(i, 'To Do 1d → In Progress 2d → Done', '2025-11-21')),
      ...range(8).map((i) => child(20 + i, 'To Do', '2025-11-21')),
    ]);
    expect(forecast(young, 'PAY-1').probability).toMatchObject({
      have: 1,
      need: 2,
      what: 'weeks of work on it',
    });
  });

  test('of one that nobody works on', () => {
    const others = range(52).map((i) =>
      issue(`PAY-${1000 + i}`, 'To Do 1d → In Progress 2d → Done', { from: at(3.5 * i) }),
    );
    const still = [...others, ...range(8).map((i) => child(i, 'To Do', at(1)))];
    expect(insufficient(still)).toMatchObject({
      have: 0,
      need: 3,
      what: 'items finished under it in the last 84 days',
    });
    expect(insufficient([])).toMatchObject({ what: 'items under it' });
  });

  test('and none of it is ever no number at all', () => {
    expect(JSON.stringify(forecast(about([epic('PAY-1')]), 'PAY-1'))).not.toMatch(/NaN|null/);
  });

  test('without a date: the chance is not told, the days are', () => {
    const found = forecast(about([epic('PAY-1'), ...underway('PAY-1', 20)]), 'PAY-1');
    expect(found).toMatchObject({ state: 'undated', probability: { kind: 'insufficient', what: 'dates' } });
    expect(found.within85.kind).toBe('value');
  });
});

describe('a share of the team’s pace', () => {
  test('takes the place of a milestone’s own when too little of it was finished lately, with low confidence', () => {
    const rest = range(52).map((i) =>
      issue(`PAY-${6000 + i}`, 'To Do 1d → In Progress 2d → Done', { from: at(3.5 * i) }),
    );
    const few = range(5).map((i) =>
      issue(`PAY-${7000 + i}`, 'To Do 1d → In Progress 2d → Done', {
        parent: 'PAY-1',
        from: at(120 + 14 * i),
      }),
    );
    const open = range(5).map((i) => issue(`PAY-${8000 + i}`, 'To Do', { parent: 'PAY-1', from: at(1) }));
    const found = forecast(
      about([epic('PAY-1', { dueDate: '2026-03-08' }), ...rest, ...few, ...open]),
      'PAY-1',
    );
    expect(found.pacePerWeek).toMatchObject({
      method: 'team_pace_by_share_of_finished_items',
      value: expect.toSatisfy((rate) => rate > 0.2 && rate < 0.8),
    });
    expect(found.probability).toMatchObject({ kind: 'value', confidence: 'low' });
  });
});

describe('epics without items', () => {
  const initiative = issue('PAY-1', 'In Progress', {
    type: 'Initiative',
    from: at(0),
    dueDate: '2026-06-01',
  });
  const inside = [initiative, epic('PAY-2', { parent: 'PAY-1' }), ...underway('PAY-2', 5)];
  const empty = epic('PAY-3', { parent: 'PAY-1' });
  const doneEpics = range(8).flatMap((i) => [
    issue(`PAY-${100 + i}`, 'In Progress 9d → Done', { type: 'Epic', from: at(0) }),
    ...range(6).map((k) =>
      issue(`PAY-${200 + 10 * i + k}`, 'In Progress 2d → Done', { parent: `PAY-${100 + i}`, from: at(0) }),
    ),
  ]);

  test('are told from the size of done ones, and make the chance smaller', () => {
    const [without, withEmpty] = [inside, [...inside, empty]].map((some) => about([...some, ...doneEpics]));
    expect(forecast(required(withEmpty), 'PAY-1').scope).toMatchObject({
      open: { value: 5 },
      unsplit: { value: 1 },
      undiscovered: { kind: 'value', value: 6 },
    });
    expect(chance(required(withEmpty), 'PAY-1', 35)).toBeLessThan(chance(required(without), 'PAY-1', 35));
  });

  test('of unknown size are said to be so: the chance is only a bound, and confidence low', () => {
    const found = forecast(about([...inside, empty]), 'PAY-1', plusDays(today, 21));
    expect(found.scope.undiscovered).toMatchObject({ kind: 'insufficient', have: 0, need: 8 });
    expect(found.probability).toMatchObject({ kind: 'value', bound: '<', confidence: 'low' });
    expect(found.within50).toMatchObject({ kind: 'value', bound: '>', confidence: 'low' });
    // Where more than 95 % would be all that is known, nothing is.
    expect(forecast(about([...inside, empty]), 'PAY-1', plusDays(today, 364)).probability.kind).toBe(
      'insufficient',
    );
  });
});

describe('versions', () => {
  const versions = [
    { id: 'v1', projectId: 'pay', name: '1.0', released: true, releaseDay: required(parseDay('2025-09-01')) },
    {
      id: 'v2',
      projectId: 'pay',
      name: '2.0',
      released: false,
      releaseDay: required(parseDay('2026-03-08')),
    },
    { id: 'v3', projectId: 'pay', name: '3.0', released: true, releaseDay: required(parseDay('2026-02-01')) },
  ];
  const issues = [
    ...range(52).map((i) =>
      issue(`PAY-${1000 + i}`, `To Do ${3.5 * i}d → In Progress 2d → Done`, {
        versions: ['v2'],
        from: at(0),
      }),
    ),
    ...range(20).map((i) => issue(`PAY-${3000 + i}`, 'To Do', { versions: ['v2', 'v3'], from: at(1) })),
  ];
  const of = view(team(), TODAY, issues, { versions });

  test('are asked for by name, with or without the project, and carry a date that is known only now', () => {
    for (const name of ['2.0', 'pay 2.0']) {
      expect(forecast(of, name)).toMatchObject({
        kind: 'version',
        key: 'PAY 2.0',
        url: 'https://acme.example/projects/PAY/versions/v2',
        date: '2026-03-08',
        dateFrom: 'version',
        dateKnownOnlyNow: true,
        scope: { open: { value: 20 }, done: { value: 52 } },
        probability: { kind: 'value' },
      });
    }
    expect(forecast(of, '2.0', plusDays(today, 28)).dateKnownOnlyNow).toBe(false);
  });

  test('that are milestones of a project go by its name, and open where it does', () => {
    const planned = view(team(), TODAY, issues, {
      projects: [{ id: 'pay', key: 'ca11ab1e', name: 'Wallets' }],
      versions: versions.map((version) => ({ ...version, kind: 'milestone' })),
    });
    expect(milestonesOf(planned).find(({ title }) => title === '2.0')).toMatchObject({
      key: 'Wallets 2.0',
      url: 'https://acme.example/project/ca11ab1e',
    });
  });

  test('released later are still ahead, without the date that nobody knew; released before are not', () => {
    expect(named(of, '3.0')).toMatchObject({ isAhead: true });
    expect(named(of, '3.0')).not.toHaveProperty('date');
    expect(named(of, '1.0')).toMatchObject({ isAhead: false });
    expect(teamMilestones(of).milestones.map(({ title }) => title)).toEqual(['2.0']);
  });

  test('of one name in two projects are both named', () => {
    const two = view(team(), TODAY, [...issues, issue('OPS-1', 'To Do')], {
      versions: [...versions, { id: 'v9', projectId: 'ops', name: '2.0', released: false }],
    });
    expect(milestonesNamed(milestonesOf(two), '2.0').map(({ key }) => key)).toEqual(['PAY 2.0', 'OPS 2.0']);
    expect(milestonesNamed(milestonesOf(two), 'nothing')).toEqual([]);
  });
});

describe('the milestones of a team', () => {
  test('are those ahead with something left: the next date first, then the one missed last, then begun epics', () => {
    const child = (parent: string) => issue(`${parent}0`, 'In Progress', { parent, from: at(10) });
    const dated = (key: string, dueDate: string) => [epic(key, { dueDate }), child(key)];
    const { milestones, milestonesLeftOut } = teamMilestones(
      about([
        ...dated('PAY-1', '2026-05-01'),
        ...dated('PAY-2', '2025-10-01'),
        ...dated('PAY-3', '2026-01-15'),
        ...dated('PAY-4', '2025-11-01'),
        epic('PAY-5'),
        child('PAY-5'),
        issue('PAY-6', 'To Do', { type: 'Epic', from: at(0) }),
        issue('PAY-7', 'In Progress 3d → Done', { type: 'Epic', from: at(0), dueDate: '2026-05-01' }),
        epic('PAY-8', { dueDate: '2026-05-01' }),
        issue('PAY-80', 'In Progress 1d → Done', { parent: 'PAY-8', from: at(9) }),
      ]),
    );
    expect(milestones.map(({ key }) => key)).toEqual(['PAY-3', 'PAY-1', 'PAY-4', 'PAY-2', 'PAY-5']);
    expect(milestones.map(({ state }) => state)).toEqual([
      'ahead',
      'ahead',
      'date_passed',
      'date_passed',
      'undated',
    ]);
    expect(milestonesLeftOut).toBe(0);
  });

  test('are capped, and say how many more there are', () => {
    const many = range(15).map((i) => epic(`PAY-${1 + i}`, { dueDate: `2026-05-${10 + i}` }));
    const { milestones, milestonesLeftOut } = teamMilestones(about(many));
    expect(milestones).toHaveLength(12);
    expect(milestonesLeftOut).toBe(3);
  });

  test('know nothing of what came later, in fuzzed histories', () => {
    let told = 0;
    fc.assert(
      fc.property(livesOf(220), fc.integer({ min: 150, max: 260 }), (lives, age) => {
        const day = dayOf(BIRTH + age * MS_PER_DAY, 'UTC');
        const from = (moment: number) => {
          const known = lives.map((life) => copyAt(life, moment)).filter((copy) => copy !== undefined);
          const versions = ['x', 'y', 'z'].map((id) => ({ id, projectId: 'pay', name: id, released: false }));
          const of = teamView(team(), day, [history(known, { source: 'acme', versions })]);
          const basisOf = milestoneBases(of);
          return milestonesOf(of).map((milestone) =>
            forecastFrom(of, milestone, basisOf(milestone), SHIPPED_PRIOR, plusDays(day, 56)),
          );
        };
        const then = from(endOf(day, 'UTC'));
        told += then.filter(({ probability }) => probability.kind === 'value').length;
        expect(JSON.stringify(then)).not.toMatch(/NaN/);
        expect(from(BIRTH + 3 * LIFETIME)).toEqual(then);
      }),
      { numRuns: 15, seed: 5 },
    );
    expect(told).toBeGreaterThan(5);
  });
});
