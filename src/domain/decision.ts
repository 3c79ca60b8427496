import type { CalendarDay } from './calendar.ts';
import type { Instant } from './issue.ts';

/** A risk in the words and numbers of a day, kept as they were told then. */
export interface ToldRisk {
  /** The day that the numbers are of. */
  readonly day: CalendarDay;
  readonly statement: string;
  /** What leaving it as it is would mean. */
  readonly acceptMeans: string;
  /** Of the committed milestone, with the date that it is counted by. */
  readonly goal?: { readonly chance: number; readonly due: CalendarDay };
  /** What relief would add to that chance, from the low to the high end; absent where it could not be told. */
  readonly dP?: readonly [low: number, high: number];
  /** What it costs in weeks, from the low to the high end; absent where that could not be told. */
  readonly weeks?: readonly [low: number, high: number];
}

/** A risk put before leadership. */
export interface Escalation {
  readonly id: string;
  readonly team: string;
  readonly risk: string;
  readonly note?: string;
  readonly told: ToldRisk;
  /** Our clock. */
  readonly recordedAt: Instant;
}

/** What leadership decided about an escalated risk. */
export interface Decision {
  readonly escalation: string;
  readonly team: string;
  readonly risk: string;
  /** To live with it, or to have something done about it. */
  readonly decision: 'accept' | 'address';
  /** As the author of the decision typed it: never a person of a tracker. */
  readonly by: string;
  /** The last day that it holds. */
  readonly until: CalendarDay;
  /** What is accepted, in the numbers of that day; absent when the risk is to be addressed. */
  readonly statement?: string;
  readonly note?: string;
  readonly told: ToldRisk;
  /** Our clock. A report knows nothing that was recorded after its day. */
  readonly recordedAt: Instant;
}

/**
 * What had been decided before a moment, the last decision last. Of two in one millisecond the order is that of their
 * escalations, so that everybody reads the same one as the last.
 * @example decisionsAsOf([{ escalation: 'b', recordedAt: 7 }, { escalation: 'a', recordedAt: 5 }, { escalation: 'c', recordedAt: 9 }], 9).map((one) => one.escalation)
 *   // => ['a', 'b']
 */
export function decisionsAsOf(decisions: readonly Decision[], moment: Instant): readonly Decision[] {
  return decisions
    .filter(({ recordedAt }) => recordedAt < moment)
    .toSorted((a, b) => a.recordedAt - b.recordedAt || (a.escalation < b.escalation ? -1 : 1));
}
