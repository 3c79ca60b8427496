import { sum } from 'd3-array';
import { daysBetween, plusDays } from '#domain/calendar.ts';
import { earlierView, type TeamView } from '#domain/team-view.ts';
import { completionsPerDay, firstActivityDay } from '../completions.ts';
import type { Prior } from '../prior.ts';
import { replay } from '../replay.ts';
import { type PastForecast, pastForecast } from './past-forecast.ts';

/**
 * The forecasts a team would have got, each from its history as it was known on that day.
 *
 * Every date looks at the work anew: an item reopened later is still finished then, a status is placed as it would
 * have been then, and what the team learned from earlier forecasts is what that day's history says of them. What came
 * of a forecast is counted as known on its last day.
 */
export function teamPastForecasts(
  view: TeamView,
  horizons: readonly number[],
  prior: Prior,
): readonly PastForecast[] {
  const from = firstActivityDay(view);
  if (from === undefined) return [];
  const length = daysBetween(from, view.day) + 1;
  const seen = new Map<number, readonly number[]>();
  const knownAfter = (days: number) => {
    const known = seen.get(days) ?? completionsPerDay(earlierView(view, plusDays(from, days - 1)), from);
    seen.set(days, known);
    return known;
  };
  return horizons.flatMap((days) => {
    const made: PastForecast[] = [];
    for (let asOf = FIRST_DAY; asOf + days <= length; asOf += EVERY_DAYS) {
      const history = knownAfter(asOf);
      const last = replay(history, days, prior).forecasts.at(-1);
      if (last?.asOf !== asOf) continue;
      const actual = sum(knownAfter(asOf + days).slice(asOf));
      const day = plusDays(from, asOf - 1);
      made.push(
        pastForecast({ project: view.team.id, asOf: day, days, history, ours: last.forecast, actual }),
      );
    }
    return made;
  });
}

const FIRST_DAY = 182;
const EVERY_DAYS = 28;
