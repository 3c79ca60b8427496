import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { Issue } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import type { Team } from '#domain/team.ts';
import { asksWithoutSharedGoal } from '#risks/asks-without-shared-goal.ts';
import { blockedWork } from '#risks/blocked-work.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import { impactOf } from '#risks/impact.ts';
import { priorityChurn } from '#risks/priority-churn.ts';
import { silence } from '#risks/silence.ts';
import { unansweredAsks } from '#risks/unanswered-asks.ts';
import { unclearGoal } from '#risks/unclear-goal.ts';
import { epicWith, goal, goalDay } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const TODAY = '2025-11-30';
const AGE = 181;
const about = (issues: readonly Issue[], more: Partial<Team> = {}, reference: Partial<Reference> = {}) =>
  view(team(more), TODAY, issues, reference);
const from = (daysAgo: number) => ({ from: goalDay(AGE - daysAgo) });

describe('an unclear goal', () => {
  test('says what was looked for and is not there, and nothing of what was not read', () => {
    const [signal] = unclearGoal(about(epicWith('PAY-1', { open: 5 }), { goals: [goal('2026-02-01')] }));
    expect(signal).toMatchObject({
      about: 'checkout',
      statement: '“Checkout is live” does not say who answers for it.',
      owner: 'leadership',
      hidesCost: false,
      // Leaving it says nothing of a chance: that of another goal least of all.
      accepting: '“Checkout is live” goes on without saying who answers for it.',
      evidence: [{ number: { value: 1 }, items: [{ key: 'PAY-1' }] }],
    });
    const undated = unclearGoal(about(epicWith('PAY-1', { open: 5 }), { goals: [goal(undefined)] }));
    expect(undated[0]?.statement).toBe('“Checkout is live” does not say who answers for it, nor by when.');
  });

  test('is not one whose epic has an owner, and never an epic that is no goal', () => {
    const owned = epicWith('PAY-1', { open: 5, epic: { assignee: 'p1' } });
    expect(unclearGoal(about(owned, { goals: [goal('2026-02-01')] }))).toEqual([]);
    expect(unclearGoal(about(epicWith('PAY-1', { open: 5 })))).toEqual([]);
  });
});

describe('priority churn', () => {
  const items = (changes: number) =>
    range(5).map((i) =>
      issue(`PAY-${2 + i}`, 'In Progress', {
        ...from(80),
        priority: `High${range(changes)
          .map((k) => ` ${7 + i / 2}d → ${k % 2 === 0 ? 'Low' : 'High'}`)
          .join('')}`,
      }),
    );

  test('is seen when items change their priority more often than once in four weeks', () => {
    const [signal] = priorityChurn(about(items(8)));
    expect(signal?.statement).toMatch(
      /^What is in progress was given another priority or target 40 times in 12 weeks: 0\.69 for each week of an item\. At most 100 % of these are unexplained\.$/,
    );
    expect(signal?.probabilityReal).toBeGreaterThan(0.98);
    expect(signal).not.toHaveProperty('cost');
    expect(priorityChurn(about(items(1)))).toEqual([]);
    expect(priorityChurn(about(items(0)))).toEqual([]);
  });

  test('costs what was thrown back', () => {
    const thrown = range(4).map((i) =>
      issue(`PAY-${20 + i}`, 'In Progress 14d → To Do', { ...from(30), assignee: `p${i}` }),
    );
    const [signal] = priorityChurn(about([...items(8), ...thrown]));
    // Four times ten or eleven days of sixty.
    expect(signal?.cost?.fte?.[0]).toBeGreaterThan(0.5);
    expect(signal?.cost?.fte?.[0]).toBeLessThan(0.8);
  });
});

describe('blocked work', () => {
  const half = epicWith('PAY-1', { open: 12 });
  const waiting = range(8).map((i) =>
    issue(`PAY-${20 + i}`, 'In Progress 10d → Blocked', {
      ...from(60),
      parent: 'PAY-1',
      labels: ['needs-decision'],
    }),
  );

  test('that waits for leaders is theirs, and its relief speeds up the goal', () => {
    const seen = about([...half, ...waiting], { goals: [goal('2026-02-15')] });
    const [signal, ...others] = blockedWork(seen);
    expect(others).toEqual([]);
    expect(signal).toMatchObject({ about: 'leadership', owner: 'leadership', relief: { kind: 'pace' } });
    expect(signal?.statement).toMatch(
      /^Of the time the goal’s items were under way, \d+ % to \d+ % went into waiting for a decision or another team; 8 wait now\.$/,
    );
    expect(signal?.probabilityReal).toBeGreaterThan(0.9);
    const ahead = goalAhead(seen);
    if (ahead === undefined || signal?.relief === undefined) throw new Error('both are there');
    const impact = impactOf(ahead, [signal.relief]);
    expect(impact?.dP?.[0]).toBeGreaterThan(0);
    expect(impact?.dP?.[1]).toBeGreaterThanOrEqual(impact?.dP?.[0] ?? 1);
  });

  test('that waits for nobody knows what is everybody’s, and without a goal has no relief', () => {
    const unsaid = range(8).map((i) => issue(`PAY-${20 + i}`, 'In Progress 10d → Blocked', from(60)));
    const [signal] = blockedWork(about([...half, ...unsaid]));
    expect(signal).toMatchObject({ about: 'others', owner: 'shared' });
    expect(signal).not.toHaveProperty('relief');
  });

  test('is not seen where hardly anything waits', () => {
    expect(blockedWork(about(half, { goals: [goal('2026-02-15')] }))).toEqual([]);
  });
});

describe('unanswered asks', () => {
  const asked = (days: number | undefined, i: number) =>
    issue(`PAY-${20 + i}`, 'In Progress', {
      ...from(60),
      changes: [
        { at: '5d', field: 'labels', to: 'waiting-for-approval' },
        ...(days === undefined
          ? []
          : [{ at: `${5 + days}d`, field: 'labels' as const, from: 'waiting-for-approval' }]),
      ],
    });

  test('are seen when most are open after a week, with how long they have waited', () => {
    const [signal] = unansweredAsks(about([9, 12, 20, 30, undefined, undefined].map(asked)));
    expect(signal).toMatchObject({
      statement:
        'Of 6 things asked of leaders, 6 had no answer after a week; 2 wait now, the longest for 56 days.',
      owner: 'leadership',
    });
    expect(signal?.probabilityReal).toBeGreaterThan(0.98);
    expect(signal?.cost?.weeks?.[0]).toBeCloseTo(7.95, 1);
  });

  test('are not seen when answers come, when nothing waits, and of fewer than five', () => {
    const [quick] = unansweredAsks(about([1, 2, 1, 3, 9, 9, 9, 2, undefined].map(asked)));
    expect(quick?.probabilityReal).toBeLessThan(0.5);
    // Fewer than three took a week: of what is beyond that nothing is said.
    expect(unansweredAsks(about([1, 2, 1, 3, 2, undefined].map(asked)))).toEqual([]);
    expect(unansweredAsks(about([9, 12, 20, 30, 31].map(asked)))).toEqual([]);
    expect(unansweredAsks(about([undefined, undefined].map(asked)))).toEqual([]);
  });
});

describe('answers that nobody wrote down', () => {
  test('are seen in what goes on: labels that are left on do not make leaders slow', () => {
    const leftOn = range(8).map((i) =>
      issue(`PAY-${20 + i}`, 'In Progress', {
        ...from(60),
        flagged: '– 5d → Impediment 2d → –',
        changes: [{ at: '5d', field: 'labels', to: 'needs-decision' }],
      }),
    );
    const waits = issue('PAY-40', 'In Progress', {
      ...from(60),
      flagged: '– 5d → Impediment',
      changes: [{ at: '5d', field: 'labels', to: 'needs-decision' }],
    });
    expect(unansweredAsks(about([...leftOn, waits]))).toEqual([]);
  });
});

describe('asks without a shared goal', () => {
  const pairs = (count: number, parent?: string) =>
    range(count).flatMap((i) => [
      issue(`PAY-${20 + i}`, 'To Do', {
        ...(parent === undefined ? {} : { parent }),
        changes: [{ at: '1d', field: 'links', to: `OPS-${i}`, toName: `This issue is blocked by OPS-${i}` }],
      }),
      issue(`OPS-${i}`, 'To Do', parent === undefined ? {} : { parent }),
    ]);
  const on = (issues: readonly Issue[]) => asksWithoutSharedGoal(view(team(), '2026-01-23', issues));

  test('are seen when most of what teams need of each other serves nothing they share', () => {
    expect(on(pairs(8))).toMatchObject([
      {
        statement: 'Of 8 dependencies on other teams, 8 serve no goal that both sides have.',
        hidesCost: true,
        owner: 'shared',
      },
    ]);
    expect(on([issue('ORG-1', 'To Do', { type: 'Epic' }), ...pairs(8, 'ORG-1')])).toEqual([]);
    expect(on(pairs(3))).toEqual([]);
  });
});

describe('silence', () => {
  const said = (...ago: readonly number[]) => ({
    updates: ago.map((days, i) => ({
      id: `u${i}`,
      about: { kind: 'project' as const, id: 'pay' },
      at: Date.parse('2025-12-01') - days * 86_400_000,
    })),
  });
  const items = [issue('PAY-2', 'In Progress', from(60))];

  test('is seen where there was a habit that ended', () => {
    const [signal] = silence(about(items, {}, said(90, 83, 76, 69, 62, 55, 48, 41)));
    expect(signal).toMatchObject({
      statement: 'Nobody has said for 41 days how the work is going; before, the longest pause was 7 days.',
      hidesCost: true,
      owner: 'team',
    });
    expect(signal?.probabilityReal).toBeCloseTo(1 - 0.5 / 8, 10);
  });

  test('is not seen without a habit, with pauses as long before, and while somebody speaks', () => {
    expect(silence(about(items, {}, said(90, 41)))).toEqual([]);
    expect(silence(about(items, {}, said(130, 83, 76, 69, 62, 55, 41)))).toEqual([]);
    expect(silence(about(items, {}, said(62, 55, 48, 41, 34, 20)))).toEqual([]);
    expect(silence(about(items))).toEqual([]);
  });
});
