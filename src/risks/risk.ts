import type { CalendarDay } from '#domain/calendar.ts';
import type { Decision } from '#domain/decision.ts';
import type { Confidence, Measurement } from '#domain/measurement.ts';
import type { ItemRef } from '#metrics/item-ref.ts';

/** What can keep a team from succeeding. */
export type RiskKind =
  | 'basically_done'
  | 'workstream_sprawl'
  | 'unstable_throughput'
  | 'aging_work'
  | 'carry_over'
  | 'slipping_dates'
  | 'service_level_burn'
  | 'uncalibrated_forecast'
  | 'support_load'
  | 'incidents'
  | 'unplanned_work'
  | 'knowledge_concentration'
  | 'turnover'
  | 'unrealistic_goal'
  | 'early_failure'
  | 'stalled_goal'
  | 'no_dated_goal'
  | 'unclear_goal'
  | 'priority_churn'
  | 'blocked_work'
  | 'unanswered_asks'
  | 'asks_without_shared_goal'
  | 'silence';

/** From the low to the high end of what is plausible. */
export type Range = readonly [low: number, high: number];

/** Whose move it is: leaders owe clear goals and answers, teams owe evidence and asking for help. */
export type Owner = 'leadership' | 'team' | 'shared';

/** A number that speaks for a risk, and the items it was counted from. */
export interface Evidence {
  readonly metric: string;
  readonly number: Measurement;
  readonly items: readonly (ItemRef & { readonly why: string })[];
}

/** What a risk costs. Whatever cannot be computed is absent, never 0. */
export interface Impact {
  /** Id of the milestone that the probabilities speak of. */
  readonly milestone?: string;
  readonly probability?: { readonly now: number; readonly relieved: Range };
  /** How much likelier the milestone would be by its date, as a share between 0 and 1. */
  readonly dP?: Range;
  /** Present when that is only a bound, as one of its chances is: at least the low end, and nobody knows how much more. */
  readonly dPBound?: '>';
  /** How much earlier it would land, one time in two; for a goal that misses its date, how late it is. */
  readonly weeks?: Range;
  /** Present when the weeks are only a bound: at least the low end, and nobody knows how much more. */
  readonly weeksBound?: '>';
  readonly fte?: Range;
}

/** What all raised risks cost together. */
export interface Together extends Impact {
  /**
   * How the gain in chance divides among them, each by what it adds on average over every order of relief (Shapley):
   * they add up to `dP`. Absent where a gain cannot be computed.
   */
  readonly attribution?: readonly { readonly risk: string; readonly dP: Range }[];
}

/** What could be done about a risk, what that would be worth to the goal, and by whom it can be decided. */
export interface RiskOption {
  readonly action: string;
  readonly assumption: string;
  readonly whoDecides: 'leadership' | 'team';
  /** How much likelier the goal would be by its date; absent where that cannot be worked out. */
  readonly dP?: Range;
  readonly dPBound?: '>';
}

/** How sure one can be of a risk's numbers, and what stands against more. */
export interface Trust {
  readonly level: Confidence;
  readonly reasons: readonly string[];
}

/** What was decided about a risk, with the numbers that it was decided on. */
export interface Decided
  extends Pick<Decision, 'escalation' | 'decision' | 'by' | 'until' | 'statement' | 'note'> {
  /** The day that the numbers are of. */
  readonly asOf: CalendarDay;
  readonly chance?: number;
  /** The date of the goal that the chance is of. */
  readonly due?: CalendarDay;
  readonly dP?: Range;
  readonly weeks?: Range;
}

/** Why a decision holds no more. */
export type Reopening =
  /** By so much more than what was accepted, at the low end; than nothing, where no cost could be told then. */
  | { readonly because: 'costs_more'; readonly dP: number }
  /** Without a gain to compare: the goal is by so much less likely than what was accepted. */
  | { readonly because: 'less_likely'; readonly chance: number }
  /** The same in weeks, at the low end. */
  | { readonly because: 'later'; readonly weeks: number }
  /** The goal has another date than the one that was accepted for, or passed it. */
  | { readonly because: 'goal_moved' | 'goal_passed'; readonly due: CalendarDay }
  /** The day passed until which it was accepted, or by which it was to be addressed. */
  | { readonly because: 'until_passed' | 'still_raised' };

/** Whether anybody decided about a risk, and whether that still holds. */
export type Standing =
  | { readonly status: 'open'; readonly decision?: undefined; readonly reopened?: undefined }
  | { readonly status: 'open'; readonly decision: Decided; readonly reopened: Reopening }
  | {
      readonly status: 'accepted' | 'addressed';
      readonly decision: Decided;
      readonly reopened?: undefined;
    };

/**
 * Something that keeps a team from succeeding: an argument, not a score. There is no sum of these and no weight; each
 * stands on its evidence and says what it costs, and what was decided about it.
 */
export type Risk = Found & Standing;

interface Found {
  /** Stable over reports: team, kind and what it is about. */
  readonly id: string;
  readonly kind: RiskKind;
  /** One sentence in plain words. */
  readonly statement: string;
  readonly evidence: readonly Evidence[];
  readonly impact: Impact;
  /** Posterior probability that this is more than noise. */
  readonly probabilityReal: number;
  readonly confidence: Trust;
  /** What research says of such a risk, and what it does not. It stands against none of the numbers. */
  readonly note?: string;
  readonly owner: Owner;
  readonly options: readonly RiskOption[];
  /** The impact in words: what a gain would be, and under which condition. */
  readonly costMeans: string;
  /** What leadership would be accepting, in the same numbers. */
  readonly acceptMeans: string;
  /** The first of the Mondays in a row on which it was seen; today when it is new. */
  readonly firstSeen: CalendarDay;
  /** Mondays in a row, up to the last one, on which it was seen. */
  readonly persistedWeeks: number;
}
