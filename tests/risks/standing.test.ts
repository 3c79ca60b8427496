import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf } from '#domain/calendar.ts';
import { type Decision, decisionsAsOf, type ToldRisk } from '#domain/decision.ts';
import { assessRisks } from '#risks/assess.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import type { Impact, RiskKind } from '#risks/risk.ts';
import type { Detector } from '#risks/signal.ts';
import { standingOf } from '#risks/standing.ts';
import { decision, told } from '#tests/builders/decision.ts';
import { frozen } from '#tests/builders/frozen.ts';
import { day, epicWith, goal } from '#tests/builders/goal.ts';
import { supportSignal } from '#tests/builders/signal.ts';
import { team, view } from '#tests/builders/team.ts';

const DAY = '2026-01-23';

/** How the risk stands while relief of it is worth so much. */
function standing(dP: Impact['dP'] | undefined, decisions: readonly Decision[], on = DAY) {
  const impact = dP === undefined ? {} : { dP };
  return standingOf(
    frozen({ id: 'payments/support_load', kind: 'support_load', impact }),
    frozen(decisions),
    day(on),
  );
}

/** How a risk without a gain to count stands: the chance and the date of its goal, and what it costs in weeks. */
function withoutGain(
  { chance, due = '2026-03-20', weeks, kind = 'unrealistic_goal', isItsOwn = false }: Today,
  decisions: readonly Decision[],
  on = DAY,
) {
  const risk = {
    id: 'payments/support_load',
    kind,
    impact: weeks === undefined ? {} : { weeks },
    goal: { due: day(due), isItsOwn, ...(chance === undefined ? {} : { chance }) },
  };
  return standingOf(frozen(risk), frozen(decisions), day(on));
}

interface Today {
  readonly chance?: number;
  readonly due?: string;
  readonly weeks?: Impact['weeks'];
  readonly kind?: RiskKind;
  readonly isItsOwn?: boolean;
}

describe('a risk that was accepted', () => {
  test('says by whom, until when, and in which numbers', () => {
    expect(standing([0.1, 0.3], [decision({ note: 'until the hire' })])).toEqual({
      status: 'accepted',
      decision: {
        escalation: 'e-1',
        decision: 'accept',
        by: 'Ada',
        until: '2026-03-20',
        statement: 'We accept 31 % for Fri 20 March 2026.',
        note: 'until the hire',
        asOf: '2026-01-09',
        chance: 0.31,
        due: '2026-03-20',
        dP: [0.1, 0.3],
      },
    });
  });

  test('is open again once it costs a tenth more at the low end, and says how much more', () => {
    const now = (low: number) => standing([low, 0.9], [decision()]);
    expect(now(0.1999).status).toBe('accepted');
    // .1 + .1 is .2, and .2 - .1 is .1, but .3 - .2 is less in binary.
    expect(now(0.2)).toMatchObject({
      status: 'open',
      reopened: { because: 'costs_more', dP: expect.closeTo(0.1, 12) },
    });
    expect(standing([0.3, 0.9], [decision({ told: told({ dP: [0.2, 0.4] }) })]).status).toBe('open');
    expect(now(0.24)).toMatchObject({
      decision: { by: 'Ada' },
      reopened: { dP: expect.closeTo(0.14, 12) },
    });
  });

  test('stays accepted however much the high end grows', () => {
    expect(standing([0.1, 0.9], [decision()]).status).toBe('accepted');
  });

  test('is accepted again while it costs less again', () => {
    const costs = [0.1, 0.25, 0.15].map((low) => standing([low, 0.9], [decision()]).status);
    expect(costs).toEqual(['accepted', 'open', 'accepted']);
  });

  test('at a cost nobody could tell is open again when a tenth of it is told', () => {
    const unknown = decision({ told: told({ dP: 'unknown' }) });
    const costs = [undefined, 0.0999, 0.1] as const;
    expect(costs.map((low) => standing(low && [low, 0.5], [unknown]).status)).toEqual([
      'accepted',
      'accepted',
      'open',
    ]);
  });

  test('stays accepted when its cost cannot be told any more', () => {
    expect(standing(undefined, [decision()]).status).toBe('accepted');
  });

  test('is so to the end of the last day, and open from the next one on', () => {
    expect(standing([0.1, 0.3], [decision()], '2026-03-20').status).toBe('accepted');
    expect(standing([0.1, 0.3], [decision()], '2026-03-21')).toMatchObject({
      status: 'open',
      decision: { until: '2026-03-20' },
      reopened: { because: 'until_passed' },
    });
  });
});

describe('a goal that was accepted', () => {
  const untold = (changes: Partial<ToldRisk> = {}) => told({ dP: 'unknown', ...changes });
  const accepted = decision({ told: untold({ weeks: [1.3, 2.7] }) });
  const until = (last: string, of = accepted) => [{ ...of, until: day(last) }];

  test('is open again once it is a tenth less likely, and says by how much', () => {
    // .31 were accepted; .31 - .21 is less than .1 in binary.
    expect(withoutGain({ chance: 0.2101 }, [accepted]).status).toBe('accepted');
    expect(withoutGain({ chance: 0.21 }, [accepted])).toMatchObject({
      status: 'open',
      decision: { chance: 0.31, due: '2026-03-20', weeks: [1.3, 2.7] },
      reopened: { because: 'less_likely', chance: expect.closeTo(0.1, 12) },
    });
    expect(withoutGain({}, [accepted]).status).toBe('accepted');
  });

  test('is open again once it is a week later at the low end, where its chance cannot fall by as much', () => {
    const told5 = untold({ goal: { chance: 0.1, due: day('2026-03-20') }, weeks: [1.3, 2.7] });
    const now = (low: number) => withoutGain({ chance: 0.05, weeks: [low, 50] }, [decision({ told: told5 })]);
    expect(now(2.2999).status).toBe('accepted');
    expect(now(2.3)).toMatchObject({ reopened: { because: 'later', weeks: expect.closeTo(1, 12) } });
  });

  test('says nothing by weeks that were not told then, nor by how long an answer was waited for', () => {
    expect(withoutGain({ weeks: [20, 30] }, [decision({ told: untold() })]).status).toBe('accepted');
    const withGain = decision({ told: told({ weeks: [1, 2] }) });
    expect(withoutGain({ weeks: [20, 30] }, [withGain]).status).toBe('accepted');
    const asked = withoutGain({ weeks: [20, 30], kind: 'unanswered_asks' }, [accepted]);
    expect(asked.status).toBe('accepted');
  });

  test('is held against the gain and nothing else where one is told', () => {
    const goal = { due: day('2026-03-20'), chance: 0.05, isItsOwn: false };
    const risk = { id: 'payments/support_load', kind: 'support_load' } as const;
    const impact = { dP: [0.1, 0.3], weeks: [20, 30] } as const;
    expect(standingOf({ ...risk, impact, goal }, [accepted], day(DAY)).status).toBe('open');
    expect(standingOf({ ...risk, impact, goal }, [decision()], day(DAY)).status).toBe('accepted');
  });

  test('is so to the end of its date, and open from the next day on, whatever was decided until when', () => {
    expect(withoutGain({}, until('9999-12-31'), '2026-03-20').status).toBe('accepted');
    expect(withoutGain({}, until('9999-12-31'), '2026-03-21')).toMatchObject({
      status: 'open',
      reopened: { because: 'goal_passed', due: '2026-03-20' },
    });
    expect(standing([0.1, 0.3], until('9999-12-31', decision()), '2026-03-21')).toMatchObject({
      reopened: { because: 'goal_passed' },
    });
  });

  test('is open again while it has another date, sooner or later', () => {
    for (const due of ['2026-03-19', '2026-03-21']) {
      expect(withoutGain({ chance: 0.31, due }, [accepted])).toMatchObject({
        status: 'open',
        reopened: { because: 'goal_moved', due },
      });
    }
  });

  test('of its own date, without a chance that was told, is open again when that passes and holds where it had', () => {
    const { goal: _goal, ...rest } = untold();
    const other = until('9999-12-31', decision({ told: rest }));
    const due = '2026-02-10';
    expect(withoutGain({ due, isItsOwn: true }, other, '2026-02-10').status).toBe('accepted');
    expect(withoutGain({ due, isItsOwn: true }, other, '2026-02-11')).toMatchObject({
      reopened: { because: 'goal_passed', due },
    });
    // It was not about that goal, or was missed when it was accepted on 9 January.
    expect(withoutGain({ due }, other, '2026-02-11').status).toBe('accepted');
    expect(withoutGain({ due: '2026-01-08', isItsOwn: true }, other).status).toBe('accepted');
  });

  test('to be addressed is not open again for any of that', () => {
    const { statement: _, ...addressed } = decision({ decision: 'address', told: untold() });
    const worse = withoutGain({ chance: 0.05, due: '2026-04-01' }, [addressed]);
    expect(worse.status).toBe('addressed');
  });
});

describe('a risk that is to be addressed', () => {
  const { statement: _, ...addressed } = decision({ decision: 'address' });

  test('is so until its day whatever it costs, and is open again when it is raised after that', () => {
    expect(standing([0.9, 0.9], [addressed], '2026-03-20')).toMatchObject({
      status: 'addressed',
      decision: { decision: 'address', by: 'Ada' },
    });
    expect(standing([0.1, 0.3], [addressed], '2026-03-21')).toMatchObject({
      status: 'open',
      reopened: { because: 'still_raised' },
    });
  });
});

describe('of decisions', () => {
  test('those of other risks do not matter', () => {
    expect(standing([0.1, 0.3], [decision({ risk: 'payments/support' })])).toEqual({ status: 'open' });
    expect(standing([0.1, 0.3], [])).toEqual({ status: 'open' });
  });

  test('the last one holds, also where an earlier one would hold for longer', () => {
    const later = decision({
      escalation: 'e-2',
      decision: 'address',
      until: day('2026-01-22'),
      recordedAt: Date.UTC(2026, 0, 12),
    });
    const inOrder = decisionsAsOf([later, decision()], Date.UTC(2026, 0, 24));
    expect(inOrder.map(({ escalation }) => escalation)).toEqual(['e-1', 'e-2']);
    expect(standing([0.1, 0.3], inOrder)).toMatchObject({ reopened: { because: 'still_raised' } });
    expect(standing([0.1, 0.3], inOrder, '2026-01-22').status).toBe('addressed');
  });

  test('neither the order in which they are read nor what was decided later changes how a risk stands', () => {
    const some = fc.uniqueArray(
      fc.record({
        escalation: fc.string({ minLength: 1, maxLength: 3 }),
        recordedAt: fc.integer({ min: 0, max: 20 }),
        decision: fc.constantFrom('accept' as const, 'address' as const),
        until: fc.constantFrom(day('2026-01-22'), day('2026-01-23'), day('2026-03-20')),
      }),
      { selector: ({ escalation }) => escalation },
    );
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 1, noNaN: true }), (changes, low) => {
        const all = changes.map(decision);
        const known = all.filter(({ recordedAt }) => recordedAt < 10);
        const stands = (of: readonly Decision[]) => standing([low, 1], decisionsAsOf(of, 10));
        expect(stands(all)).toEqual(stands(known));
        expect(stands(all.toReversed())).toEqual(stands(all));
      }),
    );
  });

  test('two of one millisecond are read in one order by everybody', () => {
    const other = decision({ escalation: 'e-0' });
    for (const some of [
      [decision(), other],
      [other, decision()],
    ]) {
      expect(decisionsAsOf(some, Date.UTC(2026, 1, 1)).map(({ escalation }) => escalation)).toEqual([
        'e-0',
        'e-1',
      ]);
    }
  });
});

describe('as of a day', () => {
  const support = supportSignal({ relief: { kind: 'pace', ratio: [1.5, 2] } });
  const zone = 'America/Los_Angeles';
  const always: Detector = () => [support];
  const ACCEPTED_GOAL = { chance: 0.31, due: day('2026-02-08') };

  function assessed(on: string, decisions: readonly Decision[], detector = always) {
    const of = team({ goals: [goal('2026-02-08')], timezone: zone });
    return assessRisks(
      view(of, on, epicWith('PAY-1', { open: 30 })),
      { detectors: [detector], goalAhead },
      decisions,
    );
  }
  const [before] = assessed('2025-11-30', []).risks;
  /** What it costs that day is what was accepted. */
  const accepted = (recordedAt: number, until = '2026-02-08') =>
    decision({
      recordedAt,
      until: day(until),
      told: { ...told(), goal: ACCEPTED_GOAL, dP: before?.impact.dP ?? [0, 0] },
    });

  test('a decision of the last instant of the day counts, and one of the first instant after it does not', () => {
    const end = endOf(day('2025-11-30'), zone);
    const statuses = [end - 1, end].map((at) => assessed('2025-11-30', [accepted(at)]).risks[0]?.status);
    expect(statuses).toEqual(['accepted', 'open']);
  });

  test('an accepted risk counts as raised: the level and what all would be worth stay as they were', () => {
    const open = assessed('2025-11-30', []);
    const held = assessed('2025-11-30', [accepted(0)]);
    expect(held.risks[0]?.status).toBe('accepted');
    expect(held.level).toEqual(open.level);
    expect(held.level.level).toBe('not_set_up');
    expect(held.risks.map(({ status: _s, decision: _d, ...risk }) => risk)).toEqual(
      open.risks.map(({ status: _s, ...risk }) => risk),
    );
  });

  test('a risk that was gone and came back is the one that was decided about', () => {
    const decisions = [
      decision({
        told: told({ goal: ACCEPTED_GOAL, dP: [0.9, 0.9] }),
        recordedAt: Date.UTC(2025, 10, 12),
      }),
    ];
    const gone: Detector = ({ day: on }) => (on >= '2025-11-16' && on <= '2025-11-23' ? [] : [support]);
    const on = (of: string) => assessed(of, decisions, gone).risks.map(({ status }) => status);
    expect(['2025-11-14', '2025-11-20', '2025-11-30'].map(on)).toEqual([['accepted'], [], ['accepted']]);
  });
});
