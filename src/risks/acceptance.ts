import { plusDays } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay, percent, plural } from '#domain/wording.ts';
import { atLeast } from '#forecast/model.ts';
import { chanceOfDone } from '#forecast/scope-forecast.ts';
import { teamOutlook } from '#forecast/team-outlook.ts';
import { daysUntil, type GoalAhead } from './impact.ts';
import type { Impact, Range } from './risk.ts';

/**
 * What leadership accepts when it leaves a risk as it is, in the goal's own numbers: how much of it is safe to promise
 * by its date, and when all of it lands. Without a goal, what it goes on costing; without a cost, that none can be
 * stated.
 */
export function acceptMeans(view: TeamView, goal: GoalAhead | undefined, impact: Impact): string {
  if (goal !== undefined) return goalAsItIs(view, goal);
  if (impact.fte !== undefined) return `It goes on taking ${span(impact.fte, 'person', 'people')}.`;
  if (impact.weeks !== undefined) return `It goes on costing ${weeksWords(impact.weeks, impact)}.`;
  return 'What it costs cannot be stated: there is no dated goal to count it in.';
}

function goalAsItIs(view: TeamView, { model, days }: GoalAhead): string {
  const { open, pace, prior, growth } = model;
  const due = longDay(plusDays(view.day, days));
  const outlook = teamOutlook(pace.rates, days, prior, { capacity: pace.share });
  // Of a scope that grows, what is finished by then need not be what is open now.
  const most = growth === undefined ? open : Number.POSITIVE_INFINITY;
  const safe = 'kind' in outlook ? undefined : Math.min(most, atLeast(outlook, 0.85));
  const [half, sure] = [daysUntil(model, 0.5), daysUntil(model, 0.85)];
  const landing = [
    half === undefined
      ? 'no day within a year has even odds for all of it'
      : `all ${plural(open, 'item')}${growth === undefined ? '' : ', and what comes in until then,'} land around ${onDay(view, half)} (50 %)`,
    half === undefined
      ? undefined
      : sure === undefined
        ? 'no day within a year is safe'
        : `only ${onDay(view, sure)} is safe (85 %)`,
  ].filter((part) => part !== undefined);
  const promise =
    safe === undefined
      ? ''
      : `${plural(safe, 'item')} by ${due}${growth === undefined ? '' : ', of those open and what comes in,'} ${safe === 1 ? 'is' : 'are'} safe to promise (85 %); `;
  const chance = chanceOfDone(model, days);
  const now = chance === undefined ? '' : `${percent(Math.min(0.95, Math.max(0.05, chance)))} for ${due}: `;
  return `${now}${promise}${landing.join(', and ')}.`;
}

/** "Around" a day: the nearest one. */
function onDay(view: TeamView, days: number): string {
  return longDay(plusDays(view.day, Math.round(days)));
}

function weeksWords(weeks: Range, { weeksBound }: Impact): string {
  return weeksBound === undefined
    ? span(weeks, 'week', 'weeks')
    : `at least ${span([weeks[0], weeks[0]], 'week', 'weeks')}`;
}

function span([low, high]: Range, one: string, many: string): string {
  const [from, to] = [low.toFixed(1), high.toFixed(1)];
  return `${from === to ? from : `${from} to ${to}`} ${from === to && from === '1.0' ? one : many}`;
}
