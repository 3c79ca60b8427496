import type { Prior } from '#forecast/prior.ts';

const NO_SHIFT = { constant: 0, overdispersion: 0, evenness: 0 };
const ERRORS = [-2, -1.5, -1.19, -0.77, -0.14, 0.41, 0.69, 0.9, 1.18];
const DRIFTS = [0.43, 0.297, 0.163, 0.139, 0.118, 0.133, 0.139];
// oxlint-disable-next-line oxc/approx-constant -- a fitted 3.141 is not pi
const SAMPLINGS = [0.163, 0.474, 1.209, 1.882, 2.44, 3.141, 4.693];

/** The table that the worked examples were computed with, fitted elsewhere on 39 projects: no part of the product. */
export const PRINTED_PRIOR: Prior = {
  horizons: [7, 14, 28, 42, 56, 84, 126].map((days, i) => ({
    days,
    shift: NO_SHIFT,
    drift: DRIFTS[i] ?? 0,
    sampling: SAMPLINGS[i] ?? 0,
    trend: 0,
    steadiness: 0,
    errors: ERRORS,
  })),
  learning: { rate: 0, caution: 0 },
};
