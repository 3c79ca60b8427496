import { describe, expect, test } from 'vitest';
import { chartSignals } from '#statistics/run-rules.ts';

describe('a series changed', () => {
  test('where a value lies outside its limits', () => {
    // Mean 15.7; moving ranges of 8 but for 44 and 52: an upper limit of 15.7 + 2.66 * 14.7 = 54.7.
    const values = [8, 16, 8, 16, 8, 16, 60, 8, 16, 8, 16, 8, 16];
    expect(chartSignals(values)).toEqual([{ rule: 'outside_limits', side: 'above', at: 6 }]);
  });

  test('where a value falls below a lower limit that exists', () => {
    // Mean 19.36; moving ranges 1 but for two of 15 or so: limits of about 10 and 29.
    const values = [20, 21, 20, 21, 20, 21, 20, 5, 20, 21, 20, 21, 20, 21];
    expect(chartSignals(values)).toContainEqual({ rule: 'outside_limits', side: 'below', at: 7 });
  });

  test('with the eighth value in a row on one side of the mean, told once', () => {
    // Mean 5: nine 4s, then nine 6s. The runs are complete at the eighth of each.
    const values = [...Array.from({ length: 9 }, () => 4), ...Array.from({ length: 9 }, () => 6)];
    expect(chartSignals(values).filter(({ rule }) => rule === 'eight_on_one_side')).toEqual([
      { rule: 'eight_on_one_side', side: 'below', at: 7 },
      { rule: 'eight_on_one_side', side: 'above', at: 16 },
    ]);
  });
});

describe('a series did not change', () => {
  test('with seven in a row on one side', () => {
    const values = [...Array.from({ length: 7 }, () => 4), ...Array.from({ length: 7 }, () => 6)];
    expect(chartSignals(values).filter(({ rule }) => rule === 'eight_on_one_side')).toEqual([]);
  });

  test('when a value on the mean ends the run', () => {
    // Mean 5 exactly: four 4s, a 5, four 4s, against as many 6s.
    const values = [4, 4, 4, 4, 5, 4, 4, 4, 4, 6, 6, 6, 6, 5, 6, 6, 6, 6];
    expect(chartSignals(values).filter(({ rule }) => rule === 'eight_on_one_side')).toEqual([]);
  });

  test('when it is too short to have limits', () => {
    expect([chartSignals([]), chartSignals([3])]).toEqual([[], []]);
  });

  test('when it never varies', () => {
    expect(chartSignals(Array.from({ length: 20 }, () => 3))).toEqual([]);
  });
});
