import { describe, expect, test } from 'vitest';
import { goalFacts } from '#domain/goal-text.ts';
import type { Issue } from '#domain/issue.ts';
import { clarity } from '#metrics/clarity.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { day, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const FRIDAY = '2026-01-23';

describe('what goals say', () => {
  const epics = [
    issue('PAY-1', 'In Progress', { type: 'Epic', title: 'Checkout' }),
    issue('PAY-2', 'In Progress', { type: 'Epic', assignee: 'p1', dueDate: '2026-05-01' }),
    issue('PAY-3', 'To Do', { type: 'Epic' }),
    issue('PAY-4', 'In Progress 2d → Done', { type: 'Epic' }),
    issue('PAY-5', 'In Progress', { parent: 'PAY-1' }),
  ];

  test('is told of the goals first, then of the epics that are begun', () => {
    const found = clarity(view(team({ goals: [goal('2026-03-20')] }), FRIDAY, epics));
    expect(found.goals.map(({ key, goal: id }) => [key, id])).toEqual([
      ['PAY-1', 'checkout'],
      ['PAY-2', undefined],
    ]);
    expect(found.leftOut).toBe(0);
  });

  describe('is not asked of a goal', () => {
    const goalsAsked = (issues: readonly Issue[]) =>
      clarity(view(team({ goals: [goal('2026-03-20')] }), FRIDAY, issues)).goals.map(({ goal: id }) => id);
    const under = (key: string, path: string) => issue(key, path, { parent: 'PAY-1' });

    test('that is closed, whatever is left of it', () => {
      const closed = issue('PAY-1', 'In Progress 2d → Done', { type: 'Epic' });
      expect(goalsAsked([closed, under('PAY-5', 'In Progress')])).toEqual([]);
    });

    test('of which all is done or dropped', () => {
      const open = issue('PAY-1', 'In Progress', { type: 'Epic' });
      const [done, dropped] = [under('PAY-5', 'To Do 1d → Done'), under('PAY-6', 'To Do 1d → Cancelled')];
      expect(goalsAsked([open, done, dropped])).toEqual([]);
      expect(goalsAsked([open, done, dropped, under('PAY-7', 'To Do')])).toEqual(['checkout']);
      // Nothing lies under it yet: it is still to say what it is for.
      expect(goalsAsked([open])).toEqual(['checkout']);
    });
  });

  test('is read from fields, an owner without saying who, and unknown where nothing was read', () => {
    const [of, other] = clarity(view(team({ goals: [goal('2026-03-20')] }), FRIDAY, epics)).goals;
    expect(of?.facts).toEqual({
      problem: { presence: 'unknown' },
      impact: { presence: 'unknown' },
      metric: { presence: 'unknown' },
      baseline: { presence: 'unknown' },
      target: { presence: 'unknown' },
      owner: { presence: 'not_found' },
      date: { presence: 'present', from: 'configuration', quote: '2026-03-20' },
    });
    expect(other?.facts).toMatchObject({
      owner: { presence: 'present', from: 'field', quote: 'given' },
      date: { presence: 'present', from: 'field', quote: '2026-05-01' },
    });
    expect(JSON.stringify(clarity(view(team(), FRIDAY, epics)))).not.toContain('p1');
  });

  test('is read from the text that stood on the day, behind the fields', () => {
    const facts = goalFacts('Problem: churn in week 1\nSuccess metric: activation 20 % -> 30 %\nOwner: @x');
    const texts = [
      { since: Date.parse('2026-01-10'), facts: {} },
      { since: Date.parse('2026-01-20'), facts },
    ];
    const told = (on: string) =>
      clarity(
        view(
          team({ goals: [goal('2026-03-20')] }),
          on,
          epics.map((one) => (one.id === 'pay1' ? { ...one, texts } : one)),
        ),
      ).goals[0]?.facts;
    expect(told(FRIDAY)).toMatchObject({
      problem: { presence: 'present', from: 'text', quote: 'churn in week 1' },
      impact: { presence: 'not_found' },
      metric: { presence: 'present', quote: 'activation 20 % -> 30 %' },
      target: { presence: 'present', quote: '30 %' },
      owner: { presence: 'present', from: 'text', quote: 'given' },
      date: { presence: 'present', from: 'configuration' },
    });
    expect(told('2026-01-15')).toMatchObject({
      problem: { presence: 'not_found' },
      owner: { presence: 'not_found' },
    });
    expect(told('2026-01-08')).toMatchObject({
      problem: { presence: 'unknown' },
      owner: { presence: 'not_found' },
    });
  });

  test('is read from the text and the lead of a project that is the goal', () => {
    const facts = goalFacts('Problem: churn in week 1');
    const checkout = { id: 'x', key: 'checkout', name: 'Checkout' };
    const told = (on: string, more: object) =>
      clarity(
        view(
          team({ goals: [goal(undefined, { scope: { kind: 'project', name: 'Checkout' } })] }),
          on,
          epics,
          {
            projects: [{ ...checkout, ...more }],
          },
        ),
      ).goals[0]?.facts;
    const read = { texts: [{ since: Date.parse('2026-01-10'), facts }], isLed: true };
    expect(told(FRIDAY, read)).toMatchObject({
      problem: { presence: 'present', from: 'text', quote: 'churn in week 1' },
      impact: { presence: 'not_found' },
      owner: { presence: 'present', from: 'field', quote: 'given' },
    });
    expect(told(FRIDAY, { ...read, isLed: false })).toMatchObject({ owner: { presence: 'not_found' } });
    expect(told('2026-01-09', read)).toMatchObject({ problem: { presence: 'unknown' } });
    expect(told(FRIDAY, {})).toMatchObject({
      problem: { presence: 'unknown' },
      owner: { presence: 'unknown' },
    });
  });

  test('takes the day of a version, and knows no owner of one', () => {
    const scope = { kind: 'version', name: '2.3' } as const;
    const versions = [
      { id: 'v1', projectId: 'pay', name: '2.3', released: false, releaseDay: day('2026-02-27') },
    ];
    const [of] = clarity(
      view(team({ goals: [goal(undefined, { scope })] }), FRIDAY, epics, { versions }),
    ).goals;
    expect(of?.facts).toMatchObject({
      owner: { presence: 'unknown' },
      date: { presence: 'present', from: 'field', quote: '2026-02-27' },
    });
  });
});

test('goal_unmatched: a goal that nothing in the data goes by', () => {
  const lost = goal('2026-03-20', { name: 'Refunds' }, 'PAY-99');
  const found = dataQuality(view(team({ goals: [lost] }), FRIDAY, [issue('PAY-5', 'In Progress')]));
  expect(found.find(({ check }) => check === 'goal_unmatched')).toMatchObject({
    count: 1,
    sentence:
      '1 goal matches nothing in the data: Refunds (parent PAY-99). Until mended, nothing is known of it.',
  });
});
