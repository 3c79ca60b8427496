import type { ItemEffort } from '#metrics/item-effort.ts';
import type { Range } from './risk.ts';

/** What would change if a signal's cause were gone: what its cost is computed from. */
export type Relief =
  /** So many people's time would be free: low end, best guess, high end. */
  | {
      readonly kind: 'people';
      readonly fte: readonly [low: number, middle: number, high: number];
      /** The work that it would come from: what of it is on the goal, or is freed by others too, adds nobody. */
      readonly from?: () => ItemEffort;
    }
  /** The goal would be worked on so many times as fast. */
  | { readonly kind: 'pace'; readonly ratio: Range }
  /** So many of the goal's items would no longer be needed, or would be through. */
  | { readonly kind: 'scope'; readonly items: Range }
  /** All of the goal's work would be through so many days earlier. */
  | { readonly kind: 'sooner'; readonly days: Range }
  /** The goal would have so many days more: it lands no earlier. */
  | { readonly kind: 'later'; readonly days: Range };
