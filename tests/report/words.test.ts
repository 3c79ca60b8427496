import { expect, test } from 'vitest';
import type { Value } from '#domain/measurement.ts';
import { howCounted, interval, stated } from '#report/words.ts';

const days: Value = {
  kind: 'value',
  value: 4.236,
  unit: 'days',
  interval90: [3.6, 5.1],
  n: 61,
  window: { from: '2025-07-28', to: '2026-01-23' } as Value['window'],
  method: 'completed_in_window',
  confidence: 'high',
  excluded: [
    { reason: 'administrative_closure', count: 14 },
    { reason: 'no_recorded_start', count: 2 },
  ],
};

test('a number is stated with its unit, in the singular when it is one', () => {
  expect(stated(days)).toBe('4.2 days');
  expect(stated({ ...days, value: 1 })).toBe('1 day');
  expect(stated({ ...days, value: 1, unit: 'people' })).toBe('1 person');
  expect(stated({ ...days, value: 3, unit: 'items_per_week' })).toBe('3 items a week');
  expect(stated({ ...days, value: 0.375, unit: 'probability' })).toBe('38 %');
  expect(stated({ ...days, value: 21.5, bound: '>' })).toBe('more than 22 days');
});

test('an interval tells what it does not know, and nothing where there is nothing to doubt', () => {
  expect(interval(days)).toBe('3.6 to 5.1');
  expect(interval({ ...days, interval90: [0.1, 0.25], unit: 'share' })).toBe('10 % to 25 %');
  expect(interval({ ...days, interval90: [3.6, null] })).toBe('3.6 or more');
  expect(interval({ ...days, interval90: [null, 5.1] })).toBe('5.1 or less');
  expect(interval({ ...days, interval90: [4, 4] })).toBe('');
  expect(interval({ ...days, interval90: [4.01, 4.02] })).toBe('close to 4');
  expect(interval({ ...days, interval90: [null, null] })).toBe('no interval');
  expect(interval({ ...days, interval90: [null, null], bound: '>' })).toBe('not bounded by the data');
});

test('how a number was counted is told without code words', () => {
  expect(howCounted(days)).toBe(
    'Finished items alone, as most tools count. Mon 28 July 2025 to Fri 23 January 2026, n = 61. ' +
      'Left out: 14 closed in bulk without being worked on, 2 done without a recorded start. Confidence: high.',
  );
  expect(howCounted({ ...days, excluded: [], window: { from: days.window.to, to: days.window.to } })).toBe(
    'Finished items alone, as most tools count. Fri 23 January 2026, n = 61. Nothing was left out. Confidence: high.',
  );
});
