import type { Instant } from '#domain/issue.ts';
import type { MadeUp } from './team.ts';

/** What is true of an item, because it was made so. */
export interface ItemLabel {
  readonly key: string;
  /** In words, why it is one or the other. */
  readonly how: string;
  /** Since when nothing will happen to it for long, and until when; absent where it is well. */
  readonly trouble?: Stretch;
  /** When it looks like one in trouble and is well; absent where it never does. */
  readonly alike?: Stretch;
}

/** Both ends belong to it. */
export interface Stretch {
  readonly since: Instant;
  readonly until: Instant;
}

export interface LabelledItems {
  readonly made: MadeUp;
  readonly labels: readonly ItemLabel[];
}

/** Weekly reports that are asked, and how long there is life. */
export const ITEM_WEEKS = { first: 30, last: 62, lived: 84 } as const;
