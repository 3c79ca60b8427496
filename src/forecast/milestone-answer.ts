import type { CalendarDay } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { Milestone } from './milestone.ts';
import { type MilestoneForecast, milestoneForecast } from './milestone-forecast.ts';
import type { ShippedPrior } from './prior.ts';

/** What was asked of a milestone, answered, and how the answer was made. */
export interface MilestoneAnswer {
  readonly team: { readonly id: string; readonly name: string };
  /** Made at the end of this day; what is told begins with the next one. */
  readonly asOf: CalendarDay;
  readonly milestone: MilestoneForecast;
  readonly how: string;
}

/** The forecast of one milestone for a date, or for its own. */
export function milestoneAnswer(
  view: TeamView,
  milestone: Milestone,
  prior: ShippedPrior,
  by?: CalendarDay,
): MilestoneAnswer {
  return {
    team: { id: view.team.id, name: view.team.name },
    asOf: view.day,
    milestone: milestoneForecast(view, milestone, prior, by),
    how: `what is open, what epics without items may hold and what may still come in, against a pace that is as uncertain as forecasts for ${prior.provenance.projects} projects were off; in part the scope is taken to go on growing as it did`,
  };
}
