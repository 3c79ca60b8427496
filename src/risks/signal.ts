import type { CalendarDay } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { ItemEffort } from '#metrics/item-effort.ts';
import type { Evidence, Impact, Owner, Range, RiskKind, Trust } from './risk.ts';

/** What would change if a signal's cause were gone: what its cost is computed from. */
export type Relief =
  /** So many people's time would be free: low end, best guess, high end. */
  | {
      readonly kind: 'people';
      readonly fte: readonly [low: number, middle: number, high: number];
      /** The work that it would come from: what of it is on the goal, or is freed by others too, adds nobody. */
      readonly from?: () => ItemEffort;
    }
  /** The goal would be worked on so many times as fast. */
  | { readonly kind: 'pace'; readonly ratio: Range }
  /** So many of the goal's items would no longer be needed, or would be through. */
  | { readonly kind: 'scope'; readonly items: Range }
  /** All of the goal's work would be through so many days earlier. */
  | { readonly kind: 'sooner'; readonly days: Range };

/**
 * What one detector sees on one day, before anyone asks whether it matters or lasts. A detector that has less than its
 * minimum of data sees nothing.
 */
export interface Signal {
  readonly kind: RiskKind;
  /** What it is about, where a team may have several of a kind: an id that does not change from week to week. */
  readonly about?: string;
  /** One sentence in plain words, with its numbers. */
  readonly statement: string;
  readonly evidence: readonly Evidence[];
  /** Posterior probability that this is more than noise, from the metric's own posterior. */
  readonly probabilityReal: number;
  readonly confidence: Trust;
  /** What research says of such a risk, and what it does not. */
  readonly note?: string;
  readonly owner: Owner;
  /** Absent: nothing that could be computed would change. */
  readonly relief?: Relief;
  /** The condition of that relief, as it follows an "if". */
  readonly relievedIf?: string;
  /** What it costs whatever the goal is. */
  readonly cost?: Pick<Impact, 'weeks' | 'weeksBound' | 'fte'>;
  readonly options: readonly {
    readonly action: string;
    readonly assumption: string;
    readonly whoDecides: 'leadership' | 'team';
  }[];
  /** Whether it is itself what keeps costs from being computed or told, such as a goal without a date. */
  readonly hidesCost?: boolean;
  /**
   * Present when weekly evaluations of its own have raised it and not cleared it: the days of the first and of the last of
   * those that raised it. It is not asked to last any further, nor to be worth raising anew in every week that it stands.
   */
  readonly stands?: { readonly since: CalendarDay; readonly raisedOn: CalendarDay };
}

/**
 * Looks at a team's work as of a day for one kind of risk. Pure: the same view, the same signals. One that looks at the
 * weeks before is lent what others have read of them already.
 */
export type Detector = (view: TeamView, viewOn?: (day: CalendarDay) => TeamView) => readonly Signal[];
