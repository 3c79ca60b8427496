import { ascending, bisectLeft, bisectRight, max } from 'd3-array';

/**
 * One thing under observation, on its own clock: not watched before `entry`, watched up to and including `exit`.
 *
 * An entry above 0 is a delayed entry (left truncation): it began before the watching did, and would not be here at all
 * had it ended before that.
 */
export interface Spell {
  readonly entry: number;
  readonly exit: number;
}

/** How many spells must be at risk for a curve to be believed. */
export interface RiskSetGuard {
  /** Fewer than this at the first event, and there is no curve. */
  readonly atFirstEvent: number;
  /** The curve stops where fewer than this are left. */
  readonly along: number;
}

export const defaultGuard: RiskSetGuard = { atFirstEvent: 5, along: 3 };
export const noGuard: RiskSetGuard = { atFirstEvent: 0, along: 0 };

/** Too few spells were at risk when the first of them ended. */
export interface TooFewAtRisk {
  readonly kind: 'insufficient';
  readonly have: number;
  readonly need: number;
  readonly what: string;
}

/** What a curve over spells stands on. */
export interface Observation<S extends Spell> {
  readonly kind: 'observed';
  /** The spells that were at risk at any time at all. */
  readonly spells: readonly S[];
  /** Distinct times of events up to `supportedUntil`, ascending. */
  readonly eventTimes: readonly number[];
  /** How many were under observation just before this time: entry < time <= exit. */
  readonly atRisk: (time: number) => number;
  /** Beyond this time nothing may be said. */
  readonly supportedUntil: number;
  /** The longest time any spell was watched for. */
  readonly maxObserved: number;
}

/**
 * Who was at risk when, and how far the data carry.
 *
 * A spell counts at time u when entry < u <= exit, so one that leaves at u still counts at u, and one that enters at u
 * not yet. A spell that ends where it begins was never at risk and is left out. Without any event the size of the whole
 * sample stands in for the risk set at the first one.
 *
 * @example observe([{ entry: 0, exit: 6 }, { entry: 5, exit: 10 }], () => true, noGuard).atRisk(6) // => 2
 */
export function observe<S extends Spell>(
  all: readonly S[],
  isEvent: (spell: S) => boolean,
  guard: RiskSetGuard,
): Observation<S> | TooFewAtRisk {
  const spells = all.filter((spell) => spell.entry < spell.exit);
  const entries = spells.map((spell) => spell.entry).toSorted(ascending);
  const exits = spells.map((spell) => spell.exit).toSorted(ascending);
  const eventTimes = [...new Set(spells.filter(isEvent).map((spell) => spell.exit))].toSorted(ascending);
  // Whoever left before a time had also entered before it, so the difference counts those in between.
  const atRisk = (time: number) => bisectLeft(entries, time) - bisectLeft(exits, time);
  const atRiskAfter = (time: number) => bisectRight(entries, time) - bisectRight(exits, time);

  const [first] = eventTimes;
  const have = first === undefined ? spells.length : atRisk(first);
  const need = Math.max(1, guard.atFirstEvent);
  const maxObserved = max(exits);
  if (maxObserved === undefined || have < need) {
    return { kind: 'insufficient', have, need, what: 'observations at risk at the first event' };
  }
  const from = first === undefined ? 0 : bisectLeft(exits, first);
  const supportedUntil = exits.slice(from).find((exit) => atRiskAfter(exit) < guard.along) ?? maxObserved;
  return {
    kind: 'observed',
    spells,
    eventTimes: eventTimes.filter((time) => time <= supportedUntil),
    atRisk,
    supportedUntil,
    maxObserved,
  };
}

/** How many items of a list have each value of a number. */
export function countBy<T>(items: readonly T[], valueOf: (item: T) => number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(valueOf(item), (counts.get(valueOf(item)) ?? 0) + 1);
  return counts;
}
