import { expect, test } from 'vitest';
import { insufficient, type Value } from '#domain/measurement.ts';
import { tooFew } from '#metrics/one-persons-time.ts';
import { toldAgain } from '#report/changes/change-line.ts';
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

test('what is withheld gives the true reason, and neither a count nor "not enough data"', () => {
  const hidden = tooFew('whose time it is');
  expect(stated(hidden)).toBe('not told: it would say what one or two people do');
  expect(howCounted(hidden)).toBe('Not told: it would say what one or two people do.');
  expect(toldAgain(hidden, days)).toBe(
    'can be told now; before, it would have said what one or two people do',
  );
  expect(toldAgain(days, hidden)).toBe('can no longer be told: it would say what one or two people do');
});

test('what one of is there is told in the singular', () => {
  const one = (what: string) => stated(insufficient(1, 5, what)).replace('not enough data: ', '');
  expect(one('items watched until day 85')).toBe('1 item watched until day 85, 5 needed');
  expect(one('finished items with a recorded start')).toBe('1 finished item with a recorded start, 5 needed');
  expect(one('dependencies on other teams')).toBe('1 dependency on other teams, 5 needed');
  expect(one('active people')).toBe('1 active person, 5 needed');
  expect(one('% of it with a component of its own')).toBe('1 % of it with a component of its own, 5 needed');
  expect(howCounted(insufficient(0, 1, 'weeks of history'))).toBe(
    'Told from 1 week of history on; there are 0.',
  );
  expect(toldAgain(insufficient(1, 2, 'weeks of work on it'), days)).toBe(
    'can be told now; before there was 1 week of work on it of 2 needed',
  );
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
