import { describe, expect, test } from 'vitest';
import { optionsOf } from '#risks/options.ts';
import type { Relief } from '#risks/relief.ts';
import type { SignalOption } from '#risks/signal.ts';
import { goal, support } from './worked-support.ts';

const option = (action: string, relief: ReturnType<SignalOption['relief']>): SignalOption => ({
  action,
  assumption: 'All goes well.',
  whoDecides: 'team',
  relief: () => relief,
});
const half: Relief = { kind: 'people', fte: [1, 1, 1] };

describe('options', () => {
  test('stand by what they are worth, the most first, and those of unknown worth last (METRICS 2.4)', () => {
    const options = optionsOf(goal, [
      option('Talk.', 'nobody measured it'),
      option('Halve it.', half),
      option('Drop 2 items.', { kind: 'scope', items: [2, 2] }),
      option('End it.', support),
    ]);
    expect(options.map(({ action }) => action)).toEqual(['End it.', 'Halve it.', 'Drop 2 items.', 'Talk.']);
    // That of the worked example: 31 % to between 52 and 73 %.
    expect(options[0]?.dP?.map((gain) => Number(gain.toFixed(2)))).toEqual([0.21, 0.42]);
    expect(options[3]).toEqual({
      action: 'Talk.',
      assumption: 'All goes well. What it is worth cannot be worked out: nobody measured it.',
      whoDecides: 'team',
    });
  });

  test('that are worth as much at least stand by how much more it may be', () => {
    const options = optionsOf(goal, [
      option('Perhaps a little.', { kind: 'pace', ratio: [1, 1.1] }),
      option('Perhaps much.', { kind: 'pace', ratio: [1, 1.5] }),
    ]);
    expect(options.map(({ dP }) => dP?.[0])).toEqual([0, 0]);
    expect(options.map(({ action }) => action)).toEqual(['Perhaps much.', 'Perhaps a little.']);
  });

  test('that free people say how much of their time is taken to go to the goal', () => {
    const [freed, dropped] = optionsOf(goal, [
      option('End it.', support),
      option('Drop 2 items.', { kind: 'scope', items: [2, 2] }),
    ]);
    expect(freed?.assumption).toBe('If 50-100 % of that time went to the goal. All goes well.');
    expect(dropped?.assumption).toBe('All goes well.');
  });

  test('use the range of the elasticity that the team’s own weeks gave, and say so', () => {
    const elasticity = { range: [0.6, 0.8], basis: 'own', weeks: 48 } as const;
    const [own] = optionsOf({ ...goal, elasticity }, [option('End it.', support)]);
    const [stated] = optionsOf(goal, [option('End it.', support)]);
    expect(own?.assumption).toBe('If 60-80 % of that time went to the goal. All goes well.');
    expect(own?.dP?.[0]).toBeGreaterThan(stated?.dP?.[0] ?? 1);
    expect(own?.dP?.[1]).toBeLessThan(stated?.dP?.[1] ?? 0);
  });

  test('that gain the goal days are worth the chance of a later date, and lose nothing by the weeks', () => {
    const [moved] = optionsOf(goal, [option('Move it.', { kind: 'later', days: [0, 28] })]);
    expect(moved?.dP?.[0]).toBe(0);
    expect(moved?.dP?.[1]).toBeGreaterThan(0.2);
  });

  test('of a goal of their own are worth what they are to that', () => {
    const near = { ...goal, model: { ...goal.model, open: 21 } };
    const drop: Relief = { kind: 'scope', items: [2, 2] };
    const [own] = optionsOf(goal, [{ ...option('Drop.', drop), goal: near }]);
    expect(own?.dP).toEqual(optionsOf(near, [option('Drop.', drop)])[0]?.dP);
    expect(own?.dP).not.toEqual(optionsOf(goal, [option('Drop.', drop)])[0]?.dP);
  });

  test('say why nothing is known where people are on the goal already, or nobody knows how many there are', () => {
    const why = (more: Partial<typeof goal>) =>
      optionsOf({ ...goal, ...more }, [option('End it.', support)])[0];
    expect(why({ elsewhere: 0 })?.assumption).toContain('whoever does it works on the goal already');
    expect(why({ people: 0 })?.assumption).toContain('too little is known of the work on the goal');
    expect(why({ people: 0 })).not.toHaveProperty('dP');
  });

  test('begin with another way to the same end, worth at least what it is likelier without any of the effort (WX-E2b)', () => {
    const way = (chance: number): SignalOption => ({
      ...option('Turn.', ''),
      relief: () => ({ kind: 'other_way', chance }),
      isFirst: true,
    });
    const [first, second] = optionsOf(goal, [
      option('Drop all.', { kind: 'scope', items: [24, 24] }),
      way(0.55),
    ]);
    // .55 for .31 as it is.
    expect(first).toMatchObject({
      action: 'Turn.',
      dP: [expect.closeTo(0.243, 3), expect.anything()],
      dPBound: '>',
    });
    expect(second?.dP?.[0]).toBeGreaterThan(0.6);
    expect(optionsOf(goal, [way(0.2)])[0]?.assumption).toContain('without that effort it is no likelier');
  });

  test('have no worth without a goal ahead', () => {
    expect(optionsOf(undefined, [option('End it.', support)])).toEqual([
      { action: 'End it.', assumption: 'All goes well.', whoDecides: 'team' },
    ]);
  });
});
