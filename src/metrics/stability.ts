import { sum } from 'd3-array';
import { type Confidence, exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import { type ControlLimits, controlLimits, lowCountAlarm } from '#statistics/control-chart.ts';
import { summarizeCounts } from '#statistics/rate.ts';
import { type ChartSignal, chartSignals } from '#statistics/run-rules.ts';
import { measuredBy } from './measured.ts';
import { throughput, type WeekCount } from './throughput.ts';

/** A week that an unchanged team would hardly have. */
export interface WeekSignal extends WeekCount {
  readonly rule: ChartSignal['rule'];
  readonly side: ChartSignal['side'];
}

export interface Stability {
  /** Every complete week the chart is made of, oldest first. */
  readonly weeks: readonly WeekCount[];
  readonly chart: {
    readonly mean: Measurement;
    readonly upper: Measurement;
    /** Insufficient when it would be 0 or below: this chart cannot see a drop. */
    readonly lower: Measurement;
    readonly signals: readonly WeekSignal[];
    /** What the chart cannot show, where it cannot. */
    readonly note?: string;
  };
  /** The last four weeks beside what the weeks before them let one expect. */
  readonly recent: {
    readonly finished: Measurement;
    readonly expected: Measurement;
    /** How likely so few or fewer are if nothing has changed. */
    readonly probability: Measurement;
    /** Fewer than 1 % of unchanged teams would have so few; absent when there is too little to tell. */
    readonly alarm?: boolean;
  };
}

/**
 * Whether what a team finishes in a week has changed, or only varies as it always did.
 *
 * First a prediction: the weeks before the last four say how many those four should bring, with the spread of counts
 * that vary more than chance (negative binomial). Alarm when so few or fewer have a chance below 1 %. Beside it an XmR
 * chart of the weekly counts with two rules: outside the limits, and eight in a row on one side of the mean.
 *
 * Left out: what `throughput` leaves out, among it the current week. Below 12 complete weeks nothing is told.
 *
 * @example stability(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 8d → Done')])).chart.mean
 *   // => { kind: 'insufficient', have: 2, need: 12, what: 'complete weeks' }
 */
export function stability(view: TeamView): Stability {
  return stabilityIn(view);
}

const stabilityIn = oncePerView((view): Stability => {
  const { weeks, total } = throughput(view);
  const limits = controlLimits(weeks.map(({ count }) => count));
  if (weeks.length < MIN_WEEKS || total.kind === 'insufficient' || limits === undefined) {
    const short = insufficient(weeks.length, MIN_WEEKS, 'complete weeks');
    return {
      weeks,
      chart: { mean: short, upper: short, lower: short, signals: [] },
      recent: { finished: short, expected: short, probability: short },
    };
  }
  const confidence = weeks.length >= 2 * MIN_WEEKS ? 'high' : 'medium';
  return {
    weeks,
    chart: chart(weeks, limits, { ...total, confidence }),
    recent: recent(weeks, { ...total, confidence }),
  };
});

const MIN_WEEKS = 12;
const SPAN = 4;

/** What all numbers about the same weeks have in common. */
type Basis = Parameters<typeof measuredBy>[0] & { readonly confidence: Confidence };

function chart(
  weeks: readonly WeekCount[],
  limits: ControlLimits,
  { window, confidence, excluded = [] }: Basis,
): Stability['chart'] {
  const measured = measuredBy({ n: weeks.length, window, confidence, excluded });
  const shown = (value: number, method: string) =>
    measured({ value, interval: undefined }, 'items_per_week', method);
  const signals = chartSignals(weeks.map(({ count }) => count)).flatMap(({ rule, side, at }) =>
    weeks.slice(at, at + 1).map((week) => ({ ...week, rule, side })),
  );
  return {
    mean: shown(limits.mean, 'mean of complete weeks'),
    upper: shown(limits.upper, 'XmR chart, mean + 2.66 mean moving ranges'),
    lower:
      limits.lower === undefined
        ? // Weeks without anything do not move, and one item a week would be the least to see.
          insufficient(limits.mean, limits.mean === 0 ? 1 : 2.66 * limits.movingRange, BLIND)
        : shown(limits.lower, 'XmR chart, mean - 2.66 mean moving ranges'),
    signals,
    ...(limits.lower === undefined
      ? {
          note: 'This chart cannot see a drop: for so few items a week a week without any is within its limits.',
        }
      : {}),
  };
}

const BLIND = 'items a week on average, above which the chart could see a drop';

function recent(
  weeks: readonly WeekCount[],
  { window, confidence, excluded = [] }: Basis,
): Stability['recent'] {
  const [before, last] = [weeks.slice(0, -SPAN), weeks.slice(-SPAN)];
  const lastWindow = { from: last[0]?.from ?? window.from, to: window.to };
  const finished = exactCount(
    sum(last, ({ count }) => count),
    'items',
    lastWindow,
    'last crossing into done, last 4 complete weeks',
    { confidence },
  );
  const baseline = {
    items: sum(before, ({ count }) => count),
    weeks: before.length,
    overdispersion: summarizeCounts(before.map(({ count }) => count))?.overdispersion ?? 1,
  };
  const outlook = lowCountAlarm(baseline, finished.value, SPAN);
  if (outlook === undefined) {
    const none = insufficient(0, 1, 'items finished before the last 4 weeks');
    return { finished, expected: none, probability: none };
  }
  const measured = measuredBy({ n: before.length, window, confidence, excluded });
  const atMost = (chance: number) => {
    let count = 0;
    while ((lowCountAlarm(baseline, count, SPAN)?.probability ?? 1) < chance) count += 1;
    return count;
  };
  return {
    finished,
    expected: measured(
      { value: outlook.expected, interval: { lower: atMost(0.05), upper: atMost(0.95) } },
      'items',
      'negative binomial prediction of 4 weeks from the weeks before',
    ),
    probability: measured(
      { value: outlook.probability, interval: undefined },
      'probability',
      'so few or fewer, negative binomial prediction',
    ),
    alarm: outlook.alarm,
  };
}
