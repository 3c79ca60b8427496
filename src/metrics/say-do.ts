import { sum } from 'd3-array';
import { type Insufficient, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import { probabilityGrown, type Share } from '#statistics/change.ts';
import { hull, wider } from '#statistics/interval.ts';
import { clusterInterval, jeffreysProportion } from '#statistics/proportion.ts';
import { jeffreysRate } from '#statistics/rate.ts';
import { type CycleResult, cycleResults } from './cycle-results.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { type Estimate, measuredBy } from './measured.ts';

/** Whether the later half of the cycles kept more of what was committed to than the earlier half. */
export type Trend =
  | { readonly kind: 'better' | 'worse' | 'cannot_tell'; readonly probabilityBetter: number }
  | Insufficient;

export interface SayDo {
  /** The part of what a cycle committed to that was done by its end. */
  readonly sayDo: Measurement;
  readonly trend: Trend;
  /** The part of the commitment that went on into a following cycle. */
  readonly carryOver: Measurement;
  /** Items put in after the commitment, for each item committed to. */
  readonly added: Measurement;
  /** Items taken out again, for each item committed to. */
  readonly punted: Measurement;
  /** Facts that the tracker keeps no history of: these are today's, whatever the date asked for. */
  readonly knownOnlyNow: readonly string[];
  /** Oldest first. */
  readonly cycles: readonly CycleResult[];
}

/**
 * How much of what a team says at the start of a cycle it has done at its end, and how its scope moves meanwhile.
 *
 * Items, not points. Committed is what is in the cycle one day after it began; what comes later is added and can hide
 * no miss, so the share never exceeds 1. Cycles that ended in the last 180 days. The interval is the wider of Jeffreys'
 * over all items and Student's t over the cycles, whose items succeed or fail together. Whether it gets better or worse
 * is told when that is more than 90 % likely.
 *
 * Left out: cycles without dates, and items closed before the cycle began. Below 2 cycles there is no share, below 5
 * cycles or 20 items it has low confidence and there is no verdict.
 *
 * @example sayDo(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 8d → Done')])).sayDo
 *   // => { kind: 'insufficient', have: 0, need: 2, what: 'finished cycles with a commitment' }
 */
export function sayDo(view: TeamView): SayDo {
  return sayDoIn(view);
}

const sayDoIn = oncePerView((view): SayDo => {
  const { window } = lookback(view, FLOW_DAYS);
  const cycles = cycleResults(view).filter(({ to }) => to >= window.from);
  const committed = sum(cycles, (cycle) => cycle.committed);
  const [first] = cycles;
  const base = {
    trend: trendOf(cycles, committed),
    knownOnlyNow: cycles.length > 0 ? KNOWN_ONLY_NOW : [],
    cycles,
  };
  if (first === undefined || cycles.length < MIN_POOLED) {
    const few = insufficient(cycles.length, MIN_POOLED, 'finished cycles with a commitment');
    return { ...base, sayDo: few, carryOver: few, added: few, punted: few };
  }
  const measured = measuredBy({
    n: committed,
    window: { from: first.from, to: cycles.at(-1)?.to ?? first.to },
    confidence: lacking(cycles, committed) ? 'low' : 'medium',
  });
  const perCommitted = (events: number): Estimate => ({
    value: events / committed,
    interval: jeffreysRate(events, committed),
  });
  const part = (of: (cycle: CycleResult) => number) =>
    pooledShare(cycles.map((cycle) => ({ k: of(cycle), n: cycle.committed })));
  return {
    ...base,
    sayDo: measured(
      part(({ done }) => done),
      'share',
      'committed items done by the end / committed',
    ),
    carryOver: measured(
      part(({ carriedOver }) => carriedOver),
      'share',
      'committed items in a following cycle / committed',
    ),
    added: measured(perCommitted(sum(cycles, (cycle) => cycle.added)), 'ratio', 'added / committed'),
    punted: measured(perCommitted(sum(cycles, (cycle) => cycle.punted)), 'ratio', 'taken out / committed'),
  };
});

/**
 * A share over several batches, with the wider of the interval over all items and the one over the batches.
 *
 * The second counts every batch alike, so where a large one differs from the small ones it may miss the share of all
 * items: then nothing that either allows is left out.
 *
 * @example pooledShare([{ k: 8, n: 10 }, { k: 5, n: 10 }, { k: 9, n: 10 }])
 *   // => { value: 0.7333, interval: { mean: 0.7333, standardError: 0.1202, lower: 0.3824, upper: 1 } }
 * @example pooledShare([{ k: 2, n: 2 }, { k: 3, n: 3 }, { k: 2, n: 2 }, { k: 3, n: 3 }, { k: 2, n: 2 }, { k: 5, n: 40 }]).interval // => { lower: 0.2286, upper: 1 }
 */
export function pooledShare(batches: readonly Share[]): Estimate {
  const [k, n] = [sum(batches, (batch) => batch.k), sum(batches, (batch) => batch.n)];
  const pooled = jeffreysProportion(k, n);
  const clustered = clusterInterval(batches.map((batch) => batch.k / batch.n));
  if (clustered === undefined) return { value: k / n, interval: pooled };
  const interval = wider(pooled, clustered);
  const isInside = interval.lower <= k / n && k / n <= interval.upper;
  return { value: k / n, interval: isInside ? interval : hull(pooled, clustered) };
}

const MIN_POOLED = 2;
const MIN_CYCLES = 5;
const MIN_ITEMS = 20;
const LIKELY = 0.9;
const KNOWN_ONLY_NOW = ['cycle.startAt', 'cycle.plannedEndAt', 'cycle.endedAt'];

/** Why there is no verdict on the cycles, if so. */
function lacking(cycles: readonly CycleResult[], committed: number): Insufficient | undefined {
  if (cycles.length < MIN_CYCLES) {
    return insufficient(cycles.length, MIN_CYCLES, 'finished cycles with a commitment');
  }
  return committed < MIN_ITEMS ? insufficient(committed, MIN_ITEMS, 'committed items') : undefined;
}

function trendOf(cycles: readonly CycleResult[], committed: number): Trend {
  const few = lacking(cycles, committed);
  if (few) return few;
  const half = Math.floor(cycles.length / 2);
  const all = (some: readonly CycleResult[]): Share => ({
    k: sum(some, ({ done }) => done),
    n: sum(some, (cycle) => cycle.committed),
  });
  const probabilityBetter = probabilityGrown(all(cycles.slice(0, half)), all(cycles.slice(-half)));
  const kind =
    probabilityBetter > LIKELY ? 'better' : probabilityBetter < 1 - LIKELY ? 'worse' : 'cannot_tell';
  return { kind, probabilityBetter };
}
