import type { CalendarDay } from './calendar.ts';

/** What a goal's scope may hang on. */
export const GOAL_SCOPES = ['parent', 'version', 'project', 'label'] as const;

/** Where a goal's scope is found: everything under an epic, in a version or a project, or with a label. */
export interface GoalScope {
  readonly kind: (typeof GOAL_SCOPES)[number];
  /** Id, key or name, as people wrote it; capitals do not matter. */
  readonly name: string;
  /** Absent: whichever source of the team has it. */
  readonly source?: string;
}

/** What shows that a goal has the effect it was set for; its values are recorded by people. */
export interface Kpi {
  readonly id: string;
  /** How reports call it; absent: its id. */
  readonly name?: string;
  readonly target: number;
  /** `up`: the target is reached from below, `down`: from above. */
  readonly direction: 'up' | 'down';
  /** The last day by which the target is to be reached; absent: that of the goal. */
  readonly date?: CalendarDay;
}

/** What a team committed to: a scope, and the day by which it is to be done. */
export interface Goal {
  readonly id: string;
  readonly name: string;
  readonly scope: GoalScope;
  /** Absent: the date that the tracker has for it, if any. */
  readonly date?: CalendarDay;
  /** Who has to take it up before it counts: teams, customers, systems; never persons. */
  readonly adopters?: readonly string[];
  readonly kpis?: readonly Kpi[];
  /** The first and the last day on which it is the team's goal. */
  readonly from?: CalendarDay;
  readonly to?: CalendarDay;
}

/**
 * What a team says of its goals. `auto`: every dated version and epic of its own that is not done is a commitment.
 * Without a word it committed to nothing: a date in a tracker may be a wish, so no commitment is guessed from it.
 */
export type Goals = 'auto' | readonly Goal[];
