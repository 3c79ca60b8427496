import { elapsedDays } from '#domain/calendar.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { claims } from '#metrics/claims.ts';
import { NO_GOAL } from '#metrics/goal-items.ts';
import { claimCurve } from '#metrics/half-life.ts';
import { ledger } from '#metrics/ledger.ts';
import { measuredBy } from '#metrics/measured.ts';
import { conditionalFinish, type SurvivalCurve, survivalAt } from '#statistics/survival.ts';
import { goalBases } from './goal-forecast.ts';
import { wasUnder } from './membership.ts';

/**
 * The chance that all of the primary goal's basically-done items reach Done by its date, if each takes its own time.
 *
 * The product over its items of 1 - S(a + h) / S(a), with S the team's own time from claim to Done (Kaplan and Meier), a
 * the days since an item was claimed and h the days to the date (METRICS 1.2 A). That items are independent is assumed:
 * one release that all wait for makes the truth lie higher. Where the past was not watched for as long as a + h it is at
 * least what is told. Insufficient without a date ahead, without such items, where claims are too few for a half-life, and
 * where an item has waited for longer than anything that was watched.
 *
 * @example goalLastMile(view(team(), '2026-01-23', [])) // => { kind: 'insufficient', have: 0, need: 1, what: 'goals that say which work serves them' }
 */
export function goalLastMile(view: TeamView): Measurement {
  const { primary } = goalBases(view);
  if (primary === undefined) return NO_GOAL;
  const { days, basis } = primary;
  if (days <= 0) return insufficient(0, 1, 'days until the goal is due');
  const waiting = ledger(view).filter(({ item }) => wasUnder(basis.members.get(item) ?? [], view.asOf));
  if (waiting.length === 0) return insufficient(0, 1, 'items of the goal that are basically done');
  const sample = claims(view);
  const curve = claimCurve(sample);
  if (curve.kind === 'insufficient') return insufficient(curve.have, curve.need, curve.what);

  const ages = waiting.map(({ line }) => elapsedDays(Date.parse(line.claimedAt), view.asOf));
  const chances = ages.flatMap((age) => chanceWithin(curve, age, days) ?? []);
  if (chances.length < ages.length)
    return insufficient(chances.length, ages.length, 'items that have waited no longer than any was watched');
  const isBound = chances.some((one) => one.isBound);
  const all = chances.reduce((product, { chance }) => product * chance, 1);
  // "More than nothing" is no answer.
  if (isBound && all === 0) return insufficient(0, 1, 'items watched for as long as until the date');
  return {
    ...measuredBy({ n: sample.claims.length, window: sample.window, confidence: isBound ? 'low' : 'medium' })(
      { value: all, interval: undefined },
      'probability',
      'kaplan_meier_of_claims_items_independent',
    ),
    ...(isBound ? { bound: '>' as const } : {}),
  };
}

/** How likely one item is through in time; at least so likely where nothing was watched for as long. */
function chanceWithin(
  curve: SurvivalCurve,
  age: number,
  horizon: number,
): { readonly chance: number; readonly isBound: boolean } | undefined {
  const now = survivalAt(curve, age);
  if (now === undefined || now === 0) return undefined;
  const within = conditionalFinish(curve, age, horizon);
  if (within !== undefined) return { chance: within, isBound: false };
  const least = conditionalFinish(curve, age, curve.supportedUntil - age);
  return least === undefined ? undefined : { chance: least, isBound: true };
}
