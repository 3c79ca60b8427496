import type { Allowance } from '#domain/allowance.ts';
import type { ReadLimits } from '../budget.ts';

/** Both flow back bit by bit, a whole one in an hour. */
export const WINDOW_MS = 3_600_000;

/** What Linear's answers tell: requests and complexity left, and what the question cost. */
export const readLinearLimits: ReadLimits = (headers, now, trackerNow) => {
  const number = (name: string): number => Number(headers.get(name) ?? Number.NaN);
  const complexity = number('x-complexity');
  return {
    allowances: ['requests', 'complexity'].flatMap((resource): readonly Allowance[] => {
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((what) =>
        number(`x-ratelimit-${resource}-${what}`),
      ) as [number, number, number];
      if (!(limit > 0 && remaining >= 0 && reset >= 0)) return [];
      const resetsAt = now + Math.max(0, reset - trackerNow);
      return [
        { resource, limit, remaining, windowMs: WINDOW_MS, refill: 'steadily', resetsAt, observedAt: now },
      ];
    }),
    cost: new Map(complexity >= 0 ? [['complexity', complexity]] : []),
  };
};
