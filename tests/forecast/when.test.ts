import { range } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newRecord } from '#forecast/adaptation.ts';
import { chanceOfAtLeast, cumulative } from '#forecast/model.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import type { Rates } from '#forecast/rates.ts';
import { teamOutlook } from '#forecast/team-outlook.ts';
import { ownRecord } from '#forecast/team-replay.ts';
import { numbersBy, whenDone } from '#forecast/when.ts';
import { dailyFrom, ratesFrom } from './series.ts';

const weekly = fc
  .array(fc.integer({ min: 0, max: 12 }), { minLength: 26, maxLength: 26 })
  .filter((weeks) => weeks.reduce((a, b) => a + b, 0) >= 10);
const steady = ratesFrom(dailyFrom(range(26).map(() => 5)));

/** What a team may have learned: for each fitted horizon another lesson, between them as `ownRecord` has it. */
const records = fc
  .array(fc.tuple(offset(), offset(), offset()), { minLength: 10, maxLength: 10 })
  .map((lessons) => {
    const past = (days: number) => ({
      days,
      forecasts: [],
      record: lessons[SHIPPED_PRIOR.horizons.findIndex((horizon) => horizon.days === days)] ?? [],
    });
    return ownRecord(past, SHIPPED_PRIOR);
  });

function offset() {
  return fc.double({ min: -2, max: 1, noNaN: true });
}

function chance(rates: Rates, items: number, days: number): number {
  const forecast = teamOutlook(rates, days, SHIPPED_PRIOR);
  if ('kind' in forecast) throw new Error('beyond the prior');
  return chanceOfAtLeast(forecast, items).probability;
}

describe('when so many items are done', () => {
  test('is the first day on which the chance of so many is reached', () => {
    fc.assert(
      fc.property(
        weekly,
        fc.integer({ min: 1, max: 80 }),
        fc.constantFrom(0.5, 0.7, 0.85, 0.95),
        (weeks, items, sure) => {
          const rates = ratesFrom(dailyFrom(weeks));
          const answer = whenDone(rates, items, sure, SHIPPED_PRIOR);
          const first = range(1, 365).find((days) => chance(rates, items, days) >= sure - 1e-9);
          expect(answer).toMatchObject(
            first === undefined ? { kind: 'insufficient' } : { kind: 'within', days: first },
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a longer horizon lowers no chance by more than two points', () => {
    fc.assert(
      fc.property(weekly, fc.integer({ min: 1, max: 150 }), (weeks, items) => {
        const rates = ratesFrom(dailyFrom(weeks));
        let most = 0;
        for (const days of range(1, 365, 3)) {
          const now = chance(rates, items, days);
          expect(now).toBeGreaterThanOrEqual(most - 0.02);
          most = Math.max(most, now);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('and how many are done by a day are one statement, asked from two sides: for a team with a record as well', () => {
    fc.assert(
      fc.property(
        weekly,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 364 }),
        fc.constantFrom(0.05, 0.15, 0.5, 0.85, 0.95),
        records,
        (weeks, items, days, sure, own) => {
          const rates = ratesFrom(dailyFrom(weeks));
          const numbers = numbersBy(rates, days, SHIPPED_PRIOR, own);
          const answer = whenDone(rates, items, sure, SHIPPED_PRIOR, own);
          if ('kind' in numbers) throw new Error('within the prior');
          // So many by then, if and only if so many are done by then.
          expect(numbers.atLeast(sure) >= items).toBe(answer.kind === 'within' && answer.days <= days);
          // The number that is promised is done by then, and one more is not.
          const promised = numbers.atLeast(sure);
          const [that, more] = [promised, promised + 1].map((count) =>
            whenDone(rates, count, sure, SHIPPED_PRIOR, own),
          );
          expect(that).toMatchObject({ kind: 'within', days: expect.toSatisfy((day) => day <= days) });
          expect(more?.kind === 'within' ? more.days : Number.POSITIVE_INFINITY).toBeGreaterThan(days);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a later day never takes back what was promised for an earlier one', () => {
    fc.assert(
      fc.property(weekly, records, fc.constantFrom(0.05, 0.5, 0.85, 0.95), (weeks, own, sure) => {
        const rates = ratesFrom(dailyFrom(weeks));
        const told = range(1, 365, 9).map((days) => numbersBy(rates, days, SHIPPED_PRIOR, own));
        const [least, most] = (['atLeast', 'atMost'] as const).map((side) =>
          told.map((numbers) => ('kind' in numbers ? Number.NaN : numbers[side](sure))),
        );
        expect(least).toEqual(least?.toSorted((a, b) => a - b));
        expect(most).toEqual(most?.toSorted((a, b) => a - b));
      }),
      { numRuns: 15 },
    );
  });

  test('more items, more certainty or less capacity take no less time', () => {
    const days = (items: number, sure: number, capacity = 1) => {
      const answer = whenDone(steady, items, sure, SHIPPED_PRIOR, { capacity });
      return answer.kind === 'within' ? answer.days : Number.POSITIVE_INFINITY;
    };
    const byItems = [1, 5, 20, 60, 150].map((items) => days(items, 0.85));
    expect(byItems).toEqual(byItems.toSorted((a, b) => a - b));
    expect(days(20, 0.95)).toBeGreaterThan(days(20, 0.5));
    expect(days(20, 0.85, 0.8)).toBeGreaterThan(days(20, 0.85));
    expect(days(20, 0.85, 1.5)).toBeLessThan(days(20, 0.85));
  });

  test('five every week make 20 even odds in about four weeks, and 85 % some days later', () => {
    const even = whenDone(steady, 20, 0.5, SHIPPED_PRIOR);
    const sure = whenDone(steady, 20, 0.85, SHIPPED_PRIOR);
    if (even.kind !== 'within' || sure.kind !== 'within') throw new Error('both lie within a year');
    expect(even.days).toBeGreaterThan(18);
    expect(even.days).toBeLessThan(35);
    expect(sure.days).toBeGreaterThan(even.days + 3);
    expect(sure.confidence).toBe('medium');
  });

  test('beyond half a year confidence is low, and beyond the measured horizons nothing is said', () => {
    expect(whenDone(steady, 110, 0.85, SHIPPED_PRIOR)).toMatchObject({ kind: 'within', confidence: 'low' });
    expect(whenDone(steady, 5000, 0.85, SHIPPED_PRIOR)).toMatchObject({ kind: 'insufficient', have: 364 });
    expect(teamOutlook(steady, 400, SHIPPED_PRIOR)).toMatchObject({
      kind: 'insufficient',
      have: 364,
      need: 400,
    });
  });

  test('nothing left takes no time, and a promise of 99 % cannot be had', () => {
    expect(whenDone(steady, 0, 0.85, SHIPPED_PRIOR)).toMatchObject({ kind: 'within', days: 0 });
    expect(() => whenDone(steady, 5, 0.99, SHIPPED_PRIOR)).toThrow(/0.05 and 0.95/);
  });

  test('a team without a record of its own is taken as cautiously as a new one', () => {
    const record = newRecord(SHIPPED_PRIOR.learning);
    expect(teamOutlook(steady, 56, SHIPPED_PRIOR, { record })).toEqual(
      teamOutlook(steady, 56, SHIPPED_PRIOR),
    );
    const trusting = teamOutlook(steady, 56, SHIPPED_PRIOR, { record: [0, 0, 0] });
    const cautious = teamOutlook(steady, 56, SHIPPED_PRIOR);
    if ('kind' in trusting || 'kind' in cautious) throw new Error('beyond the prior');
    // About one chance in seven.
    expect(cumulative(cautious, 33)).toBeGreaterThan(cumulative(trusting, 33));
  });
});
