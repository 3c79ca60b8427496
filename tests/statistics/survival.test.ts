import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { probabilityShareAbove } from '#statistics/proportion.ts';
import { qUpper } from '#statistics/quantiles.ts';
import { noGuard, type RiskSetGuard } from '#statistics/risk-set.ts';
import {
  conditionalFinish,
  kaplanMeier,
  type Lifetime,
  logLogInterval90,
  probabilityOutlasts,
  type SurvivalCurve,
  survivalAt,
  survivalQuantile,
} from '#statistics/survival.ts';
import { type Durations, golden, hasGolden } from './golden.ts';
import { Fraction, lifetimes, spellsOf } from './spells.ts';

const mixed = lifetimes(2, 3, '3+', 5, '8+', 9);
const random = spellsOf(fc.record({ event: fc.boolean() }));

function curveOf(spells: readonly Lifetime[], guard?: RiskSetGuard): SurvivalCurve {
  const curve = kaplanMeier(spells, guard);
  if (curve.kind === 'insufficient') throw new Error(`expected a curve, have ${curve.have} of ${curve.need}`);
  return curve;
}

describe('Kaplan and Meier', () => {
  test('2, 3, 3+, 5, 8+, 9: 5/6, then 4/5 of it, then 2/3 of it, then nothing (WX-KM-1)', () => {
    expect(curveOf(mixed, noGuard).steps).toMatchObject([
      { time: 2, atRisk: 6, events: 1, survival: expect.closeTo(5 / 6, 12) },
      { time: 3, atRisk: 5, events: 1, survival: expect.closeTo(2 / 3, 12) },
      { time: 5, atRisk: 3, events: 1, survival: expect.closeTo(4 / 9, 12) },
      { time: 9, atRisk: 1, events: 1, survival: 0 },
    ]);
  });

  test('its uncertainty at 5 is Greenwood 2/9, and log-log 10.7 to 74.5 % (WX-KM-1)', () => {
    // 1/(6*5) + 1/(5*4) + 1/(3*2) = 1/4, so 4/9 * 1/2.
    expect(curveOf(mixed, noGuard).steps[2]).toMatchObject({
      standardError: expect.closeTo(2 / 9, 12),
      interval90: { lower: expect.closeTo(0.107, 3), upper: expect.closeTo(0.745, 3) },
    });
  });

  test('once nothing survives there is no uncertainty to state, and no NaN', () => {
    expect(curveOf(mixed, noGuard).steps[3]).toMatchObject({
      standardError: undefined,
      interval90: undefined,
    });
  });

  test('delayed entries are at risk only once they are watched (WX-KM-3)', () => {
    const spells = Object.freeze([
      { entry: 5, exit: 10, event: true },
      { entry: 0, exit: 6, event: true },
      { entry: 10, exit: 20, event: false },
      { entry: 0, exit: 4, event: false },
    ]);
    expect(curveOf(spells, noGuard).steps).toMatchObject([
      { time: 6, atRisk: 2, events: 1, survival: 0.5 },
      { time: 10, atRisk: 1, events: 1, survival: 0 },
    ]);
    // Two at risk at the first event, five are needed.
    expect(kaplanMeier(spells)).toMatchObject({ kind: 'insufficient', have: 2, need: 5 });
  });

  test('with the guard the curve ends where fewer than three are left', () => {
    expect(curveOf(mixed)).toMatchObject({ n: 6, events: 4, supportedUntil: 5, maxObserved: 9 });
    expect(curveOf(mixed).steps.map((step) => step.time)).toEqual([2, 3, 5]);
  });

  test('events at one time are one step', () => {
    expect(curveOf(lifetimes(2, 2, 2, 5, '5+'), noGuard).steps).toMatchObject([
      { time: 2, atRisk: 5, events: 3, survival: expect.closeTo(0.4, 12) },
      { time: 5, atRisk: 2, events: 1, survival: expect.closeTo(0.2, 12) },
    ]);
  });

  test('where nothing has ended the curve stays at 1', () => {
    const curve = curveOf(lifetimes('2+', '3+', '4+', '5+', '6+', '7+'));
    expect(curve).toMatchObject({ steps: [], events: 0, supportedUntil: 5 });
    expect(survivalAt(curve, 5)).toBe(1);
    expect(survivalQuantile(curve, 50)).toEqual({ kind: 'not_reached', beyond: 5, lower: undefined });
  });

  test('equals the product of its definition in exact fractions, for 1,500 random sets with ties and delayed entry', () => {
    fc.assert(
      fc.property(random, (spells) => {
        const curve = kaplanMeier(spells, noGuard);
        const atRisk = (u: number) => spells.filter(({ entry, exit }) => entry < u && u <= exit);
        // Every whole number is a possible event time, so each is visited whether something happens there or not.
        const exact: [number, number][] = [];
        let survival = new Fraction(1);
        for (let u = 1; u <= 20; u++) {
          const events = atRisk(u).filter(({ exit, event }) => event && exit === u).length;
          if (events === 0) continue;
          survival = survival.times(new Fraction(atRisk(u).length - events, atRisk(u).length));
          exact.push([u, survival.toNumber()]);
        }
        const steps = curve.kind === 'curve' ? curve.steps.map((step) => [step.time, step.survival]) : [];
        expect(steps).toEqual(exact.map(([time, share]) => [time, expect.closeTo(share, 12)]));
      }),
      { numRuns: 1500 },
    );
  });

  test('with nothing censored it is the share that lasted longer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 40 }), (durations) => {
        for (const { time, survival, standardError = 0 } of curveOf(lifetimes(...durations), noGuard).steps) {
          const longer = durations.filter((duration) => duration > time).length / durations.length;
          expect(survival).toBeCloseTo(longer, 12);
          // Greenwood is then the binomial standard error.
          expect(standardError).toBeCloseTo(Math.sqrt((longer * (1 - longer)) / durations.length), 12);
        }
      }),
    );
  });

  test('the order of spells does not matter, and every interval contains its survival', () => {
    fc.assert(
      fc.property(random, (spells) => {
        const curve = kaplanMeier(spells, noGuard);
        expect(kaplanMeier(spells.toReversed(), noGuard)).toEqual(curve);
        for (const { survival, interval90 } of curve.kind === 'curve' ? curve.steps : []) {
          expect(interval90?.lower ?? 0).toBeLessThanOrEqual(survival);
          expect(interval90?.upper ?? 1).toBeGreaterThanOrEqual(survival);
        }
      }),
    );
  });

  test('the guard only shortens a curve: what it shows is what is shown without', () => {
    fc.assert(
      fc.property(random, (spells) => {
        const guarded = kaplanMeier(spells);
        if (guarded.kind === 'insufficient') return;
        expect(curveOf(spells, noGuard).steps.slice(0, guarded.steps.length)).toEqual(guarded.steps);
      }),
    );
  });
});

describe('quantile of a curve', () => {
  test('the median of 2, 3, 3+, 5, 8+, 9 is 5 and its 85th percentile 9, upper limits unknown (WX-KM-1)', () => {
    const curve = curveOf(mixed, noGuard);
    // At 2, 5/6 with error .1521 has the lower limit (5/6)^exp(1.645 * .1521 / (5/6 * .1823)) = .388, below one half.
    expect(survivalQuantile(curve, 50)).toEqual({ kind: 'reached', value: 5, lower: 2, upper: undefined });
    expect(survivalQuantile(curve, 85)).toMatchObject({ kind: 'reached', value: 9, upper: undefined });
    // Those that ended alone would have said 3.
    expect(qUpper([2, 3, 5, 9], 50)).toBe(3);
  });

  test('the median of 2, 4, 4+, 10+, 12+ is not reached: more than 12 (WX-KM-2)', () => {
    const curve = curveOf(lifetimes(2, 4, '4+', '10+', '12+'), noGuard);
    expect(curve.steps.map((step) => step.survival)).toEqual([0.8, expect.closeTo(0.6, 12)]);
    expect(survivalQuantile(curve, 50)).toMatchObject({ kind: 'not_reached', beyond: 12 });
    // Those that ended alone would have said 2, and 4 for the 85th percentile.
    expect([qUpper([2, 4], 50), qUpper([2, 4], 85)]).toEqual([2, 4]);
  });

  test('the median of 1, 2, 4, 6, 9+ is 4, where two fifths are left, and that of 1, 1, 2, 3 is 1 (WX-F4)', () => {
    const leaders = curveOf(lifetimes(1, 2, 4, 6, '9+'), noGuard);
    expect(leaders.steps.map(({ time, survival }) => [time, survival])).toEqual(
      [0.8, 0.6, 0.4, 0.2].map((left, i) => [[1, 2, 4, 6][i], expect.closeTo(left, 12)]),
    );
    expect(survivalQuantile(leaders, 50)).toMatchObject({ kind: 'reached', value: 4 });
    const team = curveOf(lifetimes(1, 1, 2, 3), noGuard);
    expect(survivalQuantile(team, 50)).toMatchObject({ kind: 'reached', value: 1 });
  });

  test('a median that is exactly one half counts as reached in spite of rounding', () => {
    // 9/10 * 8/9 * 7/8 * 6/7 * 5/6 is one half, but not in floating point.
    const curve = curveOf(lifetimes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), noGuard);
    expect(survivalQuantile(curve, 50)).toMatchObject({ kind: 'reached', value: 5 });
    expect(survivalQuantile(curve, 90)).toMatchObject({ kind: 'reached', value: 9 });
  });

  test('enough items bound the percentile from both sides', () => {
    // 1..40, all ended. At 28 S = .3, at 39 S = 1/40: the 85th percentile is 34, its limits lie around it.
    const curve = curveOf(lifetimes(...Array.from({ length: 40 }, (_, at) => at + 1)), noGuard);
    const quantile = survivalQuantile(curve, 85);
    expect(quantile).toMatchObject({ kind: 'reached', value: 34 });
    expect(quantile.lower).toBeLessThan(34);
    expect(quantile.kind === 'reached' && quantile.upper).toBeGreaterThan(34);
  });

  test('grows with the percent and lies within its limits', () => {
    fc.assert(
      fc.property(
        random,
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 99 }),
        (spells, p, q) => {
          const curve = kaplanMeier(spells, noGuard);
          if (curve.kind === 'insufficient') return;
          const smaller = survivalQuantile(curve, Math.min(p, q));
          const larger = survivalQuantile(curve, Math.max(p, q));
          if (larger.kind === 'not_reached') return;
          expect(smaller.kind === 'reached' && smaller.value).toBeLessThanOrEqual(larger.value);
          expect(larger.lower).toBeLessThanOrEqual(larger.value);
          expect(larger.upper ?? larger.value).toBeGreaterThanOrEqual(larger.value);
        },
      ),
    );
  });
});

describe('reading a curve', () => {
  test('an item aged 4 finishes within 3 days with a chance of one third (WX-KM-4)', () => {
    // 1 - S(7)/S(4) = 1 - (4/9)/(2/3).
    expect(conditionalFinish(curveOf(mixed, noGuard), 4, 3)).toBeCloseTo(1 / 3, 12);
  });

  test('beyond what the data support there is no answer: not of age 2 for 7 days, and none of age 12 (WX-C6b)', () => {
    // 1 - S(9)/S(2) would be 1, but past day 5 fewer than three are left.
    expect(conditionalFinish(curveOf(mixed, noGuard), 2, 7)).toBe(1);
    expect(curveOf(mixed)).toMatchObject({ supportedUntil: 5, maxObserved: 9 });
    expect(conditionalFinish(curveOf(mixed), 2, 7)).toBeUndefined();
    expect(conditionalFinish(curveOf(mixed), 12, 1)).toBeUndefined();
    expect(survivalAt(curveOf(mixed), 5.1)).toBeUndefined();
  });

  test('nothing ever lasted longer than the last event, so there is no chance to state', () => {
    expect(conditionalFinish(curveOf(lifetimes(1, 2, 3), noGuard), 3, 0)).toBeUndefined();
  });

  test('before the first event everything survives, and at an event it has happened', () => {
    expect([0, 1.9, 2, 2.9, 5].map((time) => survivalAt(curveOf(mixed), time))).toEqual([
      1,
      1,
      expect.closeTo(5 / 6, 12),
      expect.closeTo(5 / 6, 12),
      expect.closeTo(4 / 9, 12),
    ]);
  });

  test('shares of 0 and 1 have no log-log interval', () => {
    expect([logLogInterval90(0, 0.1), logLogInterval90(1, 0.1), logLogInterval90(0.5, undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe.skipIf(!hasGolden)(
  'reference examples (only where ../shared/data/golden/metrics.json exists)',
  () => {
    const spellsIn = ({ d, entry, exit = d, event }: Durations) =>
      event.map((ended, at) => ({ entry: entry?.[at] ?? 0, exit: exit?.[at] ?? 0, event: ended === 1 }));
    const valueOf = (curve: SurvivalCurve, percent: number) => {
      const quantile = survivalQuantile(curve, percent);
      return quantile.kind === 'reached' ? quantile.value : null;
    };

    test.each(['WX-KM-1', 'WX-KM-2', 'WX-KM-3'] as const)('curve of %s', (id) => {
      const { input, expected } = golden(id);
      const curve = curveOf(spellsIn(input), noGuard);
      expect(curve.steps.map((step) => [step.time, step.atRisk, step.events, step.survival])).toEqual(
        expected.curve.map(([time, atRisk, events, survival]) => [
          time,
          atRisk,
          events,
          expect.closeTo(survival, 9),
        ]),
      );
    });

    test('quantiles', () => {
      const [first, second] = [golden('WX-KM-1'), golden('WX-KM-2')];
      const curve = curveOf(spellsIn(first.input), noGuard);
      expect([valueOf(curve, 50), valueOf(curve, 85)]).toEqual([first.expected.median, first.expected.p85]);
      expect(valueOf(curveOf(spellsIn(second.input), noGuard), 50)).toBe(second.expected.median);
    });

    test('answering times of leadership and team', () => {
      const { input, expected } = golden('WX-F4');
      expect(valueOf(curveOf(spellsIn(input.leadership), noGuard), 50)).toBe(expected.leadershipMedian);
      expect(valueOf(curveOf(spellsIn(input.team), noGuard), 50)).toBe(expected.teamMedian);
    });
  },
);

describe('how likely more than half last longer than a time', () => {
  const half = (spells: readonly Lifetime[], time: number, guard?: RiskSetGuard) =>
    probabilityOutlasts(spells, { time, share: 0.5 }, guard);

  test('is the posterior of a share where nothing is censored', () => {
    const ended = lifetimes(2, 3, 9, 9, 9, 9, 12);
    expect(half(ended, 7)).toBeCloseTo(probabilityShareAbove(5, 7, 0.5), 12);
  });

  test('counts those that are open for as long as they were watched', () => {
    // 1/(6*5) + 1/(5*4) = 1/12, so se² = 4/9 / 12 and (2/3 * 1/3) / se² = 6: those seen to the end of 4 days, all six.
    expect(half(mixed, 4, noGuard)).toBeCloseTo(probabilityShareAbove(4, 6, 0.5), 12);
    // Of six that were open for less than a week nothing is known at a week.
    expect(half(lifetimes('3+', '3+', '4+', '5+', '6+', '6+'), 7)).toBeUndefined();
  });

  test('counts nothing as slow by what it lasted before it was watched', () => {
    const watched = lifetimes(1, 2, 2, 3, 8, 9, 9).map((one) => ({ ...one }));
    const before = [40, 50, 60].map((exit) => ({ entry: exit - 5, exit, event: true }));
    expect(half([...watched, ...before], 7)).toBeCloseTo(half(watched, 7) ?? Number.NaN, 12);
  });

  test('where none has ended, stands on all that were watched', () => {
    expect(half(lifetimes('8+', '9+', '20+', '21+', '30+'), 7)).toBeCloseTo(
      probabilityShareAbove(5, 5, 0.5),
      12,
    );
  });
});
