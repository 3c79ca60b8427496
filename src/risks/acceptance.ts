import { plusDays } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { plural, rounded, shortDay } from '#domain/wording.ts';
import { chanceOfDone, type ScopeModel } from '#forecast/scope-forecast.ts';
import { chanceNow } from './chance-words.ts';
import { daysUntil, type GoalAhead } from './impact.ts';
import type { Impact, Range } from './risk.ts';

/**
 * What leadership accepts when it leaves a risk as it is, in the goal's own numbers: how much of it is safe to promise
 * by its date, when all of it lands, and the chance that it lets stand; `own` instead, where that is what the risk costs.
 * Without a goal, what it goes on costing; without a cost, that none can be stated.
 *
 * METRICS 2.2 and 2.4.
 */
export function acceptMeans(
  view: TeamView,
  goal: GoalAhead | undefined,
  impact: Impact,
  own?: string,
  isOfTooFew = false,
): string {
  // What costs the goal nothing that could be worked out is not accepted in the goal's numbers.
  if (own !== undefined) return `It stays so: ${own.charAt(0).toLowerCase()}${own.slice(1)}`;
  if (goal !== undefined) return goalAsItIs(view, goal);
  if (impact.fte !== undefined) return `It goes on taking ${span(impact.fte, 'person', 'people')}.`;
  if (impact.weeks !== undefined) return `It goes on costing ${weeksWords(impact.weeks, impact)}.`;
  if (isOfTooFew)
    return 'It goes on taking that time. How much is not told: it would say what one or two people do.';
  return 'What it costs cannot be stated: there is no dated goal to count it in.';
}

function goalAsItIs(view: TeamView, goal: GoalAhead): string {
  const { model, days } = goal;
  const { open, growth } = model;
  const due = onDay(view, days);
  const safe = safeToPromise(model, days);
  const [half, sure] = [daysUntil(model, 0.5), daysUntil(model, 0.85)];
  const [all, lands] = open === 1 ? ['the one item', 'lands'] : [`all ${rounded(open)}`, 'land'];
  const landing =
    half === undefined
      ? 'no day within a year has even odds for all of it'
      : `${all}${growth === undefined ? '' : ', and what comes in until then,'} ${growth === undefined ? lands : 'land'} around ${onDay(view, half)} (50 %), and ` +
        (sure === undefined ? 'no day within a year is safe' : `only ${onDay(view, sure)} is safe (85 %)`);
  const promise =
    safe === undefined
      ? ''
      : safe === 0
        ? `None of its items is safe to promise by ${due} (85 %); `
        : `${plural(safe, 'item')} by ${due} ${safe === 1 ? 'is' : 'are'} safe to promise (85 %)${growth === undefined ? '' : ' if done before what else comes in'}; `;
  const now = chanceNow(goal);
  return `${promise}${landing}.${now === undefined ? '' : ` What is accepted is ${now} for ${due}.`}`;
}

/**
 * How many of the items that are open are safe to promise: as many as are finished with a chance of 85 %, by the model of
 * the goal's own chance. Promised is what is known, so it comes before what is found or comes in on the way; what is
 * finished beyond that is no promise.
 */
function safeToPromise({ pace, prior, ...model }: ScopeModel, days: number): number | undefined {
  const chance = (open: number) => chanceOfDone({ open, undiscovered: [0], pace, prior }, days);
  if (chance(model.open) === undefined) return undefined;
  const isSafe = (open: number) => (chance(open) ?? 0) >= 0.85;
  let [safe, tooMany] = [0, model.open + 1];
  while (tooMany - safe > 1) {
    const middle = Math.floor((safe + tooMany) / 2);
    if (isSafe(middle)) safe = middle;
    else tooMany = middle;
  }
  return safe;
}

/** "Around" a day: the nearest one. */
function onDay(view: TeamView, days: number): string {
  return shortDay(plusDays(view.day, Math.round(days)), view.day);
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
