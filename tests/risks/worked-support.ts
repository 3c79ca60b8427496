import type { ScopeModel } from '#forecast/scope-forecast.ts';
import type { GoalAhead } from '#risks/impact.ts';
import { PRINTED_PRIOR } from '#tests/forecast/printed-prior.ts';

/** WX-CF-1: 24 items left, 20 expected in 8 weeks, weeks half as uneven again as chance alone. */
export const model: ScopeModel = {
  open: 24,
  undiscovered: [0],
  pace: {
    rates: {
      perDay28: 20 / 56,
      perDay84: 20 / 56,
      perDay182: 20 / 56,
      recent: 20 / 56,
      overdispersion: 1.5,
      evenness: 0,
      trend: 0,
      weeks: 26,
      completions: 65,
    },
    share: 1,
    finished: 65,
  },
  prior: PRINTED_PRIOR,
};
/** Five people, two of them on customer support. */
export const goal: GoalAhead = { id: 'beta', model, days: 56, people: 3 };
/** Relief that frees both of them. */
export const support = { kind: 'people', fte: [2, 2, 2] } as const;

/** The same with the printed table, which ends at 126 days, held beyond: 18.2 weeks are 127 days. */
export const held: GoalAhead = {
  ...goal,
  model: {
    ...model,
    prior: {
      ...PRINTED_PRIOR,
      horizons: [
        ...PRINTED_PRIOR.horizons,
        ...PRINTED_PRIOR.horizons.slice(-1).map((last) => ({ ...last, days: 182 })),
      ],
    },
  },
};
