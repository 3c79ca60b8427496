import { sum } from 'd3-array';
import { type CalendarDay, dayOf, plusDays } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { Team } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { knownCompletions } from '#forecast/known-completions.ts';
import { cumulative } from '#forecast/model.ts';
import { stated } from '#forecast/stated.ts';
import { horizonForecasts, METHOD } from '#forecast/team-forecast.ts';
import type { PublishedForecast, Store } from '#store/store.ts';
import { latestDay, storedView } from './assess-team.ts';

/**
 * Keeps what is promised for a team today, and enters what came of earlier promises whose last day is over.
 *
 * A day's first forecasts stand: running again changes nothing. What came of one is what was known at the end of its
 * last day. Throws `NothingSyncedError` when a source was never read completely.
 */
export async function recordForecasts(store: Store, team: Team, now: Instant): Promise<void> {
  const today = await latestDay(store, team);
  const due = await store.unresolvedForecasts(team.id, await lastWholeDay(store, team));
  const told = await store.forecasts({ team: team.id, asOf: today });
  if (due.length === 0 && told.length > 0) return;

  const view = await storedView(store, team, today);
  if (told.length === 0) await store.recordForecasts(forecastsOf(view, now));
  const completions = knownCompletions(view);
  for (const forecast of due) {
    const outcome = sum(completions(plusDays(forecast.asOf, forecast.horizonDays), forecast.horizonDays));
    await store.resolveForecast(forecast, outcome, now);
  }
}

function forecastsOf(view: TeamView, publishedAt: Instant): readonly PublishedForecast[] {
  return horizonForecasts(view).flatMap(({ days, outlook }) =>
    'kind' in outlook
      ? []
      : [
          {
            team: view.team.id,
            asOf: view.day,
            horizonDays: days,
            method: METHOD,
            publishedAt,
            ...stated((items) => cumulative(outlook, items)),
          },
        ],
  );
}

/** The last day of which every source has been read to its end. */
async function lastWholeDay(store: Store, team: Team): Promise<CalendarDay> {
  const sources = [...new Set(team.scope.map((filter) => filter.source))];
  const states = await Promise.all(sources.map((source) => store.syncState(source)));
  const readUntil = Math.min(...states.map(({ completeAsOf }) => completeAsOf ?? 0));
  return plusDays(dayOf(readUntil, team.timezone), -1);
}
