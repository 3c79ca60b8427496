import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CompetingSpell,
  conditionalIncidence,
  cumulativeIncidence,
  type IncidenceCurve,
  incidenceQuantile,
  incidenceSince,
} from '#statistics/competing-risks.ts';
import { noGuard, type RiskSetGuard } from '#statistics/risk-set.ts';
import { kaplanMeier, survivalQuantile } from '#statistics/survival.ts';
import { Fraction, spellsOf } from './spells.ts';

const outcome = fc.constantFrom('event', 'competing', 'censored');
const random = spellsOf(fc.record({ outcome }));

function curveOf(spells: readonly CompetingSpell[], guard?: RiskSetGuard): IncidenceCurve {
  const curve = cumulativeIncidence(spells, guard);
  if (curve.kind === 'insufficient') throw new Error(`expected a curve, have ${curve.have} of ${curve.need}`);
  return curve;
}

const watched = (...ends: readonly (readonly [number, CompetingSpell['outcome']])[]) =>
  Object.freeze(ends.map(([exit, outcome]) => Object.freeze({ entry: 0, exit, outcome })));

// Finished after 2, cancelled after 3, open at 3, finished after 5, open at 8, finished after 9.
const mixed = watched(
  [2, 'event'],
  [3, 'competing'],
  [3, 'censored'],
  [5, 'event'],
  [8, 'censored'],
  [9, 'event'],
);

describe('cumulative incidence', () => {
  test('what is cancelled first never finishes: 1/6, 1/6, 7/18, 5/6 instead of all', () => {
    // S before: 1, 5/6, 2/3, 4/9. 1/6; then cancelled 5/6 * 1/5 = 1/6; then + 2/3 * 1/3 = 2/9; then + 4/9.
    expect(curveOf(mixed, noGuard).steps).toMatchObject([
      { time: 2, incidence: expect.closeTo(1 / 6, 12), competingIncidence: 0 },
      {
        time: 3,
        incidence: expect.closeTo(1 / 6, 12),
        competingIncidence: expect.closeTo(1 / 6, 12),
        competing: 1,
      },
      { time: 5, incidence: expect.closeTo(7 / 18, 12), atRisk: 3, events: 1 },
      {
        time: 9,
        incidence: expect.closeTo(5 / 6, 12),
        competingIncidence: expect.closeTo(1 / 6, 12),
        survival: 0,
      },
    ]);
  });

  test('calling the cancelled merely unobserved claims more than that', () => {
    const censored = mixed.map(({ entry, exit, outcome }) => ({ entry, exit, event: outcome === 'event' }));
    const curve = kaplanMeier(censored, noGuard);
    // 1 - 5/6 * 2/3 = 4/9 at 5 against 7/18.
    expect(curve.kind === 'curve' && curve.steps[1]).toMatchObject({
      time: 5,
      survival: expect.closeTo(5 / 9, 12),
    });
  });

  test('obeys the same guards as a survival curve', () => {
    expect(cumulativeIncidence(mixed.slice(0, 4))).toMatchObject({ kind: 'insufficient', have: 4, need: 5 });
    expect(curveOf(mixed)).toMatchObject({ n: 6, supportedUntil: 5, maxObserved: 9 });
  });

  test('equals its definition in exact fractions, for 1,000 random sets with ties and delayed entry', () => {
    fc.assert(
      fc.property(random, (spells) => {
        const curve = cumulativeIncidence(spells, noGuard);
        const exact: number[][] = [];
        let running = new Fraction(1);
        let finished = new Fraction(0);
        for (let u = 1; u <= 20; u++) {
          const atRisk = spells.filter(({ entry, exit }) => entry < u && u <= exit);
          const ending = (how: string) => atRisk.filter((s) => s.exit === u && s.outcome === how).length;
          const [events, competing] = [ending('event'), ending('competing')];
          if (events + competing === 0) continue;
          finished = finished.plus(running.times(new Fraction(events, atRisk.length)));
          running = running.times(new Fraction(atRisk.length - events - competing, atRisk.length));
          exact.push([u, finished.toNumber(), running.toNumber()]);
        }
        const steps = curve.kind === 'curve' ? curve.steps : [];
        expect(steps.map(({ time, incidence, survival }) => [time, incidence, survival])).toEqual(
          exact.map((row) => row.map((value) => expect.closeTo(value, 12))),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('finished, cancelled and still running add up to 1, and the interval contains the incidence', () => {
    fc.assert(
      fc.property(random, (spells) => {
        const curve = cumulativeIncidence(spells, noGuard);
        for (const step of curve.kind === 'curve' ? curve.steps : []) {
          expect(step.incidence + step.competingIncidence + step.survival).toBeCloseTo(1, 12);
          expect(step.interval90?.lower ?? 0).toBeLessThanOrEqual(step.incidence);
          expect(step.interval90?.upper ?? 1).toBeGreaterThanOrEqual(step.incidence);
          expect(step.standardError).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('without anything cancelled it is the survival curve upside down, with its uncertainty and quantiles', () => {
    fc.assert(
      fc.property(
        spellsOf(fc.record({ event: fc.boolean() })),
        fc.integer({ min: 1, max: 99 }),
        (spells, percent) => {
          const survival = kaplanMeier(spells, noGuard);
          const incidence = cumulativeIncidence(
            spells.map(({ entry, exit, event }) => ({ entry, exit, outcome: event ? 'event' : 'censored' })),
            noGuard,
          );
          expect(incidence.kind).toBe(survival.kind);
          if (survival.kind === 'insufficient' || incidence.kind === 'insufficient') return;
          // Where the risk set empties in between, Greenwood is not defined any more and both stop saying anything.
          const finite = survival.steps.filter((step) => step.survival > 0);
          expect(incidence.steps.slice(0, finite.length)).toMatchObject(
            finite.map((step) => ({
              incidence: expect.closeTo(1 - step.survival, 12),
              standardError: expect.closeTo(step.standardError ?? Number.NaN, 9),
            })),
          );
          expect(incidenceQuantile(incidence, percent)).toEqual(survivalQuantile(survival, percent));
        },
      ),
    );
  });

  test('with everything observed the standard error is that of a simple share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('event', 'competing')), {
          minLength: 1,
          maxLength: 30,
        }),
        (ends) => {
          for (const { time, incidence, standardError } of curveOf(watched(...ends), noGuard).steps) {
            const share = ends.filter(([exit, how]) => exit <= time && how === 'event').length / ends.length;
            expect(incidence).toBeCloseTo(share, 12);
            expect(standardError).toBeCloseTo(Math.sqrt((share * (1 - share)) / ends.length), 6);
          }
        },
      ),
    );
  });
});

describe('reading an incidence curve', () => {
  test('a share that is cancelled before it could finish is never reached', () => {
    const curve = curveOf(mixed, noGuard);
    expect(incidenceQuantile(curve, 50)).toMatchObject({ kind: 'reached', value: 9 });
    // Only 5/6 = 83 % ever finish.
    expect(incidenceQuantile(curve, 85)).toMatchObject({ kind: 'not_reached', beyond: 9 });
  });

  test('an item still running at 4 finishes within 3 days with a chance of one third', () => {
    // F(7) - F(4) = 7/18 - 1/6 = 4/18; S(4) = 2/3; their ratio is 1/3.
    expect(conditionalIncidence(curveOf(mixed, noGuard), 4, 3)).toBeCloseTo(1 / 3, 12);
    // From the start: 7/18 within 5.
    expect(conditionalIncidence(curveOf(mixed), 0, 5)).toBeCloseTo(7 / 18, 12);
    expect(conditionalIncidence(curveOf(mixed), 0, 1)).toBe(0);
  });

  test('beyond what the data support, or where nothing ever lasted so long, there is no answer', () => {
    expect(conditionalIncidence(curveOf(mixed), 2, 7)).toBeUndefined();
    expect(conditionalIncidence(curveOf(mixed, noGuard), 9, 0)).toBeUndefined();
  });
});

test('begun anew at an age, the curve is that of the spells which had reached it', () => {
  fc.assert(
    fc.property(random, fc.nat(8), fc.integer({ min: 1, max: 8 }), (spells, age, ahead) => {
      const whole = cumulativeIncidence(spells, noGuard);
      if (whole.kind === 'insufficient') return;
      const until = age + ahead;
      const older = spells
        .filter(({ exit }) => exit > age)
        .map(
          ({ entry, exit, ...spell }): CompetingSpell => ({
            entry: Math.max(entry, age),
            exit: Math.min(exit, until),
            outcome: exit > until ? 'censored' : spell.outcome,
          }),
        );
      const anew = cumulativeIncidence(older, noGuard);
      const last = anew.kind === 'curve' ? anew.steps.at(-1) : undefined;
      expect(incidenceSince(whole, age, until)).toEqual(last);
    }),
  );
});
