import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verdictOn } from '#forecast/track-record.ts';
import { type Circumstances, levelOf } from '#risks/level.ts';

const calm: Circumstances = {
  raised: [],
  suspected: [],
  serviceLevelAlert: false,
  earlyFailure: false,
  calibration: 'consistent',
};
const clauseOf = (given: Partial<Circumstances>) => levelOf({ ...calm, ...given }).clause.charAt(0);

describe('the worked examples of the headline', () => {
  test('a goal at 31 % that the relief of support lifts by 21 to 42 points: not set up for success (WX-HEAD-1)', () => {
    const found = levelOf({ ...calm, chance: 0.31, raised: [{ id: 'support', dP: [0.21, 0.42] }] });
    expect(found).toEqual({
      level: 'not_set_up',
      clause: '2: P = 31 % is below 50 % and relief of a raised risk lifts it by at least 20 %',
    });
  });

  test('the same where 30 % is called realistic: at risk, by the cut point of the organisation', () => {
    const given = { ...calm, chance: 0.31, raised: [{ id: 'support', dP: [0.21, 0.42] as const }] };
    expect(levelOf(given, { realistic: 0.3, safe: 0.9 })).toEqual({
      level: 'at_risk',
      clause: '4: P = 31 % is below 90 %, 1 raised risk',
    });
  });

  test('the same with 15 to 42 points: the goal is unrealistic as stated (WX-HEAD-1b)', () => {
    const found = levelOf({ ...calm, chance: 0.31, raised: [{ id: 'support', dP: [0.15, 0.42] }] });
    expect(found.level).toBe('goal_unrealistic');
  });

  test('86 %, calibrated, one raised risk worth 5 points, or of a cost that nobody can tell: at risk (WX-HEAD-1c)', () => {
    for (const one of [{ id: 'sprawl', dP: [0.05, 0.05] as const }, { id: 'unclear_goal' }]) {
      expect(levelOf({ ...calm, chance: 0.86, raised: [one] })).toEqual({
        level: 'at_risk',
        clause: '4: 1 raised risk',
      });
    }
  });

  test('31 %, all drains together worth 8 points: the goal is unrealistic as stated (WX-HEAD-2)', () => {
    const raised = [{ id: 'support', dP: [0.03, 0.05] as const }];
    expect(levelOf({ ...calm, chance: 0.31, raised, together: [0.08, 0.08] }).level).toBe('goal_unrealistic');
  });

  test('86 %, nothing raised, six resolved forecasts: on track, unproven (WX-HEAD-3)', () => {
    const { verdict: calibration } = verdictOn(6, 6);
    expect(levelOf({ ...calm, chance: 0.86, calibration }).level).toBe('on_track_unproven');
  });

  test('no dated goal: unknown, which is not good (WX-HEAD-4)', () => {
    expect(levelOf(calm).level).toBe('unknown');
  });
});

describe('a level', () => {
  test('is good only when the chance is, nothing is raised and the forecasts kept their word', () => {
    expect(levelOf({ ...calm, chance: 0.8 }).level).toBe('set_up');
    expect(clauseOf({ chance: 0.79 })).toBe('4');
    expect(clauseOf({ chance: 0.9, serviceLevelAlert: true })).toBe('4');
    expect(clauseOf({ chance: 0.9, earlyFailure: true })).toBe('4');
    expect(clauseOf({ chance: 0.9, calibration: 'over_confident' })).toBe('5');
    expect(clauseOf({ chance: 0.9, calibration: 'under_confident' })).toBe('6');
  });

  test('counts drains that are small alone and large together', () => {
    const raised = [
      { id: 'support', dP: [0.12, 0.2] as const },
      { id: 'incidents', dP: [0.11, 0.2] as const },
    ];
    expect(levelOf({ ...calm, chance: 0.4, raised, together: [0.22, 0.4] }).clause).toContain('together');
  });

  test('names a raised risk that was only guessed, without deciding by it', () => {
    const found = levelOf({
      ...calm,
      chance: 0.4,
      raised: [{ id: 'support', dP: [0.21, 0.42] }],
      relievable: [],
      guessed: [[0.21, 0.42]],
    });
    expect(found).toEqual({
      level: 'goal_unrealistic',
      clause:
        '3: P = 40 % is below 50 % and no raised risk lifts it by at least 20 %; a drain is suspected that only names of components tell',
    });
  });

  test('names a drain that is suspected, without deciding by it', () => {
    const found = levelOf({ ...calm, chance: 0.4, suspected: [[0.05, 0.25]] });
    expect(found).toEqual({
      level: 'goal_unrealistic',
      clause:
        '3: P = 40 % is below 50 % and no raised risk lifts it by at least 20 %; a drain is suspected that is not raised yet',
    });
  });

  test('never says that a chance is below what it is rounded to', () => {
    const clause = (chance: number) => levelOf({ ...calm, chance }).clause;
    expect(clause(0.7951)).toBe('4: P = 79.5 % is below 80 %');
    expect(clause(0.79999)).toBe('4: P = 79.9 % is below 80 %');
    expect(clause(0.4999)).toBe('3: P = 49.9 % is below 50 % and no raised risk lifts it by at least 20 %');
    expect(clause(0.03)).toBe('3: P < 5 % is below 50 % and no raised risk lifts it by at least 20 %');
    expect(clause(0.81)).toMatch(/^6: P = 81 % is 80 % or more, nothing raised/);
  });

  test('says that a date has passed, and tells no chance of it', () => {
    expect(levelOf({ ...calm, chance: 0, datePassed: true }).clause).toBe(
      '3: the date has passed with work left, and no raised risk lifts it by at least 20 %',
    );
  });

  test('is always one of six, each with the number of its rule', () => {
    const range = fc.tuple(
      fc.double({ min: -0.2, max: 1, noNaN: true }),
      fc.double({ min: -0.2, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
        fc.array(range, { maxLength: 3 }),
        fc.boolean(),
        fc.constantFrom('consistent' as const, 'over_confident' as const, 'insufficient' as const),
        (chance, lifts, alert, calibration) => {
          const { level, clause } = levelOf({
            ...calm,
            ...(chance === undefined ? {} : { chance }),
            raised: lifts.map((dP, i) => ({ id: String(i), dP })),
            serviceLevelAlert: alert,
            calibration,
          });
          const order = [
            'unknown',
            'not_set_up',
            'goal_unrealistic',
            'at_risk',
            'on_track_unproven',
            'set_up',
          ];
          expect(order.indexOf(level)).toBe(Number(clause.charAt(0)) - 1);
          expect(level === 'set_up' && lifts.length > 0).toBe(false);
        },
      ),
    );
  });
});
