import { mean, min, sum } from 'd3-array';
import { type CalendarDay, dayOf, elapsedDays, inclusiveDays } from '#domain/calendar.ts';
import { scalarNow } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { cycleTimeDefinition } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { Stage } from '#domain/workflow.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import { jeffreysRate } from '#statistics/rate.ts';
import { finishOutlook } from './finish-outlook.ts';
import { flowDebt } from './flow-debt.ts';
import { type FlowSample, flowSample } from './flow-sample.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { provenance } from './percentiles.ts';

export interface AgingItem extends ItemRef {
  readonly type: string;
  readonly stage: Stage;
  readonly status: string;
  readonly startedOn: CalendarDay;
  readonly ageDays: number;
  readonly finishWithin14Days: Measurement;
  /** Older than 85 % of items ever get; absent when the past is too short to tell. */
  readonly agedOut?: boolean;
}

/** Little's law over the window: what was measured, and what the items still open owe. */
export interface FlowDebt {
  readonly inProgress: Measurement;
  readonly departuresPerDay: Measurement;
  readonly cycleTime: Measurement;
  readonly residual: Measurement;
  readonly debt: Measurement;
  readonly assumptions: readonly string[];
}

export interface WorkItemAge {
  /** Oldest first. */
  readonly items: readonly AgingItem[];
  readonly agedOut: Measurement;
  readonly flowDebt: FlowDebt;
}

/**
 * How long the work in progress has been under way, and which of it has stopped behaving like work that finishes.
 *
 * Age is what the clock of the team's definition of cycle time shows at the end of the view; by ours elapsed days since
 * first start, which pauses, moves back and reopenings do not reset. The chance to finish within 14 days, on the same
 * clock, is that of items of the last 180 days which had reached the same age. Aged out: at most 15 % of items last that
 * long, or none that finished ever did.
 *
 * Left out: items not begun, finished or dropped by that definition. Chances need 5 finished items and 3 that were watched long enough;
 * the verdict "aged out" needs 19.
 *
 * @example workItemAge(view(team(), '2026-01-23', [issue('PAY-1', 'To Do 1d → In Progress', { from: '2026-01-05' })])).items[0].ageDays
 *   // => 18
 */
export function workItemAge(view: TeamView): WorkItemAge {
  return workItemAgeIn(view);
}

const workItemAgeIn = oncePerView((view): WorkItemAge => {
  const sample = flowSample(view);
  const outlook = finishOutlook(sample);
  const items = sample.open
    .toSorted((a, b) => b.exit - a.exit || a.startedAt - b.startedAt)
    .map(({ item, startedAt, exit: ageDays }): AgingItem => {
      const { finishWithin14Days, agedOut } = outlook(ageDays);
      return {
        ...itemRef(view, item),
        type: item.type.name,
        stage: item.stage,
        status: scalarNow(item.issue, 'status')?.name ?? item.statusId,
        startedOn: dayOf(startedAt, view.team.timezone),
        ageDays,
        finishWithin14Days,
        ...(agedOut === undefined ? {} : { agedOut }),
      };
    });
  return { items, agedOut: countAgedOut(sample, items), flowDebt: littleCheck(view, sample) };
});

const FINISHED = 'finished items with a recorded start';

function countAgedOut(sample: FlowSample, items: readonly AgingItem[]): Measurement {
  const [have, need] = [sample.finished.length, minimumSample(85)];
  if (have < need) return insufficient(have, need, FINISHED);
  const count = items.filter((item) => item.agedOut === true).length;
  return {
    ...exactCount(count, 'items', sample.window, 'at most 15 % of items last that long'),
    ...provenance(sample, items.length, 1),
  };
}

const ASSUMPTIONS = [
  'as much is begun as is closed',
  'everything begun is finished',
  'the mean age of open work stays the same',
] as const;

/** The days that the clock of an item shows which was there all the time: the law holds in any days that all share. */
function daysFrom(from: Instant, { team, asOf }: TeamView): number {
  return cycleTimeDefinition(team).clock === 'inclusive_days'
    ? inclusiveDays(from, asOf - 1, team.timezone)
    : elapsedDays(from, asOf);
}

function littleCheck(view: TeamView, sample: FlowSample): FlowDebt {
  const from = Math.max(sample.since, min(sample.spells, (spell) => spell.startedAt) ?? view.asOf);
  const span = daysFrom(from, view);
  const departures = sample.finished.length + sample.cancelled.length;
  const inProgress = sum(sample.spells, (spell) => spell.exit - spell.entry) / span;
  const cycleTime = mean(sample.finished, (spell) => spell.exit);
  const check =
    cycleTime === undefined
      ? undefined
      : flowDebt({ inProgress, departuresPerDay: departures / span, cycleTime });
  const [have, need] = [sample.finished.length, minimumSample(50)];
  if (check === undefined || cycleTime === undefined || have < need) {
    const short = insufficient(have, need, FINISHED);
    return {
      inProgress: short,
      departuresPerDay: short,
      cycleTime: short,
      residual: short,
      debt: short,
      assumptions: ASSUMPTIONS,
    };
  }
  const measured = (
    value: number,
    unit: string,
    method: string,
    interval90: readonly [number | null, number | null] = [null, null],
  ): Measurement => ({
    kind: 'value',
    value,
    unit,
    interval90,
    ...provenance(sample, have, need),
    window: { ...sample.window, from: dayOf(from, view.team.timezone) },
    method,
  });
  const rate = jeffreysRate(departures, span);
  return {
    inProgress: measured(inProgress, 'items', 'time under way of all items / days', [inProgress, inProgress]),
    departuresPerDay: measured(departures / span, 'items_per_day', 'finished or dropped / days', [
      rate.lower,
      rate.upper,
    ]),
    cycleTime: measured(cycleTime, 'days', 'mean of the finished items'),
    residual: measured(check.residual, 'items', "Little's law, L - λW"),
    debt: measured(check.flowDebt, 'days', "Little's law, L/λ - W"),
    assumptions: ASSUMPTIONS,
  };
}
