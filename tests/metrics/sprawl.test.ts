import { describe, expect, test } from 'vitest';
import { peoplePerStream, sprawl } from '#metrics/sprawl.ts';

/** Workstreams with these person-days in one single week, all by one person. */
const split = (amounts: readonly number[]) => ({
  streams: amounts.map((total, i) => ({
    stream: { id: `s${i}`, name: `s${i}` },
    total,
    byWeek: [total],
    byPerson: new Map([['p', total]]),
  })),
  unassignedByWeek: [0],
});

describe('effort over workstreams', () => {
  // Worked by hand: the inverse of the sum of squared shares.
  test.each([
    { id: 'WX-B1a', amounts: [10, 10, 5, 5], people: 5, effective: 3.6, each: 1.389 },
    { id: 'WX-B1b', amounts: [20, 5, 5], people: 5, effective: 2, each: 2.5 },
    { id: 'WX-B1c', amounts: [6, 6, 6, 6, 6], people: 5, effective: 5, each: 1 },
    { id: 'WX-B1c', amounts: [30], people: 5, effective: 1, each: 5 },
    { id: 'WX-B2', amounts: [15, 7, 8], people: 3, effective: 2.6627, each: 1.1267 },
  ])(
    '$amounts counts as $effective workstreams, $each people each ($id)',
    ({ amounts, people, ...expected }) => {
      const result = sprawl(split(amounts), 'seed');
      expect(result?.effective.value).toBeCloseTo(expected.effective, 4);
      expect(
        peoplePerStream(people, result?.effective ?? { value: 0, interval: undefined }).value,
      ).toBeCloseTo(expected.each, 3);
    },
  );

  test('a workstream of under five person-days is a beginning, not one person’s burden', () => {
    expect(sprawl(split([4.9, 5, 30]), 'seed')?.onePerson).toBe(2);
  });

  test('a contributor with just 80 % carries it, with less does not', () => {
    const shared = (top: number) => ({
      ...split([]),
      streams: [
        {
          stream: { id: 's', name: 's' },
          total: 10,
          byWeek: [10],
          byPerson: new Map([
            ['p', top],
            ['q', 10 - top],
          ]),
        },
      ],
    });
    expect(sprawl(shared(8), 'seed')?.onePerson).toBe(1);
    expect(sprawl(shared(7.9), 'seed')?.onePerson).toBe(0);
  });

  test('one week says nothing about chance, so there is no interval', () => {
    expect(sprawl(split([10, 5]), 'seed')?.effective.interval).toBeUndefined();
  });

  test('weeks that differ give an interval as wide as the weeks', () => {
    const weekly = {
      streams: [
        { stream: { id: 'a', name: 'a' }, total: 10, byWeek: [10, 0], byPerson: new Map([['p', 10]]) },
        { stream: { id: 'b', name: 'b' }, total: 10, byWeek: [0, 10], byPerson: new Map([['p', 10]]) },
      ],
      unassignedByWeek: [0, 0],
    };
    // A draw of two weeks is the same week twice in half of the cases (1 workstream), else both (2 workstreams).
    expect(sprawl(weekly, 'seed')?.effective).toEqual({ value: 2, interval: { lower: 1, upper: 2 } });
  });

  test('without any effort there is nothing to spread', () => {
    expect(sprawl(split([]), 'seed')).toBeUndefined();
  });
});
