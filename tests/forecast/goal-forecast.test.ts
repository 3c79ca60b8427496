import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, endOf, MS_PER_DAY, plusDays } from '#domain/calendar.ts';
import type { Goal } from '#domain/goal.ts';
import type { Issue, IssueEvent, SetField } from '#domain/issue.ts';
import { teamView } from '#domain/team-view.ts';
import { toEvenOdds } from '#forecast/even-odds.ts';
import { goalBases, goalChance, goalForecast } from '#forecast/goal-forecast.ts';
import { chanceOfDone } from '#forecast/scope-forecast.ts';
import { teamGoals } from '#forecast/team-goals.ts';
import { BIRTH, copyAt, LIFETIME, livesOf } from '#tests/builders/arbitrary.ts';
import { epicWith, goal } from '#tests/builders/goal.ts';
import { history, team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const TODAY = '2025-11-30';
const about = (goals: readonly Goal[] | 'auto', issues: readonly Issue[], on = TODAY) =>
  goalBases(view(team({ goals }), on, issues));

const half = epicWith('PAY-1', { open: 20 });

describe('the primary goal', () => {
  const [near, far, missed] = [
    goal('2026-02-01', { id: 'near' }),
    goal('2026-05-01', { id: 'far' }, 'PAY-2'),
    goal('2025-11-01', { id: 'missed' }, 'PAY-3'),
  ];
  const issues = [...half, ...epicWith('PAY-2', { open: 5 }), ...epicWith('PAY-3', { open: 5 })];

  test('is the one with the earliest date ahead, in whatever order they are named', () => {
    expect(about([far, near, missed], issues).primary?.goal.id).toBe('near');
    expect(about([missed, near, far], issues).primary?.days).toBe(63);
  });

  test('is the last one missed when every date has passed', () => {
    const older = goal('2025-10-01', { id: 'older' }, 'PAY-2');
    expect(about([missed, older], issues).primary?.goal.id).toBe('missed');
  });

  test('is not one that is already done while another has something left', () => {
    const done = [...epicWith('PAY-2', { open: 0, epic: {} }), ...half].map((one) =>
      one.id === 'pay2' ? issue('PAY-2', 'To Do 2d → Done', { type: 'Epic', from: '2025-06-02' }) : one,
    );
    const early = goal('2025-12-10', { id: 'early' }, 'PAY-2');
    expect(about([early, near], done).primary?.goal.id).toBe('near');
    const [only] = about([early], done).goals;
    expect(only && goalChance(only)).toBe(1);
  });

  test('takes the date the tracker has where none was committed to, and is none without any', () => {
    const due = epicWith('PAY-1', { open: 20, epic: { dueDate: '2026-03-01' } });
    expect(about([goal(undefined)], due).primary?.milestone).toMatchObject({ date: '2026-03-01' });
    expect(about([goal(undefined)], half).primary).toBeUndefined();
    expect(about([goal(undefined)], half).goals).toHaveLength(1);
  });

  test('is none where the data hold nothing of that name, which is told', () => {
    const found = about([goal('2026-02-01', {}, 'PAY-99')], half);
    expect(found).toMatchObject({ goals: [], unmatched: [{ id: 'checkout' }] });
    expect(found.primary).toBeUndefined();
  });
});

describe('a goal', () => {
  test('is forecast like the epic it hangs on, by the date that was committed to', () => {
    const seen = view(team({ goals: [goal('2026-02-01')] }), TODAY, half);
    const { primary } = goalBases(seen);
    if (primary === undefined) throw new Error('it has a date');
    const forecast = goalForecast(seen, primary);
    expect(forecast).toMatchObject({
      key: 'PAY-1',
      date: '2026-02-01',
      dateFrom: 'committed',
      dateKnownOnlyNow: false,
      scope: { open: { value: 20 }, done: { value: 52 } },
    });
    const { probability } = forecast;
    if (probability.kind !== 'value') throw new Error('half a year is enough');
    expect(goalChance(primary)).toBeCloseTo(probability.value, 10);
  });

  test.each([
    ['label', 'labels', 'checkout'],
    ['version', 'versions', 'v1'],
  ] as const)('may hang on a %s', (kind, field, name) => {
    const marked = half.map((one) =>
      one.id === 'pay1' ? one : { ...one, events: withMember(one, field, name) },
    );
    const reference = { versions: [{ id: 'v1', projectId: 'pay', name: '2.3', released: false }] };
    const goals = [goal('2026-02-01', { scope: { kind, name } })];
    const { primary } = goalBases(view(team({ goals }), TODAY, marked, reference));
    expect(primary).toMatchObject({ left: 20, milestone: { kind } });
    expect(primary?.model).toBeDefined();
  });

  test('may hang on a label of the epic above its items', () => {
    const labelled = epicWith('PAY-1', { open: 20, epic: { labels: ['checkout'] } });
    const scope = { kind: 'label', name: 'checkout' } as const;
    expect(about([goal('2026-02-01', { scope })], labelled).primary).toMatchObject({ left: 20 });
  });

  test('may hang on a project', () => {
    const scope = { kind: 'project', name: 'PAY' } as const;
    expect(about([goal('2026-02-01', { scope })], half).primary?.left).toBeGreaterThanOrEqual(20);
  });
});

describe('even odds', () => {
  const { model, days } = about([goal('2025-12-31')], half).primary ?? {};
  if (model === undefined || days === undefined) throw new Error('half a year is enough');
  const even = toEvenOdds(model, days);
  const chance = (change: { items?: number; pace?: number }) =>
    chanceOfDone(
      {
        ...model,
        open: model.open - (change.items ?? 0),
        pace: { ...model.pace, share: model.pace.share * (change.pace ?? 1) },
      },
      days,
    );

  test('take the fewest items that do, or the least pace', () => {
    const { items = 0, pace = 0 } = even ?? {};
    expect(chance({ items })).toBeGreaterThanOrEqual(0.5);
    expect(chance({ items: items - 1 })).toBeLessThan(0.5);
    expect(chance({ pace })).toBeGreaterThanOrEqual(0.5);
    expect(chance({ pace: pace - 0.02 })).toBeLessThan(0.5);
  });

  test('are there already, or out of reach', () => {
    expect(toEvenOdds({ ...model, open: 1 }, 60)).toEqual({ items: 0, pace: 1 });
    expect(toEvenOdds({ ...model, open: 5000 }, days)).not.toHaveProperty('pace');
  });
});

describe('the day that is quoted for a goal', () => {
  const quoted = (date: string | undefined, open = 20) =>
    teamGoals(view(team({ goals: [goal(date)] }), TODAY, epicWith('PAY-1', { open }))).goals[0];

  test('is the one that is 85 % sure within a quarter', () => {
    const found = quoted('2026-02-15');
    expect(found?.dates).toEqual({ tone: 'realistic', chance: 0.85, within: found?.forecast.within85 });
  });

  test('is the best case beyond it, with the pace it presumes', () => {
    const found = quoted('2026-06-30', 60);
    expect(found?.dates).toMatchObject({ tone: 'best_case', chance: 0.15, within: found?.forecast.within15 });
    const [presumed, now] = [found?.dates.presumedPace, found?.forecast.pacePerWeek];
    if (presumed?.kind !== 'value' || now?.kind !== 'value') throw new Error('both are known');
    expect(presumed.value).toBeGreaterThan(now.value);
  });

  test('goes by the sure day where there is no date ahead', () => {
    expect(quoted(undefined, 6)?.dates.tone).toBe('realistic');
    expect(quoted('2025-11-01', 90)?.dates.tone).toBe('best_case');
  });
});

test('goals know nothing of what came later, in fuzzed histories', () => {
  const goals = (['label', 'version', 'parent', 'project'] as const).map((kind) => {
    const name = kind === 'parent' ? 'i1' : kind === 'project' ? 'PAY' : 'x';
    return goal('2026-12-31', { id: kind, scope: { kind, name } });
  });
  let told = 0;
  fc.assert(
    fc.property(livesOf(220), fc.integer({ min: 150, max: 260 }), (lives, age) => {
      const on = dayOf(BIRTH + age * MS_PER_DAY, 'UTC');
      const from = (moment: number) => {
        const known = lives.map((life) => copyAt(life, moment)).filter((copy) => copy !== undefined);
        const versions = ['x', 'y', 'z'].map((id) => ({ id, projectId: 'pay', name: id, released: false }));
        const dated = goals.map((one) => ({ ...one, date: plusDays(on, 56) }));
        return teamGoals(
          teamView(team({ goals: dated }), on, [history(known, { source: 'acme', versions })]),
        );
      };
      const then = from(endOf(on, 'UTC'));
      told += then.goals.filter(({ forecast }) => forecast.probability.kind === 'value').length;
      expect(JSON.stringify(then)).not.toMatch(/NaN/);
      expect(from(BIRTH + 3 * LIFETIME)).toEqual(then);
    }),
    { numRuns: 15, seed: 5 },
  );
  expect(told).toBeGreaterThan(5);
});

/** The history of the same issue with a member of a set from its creation on. */
function withMember({ events, createdAt }: Issue, field: SetField, to: string): readonly IssueEvent[] {
  const at = events[0]?.at ?? createdAt;
  return [{ at, eventId: '', itemIndex: 100, field, to, origin: 'inferred' }, ...events];
}
