import { describe, expect, test } from 'vitest';
import { flowEfficiency, SEGMENTS } from '#metrics/flow-efficiency.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const from = '2026-01-01';
const of = (issues: Parameters<typeof view>[2]) => flowEfficiency(view(team(), '2026-01-31', issues));
const daysOf = (path: string, options: IssueOptions = {}) =>
  of([issue('PAY-1', path, { from, ...options })]).items[0]?.days;

describe('the time from start to finish', () => {
  test('is active, late or paused as the item stood', () => {
    // The two days before the start are no part of it.
    expect(daysOf('To Do 2d → In Progress 3d → Review 2d → To Do 4d → In Progress 1d → Done')).toEqual({
      active: 4,
      late: 2,
      blocked: 0,
      paused: 4,
      calledDone: 0,
    });
  });

  test('that was blocked is that alone, whatever the status', () => {
    expect(daysOf('In Progress 4d → Review 4d → Done', { flagged: '– 3d → yes 2d → –' })).toEqual({
      active: 3,
      late: 3,
      blocked: 2,
      paused: 0,
      calledDone: 0,
    });
  });

  test('in a done that did not hold is nobody working on it', () => {
    expect(daysOf('In Progress 2d → Done 6d → In Progress 1d → Done')).toMatchObject({
      active: 3,
      calledDone: 6,
    });
  });

  test('ends with the finish', () => {
    expect(daysOf('In Progress 2d → Resolved 6d → Closed')).toMatchObject({ active: 2, calledDone: 0 });
  });
});

describe('flow efficiency', () => {
  const items = [
    ...Array.from({ length: 4 }, (_, i) => issue(`PAY-${i + 1}`, 'In Progress 2d → Done', { from })),
    issue('PAY-9', 'In Progress 2d → Review 6d → To Do 4d → In Progress 0.5d → Done', { from }),
  ];

  test('sums the time of all items: 10.5 of 20.5 days', () => {
    const { efficiency, shares } = of(items);
    expect(efficiency).toMatchObject({ value: 10.5 / 20.5, n: 5, unit: 'share' });
    expect([shares.late, shares.paused]).toMatchObject([{ value: 6 / 20.5 }, { value: 4 / 20.5 }]);
  });

  test('and where the rest went add up to 1', () => {
    const { shares } = of(items);
    const values = SEGMENTS.map((segment) => shares[segment]).map((one) =>
      one.kind === 'value' ? one.value : Number.NaN,
    );
    expect(values.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  test('says the same thing when asked twice', () => {
    expect(of(items)).toEqual(of(items));
  });

  test('is not told of fewer than 5 finished items, which are listed all the same', () => {
    const few = of(items.slice(0, 4));
    expect(few.efficiency).toEqual({
      kind: 'insufficient',
      have: 4,
      need: 5,
      what: 'finished items with a recorded start',
    });
    expect(few.items).toHaveLength(4);
  });
});
