import { describe, expect, test } from 'vitest';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { completedP85, completedWithin } from '../../bench/open-items/completed-only.ts';
import { calibrationTable, type FinishClaim, finishScores } from '../../bench/open-items/scoring.ts';
import { followed } from '../../bench/open-items/walk.ts';

const claims = (...said: readonly (readonly [day: string, item: string, chance: number, 0 | 1])[]) =>
  said.map(
    ([day, item, probability, happened]): FinishClaim => ({
      project: 'pay',
      day,
      item,
      probability,
      happened: happened === 1,
    }),
  );

describe('what chances of open items were worth', () => {
  const four = claims(['d1', 'A', 0.8, 1], ['d1', 'B', 0.4, 0], ['d2', 'B', 0.4, 1], ['d2', 'C', 0, 0]);

  test('is told by the scores of the chances, worked by hand', () => {
    // Squares .04, .16, .36, 0; base .5 * .5. Bins of a seventh: |-.2| + |.8 - 1| + |0|, of four. A chance of 0 counts
    // as .005 in the logarithms -ln .8, -ln .6, -ln .4, -ln .995.
    expect(finishScores(four)).toMatchObject({
      n: 4,
      items: 3,
      predicted: expect.closeTo(0.4, 9),
      observed: 0.5,
      brier: expect.closeTo(0.14, 9),
      skill: expect.closeTo(0.44, 9),
      log: expect.closeTo((0.22314 + 0.51083 + 0.91629 + 0.00501) / 4, 4),
      calibrationError: expect.closeTo(0.1, 9),
      impossible: 0,
    });
  });

  test('has an interval by day and one by item, since neither are witnesses on their own', () => {
    // Each day saw one of two: however days are drawn, half. Of 27 ways to draw three items one has A only (share 1),
    // three have A twice and B (3/4): the 95 % point is 3/4, and by symmetry the 5 % point 1/4.
    expect(finishScores(four)).toMatchObject({ byDay: { lower: 0.5, upper: 0.5 } });
    expect(finishScores(four)?.byItem).toEqual({ lower: 0.25, upper: 0.75 });
  });

  test('has no skill to tell when all ended alike, and nothing to tell of nothing', () => {
    expect(finishScores(claims(['d1', 'A', 0.2, 0]))).toMatchObject({ skill: undefined, byDay: undefined });
    expect(finishScores([])).toBeUndefined();
    expect(calibrationTable([])).toEqual([]);
  });

  test('counts certainties that failed', () => {
    expect(finishScores(claims(['d1', 'A', 0, 1], ['d1', 'B', 1, 0], ['d1', 'C', 1, 1]))?.impossible).toBe(2);
  });

  test('is shown by tenths, 1 in the last and each border in the upper', () => {
    expect(calibrationTable(claims(['d', 'A', 1, 1], ['d', 'B', 0.92, 0], ['d', 'C', 0.2, 0]))).toEqual([
      { from: 0.2, n: 1, predicted: 0.2, observed: 0 },
      { from: 0.9, n: 2, predicted: 0.96, observed: 0.5 },
    ]);
  });
});

describe('the rule of finished items only', () => {
  test('compares with those that took longer, as if every item finished', () => {
    // Of 20, 30 and 40, which took longer than 16, two took no more than 30.
    expect(completedWithin([1, 2, 20, 30, 40], 16, 14)).toBeCloseTo(2 / 3, 9);
    expect(completedWithin([1, 2, 20, 30, 40], 40, 14)).toBeUndefined();
    expect(completedWithin([20, 30, 40, 50], 1, 14)).toBeUndefined();
  });

  test('has the P85 of nearest rank', () => {
    expect(completedP85([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBe(9);
    expect(completedP85([1, 2, 3, 4])).toBeUndefined();
  });
});

describe('following open items', () => {
  const from = '2026-01-01T08:00:00Z';
  // Half a year after the first issue is 30 June. Begun on 20 June: one is done on 5 July and reopened on the 25th,
  // one is dropped, one stays, one is done on 20 July, a day too late.
  const begun = (key: string, path: string) => issue(key, path, { from: '2026-06-20T08:00:00Z' });
  const done = [2, 4, 6, 8, 10].map((days, i) =>
    issue(`PAY-${i + 1}`, `To Do 160d → In Progress ${days}d → Done`, { from }),
  );
  const whole = view(team(), '2026-07-31', [
    ...done,
    begun('PAY-11', 'In Progress 15d → Done 20d → In Progress'),
    begun('PAY-12', 'In Progress 15d → Cancelled'),
    begun('PAY-13', 'In Progress'),
    begun('PAY-14', 'In Progress 30d → Done'),
  ]);
  const [first, ...rest] = [...Map.groupBy(followed(whole, 14), ({ day }) => day)];

  test('says what became of them as was known at the end of the horizon', () => {
    expect(first?.[0]).toBe('2026-06-30');
    expect(first?.[1].map(({ item, outcome, lasting }) => [item.slice(-2), outcome, lasting])).toEqual([
      ['11', 'finished', false],
      ['12', 'dropped', false],
      ['13', 'open', false],
      ['14', 'open', false],
    ]);
  });

  test('says nothing of days whose horizon is not over', () => {
    expect(rest.map(([day]) => day)).toEqual(['2026-07-14']);
  });

  test('says whether they were done within the P85 of the finished, 10 days, and not before that is decided', () => {
    expect(first?.[1].map(({ withinP85 }) => withinP85)).toEqual([false, false, false, false]);
    const late = followed(
      view(team(), '2026-07-14', [
        ...done,
        issue('PAY-15', 'In Progress 5d → Done', { from: '2026-06-29T08:00:00Z' }),
        issue('PAY-16', 'In Progress', { from: '2026-06-30T08:00:00Z' }),
      ]),
      14,
    );
    expect(late.map(({ withinP85 }) => withinP85)).toEqual([true, false]);
  });
});
