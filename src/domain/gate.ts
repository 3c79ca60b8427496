import type { Level } from './team.ts';

/** The levels that something has to show; that work is coded shows in its being claimed. */
export const GATED_LEVELS = ['merged', 'released', 'verified', 'adopted'] as const satisfies readonly Level[];
export type GatedLevel = (typeof GATED_LEVELS)[number];

/** Issues that belong to an item's being Done: linked with it or a part of it. Every filter given must hold. */
export interface LinkedWork {
  /** Words of the link's name as the item reads it, such as "is documented by"; parts are then left out. */
  readonly links?: readonly string[];
  readonly types?: readonly string[];
  readonly labels?: readonly string[];
}

/** A field of the tracker's own that holds something, or one of some values. */
export interface FieldValue {
  /** Its id or name. */
  readonly name: string;
  readonly values?: readonly string[];
}

/** Evidence that opens a gate: any of what it names is enough. */
export interface Gate {
  /** It stands in this stage or one behind it. */
  readonly stage?: 'active' | 'late' | 'done';
  /** It stands in one of these. */
  readonly statuses?: readonly string[];
  readonly labels?: readonly string[];
  readonly field?: FieldValue;
  /** A version of it is released. */
  readonly version?: 'released';
  /** A deployment to one of these contains it. */
  readonly environments?: readonly string[];
  /** It has parts, and all of them are closed. */
  readonly children?: 'closed';
  /** There is such work, and all of it is done. */
  readonly linked?: LinkedWork;
  /** Somebody says that it does what it is to do. */
  readonly verification?: 'passed';
  /** These KPIs of its goals, or all of them, are at their target. */
  readonly kpis?: 'all' | readonly string[];
}

/** What has to be shown for each level: every gate of a level must be open. A level that is not named has a default. */
export type Gates = Readonly<Partial<Record<GatedLevel, readonly Gate[]>>>;
