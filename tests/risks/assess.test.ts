import { describe, expect, test } from 'vitest';
import { assessRisks, type RiskAssessment } from '#risks/assess.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import type { Detector, Signal } from '#risks/signal.ts';
import { epicWith, goal } from '#tests/builders/goal.ts';
import { supportSignal } from '#tests/builders/signal.ts';
import { team, view } from '#tests/builders/team.ts';

const support = supportSignal({
  relief: { kind: 'pace', ratio: [1.5, 2] },
  options: [
    {
      action: 'Staff customer support elsewhere.',
      assumption: 'The time goes to the goal.',
      whoDecides: 'leadership',
      relief: () => ({ kind: 'pace', ratio: [1.5, 2] }),
    },
    {
      action: 'Rotate it.',
      assumption: 'Somebody can.',
      whoDecides: 'team',
      relief: () => 'nobody measured it',
    },
  ],
});
const silence: Signal = { ...support, kind: 'silence', statement: 'Nobody said how it goes.', options: [] };

/** 30 items left of an epic of which 2 a week are finished, due in so many weeks from 30 November 2025. */
function assessed(due: string | undefined, detectors: readonly Detector[]): RiskAssessment {
  const goals = due === undefined ? {} : { goals: [goal(due)] };
  return assessRisks(view(team(goals), '2025-11-30', epicWith('PAY-1', { open: 30 })), {
    detectors,
    goalAhead,
  });
}

const always =
  (signal: Signal): Detector =>
  () => [signal];

describe('an assessment', () => {
  test('raises what is real, matters and lasts, with what accepting it means in the goal’s own numbers', () => {
    const { risks } = assessed('2026-02-08', [always(support)]);
    expect(risks).toHaveLength(1);
    expect(risks[0]).toMatchObject({
      id: 'payments/support_load',
      status: 'open',
      firstSeen: expect.stringMatching(/^2025-/),
      impact: { milestone: 'checkout' },
    });
    expect(risks[0]?.persistedWeeks).toBeGreaterThan(2);
    expect(risks[0]?.acceptMeans).toMatch(
      /^\d+ items by 8 February 2026 are safe to promise \(85 %\)(?: if done before what else comes in)?; all 30(?:, and what comes in until then,)? land around .+ \(50 %\), and .+\. What is accepted is \d+ %(?: or less)? for 8 February 2026\.$/,
    );
    expect(risks[0]?.options.map(({ dP }) => dP !== undefined)).toEqual([true, false]);
  });

  test('of a goal at poor odds asks who frees nobody about the day alone', () => {
    const asked: string[] = [];
    const costly: Detector = (seen) => {
      asked.push(seen.day);
      return [];
    };
    const goals = [goal('2026-02-08')];
    const { level } = assessRisks(view(team({ goals }), '2025-11-26', epicWith('PAY-1', { open: 30 })), {
      detectors: [costly, always(support)],
      withoutRelief: [costly],
      goalAhead,
    });
    expect([level.level, asked]).toEqual(['not_set_up', ['2025-11-26']]);
  });

  test('of a goal at poor odds whose only drain was guessed from names of components calls it suspected', () => {
    const { level, risks } = assessed('2026-02-08', [always({ ...support, isGuess: true })]);
    expect(risks).toHaveLength(1);
    expect(level.level).toBe('goal_unrealistic');
    expect(level.clause).toMatch(/; a drain is suspected that only names of components tell$/);
    const other = always({
      ...silence,
      relief: { kind: 'pace', ratio: [1.02, 1.05] },
      cost: { fte: [1, 1] },
    });
    const both = assessed('2026-02-08', [always({ ...support, isGuess: true }), other]);
    expect([both.level.level, both.risks.length]).toEqual(['goal_unrealistic', 2]);
  });

  test('of a goal at poor odds that relief would lift by a fifth says that the team is not set up for it', () => {
    const { level, risks } = assessed('2026-02-08', [always(support)]);
    expect(risks[0]?.impact.dP?.[0]).toBeGreaterThan(0.2);
    expect(level).toMatchObject({ level: 'not_set_up', clause: expect.stringMatching(/^2: /) });
  });

  test('of the same goal with nothing to relieve calls the goal unrealistic', () => {
    expect(assessed('2026-02-08', []).level.level).toBe('goal_unrealistic');
  });

  test('of a goal whose date has passed with items left does so, too', () => {
    expect(assessed('2025-11-16', []).level).toMatchObject({ level: 'goal_unrealistic' });
  });

  test('of a goal that was done before its date, which is over, asks for the next one', () => {
    const done = epicWith('PAY-1', { open: 0 });
    const level = (due: string) =>
      assessRisks(view(team({ goals: [goal(due)] }), '2025-11-30', done), { detectors: [], goalAhead }).level
        .level;
    expect(level('2025-11-23')).toBe('unknown');
    expect(level('2025-12-24')).not.toBe('unknown');
  });

  test('without a goal knows no level, states no cost and raises nothing for it', () => {
    const { level, risks, together } = assessed(undefined, [always(support)]);
    expect(level.level).toBe('unknown');
    expect(risks).toEqual([]);
    expect(together).toBeUndefined();
  });

  test('works out together nothing of one that is raised, which would be the same twice', () => {
    const { risks, together } = assessed('2026-02-08', [always(support)]);
    expect(risks).toHaveLength(1);
    expect(together).toBeUndefined();
  });

  test('puts first what is worth most to the goal, and works out together what acts together', () => {
    const small: Signal = { ...support, kind: 'incidents', relief: { kind: 'pace', ratio: [1.3, 1.4] } };
    const hidden: Signal = { ...silence, hidesCost: true };
    const { relief: _, ...unrelieved } = hidden;
    const { risks, together } = assessed('2026-02-08', [always(unrelieved), always(small), always(support)]);
    expect(risks.map(({ kind }) => kind)).toEqual(['support_load', 'incidents', 'silence']);
    const [first, second] = risks.map(({ impact }) => impact.dP?.[1] ?? 0);
    expect(together?.dP?.[1]).toBeGreaterThanOrEqual(first ?? 0);
    expect(together?.dP?.[1]).toBeLessThan((first ?? 0) + (second ?? 0));
    // Of two, each has the mean of what it adds alone and what it adds to the other: the parts add up, in that order.
    const partOf = (one: number, another: number, end: 0 | 1): unknown => {
      const [all = 0, alone = 0, rest = 0] = [together, risks[one]?.impact, risks[another]?.impact].map(
        (impact) => impact?.dP?.[end],
      );
      return expect.closeTo((alone + all - rest) / 2, 12);
    };
    expect(together?.attribution).toEqual([
      { risk: risks[1]?.id, dP: [partOf(1, 0, 0), partOf(1, 0, 1)] },
      { risk: risks[0]?.id, dP: [partOf(0, 1, 0), partOf(0, 1, 1)] },
    ]);
  });

  test('keeps a level that one evaluation alone contradicts', () => {
    // Seen on every Monday, but not today.
    const gone: Detector = ({ day }) => (day === '2025-11-30' ? [] : [support]);
    const { level } = assessed('2026-02-08', [gone]);
    expect(level.level).toBe('not_set_up');
    expect(level.clause).toContain(', as found on Sun 23 November 2025; today alone it would be 3:');
    expect(level.held).toEqual({ foundOn: '2025-11-23', today: 'goal_unrealistic' });
  });

  describe('holds a level by evaluations a week apart', () => {
    /** Gone on some days; 23 and 30 November 2025 are Sundays, at whose end Monday begins. */
    const levelOn = (day: string, ...gone: readonly string[]) =>
      assessRisks(view(team({ goals: [goal('2026-02-08')] }), day, epicWith('PAY-1', { open: 30 })), {
        detectors: [(seen) => (gone.includes(seen.day) ? [] : [support])],
        goalAhead,
      }).level.level;

    test('so that Sunday and Monday, a day apart, are not two of them', () => {
      expect(levelOn('2025-11-24', '2025-11-23', '2025-11-24')).toBe('not_set_up');
    });

    test('which change it on the second Sunday in a row, and not on the days between', () => {
      const gone = ['2025-11-16', '2025-11-17', '2025-11-22', '2025-11-23', '2025-11-24'];
      const on = (day: string) => levelOn(day, ...gone);
      expect(gone.map(on)).toEqual([
        'not_set_up',
        'not_set_up',
        'not_set_up',
        'goal_unrealistic',
        'goal_unrealistic',
      ]);
      // Back on one day: not before two Sundays have found it so.
      expect(on('2025-11-25')).toBe('goal_unrealistic');
    });
  });

  test('is highly sure of no cost that was read from forecasts nobody could check yet', () => {
    const known: Signal = {
      ...support,
      kind: 'incidents',
      cost: { fte: [1, 1] },
      note: 'Research disagrees.',
    };
    const { relief: _, ...costed } = known;
    const [lifts, takes] = assessed('2026-02-08', [always(support), always(costed)]).risks;
    expect(lifts?.confidence).toEqual({ level: 'medium', reasons: ['model uncalibrated for this team'] });
    expect(takes).toMatchObject({
      impact: { fte: [1, 1] },
      confidence: { level: 'high', reasons: [] },
      note: 'Research disagrees.',
    });
  });

  test('gives the same bytes twice', () => {
    const once = JSON.stringify(assessed('2026-02-08', [always(support)]));
    expect(JSON.stringify(assessed('2026-02-08', [always(support)]))).toBe(once);
  });
});
