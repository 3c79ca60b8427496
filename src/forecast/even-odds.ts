import { chanceOfDone, type ScopeModel } from './scope-forecast.ts';

/** What it would take to be done by a date with some chance, each alone with all else as it is. */
export interface EvenOdds {
  /** So many items fewer; absent when not even none of the open ones would do. */
  readonly items?: number;
  /** So many times the pace; absent when 16 times would not do. */
  readonly pace?: number;
}

const FASTEST = 16;

/**
 * How far a goal is from even odds: in items to take out, and in pace.
 *
 * Both 0 and 1 for a goal that has them. undefined where the chance cannot be told.
 */
export function toEvenOdds(model: ScopeModel, days: number): EvenOdds | undefined {
  return toOdds(model, days, 0.5);
}

/** How far it is from that chance. */
export function toOdds(model: ScopeModel, days: number, chance: number): EvenOdds | undefined {
  const now = chanceOfDone(model, days);
  if (now === undefined) return undefined;
  if (now >= chance) return { items: 0, pace: 1 };
  const without = (items: number) => chanceOfDone({ ...model, open: model.open - items }, days) ?? 0;
  const at = (ratio: number) =>
    chanceOfDone({ ...model, pace: { ...model.pace, share: model.pace.share * ratio } }, days) ?? 0;
  return {
    ...(without(model.open) < chance
      ? {}
      : { items: fewest(model.open, (items) => without(items) >= chance) }),
    ...(at(FASTEST) < chance ? {} : { pace: least((ratio) => at(ratio) >= chance) }),
  };
}

/** The fewest that do, where all of them do. */
function fewest(most: number, isEnough: (items: number) => boolean): number {
  let [low, high] = [0, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function least(isEnough: (ratio: number) => boolean): number {
  let [low, high] = [1, FASTEST];
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
