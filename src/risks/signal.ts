import type { CalendarDay } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { GoalAhead } from './impact.ts';
import type { Relief } from './relief.ts';
import type { Evidence, Impact, Owner, RiskKind, RiskOption, Trust } from './risk.ts';

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
  /** Present when its cause was only guessed, from names that may mean something else: a hint, and no ground for a verdict. */
  readonly isGuess?: true;
  /**
   * Present when the people's time it takes is that of too few to be told, or would tell theirs: it counts in whether the
   * signal is raised and in what relief is worth to the goal, and is told nowhere.
   */
  readonly ofTooFew?: true;
  /** What it costs whatever the goal is. */
  readonly cost?: Pick<Impact, 'weeks' | 'weeksBound' | 'fte'>;
  /** Present when the weeks of that cost are those that a goal waits for the last of its items. */
  readonly isOfGoalsLast?: true;
  readonly options: readonly SignalOption[];
  /** What leaving it as it is means, where that is not a matter of the goal that costs are counted in. */
  readonly accepting?: string | undefined;
  /** Whether it is itself what keeps costs from being computed or told, such as a goal without a date. */
  readonly hidesCost?: boolean;
  /**
   * Present when weekly evaluations of its own have raised it and not cleared it: the days of the first and of the last of
   * those that raised it. It is not asked to last any further, nor to be worth raising anew in every week that it stands.
   */
  readonly stands?: { readonly since: CalendarDay; readonly raisedOn: CalendarDay };
}

/** What could be done about a signal. What it is worth is worked out only where it is told. */
export interface SignalOption extends Pick<RiskOption, 'action' | 'assumption' | 'whoDecides'> {
  /** What it would change, as far as that was measured; else why nobody can say, as it follows "cannot be worked out: ". */
  readonly relief: () => Relief | OtherWay | string;
  /** The goal that it is about, where that is not the one that costs are counted in. */
  readonly goal?: GoalAhead;
  /** Whether it comes before the others whatever these are worth. */
  readonly isFirst?: boolean;
}

/** Something else would be done in place of the goal, with that chance by the same day even without the goal's effort. */
export interface OtherWay {
  readonly kind: 'other_way';
  readonly chance: number;
}

/**
 * Looks at a team's work as of a day for one kind of risk. Pure: the same view, the same signals. One that looks at the
 * weeks before is lent what others have read of them already.
 */
export type Detector = (view: TeamView, viewOn?: (day: CalendarDay) => TeamView) => readonly Signal[];
