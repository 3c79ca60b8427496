import { mean, range } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clopperPearson } from '#statistics/proportion.ts';
import { integer, seededRandom } from '#statistics/random.ts';
import {
  brierScore,
  type Claim,
  calibrationError,
  logScore,
  pinballLoss,
  rankedProbabilityScore,
  shareAbove,
} from '#statistics/scores.ts';
import { hasExamples, worked } from '#tests/forecast/examples.ts';

const claims = (...pairs: readonly (readonly [number, 0 | 1])[]): readonly Claim[] =>
  pairs.map(([probability, happened]) => ({ probability, happened: happened === 1 }));
const samples = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 12 });
const outcomes = fc.integer({ min: 0, max: 50 });

describe('scores of claimed probabilities', () => {
  // (.1² + .3² + .4² + .8²) / 4 = .9 / 4; -(ln .9 + ln .7 + ln .6 + ln .2) / 4.
  const four = claims([0.9, 1], [0.7, 1], [0.4, 0], [0.2, 1]);

  test('four claims of which one missed: Brier .225, log score .6456 (WX-C7a)', () => {
    expect(brierScore(four)).toBeCloseTo(0.225, 12);
    expect(logScore(four)).toBeCloseTo(0.64557, 5);
  });

  test('weights count a claim as often as they say', () => {
    const [first, second] = claims([0.9, 1], [0.4, 0]);
    const twice = [...claims([0.9, 1], [0.9, 1], [0.4, 0])];
    const weighted = [
      { ...first, weight: 2 },
      { ...second, weight: 1 },
    ] as readonly Claim[];
    expect(brierScore(weighted)).toBeCloseTo(brierScore(twice) ?? 0, 12);
    expect(logScore(weighted)).toBeCloseTo(logScore(twice) ?? 0, 12);
    expect(calibrationError(weighted)).toBeCloseTo(calibrationError(twice) ?? 0, 12);
  });

  test('a certain claim that fails costs without limit, and no claim has no score', () => {
    expect(logScore(claims([1, 0]))).toBe(Number.POSITIVE_INFINITY);
    expect([brierScore([]), logScore([]), calibrationError([])]).toEqual([undefined, undefined, undefined]);
  });

  test('the honest probability scores best: no other claim beats the frequency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (hits, other) => {
          const all = (probability: number) =>
            range(20).map((i): Claim => ({ probability, happened: i < hits }));
          expect(brierScore(all(hits / 20))).toBeLessThanOrEqual((brierScore(all(other)) ?? 0) + 1e-12);
        },
      ),
    );
  });

  test('claims that come true as often as they say have no calibration error', () => {
    // Three of four "75 %" and one of four "25 %" came true; each in a bin of its own.
    const honest = claims(
      [0.75, 1],
      [0.75, 1],
      [0.75, 1],
      [0.75, 0],
      [0.25, 1],
      [0.25, 0],
      [0.25, 0],
      [0.25, 0],
    );
    expect(calibrationError(honest)).toBeCloseTo(0, 12);
    // All of the "75 %" and none of the "25 %": off by .25 in both bins.
    expect(calibrationError(claims([0.75, 1], [0.25, 0]))).toBeCloseTo(0.25, 12);
  });

  test('0 and 100 % fall into the outermost bins', () => {
    expect(calibrationError(claims([1, 0], [0, 1]))).toBe(1);
  });
});

describe('pinball loss', () => {
  test('at 85 % a bound of 10 costs 3.4 when 14 come and .45 when 7 come (WX-C7c)', () => {
    expect(pinballLoss(0.85, 10, 14)).toBeCloseTo(3.4, 12);
    expect(pinballLoss(0.85, 10, 7)).toBeCloseTo(0.45, 12);
  });

  test('is half the absolute error for the median', () => {
    fc.assert(
      fc.property(outcomes, outcomes, (quantile, outcome) => {
        expect(pinballLoss(0.5, quantile, outcome)).toBe(Math.abs(outcome - quantile) / 2);
      }),
    );
  });
});

describe('ranked probability score', () => {
  test('2, 4, 4, 6 against 5: .75, and .5 when corrected for being a sample (WX-C7b)', () => {
    // Mean distance 6/4 = 1.5; mean distance of two of the four: 24/16 with repetition, 24/12 without; half of it off.
    expect(rankedProbabilityScore([2, 4, 4, 6], 5)).toBeCloseTo(0.75, 12);
    expect(rankedProbabilityScore([2, 4, 4, 6], 5, 'fair')).toBeCloseTo(0.5, 12);
  });

  test('is the absolute error of a single value, for which the fair form has nothing to say', () => {
    expect(rankedProbabilityScore([7], 10)).toBe(3);
    expect(rankedProbabilityScore([7], 10, 'fair')).toBeUndefined();
    expect(rankedProbabilityScore([], 10)).toBeUndefined();
  });

  test('equals the summed squared distance of the two distribution functions', () => {
    fc.assert(
      fc.property(samples, outcomes, (sample, outcome) => {
        const distance = range(0, 51).reduce((total, at) => {
          const share = sample.filter((value) => value <= at).length / sample.length;
          return total + (share - (outcome <= at ? 1 : 0)) ** 2;
        }, 0);
        expect(rankedProbabilityScore(sample, outcome)).toBeCloseTo(distance, 9);
      }),
    );
  });

  test('does not depend on the order of the sample', () => {
    fc.assert(
      fc.property(samples, outcomes, (sample, outcome) => {
        expect(rankedProbabilityScore(sample.toReversed(), outcome)).toBe(
          rankedProbabilityScore(sample, outcome),
        );
      }),
    );
  });
});

describe.skipIf(!hasExamples)('the reference file (skipped where it is not beside the project)', () => {
  test('agrees on Brier and log score', () => {
    const { input, expected } = worked('WX-C7a');
    const four = input.p.map((probability, i): Claim => ({ probability, happened: input.y[i] === 1 }));
    expect(brierScore(four)).toBeCloseTo(expected.brier, 9);
    expect(logScore(four)).toBeCloseTo(expected.logloss, 5);
  });

  test('agrees on the ranked probability score and the pinball loss', () => {
    const { input, expected } = worked('WX-C7b');
    expect(rankedProbabilityScore(input.ens, input.y)).toBeCloseTo(expected.crps, 9);
    expect(rankedProbabilityScore(input.ens, input.y, 'fair')).toBeCloseTo(expected.fair, 9);
    const loss = worked('WX-C7c');
    expect(loss.input.y.map((outcome) => pinballLoss(loss.input.tau, loss.input.q, outcome))).toEqual(
      loss.expected.pinball.map((value) => expect.closeTo(value, 9)),
    );
  });
});

describe('coverage of coarse counts', () => {
  test('a forecast that is right keeps every level exactly, however few values it has', () => {
    // Y is 0, 1 or 2 with chances .5, .3, .2: the expected share above a level is 1 - level.
    const cells = [
      { below: 0, upTo: 0.5 },
      { below: 0.5, upTo: 0.8 },
      { below: 0.8, upTo: 1 },
    ];
    for (const level of [0.05, 0.15, 0.5, 0.6, 0.95]) {
      const kept = cells.reduce(
        (sum, { below, upTo }) => sum + (upTo - below) * shareAbove(level, below, upTo),
        0,
      );
      expect(kept).toBeCloseTo(1 - level, 12);
    }
  });

  test('falls as the level rises, and an outcome without a chance of its own is above or not', () => {
    expect(range(0, 1, 0.1).map((level) => shareAbove(level, 0.25, 0.75))).toEqual(
      range(0, 1, 0.1)
        .map((level) => shareAbove(level, 0.25, 0.75))
        .toSorted((a, b) => b - a),
    );
    expect([shareAbove(0.1, 0.2, 0.2), shareAbove(0.3, 0.2, 0.2)]).toEqual([1, 0]);
  });

  test('17 of 20 kept is consistent with 85 %, but also with 65 % (WX-C7d)', () => {
    const { lower, upper } = clopperPearson(17, 20);
    expect([lower, upper]).toEqual([expect.closeTo(0.621, 3), expect.closeTo(0.968, 3)]);
  });

  test('what draws of dice keep of a level comes close to it', () => {
    const random = seededRandom('dice');
    const kept = mean(range(4000), () => {
      const face = integer(random, 1, 6);
      return shareAbove(0.15, (face - 1) / 6, face / 6);
    });
    // The standard error of 4,000 draws is below .006.
    expect(Math.abs((kept ?? 0) - 0.85)).toBeLessThan(0.02);
  });
});
