import { describe, expect, test } from 'vitest';
import { parseDay } from '#domain/calendar.ts';
import type { Goal, GoalScope } from '#domain/goal.ts';
import { foundGoals, goalsOf, goalsOfItem, isGoalItem } from '#domain/goal-items.ts';
import type { Project } from '#domain/reference.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const day = (text: string) => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};

const goal = (scope: GoalScope, more: Partial<Goal> = {}): Goal => ({
  id: 'g',
  name: 'The goal',
  scope,
  ...more,
});

const issues = [
  issue('PAY-1', 'In Progress', { type: 'Epic', title: 'Checkout', dueDate: '2026-03-20', labels: ['big'] }),
  issue('PAY-2', 'To Do', { parent: 'PAY-1' }),
  issue('PAY-3', 'To Do', { parent: 'PAY-2', type: 'Sub-task' }),
  issue('PAY-4', 'To Do', { versions: ['v1'] }),
  issue('PAY-5', 'To Do', { parent: 'PAY-4', type: 'Sub-task' }),
  issue('PAY-6', 'To Do', { labels: ['small'] }),
  issue('PAY-7', 'To Do', { parent: 'OPS-9' }),
];
const reference = {
  versions: [
    { id: 'v1', projectId: 'pay', name: '2.3', released: false, releaseDay: day('2026-02-27') },
    { id: 'v2', projectId: 'pay', name: '2.4', released: false, releaseDay: day('2026-04-27') },
  ],
};

const under = (goals: readonly Goal[] | 'auto', on = '2026-01-23') => {
  const seen = view(team({ goals }), on, issues, reference);
  return seen.items.filter(isGoalItem(seen)).map(({ key }) => key);
};

describe('what lies under a goal', () => {
  test('is everything below what it names: by key, id or title, whatever the capitals', () => {
    for (const name of ['PAY-1', 'pay1', 'checkout']) {
      expect(under([goal({ kind: 'parent', name })])).toEqual(['PAY-2', 'PAY-3']);
    }
  });

  test('is what has its version, and the parts of that', () => {
    for (const name of ['2.3', 'PAY 2.3', 'v1']) {
      expect(under([goal({ kind: 'version', name })])).toEqual(['PAY-4', 'PAY-5']);
    }
  });

  test('is what has its label, itself or above it', () => {
    expect(under([goal({ kind: 'label', name: 'Small' })])).toEqual(['PAY-6']);
    expect(under([goal({ kind: 'label', name: 'big' })])).toEqual(['PAY-2', 'PAY-3']);
  });

  test('is what is in its project', () => {
    expect(under([goal({ kind: 'project', name: 'pay' })])).toHaveLength(6);
  });

  test('is what hangs on an epic that we may not read', () => {
    expect(under([goal({ kind: 'parent', name: 'OPS-9' })])).toEqual(['PAY-7']);
  });

  test('is nothing where the data hold nothing of that name, or where the source is another', () => {
    const seen = view(team({ goals: [goal({ kind: 'parent', name: 'PAY-99' })] }), '2026-01-23', issues);
    expect(foundGoals(seen).map(({ anchors }) => anchors.size)).toEqual([0]);
    expect(under([goal({ kind: 'parent', name: 'PAY-99' })])).toEqual([]);
    expect(under([goal({ kind: 'parent', name: 'PAY-1', source: 'labs' })])).toEqual([]);
  });

  test('is told for each of several goals', () => {
    const [big, small] = [
      goal({ kind: 'label', name: 'big' }, { id: 'a' }),
      goal({ kind: 'parent', name: 'PAY-2' }, { id: 'b' }),
    ];
    const seen = view(team({ goals: [big, small] }), '2026-01-23', issues);
    const goals = goalsOfItem(seen);
    expect(seen.items.map((item) => goals(item).map(({ id }) => id)).slice(0, 2)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });
});

describe('a goal', () => {
  const dated = goal({ kind: 'parent', name: 'PAY-1' }, { from: day('2026-01-10'), to: day('2026-01-20') });

  test.each([
    ['2026-01-09', 0],
    ['2026-01-10', 1],
    ['2026-01-20', 1],
    ['2026-01-21', 0],
  ])('that is dated counts on %s: %i', (on, count) => {
    expect(goalsOf(view(team({ goals: [dated] }), on, issues))).toHaveLength(count);
  });

  test('is never guessed from a date in the tracker', () => {
    const seen = view(team(), '2026-01-23', issues, reference);
    expect(goalsOf(seen)).toEqual([]);
    expect(seen.items.filter(isGoalItem(seen))).toEqual([]);
  });

  test('is every dated epic and version of the team that is not done, where the team says so', () => {
    const seen = view(team({ goals: 'auto' }), '2026-01-23', issues, reference);
    expect(goalsOf(seen).map(({ name, date }) => [name, date])).toEqual([
      ['2.3', '2026-02-27'],
      ['Checkout', '2026-03-20'],
    ]);
    expect(under('auto')).toEqual(['PAY-2', 'PAY-3', 'PAY-4', 'PAY-5']);
  });

  test('is none of a project that ended or was archived by then', () => {
    const names = (more: Partial<Project>) => {
      const projects = [{ id: 'pay', key: 'PAY', name: 'Payments', ...more }];
      const seen = view(team({ goals: 'auto' }), '2026-01-23', issues, { ...reference, projects });
      return goalsOf(seen).map(({ name }) => name);
    };
    const [before, later] = ['2026-01-20T12:00Z', '2026-02-20T12:00Z'].map((text) => Date.parse(text));
    for (const field of ['endedAt', 'goneSince']) {
      expect(names({ [field]: before })).toEqual(['Checkout']);
      expect(names({ [field]: later })).toEqual(['2.3', 'Checkout']);
    }
  });
});
