import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  atLeast,
  atMost,
  chanceOfAtLeast,
  cumulative,
  type Outlook,
  outlook,
  type Traits,
} from '#forecast/model.ts';
import { type Prior, priorAt } from '#forecast/prior.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { hasExamples, worked } from './examples.ts';
import { PRINTED_PRIOR } from './printed-prior.ts';

const plain = (overdispersion: number): Traits => ({ overdispersion, evenness: 0, trend: 0 });

function of(prior: Prior, expected: number, traits: Traits, days: number): Outlook {
  const known = priorAt(prior, days);
  if (known === undefined) throw new Error(`no prior for ${days} days`);
  return outlook(expected, traits, known);
}

describe('the formula with the printed table, 20 items expected in 56 days', () => {
  const forecast = of(PRINTED_PRIOR, 20, plain(1.5), 56);

  test('spreads by .54063 (WX-FC-2)', () => {
    // sqrt(.118 + 2.44 * 1.5 / 21)
    expect(forecast.spread).toBeCloseTo(0.54063, 5);
  });

  test('is 85 % sure of 10, 50 % of 18, 95 % of 6, and 95 % sure of at most 39 (WX-FC-2)', () => {
    expect([0.85, 0.5, 0.95].map((chance) => atLeast(forecast, chance))).toEqual([10, 18, 6]);
    expect(atMost(forecast, 0.95)).toBe(39);
  });

  test('gives 24 items a chance of .3068 (WX-FC-3)', () => {
    // z = ln(24.5 / 21) / .54063 = .28513; F = .5 + .25 * (.28513 + .14) / (.41 + .14) = .69324
    expect(chanceOfAtLeast(forecast, 24).probability).toBeCloseTo(0.3068, 4);
  });

  test('gives them .727 without drains and .516 with half of them stopped (WX-CF-1)', () => {
    const [all, half] = [100 / 3, 25.81988897471611].map((expected) =>
      of(PRINTED_PRIOR, expected, plain(1.5), 56),
    );
    expect(chanceOfAtLeast(all as Outlook, 24).probability).toBeCloseTo(0.7269935, 6);
    expect(chanceOfAtLeast(half as Outlook, 24).probability).toBeCloseTo(0.5156137, 6);
  });

  test('between two printed horizons goes by the logarithm of days', () => {
    // ln(40 / 28) / ln(42 / 28) = .8797 of the way from .163 to .139.
    expect(priorAt(PRINTED_PRIOR, 40)?.drift).toBeCloseTo(0.163 + 0.8797 * (0.139 - 0.163), 5);
    expect(priorAt(PRINTED_PRIOR, 56)?.sampling).toBeCloseTo(2.44, 12);
  });

  test('holds the shortest horizon below it and knows nothing beyond the longest', () => {
    expect(priorAt(PRINTED_PRIOR, 2)?.drift).toBe(0.43);
    expect(priorAt(PRINTED_PRIOR, 127)).toBeUndefined();
    expect(() => priorAt(PRINTED_PRIOR, 0)).toThrow(RangeError);
  });
});

describe.skipIf(!hasExamples)('the reference file (skipped where it is not beside the project)', () => {
  test('agrees on the spread, the bounds and the chances', () => {
    const { input, expected } = worked('WX-FC-2');
    const forecast = of(PRINTED_PRIOR, input.b, plain(input.phi), input.H);
    expect(forecast.spread).toBeCloseTo(expected.s, 12);
    expect([
      atLeast(forecast, 0.85),
      atLeast(forecast, 0.5),
      atLeast(forecast, 0.95),
      atMost(forecast, 0.95),
    ]).toEqual([expected.atLeast85, expected.atLeast50, expected.atLeast95, expected.atMost95]);
    const milestone = worked('WX-FC-3');
    expect(chanceOfAtLeast(forecast, milestone.input.N).probability).toBeCloseTo(milestone.expected.P, 12);
  });

  test('agrees on the chances with and without drains', () => {
    const { input, expected } = worked('WX-CF-1');
    const chances = input.b.map(
      (b) => chanceOfAtLeast(of(PRINTED_PRIOR, b, plain(input.phi), input.H), input.N).probability,
    );
    expect(chances).toEqual([expect.closeTo(expected.eta1.P, 12), expect.closeTo(expected['eta.5'].P, 12)]);
  });
});

const traits = fc.record({
  overdispersion: fc.double({ min: 1, max: 500, noNaN: true }),
  evenness: fc.double({ min: -2, max: 0, noNaN: true }),
  trend: fc.double({ min: -1, max: 1, noNaN: true }),
});
const priors = fc.constantFrom<Prior>(PRINTED_PRIOR, SHIPPED_PRIOR);
const settings = {
  prior: priors,
  traits,
  days: fc.integer({ min: 1, max: 126 }),
  expected: fc.double({ min: 0, max: 800, noNaN: true }),
};

describe('laws of a forecast', () => {
  test('more items are never more likely', () => {
    fc.assert(
      fc.property(fc.record(settings), ({ prior, traits, days, expected }) => {
        const forecast = of(prior, expected, traits, days);
        const chances = [0, 1, 2, 5, 10, 50, 200, 1000, 10_000].map(
          (items) => 1 - cumulative(forecast, items - 1),
        );
        expect(chances).toEqual(chances.toSorted((a, b) => b - a));
      }),
    );
  });

  test('more expected never makes a milestone less likely, nor a bound lower', () => {
    fc.assert(
      fc.property(
        fc.record({
          ...settings,
          more: fc.double({ min: 0, max: 200, noNaN: true }),
          items: fc.integer({ min: 1, max: 2000 }),
        }),
        ({ prior, traits, days, expected, more, items }) => {
          const [low, high] = [of(prior, expected, traits, days), of(prior, expected + more, traits, days)];
          expect(cumulative(high, items - 1)).toBeLessThanOrEqual(cumulative(low, items - 1) + 1e-9);
          for (const chance of [0.05, 0.15, 0.5, 0.85, 0.95]) {
            expect(atLeast(high, chance)).toBeGreaterThanOrEqual(atLeast(low, chance));
            expect(atMost(high, chance)).toBeGreaterThanOrEqual(atMost(low, chance));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('"85 % sure of at least" is the largest number with a chance of 85 %, and so for every chance', () => {
    fc.assert(
      fc.property(fc.record({ ...settings, percent: fc.integer({ min: 6, max: 94 }) }), (given) => {
        const forecast = of(given.prior, given.expected, given.traits, given.days);
        const chance = given.percent / 100;
        const items = atLeast(forecast, chance);
        expect(chanceOfAtLeast(forecast, items).probability).toBeGreaterThanOrEqual(chance - 1e-6);
        expect(1 - cumulative(forecast, items)).toBeLessThan(chance + 1e-6);
        const most = atMost(forecast, chance);
        expect(cumulative(forecast, most)).toBeGreaterThanOrEqual(chance - 1e-6);
        expect(cumulative(forecast, most - 1)).toBeLessThan(chance + 1e-6);
      }),
      { numRuns: 500 },
    );
  });

  test('nothing is impossible or certain: beyond 5 and 95 % there is only a bound', () => {
    fc.assert(
      fc.property(fc.record({ ...settings, items: fc.integer({ min: 1, max: 100_000 }) }), (given) => {
        const { probability, bound } = chanceOfAtLeast(
          of(given.prior, given.expected, given.traits, given.days),
          given.items,
        );
        expect(probability).toBeGreaterThanOrEqual(0.05);
        expect(probability).toBeLessThanOrEqual(0.95);
        expect([undefined, probability === 0.05 ? '<' : '>']).toContain(bound);
      }),
    );
    const forecast = of(SHIPPED_PRIOR, 20, plain(1.5), 56);
    expect(chanceOfAtLeast(forecast, 1000)).toEqual({ probability: 0.05, bound: '<' });
    expect(chanceOfAtLeast(forecast, 1)).toEqual({ probability: 0.95, bound: '>' });
  });

  test('nothing left to do is done, and no chance beyond the evidence can be asked for', () => {
    const forecast = of(SHIPPED_PRIOR, 20, plain(1.5), 56);
    expect(chanceOfAtLeast(forecast, 0)).toEqual({ probability: 1 });
    expect(cumulative(forecast, -1)).toBe(0);
    expect(() => atLeast(forecast, 0.99)).toThrow(/0.05 to 0.95/);
    expect(() => atMost(forecast, 0.01)).toThrow(RangeError);
  });

  test('bursts, uneven weeks and little to count make it more cautious', () => {
    const calm = atLeast(of(SHIPPED_PRIOR, 40, plain(1), 56), 0.85);
    const bursty = atLeast(of(SHIPPED_PRIOR, 40, plain(8), 56), 0.85);
    const uneven = atLeast(of(SHIPPED_PRIOR, 40, { ...plain(8), evenness: -1 }, 56), 0.85);
    expect(bursty).toBeLessThan(calm);
    expect(uneven).toBeLessThan(bursty);
    const relative = [4, 40, 400].map(
      (expected) => atLeast(of(SHIPPED_PRIOR, expected, plain(2), 56), 0.85) / expected,
    );
    expect(relative).toEqual(relative.toSorted((a, b) => a - b));
  });
});

describe('the shipped prior', () => {
  test('says where it comes from and what it was worth where it was not fitted', () => {
    expect(SHIPPED_PRIOR.provenance.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(SHIPPED_PRIOR.provenance.projects).toBeGreaterThanOrEqual(20);
    expect(SHIPPED_PRIOR.heldOut.map(({ days }) => days)).toEqual(
      SHIPPED_PRIOR.horizons.map(({ days }) => days),
    );
  });

  test('held its 85 % at 4, 8 and 12 weeks on projects it had not seen', () => {
    for (const days of [28, 56, 84]) {
      const held = SHIPPED_PRIOR.heldOut.find((one) => one.days === days);
      expect(held?.byProject.interval.lower).toBeLessThanOrEqual(0.85);
      expect(held?.byProject.interval.upper).toBeGreaterThanOrEqual(0.85);
      expect(held?.byProject.coverage85).toBeGreaterThan(0.83);
      for (const { interval } of Object.values(held?.classic ?? {}))
        expect(interval.upper).toBeLessThan(0.85);
    }
  });

  test('has ascending horizons, ascending errors and a spread that no data remove', () => {
    const days = SHIPPED_PRIOR.horizons.map((horizon) => horizon.days);
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    for (const horizon of SHIPPED_PRIOR.horizons) {
      expect(horizon.errors).toHaveLength(9);
      expect(horizon.errors).toEqual(horizon.errors.toSorted((a, b) => a - b));
      expect(horizon.drift).toBeGreaterThan(0);
      expect(horizon.sampling).toBeGreaterThan(0);
    }
  });
});
