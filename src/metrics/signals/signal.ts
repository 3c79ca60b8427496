import type { Instant } from '#domain/issue.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** What makes somebody believe an item is done that is not. */
export type SignalKind =
  | 'in_late_stage'
  | 'lingering_in_late'
  | 'resolved_in_unreleased_version'
  | 'children_closed'
  | 'reopened';

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
}
