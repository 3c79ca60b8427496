import type { Gain } from './impact.ts';
import type { Impact, Range } from './risk.ts';

/**
 * A cost in steps that are too wide to tell from it how much time one person spends: chances to 5 points and weeks to whole
 * ones, outward. The people's time itself is left out.
 *
 * @example coarse({ probability: { now: 0.41, relieved: [0.52, 0.71] }, dP: [0.11, 0.3], weeks: [1.2, 3.1], fte: [0.7, 0.7] })
 *   // => { probability: { now: 0.41, relieved: [0.5, 0.75] }, dP: [0.09, 0.34], weeks: [1, 4] }
 */
export function coarse(impact: Impact): Impact {
  const { fte: _, ...told } = impact;
  const { probability, dP, weeks } = told;
  const now = probability?.now ?? 0;
  return {
    ...told,
    ...(probability === undefined
      ? {}
      : { probability: { now, relieved: relievedFrom(probability.relieved, now) } }),
    ...(dP === undefined ? {} : { dP: coarseGain({ dP }, now).dP }),
    ...(weeks === undefined ? {} : { weeks: outward(weeks, 1) }),
  };
}

/** The same of a gain alone, over a chance as it is. */
export function coarseGain(gain: Gain, now: number): Gain {
  const [low, high] = relievedFrom([now + gain.dP[0], now + gain.dP[1]], now);
  return { ...gain, dP: [low - now, high - now] };
}

/** No step leads below the chance as it is: what gains nothing for sure loses nothing either. */
function relievedFrom(chances: Range, now: number): Range {
  const [low, high] = outward(chances, STEP);
  return [Math.max(low, Math.min(now, chances[0])), high];
}

const STEP = 0.05;
/** What lies on a step but for the arithmetic stays there. */
const NEARLY = 1e-9;

function outward([low, high]: Range, step: number): Range {
  return [step * Math.floor(low / step + NEARLY), step * Math.ceil(high / step - NEARLY)];
}
