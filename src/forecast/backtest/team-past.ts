import { type CalendarDay, daysBetween } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { firstActivityDay } from '../completions.ts';
import { knownCompletions } from '../known-completions.ts';
import type { Prior } from '../prior.ts';
import { teamReplays } from '../team-replay.ts';
import { type PastForecast, pastForecast } from './past-forecast.ts';

/**
 * The forecasts a team would have got, each from its history as it was known on that day, 28 days apart.
 *
 * Every date looks at the work anew: an item reopened later is still finished then, and what the team learned from
 * earlier forecasts is what had come of them by then. What came of a forecast is counted as known on its last day.
 */
export function teamPastForecasts(
  view: TeamView,
  horizons: readonly number[],
  prior: Prior,
): readonly PastForecast[] {
  const first = firstActivityDay(view);
  if (first === undefined) return [];
  const completions = knownCompletions(view);
  return teamReplays(view, completions, horizons, prior).flatMap(({ days, forecasts }) => {
    let last: CalendarDay | undefined;
    return forecasts.flatMap(({ asOf, forecast, outcome }) => {
      if (outcome === undefined) return [];
      // Replays are weekly; those between share most of their outcome with their neighbours.
      if (last !== undefined && daysBetween(last, asOf) < EVERY_DAYS) return [];
      last = asOf;
      const history = completions(asOf, daysBetween(first, asOf) + 1);
      return [pastForecast({ project: view.team.id, asOf, days, history, ours: forecast, actual: outcome })];
    });
  });
}

const EVERY_DAYS = 28;
