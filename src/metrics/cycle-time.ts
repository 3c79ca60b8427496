import { type CalendarDay, dayOf } from '#domain/calendar.ts';
import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { typeFamily } from '#domain/type-family.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import { type FlowSample, flowSample } from './flow-sample.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { completedPercentiles, observedPercentiles, type Percentiles, provenance } from './percentiles.ts';

/** A finished item, and its days from start to finish by the team's definition. */
export interface FinishedItem extends ItemRef {
  readonly type: string;
  readonly startedOn: CalendarDay;
  readonly finishedOn: CalendarDay;
  readonly days: number;
}

/** The same of the items whose types stand for the same kind of work. */
interface FamilyCycleTime extends Percentiles {
  readonly family: string;
  /** What the types of its finished items are called. */
  readonly types: readonly string[];
}

export interface CycleTime extends Percentiles {
  /** The same from finished items alone, as most tools count. */
  readonly completedOnly: Percentiles;
  /** Why the two differ, when they do by more than 15 %. */
  readonly gap?: string;
  readonly finished: Measurement;
  readonly open: Measurement;
  readonly cancelledShare: Measurement;
  /** Families of types with enough finished items for a median, when there is more than one. */
  readonly byTypeFamily: readonly FamilyCycleTime[];
  /** The items finished in the window, last finished first. */
  readonly items: readonly FinishedItem[];
}

/**
 * How long work takes once it is begun: within how many days half, 85 % and 95 % of items finish.
 *
 * By our definition elapsed days, weekends included, from first start to the last crossing into done, over the last 180
 * days: a pause, a move back or a reopening does not stop the clock. A team may have another definition, which then
 * counts all of this; delayed entry is on its clock too. Items still open count as having lasted until now (Kaplan and
 * Meier with delayed entry), because the finished ones alone are the quick ones. When more than 5 % were dropped, they
 * count as a competing ending (Aalen and Johansen). A percentile the data do not reach is "more than" a number.
 *
 * Left out: items closed by tidying up, and items done without a recorded start (both counted under `excluded`). Below
 * 5, 19 and 59 finished items the three percentiles are not told.
 *
 * @example cycleTime(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 3d → Review 2d → In Progress 3d → Done')])).items[0].days
 *   // => 8
 * @example cycleTime(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 8d → Done')])).p50
 *   // => { kind: 'insufficient', have: 1, need: 5, what: 'finished items with a recorded start' }
 */
export function cycleTime(view: TeamView): CycleTime {
  const sample = flowSample(view);
  const all = observedPercentiles(sample);
  const completedOnly = completedPercentiles(sample);
  const gap = gapSentence(all, completedOnly);
  const exact = (count: number, method: string) => exactCount(count, 'items', sample.window, method);
  return {
    ...all,
    completedOnly,
    ...(gap === undefined ? {} : { gap }),
    finished: exact(sample.finished.length, 'begun, and finished in the window'),
    open: exact(sample.open.length, 'begun, not closed at the end of the window'),
    cancelledShare: cancelledShare(sample),
    byTypeFamily: byTypeFamily(sample),
    items: finishedItems(view, sample),
  };
}

const NOTABLE_GAP = 0.15;

function gapSentence(all: Percentiles, completed: Percentiles): string | undefined {
  for (const [percent, counted, seen] of [
    [85, all.p85, completed.p85],
    [50, all.p50, completed.p50],
  ] as const) {
    if (counted.kind !== 'value' || seen.kind !== 'value') continue;
    if (Math.abs(counted.value - seen.value) <= NOTABLE_GAP * seen.value) return undefined;
    // A gap of minutes is large as a share and nothing to anyone.
    if (inDays(counted.value) === inDays(seen.value)) return undefined;
    const why =
      counted.value > seen.value
        ? 'the slow ones are not finished yet'
        : 'many of the finished had been open since before the window';
    return (
      `Of the items finished in the window ${percent} % took at most ${inDays(seen.value)}; counting those not ` +
      `finished too it is ${counted.bound === '>' ? 'more than ' : ''}${inDays(counted.value)}, because ${why}.`
    );
  }
  return undefined;
}

const inDays = (days: number): string => `${days.toFixed(1)} days`;

function cancelledShare(sample: FlowSample): Measurement {
  const n = sample.finished.length + sample.cancelled.length;
  const need = minimumSample(50);
  if (n < need) return insufficient(n, need, 'items begun that ended in the window');
  const { lower, upper } = jeffreysProportion(sample.cancelled.length, n);
  return {
    kind: 'value',
    value: sample.cancelled.length / n,
    unit: 'share',
    interval90: [lower, upper],
    ...provenance(sample, n, need),
    method: 'dropped / (finished + dropped), of items begun',
  };
}

function byTypeFamily(sample: FlowSample): readonly FamilyCycleTime[] {
  const families = Map.groupBy(sample.finished, ({ item }) => typeFamily(item.type));
  if (families.size < 2) return [];
  return [...families]
    .filter(([, finished]) => finished.length >= minimumSample(50))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([family, finished]) => {
      const isOfFamily = ({ type }: WorkItem) => typeFamily(type) === family;
      const ofFamily: FlowSample = {
        ...sample,
        finished,
        spells: sample.spells.filter((spell) => isOfFamily(spell.item)),
        skippedStart: sample.skippedStart.filter(isOfFamily),
        bulk: sample.bulk.filter(isOfFamily),
      };
      const types = [...new Set(finished.map(({ item }) => item.type.name))].sort();
      return { family, types, ...observedPercentiles(ofFamily) };
    });
}

function finishedItems(view: TeamView, sample: FlowSample): readonly FinishedItem[] {
  const { timezone } = view.team;
  return sample.finished
    .toSorted((a, b) => b.until - a.until)
    .map(({ item, startedAt, until, exit }) => ({
      ...itemRef(view, item),
      type: item.type.name,
      startedOn: dayOf(startedAt, timezone),
      finishedOn: dayOf(until, timezone),
      days: exit,
    }));
}
