import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { elasticityPosterior, unevennessAround, type WorkedOn } from '#statistics/elasticity.ts';
import { gammaQuantile } from '#statistics/gamma.ts';
import { seededRandom, uniform } from '#statistics/random.ts';
import { frozen } from '#tests/builders/frozen.ts';

const prior = { mean: 0.75, deviation: 0.2 } as const;
const week = (people: number, finished: number, length = 5): WorkedOn => ({ length, people, finished });
const told = (weeks: readonly WorkedOn[], overdispersion = 1) =>
  elasticityPosterior(frozen(weeks), overdispersion, prior);

describe('the posterior of an elasticity', () => {
  test('is the prior where no week says anything: no items, or as many people in all of them', () => {
    for (const weeks of [[week(1, 0), week(4, 0)], range(30).map((i) => week(3, i % 4))]) {
      const { mean, interval90, information } = told(weeks);
      expect(mean).toBeCloseTo(0.75, 9);
      // .75 -/+ 1.6449 * .2
      expect(interval90[0]).toBeCloseTo(0.421, 3);
      expect(interval90[1]).toBeCloseTo(1.079, 3);
      expect(information).toBeCloseTo(0, 9);
    }
  });

  test('lies by precision between the prior and what many items say', () => {
    // Four times the people, four times the items: 1. Information: 2,000 items * .2 * .8 * ln(4)^2 = 615, beside 25 of the prior.
    const { mean, interval90, information } = told([week(1, 400), week(4, 1600)]);
    expect(mean).toBeCloseTo((615 * 1 + 25 * 0.75) / 640, 2);
    expect(information).toBeCloseTo(615, -1);
    expect((interval90[1] - interval90[0]) / 2).toBeCloseTo(1.6449 / Math.sqrt(640), 3);
  });

  test('of counts so much larger and so much more uneven is the same', () => {
    const weeks = [week(1, 2), week(2, 3), week(4, 4), week(3, 0)];
    const doubled = weeks.map((one) => ({ ...one, finished: 2 * one.finished }));
    expect(told(doubled, 2)).toEqual(told(weeks));
  });

  test('takes two weeks with as many people for one twice as long', () => {
    const apart = told([week(1, 2), week(1, 0), week(4, 5)]);
    const joined = told([week(1, 2, 10), week(4, 5)]);
    expect(apart.mean).toBeCloseTo(joined.mean, 9);
    expect(apart.information).toBeCloseTo(joined.information, 9);
  });

  test('does not hang on the units of people and time', () => {
    const weeks = [week(1, 2), week(2, 0), week(4, 5)];
    const scaled = weeks.map(({ length, people, finished }) => week(7 * people, finished, length / 5));
    expect(told(scaled).mean).toBeCloseTo(told(weeks).mean, 9);
  });

  test('counts a week that brought nothing: of many people it speaks against them, of few for them', () => {
    const weeks = [week(1, 3), week(2, 4), week(4, 6)];
    const { mean } = told(weeks);
    expect(told([...weeks, week(4, 0)]).mean).toBeLessThan(mean);
    expect(told([...weeks, week(1, 0)]).mean).toBeGreaterThan(mean);
  });

  test('refuses a week without people', () => {
    expect(() => told([week(0, 1)])).toThrow(RangeError);
  });
});

describe('how uneven weeks are around an elasticity', () => {
  test('is what they differ by over what chance would make, as few parameters allow', () => {
    // 5, 5 and 10 expected: (4^2 + 4^2 + 0) / 20, times 3 weeks over 3 less 2.
    expect(unevennessAround([week(1, 1), week(1, 9), week(2, 10)], 1)).toBeCloseTo((32 / 20) * 3, 12);
  });

  test('is never less than chance, and chance where too few weeks or no items say more', () => {
    expect(unevennessAround([week(1, 5), week(1, 5), week(2, 10)], 1)).toBe(1);
    expect(unevennessAround([week(1, 1), week(1, 9)], 1)).toBe(1);
    expect(unevennessAround([week(1, 0), week(1, 0), week(1, 0)], 1)).toBe(1);
  });
});

describe('over two hundred made-up years of a team', () => {
  type Random = ReturnType<typeof seededRandom>;
  const normal = (random: Random) =>
    Math.sqrt(-2 * Math.log(1 - uniform(random))) * Math.cos(2 * Math.PI * uniform(random));

  function poisson(random: Random, mean: number): number {
    let [count, left] = [-1, 1];
    while (left > Math.exp(-mean)) {
      left *= 1 - uniform(random);
      count += 1;
    }
    return count;
  }

  /** 52 weeks of some two people whose number drifts, half of the time by more than a factor of 1.7; half again as uneven as chance. */
  function year(seed: number, elasticity: number, perWeek: number): readonly WorkedOn[] {
    const random = seededRandom(`elasticity|${seed}`);
    const overdispersion = 1.5;
    let drift = 0;
    return range(52).map(() => {
      drift = 0.7 * drift + Math.sqrt(1 - 0.49) * normal(random);
      const people = Math.min(8, 2 * Math.exp(0.8 * drift));
      const mean = perWeek * people ** elasticity;
      const rate = 1 / (overdispersion - 1);
      return week(people, poisson(random, gammaQuantile(uniform(random), mean * rate, rate)));
    });
  }

  const isHeld = (weeks: readonly WorkedOn[], elasticity: number) => {
    const { mean } = told(weeks, 1.5);
    const [low, high] = told(weeks, Math.max(1.5, unevennessAround(weeks, mean))).interval90;
    return low <= elasticity && elasticity <= high;
  };

  // Both lie 1.25 deviations of the prior from its mean, and the interval leans to that: 90 of 100 hold only on average.
  test.each([
    { elasticity: 0.5, perWeek: 1.5 },
    { elasticity: 0.5, perWeek: 3 },
    { elasticity: 1, perWeek: 1.5 },
    { elasticity: 1, perWeek: 3 },
  ])(
    '$elasticity lies in the 90 % interval of 85 in 100 or more, at $perWeek items a week for one person',
    ({ elasticity, perWeek }) => {
      const held = range(200).filter((seed) => isHeld(year(seed, elasticity, perWeek), elasticity));
      expect(held.length).toBeGreaterThanOrEqual(170);
    },
  );

  test('teams as the prior has them lie in it nine times in ten', () => {
    const held = range(200).filter((seed) => {
      const own = prior.mean + prior.deviation * normal(seededRandom(`team|${seed}`));
      return isHeld(year(seed, own, 2), own);
    });
    expect(held.length).toBeGreaterThanOrEqual(170);
    expect(held.length).toBeLessThanOrEqual(192);
  });
});
