import type { Instant } from '#domain/issue.ts';
import type { Level } from '#domain/team.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { BlockerOwner } from '../blocker-owner.ts';

/** What makes somebody believe an item is done that is not. */
export type SignalKind =
  | 'in_late_stage'
  | 'lingering_in_late'
  | 'resolved_in_unreleased_version'
  | 'children_closed'
  | 'reopened'
  | 'merged_not_deployed'
  | 'last_mile_work_open'
  | 'stale_claim'
  | 'released_not_adopted'
  | 'gate_closed';

/**
 * One piece of evidence that an item is basically done. Hard: the tracker's own facts say so. Soft: it rests on the
 * name of a status, or on too little history to know what is usual.
 */
export interface Signal {
  readonly kind: SignalKind;
  readonly strength: 'hard' | 'soft';
  readonly item: WorkItem;
  /** Since when the work counts as claimed. */
  readonly claimedAt: Instant;
  /** The level that the evidence itself says is required at least. */
  readonly needs?: Level;
  /** What is missing, in words, where that is known better than by the gates. */
  readonly lacking?: string;
  /** Where the item itself does not say. */
  readonly whoseMove?: BlockerOwner;
}
