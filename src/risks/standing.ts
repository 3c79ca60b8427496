import type { CalendarDay } from '#domain/calendar.ts';
import type { Decision, ToldRisk } from '#domain/decision.ts';
import type { GoalToday } from './goal-today.ts';
import type { Decided, Reopening, Risk, Standing } from './risk.ts';

/**
 * How a raised risk stands: open, accepted, or being addressed, by the last decision about it.
 *
 * A decision holds to the end of its `until`. A risk that is still raised after that day is open again, whatever was
 * decided. An accepted one is open again before that, too: after the date of the goal that it was accepted for, while
 * that goal has another date, and while it costs more than what was accepted; when it costs less again, the acceptance
 * holds again. To be addressed means that somebody is at it: growth then takes nothing back.
 *
 * It costs more by .10 more of the goal's chance; where no gain in chance can be told, as of a goal out of reach, once
 * that chance itself has fallen by .10, or its weeks have grown by one. So much is what raises a risk, too. Gains and weeks
 * are compared by their low ends, which raise a risk and decide the level: so much it costs at least. The high end
 * supposes the largest load and that all that is freed goes to the goal, and widens with every doubt about either. A gain
 * that could not be told when it was accepted was no part of what was accepted: .10 of it opens the risk again. What
 * cannot be told today takes nothing back. Nor do the weeks that an answer was waited for: they grow by waiting alone.
 *
 * Which risk it is goes by its id: one that was gone for a while and came back is the one that was decided about.
 *
 * METRICS 2.4. The decisions are those of the day, oldest first (`decisionsAsOf`). Acceptance makes nothing likelier:
 * an accepted risk counts as raised wherever that is asked.
 *
 * @example standingOf({ id: 'pay/silence', kind: 'silence', impact: {} }, [], '2026-01-23') // => { status: 'open' }
 * @example standingOf({ id: 'pay/silence', kind: 'silence', impact: { dP: [0.24, 0.5] } }, [{ escalation: 'e', risk: 'pay/silence', decision: 'accept', by: 'Ada', until: '2026-03-20', statement: 'We accept 31 %.', told: { day: '2026-01-09', dP: [0.1, 0.3] } }], '2026-01-23').reopened
 *   // => { because: 'costs_more', dP: 0.14 }
 * @example standingOf({ id: 'pay/silence', kind: 'silence', impact: {} }, [{ escalation: 'e', risk: 'pay/silence', decision: 'address', by: 'Ada', until: '2026-01-23', told: { day: '2026-01-09' } }], '2026-01-23').status
 *   // => 'addressed'
 */
export function standingOf(risk: Decidable, decisions: readonly Decision[], day: CalendarDay): Standing {
  const last = decisions.findLast(({ risk: about }) => about === risk.id);
  if (last === undefined) return { status: 'open' };
  const decision = decided(last);
  const reopened = reopening(last, risk, day);
  if (reopened !== undefined) return { status: 'open', decision, reopened };
  return { status: last.decision === 'accept' ? 'accepted' : 'addressed', decision };
}

/** As much of a raised risk as decides whether a decision about it holds. */
export type Decidable = Pick<Risk, 'id' | 'kind' | 'impact'> & { readonly goal?: GoalToday | undefined };

/** What a decision says in a report. */
function decided({ escalation, decision, by, until, statement, note, told }: Decision): Decided {
  const { day: asOf, goal, dP, weeks } = told;
  return {
    escalation,
    decision,
    by,
    until,
    ...(statement === undefined ? {} : { statement }),
    ...(note === undefined ? {} : { note }),
    asOf,
    ...goal,
    ...(dP === undefined ? {} : { dP }),
    ...(weeks === undefined ? {} : { weeks }),
  };
}

function reopening(
  { decision, until, told }: Decision,
  risk: Decidable,
  day: CalendarDay,
): Reopening | undefined {
  if (day > until) return { because: decision === 'accept' ? 'until_passed' : 'still_raised' };
  if (decision !== 'accept') return undefined;
  return byDate(told, risk, day) ?? (risk.impact.dP === undefined ? byGoal(told, risk) : byGain(told, risk));
}

function byDate(told: ToldRisk, { goal }: Decidable, day: CalendarDay): Reopening | undefined {
  const accepted = told.goal?.due ?? (goal?.isItsOwn ? goal.due : undefined);
  // What was missed already when it was accepted does not pass again.
  if (accepted === undefined || accepted < told.day) return undefined;
  if (day > accepted) return { because: 'goal_passed', due: accepted };
  return goal === undefined || goal.due === accepted ? undefined : { because: 'goal_moved', due: goal.due };
}

function byGain(told: ToldRisk, { impact }: Decidable): Reopening | undefined {
  const more = (impact.dP?.[0] ?? 0) - (told.dP?.[0] ?? 0);
  return isMuch(more, MUCH_MORE) ? { because: 'costs_more', dP: more } : undefined;
}

function byGoal(told: ToldRisk, { kind, impact, goal }: Decidable): Reopening | undefined {
  const less = (told.goal?.chance ?? 0) - (goal?.chance ?? 1);
  if (isMuch(less, MUCH_MORE)) return { because: 'less_likely', chance: less };
  // The weeks beside a gain are those by which relief would bring the goal forward, and no others.
  if (kind === 'unanswered_asks' || told.dP !== undefined) return undefined;
  const { weeks: [now] = [] } = impact;
  const { weeks: [then] = [] } = told;
  if (now === undefined || then === undefined || !isMuch(now - then, MUCH_LATER)) return undefined;
  return { because: 'later', weeks: now - then };
}

/** A tenth made by subtraction is a tenth. */
const isMuch = (difference: number, much: number): boolean => difference >= much - 1e-9;

const MUCH_MORE = 0.1;
const MUCH_LATER = 1;
