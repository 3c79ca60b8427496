import { expect, test } from 'vitest';
import { leftOut } from '#trackers/left-out.ts';

const known = (...groups: readonly (readonly [at: number, count: number, from: number])[]) =>
  new Map(
    groups.flatMap(([at, count, from]) =>
      Array.from({ length: count }, (_, i) => [String(from + i), at] as const),
    ),
  );

test('issues that were edited at one go are left out by that moment alone', () => {
  // With all moments in one list, an issue that went from one of them to another would be left out.
  expect(leftOut(known([7, 1, 1], [9, 1, 2], [8, 3, 10]))).toEqual([
    { moments: [9, 7], ids: ['2', '1'] },
    { moments: [8], ids: ['10', '11', '12'] },
  ]);
});

test('no list is longer than a thousand: of those one by one the newest, of those at one go the largest', () => {
  const singles = known(...Array.from({ length: 1_200 }, (_, i) => [i, 1, 10_000 + i] as const));
  const lists = leftOut(new Map([...singles, ...known([5_000, 900, 20_000], [6_000, 300, 30_000])]));
  expect(lists.map(({ moments, ids }) => [moments.length, ids.length])).toEqual([
    [1_000, 1_000],
    [1, 900],
    [1, 100],
  ]);
  expect([lists[0]?.ids.at(0), lists[0]?.ids.at(-1), lists[1]?.ids.at(0)]).toEqual([
    '11199',
    '10200',
    '20000',
  ]);
});
