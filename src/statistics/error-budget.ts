import { probabilityShareAbove } from './proportion.ts';

/** Decisions on whether a promise was kept, and how many of them went against it. */
export interface Decisions {
  readonly misses: number;
  readonly decided: number;
}

/** What an objective leaves room for, and how fast that is being used. */
export interface ErrorBudget {
  /** Misses that the objective allows among so many decisions. */
  readonly allowed: number;
  /** Miss rate over the allowed rate: above 1 the budget does not last. undefined without a decision. */
  readonly burn: number | undefined;
  /** How likely it is that the true miss rate exceeds the allowed one, over the long window. */
  readonly probabilityLong: number;
  /** The same over the short window; undefined when nothing was decided in it, which says nothing. */
  readonly probabilityShort: number | undefined;
  readonly alert: boolean;
}

/** Below this the prior would speak louder than the data. */
const MIN_LONG = 8;
const SURE_LONG = 0.95;
const SURE_SHORT = 0.6;

/**
 * Whether a promise of the kind "at least this share in time" is being broken.
 *
 * Jeffreys' posterior of the miss rate in two windows: the long one says that it is too high, the short one that it
 * still is. Alert when the long window holds at least 8 decisions, and the rate exceeds the allowed one with a
 * probability of at least 95 % over the long and 60 % over the short window; a short window without a decision is no
 * sign that it still does. Ratios of rates, as used on requests by
 * the million, fire on healthy teams with 5 to 40 decisions.
 *
 * @example errorBudget({ misses: 4, decided: 12 }, { misses: 2, decided: 3 }, 0.85)
 *   // => { allowed: 1.8, burn: 2.22, probabilityLong: 0.9513, probabilityShort: 0.9832, alert: true }
 * @example errorBudget({ misses: 4, decided: 12 }, { misses: 0, decided: 3 }, 0.85).alert // => false
 */
export function errorBudget(long: Decisions, short: Decisions, objective: number): ErrorBudget {
  if (!(objective > 0 && objective < 1)) {
    throw new RangeError(`An objective lies between 0 and 1, got ${objective}: write 0.8 for 80 %.`);
  }
  const missRate = 1 - objective;
  const tooMany = ({ misses, decided }: Decisions) => probabilityShareAbove(misses, decided, missRate);
  const probabilityLong = tooMany(long);
  const probabilityShort = short.decided === 0 ? undefined : tooMany(short);
  const isStill = probabilityShort !== undefined && probabilityShort >= SURE_SHORT;
  return {
    allowed: missRate * long.decided,
    burn: long.decided === 0 ? undefined : long.misses / long.decided / missRate,
    probabilityLong,
    probabilityShort,
    alert: long.decided >= MIN_LONG && probabilityLong >= SURE_LONG && isStill,
  };
}
