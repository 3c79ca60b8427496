import { describe, expect, test } from 'vitest';
import { authors, degreeOfAuthorship } from '#statistics/authorship.ts';
import { truckFactor } from '#statistics/truck-factor.ts';
import { golden, hasGolden, near } from './golden.ts';

describe('truck factor', () => {
  test('of five areas that three people know is 2: the first to go orphans two, the second two more (WX-D4)', () => {
    expect(truckFactor([['p1'], ['p1', 'p2'], ['p2'], ['p1'], ['p3']])).toEqual({
      people: 2,
      areas: 5,
      singleKnower: 4,
    });
  });

  test('is 1 where one person knows most of it alone', () => {
    expect(truckFactor([['a'], ['a'], ['b']])).toMatchObject({ people: 1, singleKnower: 3 });
  });

  test('half of the areas orphaned is not yet most of them', () => {
    // Without a, 1 of 2 is orphaned; without b too, 2 of 2.
    expect(truckFactor([['a'], ['b']])).toMatchObject({ people: 2 });
  });

  test('is the size of the team where everybody knows everything', () => {
    expect(
      truckFactor([
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
        ['c', 'b', 'a'],
      ]),
    ).toMatchObject({
      people: 3,
      singleKnower: 0,
    });
  });

  test('does not count areas that nobody knows', () => {
    expect(truckFactor([[], ['a'], []])).toEqual({ people: 1, areas: 1, singleKnower: 1 });
    expect(truckFactor([[], []])).toBeUndefined();
  });
});

describe('authorship', () => {
  test('of who created a file and changed it ten times, others four times, is 5.514 (WX-D4b)', () => {
    // 3.293 + 1.098 + 1.64 - 0.321 * ln 5.
    expect(degreeOfAuthorship({ createdIt: true, deliveries: 10, acceptances: 4 })).toBeCloseTo(5.51437, 5);
  });

  test('of who changed it twice among twelve changes of others is 2.798, half of that: no author (WX-D4b)', () => {
    const [creator, passer] = [
      { createdIt: true, deliveries: 10, acceptances: 4 },
      { createdIt: false, deliveries: 2, acceptances: 12 },
    ];
    expect(degreeOfAuthorship(passer)).toBeCloseTo(2.79765, 5);
    expect(degreeOfAuthorship(passer) / degreeOfAuthorship(creator)).toBeCloseTo(0.507, 3);
    expect(
      authors([
        ['creator', creator],
        ['passer', passer],
      ]),
    ).toEqual(['creator']);
  });

  test.skipIf(!hasGolden)('reference example (only where ../shared/data/golden/metrics.json exists)', () => {
    const { input, expected, tol } = golden('WX-D4b');
    const degrees = input.FA.map((first, i) =>
      degreeOfAuthorship({
        createdIt: first === 1,
        deliveries: input.DL[i] ?? Number.NaN,
        acceptances: input.AC[i] ?? Number.NaN,
      }),
    );
    expect(near(degrees, expected.doa, tol)).toBe(true);
  });

  test('a file without a history has no author', () => {
    expect(authors([])).toEqual([]);
  });
});
