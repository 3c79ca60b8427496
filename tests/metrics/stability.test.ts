import { describe, expect, test } from 'vitest';
import { stability } from '#metrics/stability.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** Asked on the Sunday that ends the last week; so many items done on the Wednesday of each week. */
const after = (perWeek: readonly number[]) => {
  const end = Date.UTC(2026, 5, 28);
  const monday = end - (7 * perWeek.length - 1) * 86_400_000;
  const items = perWeek.flatMap((count, week) =>
    Array.from({ length: count }, (_, i) =>
      issue(`PAY-${100 * (week + 1) + i}`, 'In Progress 1h → Done', {
        from: new Date(monday + (7 * week + 2) * 86_400_000).toISOString(),
      }),
    ),
  );
  const first = issue('PAY-1', 'To Do', { from: new Date(monday).toISOString() });
  return stability(view(team(), '2026-06-28', [first, ...items]));
};

describe('the last four weeks', () => {
  // 13 weeks of 4: 52 items, no more spread than chance. m = 4 * 52 / 13 = 16, V = 16 * (1 + 4/13) = 20.92.
  const steady = Array.from({ length: 13 }, () => 4);

  test('alarm when 6 came where 16 were expected: chance 0.9 %', () => {
    const { recent } = after([...steady, 2, 1, 2, 1]);
    expect(recent.finished).toMatchObject({ value: 6, window: { from: '2026-06-01', to: '2026-06-28' } });
    expect(recent.expected).toMatchObject({ value: 16, n: 13 });
    expect(recent.probability).toMatchObject({ value: expect.closeTo(0.00907, 5), unit: 'probability' });
    expect(recent.alarm).toBe(true);
  });

  test('do not alarm when 7 came: chance 2 %', () => {
    const { recent } = after([...steady, 2, 1, 2, 2]);
    expect(recent).toMatchObject({ alarm: false, probability: { value: expect.closeTo(0.01957, 5) } });
  });

  test('are expected within what 90 % of unchanged teams have', () => {
    const { expected } = after([...steady, 4, 4, 4, 4]).recent;
    // P(Y <= 8) = .038 and P(Y <= 9) = .066; P(Y <= 23) = .941 and P(Y <= 24) = .960 by the negative binomial (r 52, p .7647).
    expect(expected).toMatchObject({ interval90: [9, 24] });
  });

  test('have nothing to be compared with where nothing was finished before', () => {
    const { recent } = after([...Array.from({ length: 12 }, () => 0), 1, 1, 1, 1]);
    expect(recent.expected).toEqual({
      kind: 'insufficient',
      have: 0,
      need: 1,
      what: 'items finished before the last 4 weeks',
    });
    expect(recent.alarm).toBeUndefined();
    expect(recent.finished).toMatchObject({ value: 4 });
  });
});

describe('the chart', () => {
  test('has both limits where the team finishes enough: 10, 12, 9, 11, 10, 8 twice', () => {
    // Moving ranges 2, 3, 2, 1, 2, then 2 from 8 to 10, then the same: mean 22/11 = 2. 10 +/- 5.32.
    const { chart } = after([10, 12, 9, 11, 10, 8, 10, 12, 9, 11, 10, 8]);
    expect(chart.mean).toMatchObject({ value: 10, unit: 'items_per_week', n: 12, confidence: 'medium' });
    expect(chart.upper).toMatchObject({ value: expect.closeTo(15.32, 9) });
    expect(chart.lower).toMatchObject({ value: expect.closeTo(4.68, 9) });
    expect(chart.note).toBeUndefined();
    expect(chart.signals).toEqual([]);
  });

  test('says that it cannot see a drop where it cannot', () => {
    // Mean 5; moving ranges 2, 3, 2, 3, 2, then 0 from 5 to 5, then the same: mean 24/11.
    const { chart } = after([5, 3, 6, 4, 7, 5, 5, 3, 6, 4, 7, 5]);
    expect(chart.lower).toMatchObject({
      kind: 'insufficient',
      have: 5,
      need: expect.closeTo((2.66 * 24) / 11, 9),
    });
    expect(chart.note).toContain('cannot see a drop');
  });

  test('names the week that is out of the ordinary', () => {
    const { chart } = after([8, 16, 8, 16, 8, 16, 60, 8, 16, 8, 16, 8, 16]);
    expect(chart.signals).toEqual([
      { rule: 'outside_limits', side: 'above', week: '2026-W20', from: '2026-05-11', count: 60 },
    ]);
  });
});

test('below 12 complete weeks nothing is told', () => {
  const { chart, recent } = after([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]);
  const short = { kind: 'insufficient', have: 11, need: 12, what: 'complete weeks' };
  expect([chart.mean, chart.lower, recent.finished, recent.expected]).toEqual([short, short, short, short]);
  expect(recent.alarm).toBeUndefined();
});
