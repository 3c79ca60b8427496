import { type CalendarDay, daysBetween, plusDays } from '#domain/calendar.ts';
import type { Confidence, Insufficient } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { type Elsewhere, keptElsewhere } from './backtest/elsewhere.ts';
import type { Method } from './backtest/methods.ts';
import { knownCompletions } from './known-completions.ts';
import type { ShippedPrior } from './prior.ts';
import { type Rates, ratesOf } from './rates.ts';
import { METHOD, resolvedOf } from './team-forecast.ts';
import { HISTORY_DAYS, ownRecord, type TeamPast, teamPast } from './team-replay.ts';
import { type Calibration, calibration } from './track-record.ts';
import { horizonConfidence, numbersBy, whenDone } from './when.ts';

/** What is asked of a team: how many items by a day, or when that many are done. */
export type Question =
  | { readonly kind: 'by'; readonly date: CalendarDay }
  | { readonly kind: 'items'; readonly items: number };

/** A question with its answer, how it was made, and how far such answers can be trusted. */
export interface Answered {
  readonly team: { readonly id: string; readonly name: string };
  /** Made at the end of this day; what is asked for begins with the next one. */
  readonly asOf: CalendarDay;
  readonly question: Question;
  readonly answer: ItemsByDate | DatesOfItems | Insufficient;
  /** Of this team's own forecasts, replayed for about as many days ahead. */
  readonly calibration: Calibration;
  /** What the word of this method was worth for other teams; absent where nothing is told. */
  readonly elsewhere?: Elsewhere;
  readonly method: ForecastMethod;
  /** The method in words. */
  readonly how: string;
}

/** Ours, or the usual resampling of the past, for comparison only. */
export type ForecastMethod = 'drift' | 'classic';

export interface ItemsByDate {
  readonly kind: 'items_by_date';
  readonly days: number;
  /** For chances of 85, 50 and 15 %. */
  readonly atLeast: readonly { readonly chance: number; readonly items: number }[];
  /** The number lies from the first to the second with 90 %. */
  readonly range90: readonly [number, number];
  readonly itemsPerWeek: number;
  readonly confidence: Confidence;
}

export interface DatesOfItems {
  readonly kind: 'dates_of_items';
  /** For chances of 15, 50 and 85 %; insufficient where it takes longer than forecasts were ever checked for. */
  readonly dates: readonly (OnDate | (Insufficient & { readonly chance: number }))[];
  readonly itemsPerWeek: number;
}

export interface OnDate {
  readonly kind: 'on';
  readonly chance: number;
  readonly date: CalendarDay;
  readonly days: number;
  readonly confidence: Confidence;
}

/**
 * Answers from the pace of the last 26 weeks, from what such forecasts were worth for other teams, and from what the
 * team's own past ones would have been worth. The two questions are each other's dual: so many are promised for a date
 * if, and only if, the date promised for so many is that one or an earlier one.
 *
 * @example answered(view(team(), '2026-01-18', [issue('PAY-1', 'In Progress 8d → Done')]), { kind: 'items', items: 5 }, { horizons: [], learning: { rate: 0, caution: 0 }, provenance: { projects: 0 } }).answer
 *   // => { kind: 'insufficient', have: 2, need: 6, what: 'weeks of history' }
 */
export function answered(view: TeamView, question: Question, prior: ShippedPrior): Answered {
  const completions = knownCompletions(view);
  const rates = ratesOf(completions(view.day, HISTORY_DAYS));
  const past = teamPast(view, completions, prior);
  const answer = 'kind' in rates ? rates : answerTo(question, rates, view.day, prior, past);
  const days = horizonOf(answer);
  return {
    team: { id: view.team.id, name: view.team.name },
    asOf: view.day,
    question,
    answer,
    calibration: calibration(days === undefined ? [] : resolvedOf(view.team.id, past(days))),
    ...elsewhere(prior, 'ours', days),
    method: METHOD,
    how: `the pace of the last 26 weeks, as wide as forecasts for ${prior.provenance.projects} projects were off, moved by what this team's own would have been worth`,
  };
}

function answerTo(
  question: Question,
  rates: Rates,
  asOf: CalendarDay,
  prior: ShippedPrior,
  past: TeamPast,
): Answered['answer'] {
  const circumstances = ownRecord(past, prior);
  const itemsPerWeek = 7 * rates.recent;
  if (question.kind === 'items') {
    const dates = CHANCES.toReversed().map((chance) => {
      const within = whenDone(rates, question.items, chance, prior, circumstances);
      if (within.kind === 'insufficient') return { ...within, chance };
      const { days, confidence } = within;
      return { kind: 'on' as const, chance, date: plusDays(asOf, days), days, confidence };
    });
    return { kind: 'dates_of_items', dates, itemsPerWeek };
  }
  const days = daysBetween(asOf, question.date);
  const numbers = numbersBy(rates, days, prior, circumstances);
  if ('kind' in numbers) return numbers;
  return {
    kind: 'items_by_date',
    days,
    atLeast: CHANCES.map((chance) => ({ chance, items: numbers.atLeast(chance) })),
    range90: [numbers.atLeast(0.95), numbers.atMost(0.95)],
    itemsPerWeek,
    confidence: horizonConfidence(days),
  };
}

/** The chances at which an answer is told. */
export const CHANCES = [0.85, 0.5, 0.15];

/** What a method was worth elsewhere, for an answer that looks so many days ahead. */
export function elsewhere(
  prior: ShippedPrior,
  method: Method,
  days: number | undefined,
): Pick<Answered, 'elsewhere'> {
  const kept = days === undefined ? undefined : keptElsewhere(prior, method, days);
  return kept === undefined ? {} : { elsewhere: kept };
}

/** How far ahead the cautious end of an answer looks. */
export function horizonOf(answer: Answered['answer']): number | undefined {
  if (answer.kind === 'items_by_date') return answer.days;
  if (answer.kind === 'insufficient') return undefined;
  return answer.dates.findLast((date) => date.kind === 'on')?.days;
}
