import { plusDays } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { rounded, shortDay } from '#domain/wording.ts';
import { aChance, chanceSpan, percents } from './chance-words.ts';
import { elasticityOf, type GoalAhead } from './impact.ts';
import type { Impact, Range, RiskKind } from './risk.ts';
import type { Signal } from './signal.ts';

/**
 * What a risk costs, as far as that could be worked out: the goal's chance as it is and as it would be, by how much earlier
 * it would land, and what it takes whatever the goal is.
 *
 * A gain is told under its condition, never as an effect: "if X were relieved and 50-100 % of that time went to the goal"
 * (METRICS 2.2).
 */
export function costMeans(
  view: TeamView,
  goal: GoalAhead | undefined,
  signal: Pick<Signal, 'kind' | 'evidence' | 'relief' | 'relievedIf' | 'cost' | 'ofTooFew' | 'isOfGoalsLast'>,
  impact: Impact,
): string {
  const { weeks, fte } = impact;
  const told = goal === undefined ? undefined : gainWords(view, goal, signal, impact);
  // A cost of its own is not how much earlier the goal would land.
  const isEarlier = told !== undefined && signal.cost?.weeks === undefined;
  const parts = [
    told,
    weeks === undefined || isEarlier ? undefined : ownWeeks(signal, weeks, impact),
    // The statement has said a single number; a gain was told of it.
    fte === undefined || (told !== undefined && span(fte) === tenth(fte[0]))
      ? undefined
      : `It takes the time of ${span(fte)} people.`,
  ].filter((part) => part !== undefined);
  if (parts.length > 0) return parts.join(' ');
  return signal.ofTooFew
    ? 'How much of the people’s time it takes is not told: it would tell what one or two of them do.'
    : 'What it costs cannot be worked out.';
}

function gainWords(
  view: TeamView,
  goal: GoalAhead,
  { relief, relievedIf = 'it were relieved', cost }: Pick<Signal, 'relief' | 'relievedIf' | 'cost'>,
  { dP, probability, weeks }: Impact,
): string | undefined {
  if (dP === undefined || probability === undefined) return undefined;
  const { model, days } = goal;
  const due = shortDay(plusDays(view.day, days), view.day);
  const items =
    model.open === 1 ? 'The item committed for' : `The ${rounded(model.open)} items committed for`;
  const { now, relieved } = probability;
  const chance = aChance(now);
  const freed =
    relief?.kind === 'people' ? ` and ${percents(elasticityOf(goal))} of that time went to the goal` : '';
  const earlier = weeks === undefined || cost?.weeks !== undefined ? '' : earlierWords(weeks);
  return `${items} ${due} ${model.open === 1 ? 'has' : 'have'} ${chance}. If ${relievedIf}${freed}: ${chanceSpan(relieved)}${earlier}.`;
}

/** In whole weeks once they are several: nobody plans in tenths of them. */
function earlierWords([low, high]: Range): string {
  if (high < 0.05) return '';
  const shown = high < 1.5 ? [tenth(low), tenth(high)] : [String(Math.round(low)), String(Math.round(high))];
  const [from, to] = shown;
  return `, ${from === to ? from : `${from} to ${to}`} ${to === '1' ? 'week' : 'weeks'} earlier`;
}

/**
 * What a risk goes on costing that costs the goal nothing which could be worked out; undefined of one that does, or that
 * has no weeks of its own.
 */
export function ownCost(
  signal: Pick<Signal, 'kind' | 'evidence' | 'cost' | 'isOfGoalsLast'>,
  { dP, ...impact }: Impact,
): string | undefined {
  const weeks = signal.cost?.weeks;
  return dP === undefined && weeks !== undefined && hasOwnWeeks(signal.kind)
    ? ownWeeks(signal, weeks, impact)
    : undefined;
}

/** Whether the weeks of a kind of risk are its own, and not by how much a goal is late. */
export function hasOwnWeeks(kind: RiskKind): boolean {
  return OWN_WEEKS[kind] !== undefined;
}

function ownWeeks(
  { kind, evidence, isOfGoalsLast }: Pick<Signal, 'kind' | 'evidence' | 'isOfGoalsLast'>,
  weeks: Range,
  impact: Impact,
): string {
  if (kind === 'unrealistic_goal' || kind === 'early_failure') return lateWords(weeks, impact, evidence);
  const told = weeksWords(weeks, impact);
  // What a goal waits for the last of its items is not what such work waits on average.
  if (isOfGoalsLast) return `The last of the goal’s items would be through ${told} earlier.`;
  return OWN_WEEKS[kind]?.(told) ?? `It costs ${told}.`;
}

/** What the weeks are that a risk costs whatever the goal is: those of two risks are not of one kind, and never add up. */
const OWN_WEEKS: Partial<Readonly<Record<RiskKind, (weeks: string) => string>>> = {
  aging_work: (weeks) => `Open work takes ${weeks} longer than what was finished suggests.`,
  basically_done: (weeks) => `Such work waits ${weeks} longer than its best quarter does.`,
  carry_over: (weeks) => `What is meant for a cycle takes ${weeks} longer.`,
  service_level_burn: (weeks) => `To be kept, the promise would have to allow ${weeks} more.`,
  slipping_dates: (weeks) => `Half of what misses its first date misses it by ${weeks} or more.`,
  unanswered_asks: (weeks) => `What waits for an answer has waited for ${weeks}.`,
  unstable_throughput: (weeks) => `What was not finished is ${weeks} of work at the pace before.`,
};

/** From even odds to nearly sure; where no day is nearly sure, from even odds on. */
function lateWords(weeks: Range, impact: Impact, evidence: Signal['evidence']): string {
  const sure = impact.weeksBound === undefined ? '50 to 85 % sure' : '50 % sure; for 85 % no day can be told';
  const what = evidence.some(({ metric }) => metric === 'goals.kpi')
    ? 'The target would be reached'
    : 'It would be done';
  return `${what} ${weeksWords(weeks, impact)} late (${sure}).`;
}

/** Weeks of which only the least is known are at least so many. */
function weeksWords(weeks: Range, { weeksBound }: Impact): string {
  return weeksBound === undefined ? `${span(weeks)} weeks` : `at least ${tenth(weeks[0])} weeks`;
}

/** From the low to the high end; equal ends once. */
function span([low, high]: Range): string {
  const [from, to] = [tenth(low), tenth(high)];
  return from === to ? from : `${from} to ${to}`;
}

const tenth = (value: number): string => (Math.round(value * 10) / 10).toLocaleString('en-US');
