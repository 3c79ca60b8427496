import type { CalendarDay } from '#domain/calendar.ts';
import { countOf, isWithheld, lackWords } from '#domain/lack-words.ts';
import type { Measurement, Value } from '#domain/measurement.ts';
import type { TeamForecast } from '#forecast/team-forecast.ts';
import type { TeamGoals } from '#forecast/team-goals.ts';
import type { BasicallyDone } from '#metrics/basically-done.ts';
import type { Finding } from '#metrics/finding.ts';
import type { ItemRef } from '#metrics/item-ref.ts';
import type { ServiceLevel } from '#metrics/service-level.ts';
import type { WorkItemAge } from '#metrics/work-item-age.ts';
import type { Workstreams } from '#metrics/workstreams.ts';
import type { RaisedRisk } from '#risks/assess.ts';
import type { LevelFound } from '#risks/level.ts';
import type { ChanceChange } from '#risks/level-change.ts';
import type { Range } from '#risks/risk.ts';

/** What may change from one report to the next. */
export type ChangeKind =
  | 'level'
  | 'risk_raised'
  | 'risk_changed'
  | 'risk_gone'
  | 'risk_decided'
  | 'risk_reopened'
  | 'goal_named'
  | 'goal_gone'
  | 'goal_done'
  | 'goal_date_passed'
  | 'goal_date_moved'
  | 'goal_chance'
  | 'goal_scope'
  | 'basically_done'
  | 'reached_done'
  | 'left_basically_done'
  | 'aged_out'
  | 'forecast'
  | 'promise_alert'
  | 'workstream_opened'
  | 'workstream_closed'
  | 'workstreams'
  | 'finding_new'
  | 'finding_gone';

/** One thing that is another than it was. */
export interface ChangeLine {
  readonly kind: ChangeKind;
  /** One sentence in plain words. */
  readonly sentence: string;
  /** What it was and what it is: a number as the report has it, a range, a day, or the code word of a level. */
  readonly from?: Measurement | Range | string;
  /** Present when a range is only a bound: at least its low end, and nobody knows how much more. */
  readonly fromBound?: '>';
  readonly to?: Measurement | Range | string;
  readonly toBound?: '>';
  /** What made the chance of the primary goal another, in a fixed order, adding up to the whole. */
  readonly chance?: ChanceChange;
  /** The items it is about, as they are called now. */
  readonly items: readonly ItemRef[];
}

/** The parts of a report that are held beside those of another. */
export interface Compared {
  readonly asOf: CalendarDay;
  readonly headline: LevelFound;
  readonly risks: readonly RaisedRisk[];
  readonly goals: Pick<TeamGoals, 'goals'>;
  readonly basicallyDone: Pick<BasicallyDone, 'items'>;
  readonly metrics: { readonly workItemAge: Pick<WorkItemAge, 'items' | 'agedOut'> };
  readonly workstreams: Pick<Workstreams, 'by' | 'effective' | 'items'>;
  readonly forecast: Pick<TeamForecast, 'howMany'>;
  readonly slos: readonly Pick<ServiceLevel, 'objective' | 'inTime' | 'overspent' | 'alert' | 'missed'>[];
  readonly dataQuality: readonly Finding[];
}

/**
 * Whether two numbers differ by more than the noise in them: their 90 % intervals do not overlap. An exact count differs
 * from any other; an end that the data do not bound overlaps everything.
 *
 * @example isClearlyOther({ value: 4, interval90: [3, 5] }, { value: 7, interval90: [6, 9] }) // => true
 * @example isClearlyOther({ value: 4, interval90: [3, 5] }, { value: 7, interval90: [5, 9] }) // => false
 * @example isClearlyOther({ value: 4, interval90: [3, 5] }, { value: 9, interval90: [6, null] }) // => true
 * @example isClearlyOther({ value: 4, interval90: [3, null] }, { value: 9, interval90: [6, null] }) // => false
 */
export function isClearlyOther(
  a: Pick<Value, 'value' | 'interval90'>,
  b: Pick<Value, 'value' | 'interval90'>,
): boolean {
  const [less, more] = a.value <= b.value ? [a, b] : [b, a];
  const [high, low] = [less.interval90[1], more.interval90[0]];
  return high !== null && low !== null && high < low;
}

/**
 * What came of a number that was not told, or is not told any more, as the end of a sentence; undefined when it was and is
 * told, or neither.
 *
 * @example toldAgain({ kind: 'insufficient', have: 5, need: 6, what: 'weeks of history' }, { kind: 'value' })
 *   // => 'can be told now; before there were 5 weeks of history of 6 needed'
 */
export function toldAgain(
  before: Measurement | { readonly kind: 'value' },
  now: Measurement | { readonly kind: 'value' },
): string | undefined {
  if (before.kind === 'insufficient' && now.kind === 'value') {
    if (isWithheld(before))
      return `can be told now; before, ${lackWords(before).replace('would say', 'would have said')}`;
    const were = before.have === 1 ? 'was' : 'were';
    return `can be told now; before there ${were} ${countOf(before.have, before.what)} of ${before.need} needed`;
  }
  if (before.kind === 'value' && now.kind === 'insufficient') {
    const why = isWithheld(now) ? lackWords(now) : `${countOf(now.have, now.what)} of ${now.need} needed`;
    return `can no longer be told: ${why}`;
  }
  return undefined;
}

/** Items once each, by where they are opened. */
export function onceEach(items: readonly ItemRef[]): readonly ItemRef[] {
  const seen = new Map<string, ItemRef>();
  for (const { key, title, url } of items) if (!seen.has(url)) seen.set(url, { key, title, url });
  return [...seen.values()];
}
