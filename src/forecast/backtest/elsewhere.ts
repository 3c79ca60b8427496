import { minIndex } from 'd3-array';
import type { Kept, ShippedPrior } from '../prior.ts';
import type { Method } from './methods.ts';

/** What the word of a method was worth on the projects that the model was fitted on. */
export interface Elsewhere extends Kept {
  /** The measured horizon that is nearest to the one asked about. */
  readonly days: number;
  readonly forecasts: number;
  readonly projects: number;
}

/**
 * What a method's word was worth on real projects, for the measured horizon that is nearest: ours on those that it was
 * not fitted on, forms of the classic simulation on all, since they are not fitted. undefined for other methods.
 */
export function keptElsewhere(
  { heldOut, provenance }: Pick<ShippedPrior, 'heldOut' | 'provenance'>,
  method: Method,
  days: number,
): Elsewhere | undefined {
  // Chance grows and drift sets in by factors of time, so nearness is measured in them.
  const measured = heldOut[minIndex(heldOut, (one) => Math.abs(Math.log(one.days / days)))];
  const kept =
    measured &&
    (method === 'ours'
      ? measured.byProject
      : Object.entries(measured.classic).find(([form]) => method === `classic_${form}`)?.[1]);
  if (measured === undefined || kept === undefined) return undefined;
  const { coverage85, interval, central90 } = kept;
  return {
    days: measured.days,
    forecasts: measured.forecasts,
    projects: provenance.projects,
    coverage85,
    interval,
    central90,
  };
}
