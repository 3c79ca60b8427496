import { describe, expect, test } from 'vitest';
import { countBy, defaultGuard, noGuard, observe } from '#statistics/risk-set.ts';

const always = () => true;
const never = () => false;
const watched = (...spans: readonly (readonly [number, number])[]) =>
  Object.freeze(spans.map(([entry, exit]) => Object.freeze({ entry, exit })));

describe('risk set', () => {
  test('counts who leaves at a time, and not yet who enters at it', () => {
    const observed = observe(watched([0, 6], [6, 9], [0, 4]), always, noGuard);
    if (observed.kind === 'insufficient') throw new Error('expected an observation');
    // At 4 both early ones; at 6 only the first, the second enters; just after 6 only the second.
    expect([4, 6, 6.5, 9, 9.5].map(observed.atRisk)).toEqual([2, 1, 1, 1, 0]);
  });

  test('leaves out what was never at risk', () => {
    const observed = observe(watched([0, 0], [5, 5], [0, 3]), always, noGuard);
    expect(observed).toMatchObject({ kind: 'observed', eventTimes: [3], maxObserved: 3 });
  });

  test('nothing at risk is not enough, even without a guard', () => {
    const nothing = { kind: 'insufficient', have: 0, need: 1 };
    expect(observe([], always, noGuard)).toMatchObject(nothing);
    expect(observe(watched([3, 3]), always, noGuard)).toMatchObject(nothing);
  });
});

describe('guard', () => {
  test('four at risk at the first event are refused, five are not', () => {
    const four = watched([0, 2], [0, 3], [0, 4], [0, 5], [2, 9]);
    // The fifth enters at 2, when the first one leaves.
    expect(observe(four, always, defaultGuard)).toMatchObject({ kind: 'insufficient', have: 4, need: 5 });
    const five = watched([0, 2], [0, 3], [0, 4], [0, 5], [1, 9]);
    expect(observe(five, always, defaultGuard).kind).toBe('observed');
  });

  test('the data carry as far as three are left', () => {
    // After 2: four left; after 3: three; after 4: two, so nothing may be said beyond 4.
    const observed = observe(watched([0, 2], [0, 3], [0, 4], [0, 5], [0, 9]), always, defaultGuard);
    expect(observed).toMatchObject({ supportedUntil: 4, maxObserved: 9, eventTimes: [2, 3, 4] });
  });

  test('late entries carry the data further', () => {
    const observed = observe(
      watched([0, 2], [0, 3], [0, 4], [0, 5], [0, 9], [3, 8], [3, 9]),
      always,
      defaultGuard,
    );
    // After 5 there remain those until 8, 9 and 9; after 8 only two.
    expect(observed).toMatchObject({ supportedUntil: 8 });
  });

  test('a gap with nobody under observation ends the curve before it', () => {
    const early = [2, 3, 4, 5, 5, 5].map((exit) => [0, exit] as const);
    const late = [11, 12, 13, 14].map((exit) => [10, exit] as const);
    expect(observe(watched(...early, ...late), always, defaultGuard)).toMatchObject({ supportedUntil: 5 });
  });

  test('where nothing has ended yet, the size of the sample decides', () => {
    expect(observe(watched([0, 2], [0, 3], [0, 4], [0, 5]), never, defaultGuard)).toMatchObject({
      have: 4,
      need: 5,
    });
    const five = watched([0, 2], [0, 3], [0, 4], [0, 5], [0, 6]);
    expect(observe(five, never, defaultGuard)).toMatchObject({ eventTimes: [], supportedUntil: 4 });
  });

  test('without a guard the data carry as far as anyone was watched', () => {
    expect(observe(watched([0, 2], [0, 9]), always, noGuard)).toMatchObject({ supportedUntil: 9 });
  });
});

test('counting by a number keeps ties together', () => {
  expect([...countBy([5, 3, 5], (value) => value)]).toEqual([
    [5, 2],
    [3, 1],
  ]);
});
