import { bisector, mean, range } from 'd3-array';
import { daysBetween, plusDays } from '#domain/calendar.ts';
import { insufficient } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { type Answered, CHANCES, elsewhere, horizonOf, type Question } from './answer.ts';
import { atLeastOf, atMostOf } from './backtest/distribution.ts';
import type { Cumulative } from './baselines.ts';
import { classicUpTo } from './classic.ts';
import { type KnownCompletions, knownCompletions } from './known-completions.ts';
import type { ShippedPrior } from './prior.ts';
import { ratesOf } from './rates.ts';
import { HISTORY_DAYS, teamPast } from './team-replay.ts';
import { calibration, type Resolved } from './track-record.ts';

/**
 * What the usual Monte Carlo simulation answers, which draws single days from the last 90: for comparison only, with
 * what its word was worth for this team and for others beside it. Its confidence is low whatever is asked.
 *
 * Refuses what our own method refuses: too little history, and horizons for which nobody ever checked it.
 *
 * @example answeredByClassic(view(team(), '2026-01-18', [issue('PAY-1', 'In Progress 8d → Done')]), { kind: 'items', items: 5 }, { horizons: [], learning: { rate: 0, caution: 0 }, heldOut: [] }).answer
 *   // => { kind: 'insufficient', have: 2, need: 6, what: 'weeks of history' }
 */
export function answeredByClassic(view: TeamView, question: Question, prior: ShippedPrior): Answered {
  const completions = knownCompletions(view);
  const daily = completions(view.day, HISTORY_DAYS);
  const rates = ratesOf(daily);
  const answer = 'kind' in rates ? rates : answerTo(question, view, daily, prior);
  const days = horizonOf(answer);
  return {
    team: { id: view.team.id, name: view.team.name },
    asOf: view.day,
    question,
    answer,
    calibration: calibration(days === undefined ? [] : resolved(view, completions, days, prior)),
    ...elsewhere(prior, `classic_${FORM}`, days),
    method: 'classic',
    how: 'single days of the last 90 drawn again and again, as if the past pace were the true one (the usual Monte Carlo simulation, for comparison only)',
  };
}

function answerTo(
  question: Question,
  { day }: TeamView,
  daily: readonly number[],
  prior: ShippedPrior,
): Answered['answer'] {
  const longest = prior.horizons.at(-1)?.days ?? 0;
  const ahead = (days: number): Cumulative => classicUpTo(daily, days, FORM) ?? (() => 1);
  const itemsPerWeek = 7 * (mean(daily.slice(-WINDOW_DAYS)) ?? 0);
  if (question.kind === 'by') {
    const days = daysBetween(day, question.date);
    if (days > longest) return insufficient(longest, days, TOO_FAR);
    const upTo = ahead(days);
    return {
      kind: 'items_by_date',
      days,
      atLeast: CHANCES.map((chance) => ({ chance, items: atLeastOf(upTo, chance) })),
      range90: [atLeastOf(upTo, 0.95), atMostOf(upTo, 0.95)],
      itemsPerWeek,
      confidence: 'low',
    };
  }
  // The chance of so many items never falls from one day to the next.
  const days = range(1, longest + 1);
  const chances = bisector((within: number) => 1 - ahead(within)(question.items - 1));
  const dates = CHANCES.toReversed().map((chance) => {
    const within = days[chances.left(days, chance - ROUNDING)];
    if (within === undefined) return { ...insufficient(longest, longest + 1, TOO_FAR), chance };
    return {
      kind: 'on' as const,
      chance,
      date: plusDays(day, within),
      days: within,
      confidence: 'low' as const,
    };
  });
  return { kind: 'dates_of_items', dates, itemsPerWeek };
}

/** What it would have said on past Mondays for about so many days ahead, each with what was known then. */
function resolved(
  view: TeamView,
  completions: KnownCompletions,
  days: number,
  prior: ShippedPrior,
): readonly Resolved[] {
  const past = teamPast(view, completions, prior)(days);
  return past.forecasts.flatMap(({ asOf, outcome }) => {
    if (outcome === undefined) return [];
    const upTo = classicUpTo(completions(asOf, WINDOW_DAYS), past.days, FORM);
    return upTo === undefined ? [] : [{ team: view.team.id, asOf, days: past.days, upTo, outcome }];
  });
}

const FORM = 'daily_90';
const WINDOW_DAYS = 90;
const TOO_FAR = 'days ahead for which forecasts were ever checked';
/** Sums of many chances end a hair beside the number that is meant. */
const ROUNDING = 1e-9;
