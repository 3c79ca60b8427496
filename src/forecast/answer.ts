import { minIndex } from 'd3-array';
import { type CalendarDay, daysBetween, plusDays } from '#domain/calendar.ts';
import type { Confidence, Insufficient } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { knownCompletions } from './known-completions.ts';
import { atLeast, atMost } from './model.ts';
import type { ShippedPrior } from './prior.ts';
import { type Rates, ratesOf } from './rates.ts';
import { resolvedOf } from './team-forecast.ts';
import { teamOutlook } from './team-outlook.ts';
import { HISTORY_DAYS, type TeamReplay, teamReplays } from './team-replay.ts';
import { type Calibration, calibration } from './track-record.ts';
import { horizonConfidence, whenDone } from './when.ts';

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
  readonly method: string;
}

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
 * team's own past ones would have been worth. The two questions are each other's dual: at the date with a chance of
 * 85 % for so many items, the number with a chance of 85 % is that many.
 *
 * @example answered(view(team(), '2026-01-18', [issue('PAY-1', 'In Progress 8d → Done')]), { kind: 'items', items: 5 }, { horizons: [], learning: { rate: 0, caution: 0 }, provenance: { projects: 0 } }).answer
 *   // => { kind: 'insufficient', have: 2, need: 6, what: 'weeks of history' }
 */
export function answered(view: TeamView, question: Question, prior: ShippedPrior): Answered {
  const completions = knownCompletions(view);
  const rates = ratesOf(completions(view.day, HISTORY_DAYS));
  const replays = new Map<number, TeamReplay>();
  const replayFor = (days: number): TeamReplay | undefined => {
    const fitted = nearestHorizon(prior, days);
    const known = replays.get(fitted) ?? teamReplays(view, completions, [fitted], prior)[0];
    if (known) replays.set(fitted, known);
    return known;
  };
  const answer = 'kind' in rates ? rates : answerTo(question, rates, view.day, prior, replayFor);
  const days = horizonOf(answer);
  const replay = days === undefined ? undefined : replayFor(days);
  return {
    team: { id: view.team.id, name: view.team.name },
    asOf: view.day,
    question,
    answer,
    calibration: calibration(replay === undefined ? [] : resolvedOf(view.team.id, replay)),
    method: `the pace of the last 26 weeks, as wide as forecasts for ${prior.provenance.projects} projects were off, moved by what this team's own would have been worth`,
  };
}

function answerTo(
  question: Question,
  rates: Rates,
  asOf: CalendarDay,
  prior: ShippedPrior,
  replayFor: (days: number) => TeamReplay | undefined,
): Answered['answer'] {
  const circumstances = (days: number) => {
    const record = replayFor(days)?.record;
    return record === undefined ? {} : { record };
  };
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
  const forecast = teamOutlook(rates, days, prior, circumstances(days));
  if ('kind' in forecast) return forecast;
  return {
    kind: 'items_by_date',
    days,
    atLeast: CHANCES.map((chance) => ({ chance, items: atLeast(forecast, chance) })),
    range90: [atLeast(forecast, 0.95), atMost(forecast, 0.95)],
    itemsPerWeek,
    confidence: horizonConfidence(days),
  };
}

const CHANCES = [0.85, 0.5, 0.15];

/** How far ahead the cautious end of an answer looks. */
function horizonOf(answer: Answered['answer']): number | undefined {
  if (answer.kind === 'items_by_date') return answer.days;
  if (answer.kind === 'insufficient') return undefined;
  return answer.dates.findLast((date) => date.kind === 'on')?.days;
}

/** A team's record is kept for the horizons that the model was fitted for; others take that of the nearest. */
function nearestHorizon({ horizons }: ShippedPrior, days: number): number {
  return horizons[minIndex(horizons, (horizon) => Math.abs(Math.log(horizon.days / days)))]?.days ?? days;
}
