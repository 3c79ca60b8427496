import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompetingSpell } from '#statistics/competing-risks.ts';
import { incidenceAtSimilarAges } from '#statistics/similar-ages.ts';

const spell = (entry: number, exit: number, outcome: CompetingSpell['outcome'] = 'censored') => ({
  entry,
  exit,
  outcome,
});
const running = (...exits: readonly number[]) => exits.map((exit) => spell(0, exit));

describe('the chance at similar ages', () => {
  test('is the rate of events among those from half the age to twice the age to be reached', () => {
    // At 40 with 14 days ahead the band is 20 to 108. Time in it: 20 + 4 * 60 = 260 days, with one event:
    // 1 - (260 / 274) ^ 1.5; the limits of the rate are chi-squared(3) / 2 / 260 = .000677 and .01503.
    const found = incidenceAtSimilarAges([spell(0, 40, 'event'), ...running(80, 80, 80, 80)], 40, 14);
    expect(found).toEqual({
      n: 5,
      incidence: expect.closeTo(0.07565, 5),
      interval90: { lower: expect.closeTo(0.00943, 5), upper: expect.closeTo(0.18974, 5) },
    });
  });

  test('is not 0 when nobody had the event, since not all of time was watched', () => {
    // 5 * 60 = 300 days: 1 - (300 / 314) ^ .5, and up to 1 - exp(-14 * 1.92073 / 300).
    const found = incidenceAtSimilarAges(running(80, 80, 80, 80, 80), 40, 14);
    expect(found?.incidence).toBeCloseTo(0.02255, 5);
    expect(found?.interval90).toEqual({ lower: 0, upper: expect.closeTo(0.08574, 4) });
  });

  test('leaves room for the other ending', () => {
    // 20 + 30 + 3 * 60 = 230 days, one event and one competing: 1.5 / 2.5 * (1 - (230 / 244) ^ 2.5).
    const spells = [spell(0, 40, 'event'), spell(0, 50, 'competing'), ...running(80, 80, 80)];
    expect(incidenceAtSimilarAges(spells, 40, 14)?.incidence).toBeCloseTo(0.0824, 4);
  });

  test('looks neither below nor beyond the band', () => {
    const near = [spell(0, 40, 'event'), ...running(80, 80, 80, 80)];
    const far = [spell(0, 19, 'event'), spell(110, 120, 'event'), spell(0, 20, 'event')];
    expect(incidenceAtSimilarAges([...near, ...far], 40, 14)).toEqual(incidenceAtSimilarAges(near, 40, 14));
  });

  test('counts of a late entry only the time that was watched', () => {
    // 4 * 60 + 10 = 250 days without an event.
    const spells = [...running(80, 80, 80, 80), spell(70, 80)];
    expect(incidenceAtSimilarAges(spells, 40, 14)?.incidence).toBeCloseTo(1 - Math.sqrt(250 / 264), 9);
  });

  test('is not told from fewer than 5, below the age of the horizon, or of what is older than nearly all', () => {
    expect(incidenceAtSimilarAges(running(80, 80, 80, 80), 40, 14)).toBeUndefined();
    expect(incidenceAtSimilarAges(running(80, 80, 80, 80, 80), 13.9, 14)).toBeUndefined();
    expect(incidenceAtSimilarAges(running(38, 39, 40, 80, 80), 40, 14)).toBeUndefined();
    expect(incidenceAtSimilarAges(running(38, 39, 80, 80, 80), 40, 14)).toBeDefined();
    expect(incidenceAtSimilarAges([], 40, 14)).toBeUndefined();
  });

  test('does not count what was never watched', () => {
    const never = Array.from({ length: 9 }, () => spell(60, 60, 'event'));
    expect(incidenceAtSimilarAges([...never, ...running(80, 80, 80, 80)], 40, 14)).toBeUndefined();
  });

  test('is a probability, whatever was watched', () => {
    const spells = fc.array(
      fc.record({
        entry: fc.integer({ min: 0, max: 90 }),
        exit: fc.integer({ min: 1, max: 300 }),
        outcome: fc.constantFrom('event' as const, 'competing' as const, 'censored' as const),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(spells, fc.integer({ min: 14, max: 200 }), (some, age) => {
        const found = incidenceAtSimilarAges(some, age, 14);
        for (const share of found ? [found.incidence, found.interval90.lower, found.interval90.upper] : []) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
