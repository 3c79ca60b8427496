import { type CalendarDay, daysBetween } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { firstActivityDay } from '../completions.ts';
import { knownCompletions } from '../known-completions.ts';
import { type Prior, priorAt } from '../prior.ts';
import { teamPast } from '../team-replay.ts';
import { type PastForecast, pastForecast } from './past-forecast.ts';

/**
 * The forecasts a team would have got, each from its history as it was known on that day, 28 days apart.
 *
 * Every date looks at the work anew: an item reopened later is still finished then, and what the team learned from
 * earlier forecasts is what had come of them by then. What came of a forecast is counted as known on its last day.
 * Made one by one as they are asked for, since all of them take a while.
 */
export function* teamPastForecasts(
  view: TeamView,
  horizons: readonly number[],
  prior: Prior,
): Generator<PastForecast, void, undefined> {
  const first = firstActivityDay(view);
  if (first === undefined) return;
  const completions = knownCompletions(view);
  const past = teamPast(view, completions, withHorizons(prior, horizons));
  for (const days of horizons) {
    let last: CalendarDay | undefined;
    for (const { asOf, forecast, outcome } of past(days).forecasts) {
      if (outcome === undefined) continue;
      // Replays are weekly; those between share most of their outcome with their neighbours.
      if (last !== undefined && daysBetween(last, asOf) < EVERY_DAYS) continue;
      last = asOf;
      const history = completions(asOf, daysBetween(first, asOf) + 1);
      yield pastForecast({ project: view.team.id, asOf, days, history, ours: forecast, actual: outcome });
    }
  }
}

const EVERY_DAYS = 28;

/** A team's past is kept for the horizons of its prior only: another number of days becomes one of them. */
function withHorizons(prior: Prior, horizons: readonly number[]): Prior {
  const known = prior.horizons.map(({ days }) => days);
  const asked = horizons.filter((days) => !known.includes(days)).map((days) => priorAt(prior, days));
  const all = [...prior.horizons, ...asked.filter((horizon) => horizon !== undefined)];
  return { ...prior, horizons: all.sort((a, b) => a.days - b.days) };
}
