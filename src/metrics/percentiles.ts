import {
  type Confidence,
  type Exclusion,
  type Insufficient,
  insufficient,
  type Measurement,
  type Value,
} from '#domain/measurement.ts';
import { cumulativeIncidence, incidenceQuantile } from '#statistics/competing-risks.ts';
import { minimumSample, qUpper, quantileInterval } from '#statistics/quantiles.ts';
import type { FlowSample } from './flow-sample.ts';

/** Days within which 50, 85 and 95 % of items finish. */
export interface Percentiles {
  readonly p50: Measurement;
  readonly p85: Measurement;
  readonly p95: Measurement;
}

/** The percentiles of time to finish with the items still open counted as having lasted until now. */
export function observedPercentiles(sample: FlowSample): Percentiles {
  const curve = cumulativeIncidence(sample.spells);
  return percentiles(sample, (percent) => {
    if (curve.kind === 'insufficient') return insufficient(curve.have, curve.need, curve.what);
    const estimate = incidenceQuantile(curve, percent);
    const method = sample.method;
    return estimate.kind === 'reached'
      ? { value: estimate.value, interval90: [estimate.lower, estimate.upper ?? null], method }
      : { value: estimate.beyond, interval90: [estimate.lower ?? null, null], bound: '>', method };
  });
}

/** The percentiles of the finished items alone, as most tools count. */
export function completedPercentiles(sample: FlowSample): Percentiles {
  const days = sample.finished.map((spell) => spell.exit);
  return percentiles(sample, (percent) => {
    const value = qUpper(days, percent);
    if (value === undefined) return tooFew(sample, percent);
    const { lower, upper } = quantileInterval(days, percent);
    return { value, interval90: [lower ?? null, upper ?? null], method: 'completed_in_window' };
  });
}

/** What every number about a sample says of where it came from. `need` is the fewest items it may be told from. */
export function provenance(
  sample: FlowSample,
  n: number,
  need: number,
): Pick<Value, 'n' | 'window' | 'confidence' | 'excluded'> {
  const excluded: readonly Exclusion[] = [
    { reason: 'administrative_closure', count: sample.bulk.length },
    { reason: 'no_recorded_start', count: sample.skippedStart.length },
  ];
  return {
    n,
    window: sample.window,
    confidence: confidence(sample, n, need),
    excluded: excluded.filter(({ count }) => count > 0),
  };
}

/** Above this share of finished items without a recorded start, the rest may not stand for the whole. */
const MAX_SKIPPED = 0.2;

type Answer = Pick<Value, 'value' | 'interval90' | 'bound' | 'method'> | Insufficient;

function percentiles(sample: FlowSample, answer: (percent: number) => Answer): Percentiles {
  const at = (percent: number): Measurement => {
    const [n, need] = [sample.finished.length, minimumSample(percent)];
    if (n < need) return tooFew(sample, percent);
    const found = answer(percent);
    return 'kind' in found
      ? found
      : { kind: 'value', unit: 'days', ...provenance(sample, n, need), ...found };
  };
  return { p50: at(50), p85: at(85), p95: at(95) };
}

function tooFew(sample: FlowSample, percent: number): Insufficient {
  const { finished, skippedStart } = sample;
  const all = finished.length + skippedStart.length;
  const untracked = ` (${skippedStart.length} of ${all} were done without one: starts are not tracked)`;
  const what = `finished items with a recorded start${skippedShare(sample) > MAX_SKIPPED ? untracked : ''}`;
  return insufficient(finished.length, minimumSample(percent), what);
}

function confidence(sample: FlowSample, n: number, need: number): Confidence {
  if (skippedShare(sample) > MAX_SKIPPED) return 'low';
  return n > 2 * need ? 'high' : 'medium';
}

function skippedShare({ skippedStart, finished }: FlowSample): number {
  return skippedStart.length === 0 ? 0 : skippedStart.length / (skippedStart.length + finished.length);
}
