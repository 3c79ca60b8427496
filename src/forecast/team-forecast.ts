import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import type { Confidence, Insufficient, Measurement, Value } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import { knownCompletions } from './known-completions.ts';
import { cumulative, type Outlook } from './model.ts';
import { SHIPPED_PRIOR } from './prior-table.ts';
import { type Rates, ratesOf } from './rates.ts';
import { teamOutlook } from './team-outlook.ts';
import { HISTORY_DAYS, ownRecord, type TeamPast, type TeamReplay, teamPast } from './team-replay.ts';
import { type Calibration, calibration, type Resolved } from './track-record.ts';
import { horizonConfidence, numbersBy, whenDone } from './when.ts';

/** How far ahead a team is told how many items it may finish. */
export const HORIZONS = [28, 56, 84] as const;

/** How a forecast is made: from the recent pace, widened by how far such forecasts have been off. */
export const METHOD = 'drift';

/** What a team may finish, and what its forecasts were worth before. */
export interface TeamForecast {
  readonly method: typeof METHOD;
  /** Of the shortest horizon, for which most forecasts have been resolved. */
  readonly calibration: Calibration;
  readonly howMany: readonly HowMany[];
  readonly when: readonly WhenFinished[];
}

/** How many items are finished by the end of a day. The interval of each number is the central 90 % of outcomes. */
export interface HowMany {
  readonly horizonDays: number;
  readonly until: CalendarDay;
  /** So many or more with a chance of 85, 50 and 15 %. */
  readonly atLeast85: Measurement;
  readonly atLeast50: Measurement;
  readonly atLeast15: Measurement;
  readonly calibration: Calibration;
}

/** In how many days so many more items are finished. The interval holds the central 90 % of outcomes. */
export interface WhenFinished {
  readonly items: number;
  /** Within so many days with a chance of 50 and 85 %. */
  readonly within50: Measurement;
  readonly within85: Measurement;
}

/** The forecast for one horizon as the model has it, with its own past. */
export interface HorizonForecast {
  readonly days: number;
  readonly outlook: Outlook | Insufficient;
  readonly replay: TeamReplay;
}

/**
 * How many items a team finishes in the next 4, 8 and 12 weeks, and when the next so many are finished.
 *
 * From the pace of the last 26 weeks, weighted towards the latest, as wide as forecasts for other teams have been off
 * and moved by what the team's own would have been worth. These are replayed from the history, every Monday, each with
 * what was known then; forecasts that were published are never looked at, so the answer does not depend on when
 * somebody began to ask.
 *
 * Left out: dropped items and closures by tidying up. Below 6 weeks of history, or 10 items in 26 weeks, nothing is
 * told.
 *
 * @example teamForecast(view(team(), '2026-01-18', [issue('PAY-1', 'In Progress 8d → Done')])).howMany[0]?.atLeast85
 *   // => { kind: 'insufficient', have: 2, need: 6, what: 'weeks of history' }
 */
export function teamForecast(view: TeamView): TeamForecast {
  return teamForecastIn(view);
}

const teamForecastIn = oncePerView((view): TeamForecast => {
  const completions = knownCompletions(view);
  const rates = ratesOf(completions(view.day, HISTORY_DAYS));
  const past = teamPast(view, completions, SHIPPED_PRIOR);
  return {
    method: METHOD,
    calibration: worthOf(view, past(HORIZONS[0])),
    howMany: HORIZONS.map((days) => howMany(view, rates, days, past)),
    when: 'kind' in rates ? [] : whenFinished(view, rates, past),
  };
});

/** The same before it is put into figures: for keeping it, and for scoring what it would have been in the past. */
export function horizonForecasts(view: TeamView): readonly HorizonForecast[] {
  const completions = knownCompletions(view);
  const rates = ratesOf(completions(view.day, HISTORY_DAYS));
  return forecastsFrom(rates, teamPast(view, completions, SHIPPED_PRIOR));
}

/** The replayed forecasts of a team whose last day has passed. */
export function resolvedOf(team: string, { days, forecasts }: TeamReplay): readonly Resolved[] {
  return forecasts.flatMap(({ asOf, forecast, outcome }) =>
    outcome === undefined
      ? []
      : [{ team, asOf, days, upTo: (items: number) => cumulative(forecast, items), outcome }],
  );
}

function forecastsFrom(rates: Rates | Insufficient, past: TeamPast): readonly HorizonForecast[] {
  return HORIZONS.map((days) => {
    const replay = past(days);
    const { record } = replay;
    const outlook = 'kind' in rates ? rates : teamOutlook(rates, days, SHIPPED_PRIOR, { record });
    return { days, outlook, replay };
  });
}

function worthOf({ team }: TeamView, replay: TeamReplay): Calibration {
  return calibration(resolvedOf(team.id, replay));
}

function howMany(view: TeamView, rates: Rates | Insufficient, days: number, past: TeamPast): HowMany {
  const worth = worthOf(view, past(days));
  const numbers =
    'kind' in rates ? rates : numbersBy(rates, days, SHIPPED_PRIOR, ownRecord(past, SHIPPED_PRIOR));
  const told = (chance: number): Measurement =>
    'kind' in rates
      ? rates
      : 'kind' in numbers
        ? numbers
        : {
            kind: 'value',
            value: numbers.atLeast(chance),
            unit: 'items',
            interval90: [numbers.atLeast(0.95), numbers.atMost(0.95)],
            ...basis(view, rates, cautious(horizonConfidence(days), worth)),
          };
  return {
    horizonDays: days,
    until: plusDays(view.day, days),
    atLeast85: told(0.85),
    atLeast50: told(0.5),
    atLeast15: told(0.15),
    calibration: worth,
  };
}

/** Round numbers of items, of which three are told: from about what four weeks bring. */
const SIZES = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000];

function whenFinished(view: TeamView, rates: Rates, past: TeamPast): readonly WhenFinished[] {
  const fewest = (rates.recent * HORIZONS[0]) / 2;
  const own = ownRecord(past, SHIPPED_PRIOR);
  const after = (items: number, chance: number) => whenDone(rates, items, chance, SHIPPED_PRIOR, own);
  const told = (items: number, chance: number): Measurement => {
    const within = after(items, chance);
    if (within.kind === 'insufficient') return within;
    const [soon, late] = [after(items, 0.05), after(items, 0.95)];
    const worth = worthOf(view, past(within.days));
    return {
      kind: 'value',
      value: within.days,
      unit: 'days',
      interval90: [soon.kind === 'within' ? soon.days : null, late.kind === 'within' ? late.days : null],
      ...basis(view, rates, cautious(within.confidence, worth)),
    };
  };
  return SIZES.filter((items) => items >= fewest)
    .slice(0, 3)
    .map((items) => ({ items, within50: told(items, 0.5), within85: told(items, 0.85) }));
}

/** Whoever promised too much before is believed less. */
function cautious(confidence: Confidence, { verdict }: Calibration): Confidence {
  return verdict === 'over_confident' ? 'low' : confidence;
}

function basis(
  { day }: TeamView,
  { completions, weeks }: Rates,
  confidence: Confidence,
): Pick<Value, 'n' | 'window' | 'method' | 'confidence' | 'excluded'> {
  return {
    n: completions,
    window: { from: plusDays(day, 1 - 7 * weeks), to: day },
    method: 'recent_pace_with_drift',
    confidence,
    excluded: [],
  };
}
