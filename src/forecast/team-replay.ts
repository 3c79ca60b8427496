import { minIndex, sum } from 'd3-array';
import { type CalendarDay, dayOf, daysBetween, plusDays, startOf, startOfWeek } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { learned, newRecord, type OwnRecord } from './adaptation.ts';
import { firstActivityDay } from './completions.ts';
import type { KnownCompletions } from './known-completions.ts';
import type { Outlook } from './model.ts';
import { horizonsAround, type Prior } from './prior.ts';
import { type Rates, ratesOf } from './rates.ts';
import { type Circumstances, teamOutlook } from './team-outlook.ts';

/** A forecast that a team would have got at the end of a past day, and what came of it. */
export interface PastOutlook {
  readonly asOf: CalendarDay;
  readonly forecast: Outlook;
  /** Items finished in the days after, as known at the end of the last of them; undefined while they last. */
  readonly outcome: number | undefined;
}

/** What the past of a team says of its forecasts for one horizon. */
export interface TeamReplay {
  readonly days: number;
  readonly forecasts: readonly PastOutlook[];
  /** What they taught, as of the view. */
  readonly record: OwnRecord;
}

/** The past of a team's forecasts for the fitted horizon that is nearest to so many days. */
export type TeamPast = (days: number) => TeamReplay;

/**
 * The forecasts a team would have got every Monday at 00:00 in its zone, from half a year of history on.
 *
 * Each knows what was known then and nothing else, and is corrected by what the team's own earlier forecasts had
 * taught by then. It learns from forecasts 28 days apart, the rhythm for which learning was fitted; those between
 * would teach the same lesson four times. Dates with too little history are left out.
 */
export function teamPast(view: TeamView, completions: KnownCompletions, prior: Prior): TeamPast {
  const known = remembered(completions);
  const dates = mondays(view).flatMap((asOf) => {
    const rates = ratesOf(known(asOf, HISTORY_DAYS));
    return 'kind' in rates ? [] : [{ asOf, rates }];
  });
  const replays = new Map<number, TeamReplay>();
  return (days) => {
    const fitted = nearestHorizon(prior, days);
    const replay = replays.get(fitted) ?? replayed(dates, fitted, view.day, known, prior);
    replays.set(fitted, replay);
    return replay;
  };
}

/**
 * What the team's past taught for so many days ahead: between fitted horizons in proportion to the logarithm of days,
 * as all that is known of a horizon. The record of the nearest alone would jump half-way, and a promise with it.
 */
export function ownRecord(past: TeamPast, prior: Prior): (days: number) => Circumstances {
  return (days) => {
    const around = horizonsAround(prior, days);
    if (around === undefined) return {};
    const [before, after] = [past(around.before.days).record, past(around.after.days).record];
    return {
      record: before.map((offset, level) => offset + around.share * ((after[level] ?? offset) - offset)),
    };
  };
}

/** The same for horizons that were fitted. */
export function teamReplays(
  view: TeamView,
  completions: KnownCompletions,
  horizons: readonly number[],
  prior: Prior,
): readonly TeamReplay[] {
  return horizons.map(teamPast(view, completions, prior));
}

/** As much of the past as the pace of a team is read from. */
export const HISTORY_DAYS = 182;
const LEARN_EVERY_DAYS = 28;

/** Chance grows and drift sets in by factors of time, so nearness is measured in them. */
function nearestHorizon({ horizons }: Prior, days: number): number {
  return horizons[minIndex(horizons, (horizon) => Math.abs(Math.log(horizon.days / days)))]?.days ?? days;
}

function replayed(
  dates: readonly { readonly asOf: CalendarDay; readonly rates: Rates }[],
  days: number,
  today: CalendarDay,
  known: KnownCompletions,
  prior: Prior,
): TeamReplay {
  let record = newRecord(prior.learning);
  const forecasts: PastOutlook[] = [];
  const lessons: PastOutlook[] = [];
  const learnUntil = (day: CalendarDay) => {
    for (let next = lessons[0]; next && plusDays(next.asOf, days) <= day; next = lessons[0]) {
      lessons.shift();
      if (next.outcome !== undefined)
        record = learned(record, next.forecast, next.outcome, prior.learning.rate);
    }
  };
  let lastLesson: CalendarDay | undefined;
  for (const { asOf, rates } of dates) {
    learnUntil(asOf);
    const forecast = teamOutlook(rates, days, prior, { record });
    if ('kind' in forecast) continue;
    const end = plusDays(asOf, days);
    const made = { asOf, forecast, outcome: end <= today ? sum(known(end, days)) : undefined };
    forecasts.push(made);
    if (lastLesson !== undefined && daysBetween(lastLesson, asOf) < LEARN_EVERY_DAYS) continue;
    lessons.push(made);
    lastLesson = asOf;
  }
  learnUntil(today);
  return { days, forecasts, record };
}

/** The Sundays at whose end a forecast can be made: the grid of everything that is replayed. */
function mondays(view: TeamView): readonly CalendarDay[] {
  const first = firstActivityDay(view);
  if (first === undefined) return [];
  const { timezone } = view.team;
  const enough = plusDays(first, HISTORY_DAYS - 1);
  const monday = dayOf(startOfWeek(startOf(enough, timezone), timezone), timezone);
  const out: CalendarDay[] = [];
  for (let day = plusDays(monday, 6); day <= view.day; day = plusDays(day, 7)) out.push(day);
  return out;
}

/** What came of one date's forecasts is the past of a later date: each is worked out once. */
function remembered(known: KnownCompletions): KnownCompletions {
  const seen = new Map<CalendarDay, readonly number[]>();
  return (day, days) => {
    if (days > HISTORY_DAYS) return known(day, days);
    const daily = seen.get(day) ?? known(day, HISTORY_DAYS);
    seen.set(day, daily);
    return daily.slice(-days);
  };
}
