import { type Budget, createBudget, type Ledger } from './budget.ts';
import { createSlots, REQUESTS_AT_ONCE, type Slots } from './slots.ts';

/** What all connections to one source have in common, in whatever process. */
export interface SharedLimits {
  /** Who may have a request under way. */
  readonly slots: Slots;
  /** Other processes hear of it through the ledger. */
  readonly budget: Budget;
}

/** Where all processes that read a source keep what they learnt of its limits, and who is asking now. */
export interface SharedLedger extends Ledger {
  /**
   * Takes one of the first `of` places at a source that no process holds; undefined when all are taken. The returned
   * function gives it back, and so does the end of the process, however it ends.
   */
  takePlace(source: string, of: number): Promise<(() => Promise<void>) | undefined>;
}

/** Hands out the limits of each source: the same ones every time. */
export function sharedLimits(ledger: SharedLedger): (source: string) => SharedLimits {
  const known = new Map<string, SharedLimits>();
  return (source) => {
    const limits = known.get(source) ?? {
      slots: createSlots(REQUESTS_AT_ONCE, (of) => ledger.takePlace(source, of)),
      budget: createBudget({ source, ledger }),
    };
    known.set(source, limits);
    return limits;
  };
}
