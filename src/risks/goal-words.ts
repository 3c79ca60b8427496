import { plusDays } from '#domain/calendar.ts';
import type { Measurement, Value } from '#domain/measurement.ts';
import { TEAM_DEFAULTS } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay, percent, plural, rounded } from '#domain/wording.ts';
import { toOdds } from '#forecast/even-odds.ts';
import type { GoalBasis } from '#forecast/goal-forecast.ts';
import type { MilestoneForecast } from '#forecast/milestone-forecast.ts';
import { TOO_FAR } from '#forecast/milestone-numbers.ts';
import { teamCalibration } from '#forecast/team-calibration.ts';
import { itemRef } from '#metrics/item-ref.ts';
import { acceptMeans } from './acceptance.ts';
import type { GoalAhead } from './impact.ts';
import type { Relief } from './relief.ts';
import type { Evidence, Impact, Trust } from './risk.ts';
import type { Signal, SignalOption } from './signal.ts';

/** What is said of a model whose word has not been held against enough of a team's own past, or did not hold. */
export const UNCALIBRATED = 'model uncalibrated for this team';

/** Whether the team's forecasts so far allow for taking a low chance at its word. */
export function isCalibrated(view: TeamView): boolean {
  const { verdict } = teamCalibration(view);
  return verdict !== 'insufficient' && verdict !== 'over_confident';
}

/** A chance as people say it. */
export function chanceWords({ value, bound }: Value): string {
  return `${bound === undefined ? '' : bound === '<' ? 'less than ' : 'more than '}${percent(value)}`;
}

/** The numbers that speak for what is said of a goal, and what is still open of it. */
export function goalEvidence(
  view: TeamView,
  { basis }: GoalBasis,
  { probability, ambition, scope }: MilestoneForecast,
): readonly Evidence[] {
  const open = [...basis.scope.unsplit, ...basis.scope.open].slice(0, SHOWN);
  return [
    { metric: 'goals.probability', number: probability, items: [] },
    { metric: 'goals.ambition', number: ambition, items: [] },
    {
      metric: 'goals.open',
      number: scope.open,
      items: open.map((item) => ({ ...itemRef(view, item), why: 'still open' })),
    },
  ];
}

const SHOWN = 10;

/** How far the forecast of a goal can be trusted. */
export function goalTrust(
  view: TeamView,
  { basis, model }: GoalBasis,
  { probability, dateKnownOnlyNow }: MilestoneForecast,
): Trust {
  const { scope, undiscovered, work } = basis;
  const reasons = [
    isCalibrated(view) ? undefined : UNCALIBRATED,
    'pace' in work && work.pace.basis !== 'own_items'
      ? 'too few of its own items are finished: the team’s pace was taken, by its share'
      : undefined,
    undiscovered.unknown === undefined || scope.unsplit.length === 0
      ? undefined
      : `nobody knows how many items ${plural(scope.unsplit.length, 'epic')} without any will hold`,
    dateKnownOnlyNow ? 'its date is the one the tracker shows now' : undefined,
    model === undefined ? 'too little is known of it to forecast it' : undefined,
  ].filter((reason) => reason !== undefined);
  const level = probability.kind === 'value' ? probability.confidence : 'low';
  return { level: reasons.length > 0 && level === 'high' ? 'medium' : level, reasons };
}

/**
 * By how many weeks a goal misses its date, one time in two and with 85 %. Where one of the two days is only known to lie
 * behind another, as behind the last for which forecasts were ever checked, so are the weeks: at least as many as the low
 * end, and the high end is no more than where knowledge stops.
 */
export function weeksLate({ within50, within85 }: MilestoneForecast, days: number): Late | undefined {
  const half = daysOf(within50);
  if (half === undefined) return undefined;
  const sure = daysOf(within85) ?? half;
  return {
    weeks: [(half.days - days) / 7, (sure.days - days) / 7],
    ...(half.isBound || sure.isBound ? { weeksBound: '>' } : {}),
  };
}

type Late = Required<Pick<Impact, 'weeks'>> & Pick<Impact, 'weeksBound'>;

function daysOf(within: Measurement): { readonly days: number; readonly isBound: boolean } | undefined {
  if (within.kind === 'value') return { days: within.value, isBound: within.bound !== undefined };
  return within.what === TOO_FAR ? { days: within.need, isBound: true } : undefined;
}

/**
 * What leadership accepts when it leaves a goal as it is that need not be the one costs are counted in: that goal's own
 * numbers while it can be forecast, else by how much it is late, as far as that is known.
 */
export function acceptingGoal(
  view: TeamView,
  { goal: { id, name }, model, days = 0, left }: GoalBasis,
  late: Late | undefined,
): string {
  if (model !== undefined && days > 0) return `Of “${name}”: ${acceptMeans(view, { id, model, days }, {})}`;
  const remains = `${plural(left, 'item')} of “${name}” ${left === 1 ? 'stays' : 'stay'} undone past the date`;
  return late === undefined
    ? `${remains}, and nobody can say until when.`
    : `${remains}: all of it ${rangeWords(late)} late.`;
}

function rangeWords({ weeks: [low, high], weeksBound }: Late): string {
  const [from, to] = [low.toFixed(1), high.toFixed(1)];
  if (weeksBound !== undefined) return `at least ${from} weeks`;
  return from === to ? `${from} weeks` : `${from} to ${to} weeks`;
}

/** What would bring a goal to even odds or make it safe, or the day on which it is: each worth what its own forecast says. */
export function goalOptions(
  view: TeamView,
  { goal: { id }, model, days = 0 }: GoalBasis,
  { within50, within85 }: MilestoneForecast,
): Signal['options'] {
  const later = [within50, within85].flatMap((one) => (one.kind === 'value' ? [one.value] : []));
  const moved = movedTo(view, later);
  if (model === undefined || days <= 0) {
    return moved === undefined
      ? []
      : [{ ...moved, relief: () => 'its date has passed, and with it the chance of it' }];
  }
  const ahead: GoalAhead = { id, model, days };
  const { realistic, safe } = view.team.cutPoints ?? TEAM_DEFAULTS.cutPoints;
  const [even, sure] = [toOdds(model, days, realistic), toOdds(model, days, safe)];
  const drops = [
    { items: even?.items ?? 0, chance: realistic },
    { items: sure?.items ?? 0, chance: safe },
  ].filter(({ items }, i, all) => items > 0 && items !== all[i - 1]?.items);
  const pace = even?.pace ?? 1;
  return [
    ...drops.map(
      ({ items, chance }): SignalOption => ({
        action: `Take ${items} of the ${plural(model.open, 'open item')} out of the goal.`,
        assumption: `All else stays as it is; the date is then met with a chance of at least ${percent(chance)}.`,
        whoDecides: 'leadership',
        relief: () => ({ kind: 'scope', items: [items, items] }),
        goal: ahead,
      }),
    ),
    ...(moved === undefined ? [] : [{ ...moved, relief: () => laterBy(later, days), goal: ahead }]),
    ...(pace <= 1 ? [] : [fasterBy(pace, realistic, ahead)]),
  ];
}

function fasterBy(pace: number, chance: number, goal: GoalAhead): SignalOption {
  return {
    action: `Work on the goal ${rounded(pace)} times as fast, by stopping other work or adding people.`,
    assumption: `The date is then met with a chance of ${percent(chance)}; newcomers take time to be of help.`,
    whoDecides: 'leadership',
    relief: () => ({ kind: 'pace', ratio: [pace, pace] }),
    goal,
  };
}

function movedTo(
  view: TeamView,
  [half, sure]: readonly number[],
): Pick<SignalOption, 'action' | 'assumption' | 'whoDecides'> | undefined {
  if (half === undefined) return undefined;
  const on = (days: number) => longDay(plusDays(view.day, days));
  return {
    action: `Move the date: to ${on(half)} for even odds${sure === undefined ? '' : `, to ${on(sure)} to be 85 % sure`}.`,
    assumption: 'The pace and the growth of the scope stay as they are.',
    whoDecides: 'leadership',
  };
}

function laterBy([half = 0, sure = half]: readonly number[], days: number): Relief {
  return { kind: 'later', days: [half - days, sure - days] };
}
