import { type CalendarDay, daysBetween } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { ItemRef } from '#metrics/item-ref.ts';
import type { Milestone } from './milestone.ts';
import { type MilestoneBasis, milestoneBases } from './milestone-basis.ts';
import { answers, type MilestoneNumbers, type MilestoneState } from './milestone-numbers.ts';
import { type MilestoneScope, scopeNumbers } from './milestone-scope.ts';
import type { Prior } from './prior.ts';
import type { Scope } from './scope.ts';

/** Where a date was taken from. */
type DateFrom = 'asked' | 'committed' | 'due_date' | 'version';

/** Whether everything under a milestone is done by a date, and when. */
export interface MilestoneForecast extends ItemRef, MilestoneNumbers {
  readonly kind: Milestone['kind'];
  readonly state: MilestoneState;
  readonly date?: CalendarDay;
  /** The date was asked for, the team committed to it, or it is the milestone's own. */
  readonly dateFrom?: DateFrom;
  /** Trackers keep no history of a version's date: before we first saw it, it is what was seen then. */
  readonly dateKnownOnlyNow: boolean;
  readonly scope: MilestoneScope;
}

/**
 * Whether everything under a milestone is done by a date, and when, while its scope may still grow.
 *
 * What is left: the open items under it; those yet to be found under epics without items, drawn from how many the
 * team's done ones had; and what comes in before the end, from how the scope has grown since work on it began. What is
 * done by then: the pace of its own items, or the team's pace times its share of the work, as wide as forecasts for
 * other teams have been off. With nothing left the chance is 1; with something left and the date over it is 0.
 *
 * The date is the one asked for, else the milestone's own. Insufficient, never a guess: below 2 weeks of work on it,
 * below 5 items, without a pace, and beyond the horizons for which forecasts were ever checked. An epic without items
 * of whose size nothing is known counts for one item: the chance is then only "less than", and confidence low.
 * Confidence is low with a share of the team's pace, too.
 */
export function milestoneForecast(
  view: TeamView,
  milestone: Milestone,
  prior: Prior,
  by?: CalendarDay,
): MilestoneForecast {
  return forecastFrom(view, milestone, milestoneBases(view)(milestone), prior, by);
}

/** The same from what is already known of the milestone. */
export function forecastFrom(
  view: TeamView,
  milestone: Milestone,
  basis: MilestoneBasis,
  prior: Prior,
  by?: CalendarDay,
): MilestoneForecast {
  const date = by ?? milestone.date;
  const days = date === undefined ? undefined : daysBetween(view.day, date);
  const state = stateOf(basis.scope, days);
  return {
    kind: milestone.kind,
    key: milestone.key,
    title: milestone.title,
    url: milestone.url,
    state,
    ...(date === undefined ? {} : { date, dateFrom: dateFrom(milestone, by) }),
    dateKnownOnlyNow: by === undefined && milestone.dateKnownOnlyNow,
    scope: scopeNumbers(view, basis),
    ...answers(view, state, days, basis, prior),
  };
}

function stateOf({ open, unsplit, done }: Scope, days: number | undefined): MilestoneState {
  const left = open.length + unsplit.length;
  if (left === 0 && done > 0) return 'done';
  if (days === undefined) return 'undated';
  return days <= 0 && left > 0 ? 'date_passed' : 'ahead';
}

function dateFrom({ kind, isCommitted }: Milestone, by: CalendarDay | undefined): DateFrom {
  if (by !== undefined) return 'asked';
  if (isCommitted) return 'committed';
  return kind === 'version' ? 'version' : 'due_date';
}
