import type { CalendarDay } from '#domain/calendar.ts';
import { percent, plural, shortDay } from '#domain/wording.ts';
import type { Decided, Reopening, Standing } from '#risks/risk.ts';

/** How a risk stands, in a word or two and in the rest of the sentence. */
export interface DecidedWords {
  readonly lead: string;
  readonly rest: string;
}

/**
 * What was decided about a risk, in a sentence for a report of a day; undefined while nobody decided.
 * @example decidedWords({ status: 'accepted', decision: { by: 'Ada', until: '2026-03-20', decision: 'accept', statement: 'We accept 31 %.' } }, '2026-01-23')
 *   // => { lead: 'Accepted', rest: 'by Ada until 20 March: “We accept 31 %.”' }
 * @example decidedWords({ status: 'open', decision: { by: 'Ada', until: '2026-03-20', decision: 'accept', dP: [0.1, 0.3] }, reopened: { because: 'costs_more', dP: 0.14 } }, '2026-01-23')
 *   // => { lead: 'Open again:', rest: 'accepted by Ada until 20 March; it costs 14 percentage points more.' }
 */
export function decidedWords({ decision, reopened }: Standing, asOf: CalendarDay): DecidedWords | undefined {
  if (decision === undefined) return undefined;
  const { by, statement } = decision;
  const until = shortDay(decision.until, asOf);
  const isAccepted = decision.decision === 'accept';
  if (reopened !== undefined) {
    const was = isAccepted
      ? `accepted by ${by} until ${until}`
      : `to be addressed until ${until}, decided by ${by}`;
    return { lead: 'Open again:', rest: `${was}; ${whyOpen(decision, reopened, asOf)}` };
  }
  return isAccepted
    ? { lead: 'Accepted', rest: `by ${by} until ${until}: “${statement ?? ''}”` }
    : { lead: 'Being addressed', rest: `until ${until}, decided by ${by}.` };
}

/** The same in a word or two, without who; undefined while nobody decided about it. */
export function standingInShort(
  { status, decision, reopened }: Standing,
  asOf: CalendarDay,
): string | undefined {
  if (decision === undefined) return undefined;
  if (reopened !== undefined) return 'open again';
  const until = shortDay(decision.until, asOf);
  return status === 'accepted' ? `accepted until ${until}` : `being addressed until ${until}`;
}

function whyOpen({ dP, chance }: Decided, reopened: Reopening, asOf: CalendarDay): string {
  switch (reopened.because) {
    case 'costs_more': {
      const more = percent(reopened.dP).replace(' %', ' percentage points');
      return dP === undefined
        ? `it costs ${more} of chance, which could not be told then.`
        : `it costs ${more} more.`;
    }
    case 'less_likely': {
      const less = percent(reopened.chance).replace(' %', ' percentage points');
      const then = chance === undefined ? '' : ` than the ${percent(chance)} of then`;
      return `the goal is ${less} less likely${then}.`;
    }
    case 'later':
      return `it costs ${plural(reopened.weeks, 'week')} more.`;
    case 'goal_moved':
      return `the goal is due by ${shortDay(reopened.due, asOf)} now.`;
    case 'goal_passed':
      return `the date that it was accepted for, ${shortDay(reopened.due, asOf)}, is over.`;
    case 'until_passed':
      return 'that day is over.';
    case 'still_raised':
      return 'that day is over and it is still raised.';
    default:
      return reopened satisfies never;
  }
}
