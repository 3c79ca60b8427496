import type { CalendarDay } from '#domain/calendar.ts';
import type { Decision } from '#domain/decision.ts';
import type { Decided, Impact, Reopening, Standing } from './risk.ts';

/**
 * How a raised risk stands: open, accepted, or being addressed, by the last decision about it.
 *
 * A decision holds to the end of its `until`. A risk that is still raised after that day is open again, whatever was
 * decided. An accepted one is open again before that, too, while it costs .10 more of the goal's chance than what was
 * accepted; when it costs less again, the acceptance holds again. To be addressed means that somebody is at it: growth
 * then takes nothing back.
 *
 * Costs are compared by the low end of `dP`, which is what raises a risk and decides the level: so much it costs at
 * least. The high end supposes the largest load and that all that is freed goes to the goal, and widens with every doubt
 * about either. A cost that could not be told when it was accepted was no part of what was accepted: .10 of it opens the
 * risk again. One that cannot be told today takes nothing back.
 *
 * Which risk it is goes by its id: one that was gone for a while and came back is the one that was decided about.
 *
 * METRICS 2.4. The decisions are those of the day, oldest first (`decisionsAsOf`). Acceptance makes nothing likelier:
 * an accepted risk counts as raised wherever that is asked.
 *
 * @example standingOf({ id: 'pay/silence', impact: {} }, [], '2026-01-23') // => { status: 'open' }
 * @example standingOf({ id: 'pay/silence', impact: { dP: [0.24, 0.5] } }, [{ escalation: 'e', risk: 'pay/silence', decision: 'accept', by: 'Ada', until: '2026-03-20', statement: 'We accept 31 %.', told: { day: '2026-01-09', dP: [0.1, 0.3] } }], '2026-01-23').reopened
 *   // => { because: 'costs_more', dP: 0.14 }
 * @example standingOf({ id: 'pay/silence', impact: {} }, [{ escalation: 'e', risk: 'pay/silence', decision: 'address', by: 'Ada', until: '2026-01-23', told: { day: '2026-01-09' } }], '2026-01-23').status
 *   // => 'addressed'
 */
export function standingOf(
  { id, impact }: { readonly id: string; readonly impact: Impact },
  decisions: readonly Decision[],
  day: CalendarDay,
): Standing {
  const last = decisions.findLast(({ risk }) => risk === id);
  if (last === undefined) return { status: 'open' };
  const decision = decided(last);
  const reopened = reopening(last, impact, day);
  if (reopened !== undefined) return { status: 'open', decision, reopened };
  return { status: last.decision === 'accept' ? 'accepted' : 'addressed', decision };
}

/** What a decision says in a report. */
function decided({ escalation, decision, by, until, statement, note, told }: Decision): Decided {
  const { day: asOf, goal, dP } = told;
  return {
    escalation,
    decision,
    by,
    until,
    ...(statement === undefined ? {} : { statement }),
    ...(note === undefined ? {} : { note }),
    asOf,
    ...(goal === undefined ? {} : { chance: goal.chance }),
    ...(dP === undefined ? {} : { dP }),
  };
}

function reopening(
  { decision, until, told }: Decision,
  { dP }: Impact,
  day: CalendarDay,
): Reopening | undefined {
  if (day > until) return { because: decision === 'accept' ? 'until_passed' : 'still_raised' };
  if (decision !== 'accept' || dP === undefined) return undefined;
  const more = dP[0] - (told.dP?.[0] ?? 0);
  // A tenth made by subtraction is a tenth.
  return more >= MUCH_MORE - 1e-9 ? { because: 'costs_more', dP: more } : undefined;
}

const MUCH_MORE = 0.1;
