import type { Decision, ToldRisk } from '#domain/decision.ts';
import { day } from './goal.ts';

/** Ada accepts on 9 January 2026 that support costs .10 to .30 of a chance of 31 %, until 20 March; unless told otherwise. */
export function decision(changes: Partial<Decision> = {}): Decision {
  return {
    escalation: 'e-1',
    team: 'payments',
    risk: 'payments/support_load',
    decision: 'accept',
    by: 'Ada',
    until: day('2026-03-20'),
    statement: 'We accept 31 % for Fri 20 March 2026.',
    told: told(),
    recordedAt: Date.UTC(2026, 0, 9, 12),
    ...changes,
  };
}

/** A risk in the words and numbers of that day. */
export function told({
  dP = [0.1, 0.3],
  ...changes
}: Partial<Omit<ToldRisk, 'dP'>> & { readonly dP?: ToldRisk['dP'] | 'unknown' } = {}): ToldRisk {
  return {
    day: day('2026-01-09'),
    statement: 'Support takes 2 of 5 people.',
    acceptMeans: 'What is accepted is 31 %.',
    goal: { chance: 0.31, due: day('2026-03-20') },
    ...(dP === 'unknown' ? {} : { dP }),
    ...changes,
  };
}
