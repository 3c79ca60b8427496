import { type Budget, createBudget, type Ledger } from './budget.ts';
import { createSlots, REQUESTS_AT_ONCE, type Slots } from './slots.ts';

/** What all connections of this process to one source have in common. */
export interface SharedLimits {
  /** Who may have a request under way. Another process has slots of its own. */
  readonly slots: Slots;
  /** Other processes hear of it through the ledger. */
  readonly budget: Budget;
}

/** Hands out the limits of each source: the same ones every time. */
export function sharedLimits(ledger: Ledger): (source: string) => SharedLimits {
  const known = new Map<string, SharedLimits>();
  return (source) => {
    const limits = known.get(source) ?? {
      slots: createSlots(REQUESTS_AT_ONCE),
      budget: createBudget({ source, ledger }),
    };
    known.set(source, limits);
    return limits;
  };
}
