import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { type ItemRef, itemRef } from './item-ref.ts';

export type DataQualityCheck =
  | 'source_behind'
  | 'boards_unread'
  | 'mapping_unmatched'
  | 'status_deleted'
  | 'status_guessed'
  | 'skipped_start'
  | 'administrative_closures'
  | 'history_gap'
  | 'event_before_creation'
  | 'done_before_started'
  | 'reopened'
  | 'moved_backwards'
  | 'put_back_before_start'
  | 'status_changed_after_done'
  | 'created_past_start'
  | 'closed_at_creation'
  | 'flicker'
  | 'no_assignee_in_progress'
  | 'stale_in_progress'
  | 'blocked_long'
  | 'blocked_by_closed_item'
  | 'begun_through_children'
  | 'open_children_when_done'
  | 'removed_unfinished'
  | 'out_of_sight'
  | 'mirrored'
  | 'work_kind_guessed'
  | 'configuration_unmatched'
  | 'goal_unmatched'
  | 'gate_unmatched'
  | 'kpi_without_values'
  | 'deployments_elsewhere'
  | 'releases_stopped'
  | 'level_never_recorded'
  | 'adopters_without_kpi'
  | 'members_unseen'
  | 'alternatives_undecidable'
  | 'alternatives_alone'
  | 'known_only_now';

/** Something about the data that a reader of the numbers should know. */
export interface Finding {
  readonly check: DataQualityCheck;
  /** How many statuses, mapping keys, facts or items: the sentence says which. */
  readonly count: number;
  /** Of those it could have been. */
  readonly share?: number;
  /** Up to ten of the items. */
  readonly items: readonly ItemRef[];
  /** The metrics it touches. */
  readonly affects: readonly string[];
  /** What was found, and what it does to the numbers. */
  readonly sentence: string;
}

/** Metrics that read when an item began and ended. */
export const FLOW = ['cycleTime', 'workInProgress', 'workItemAge'] as const;
/** Metrics that read what a status means. */
export const EVERY_METRIC = [
  ...FLOW,
  'throughput',
  'basicallyDone',
  'workstreams',
  'flowEfficiency',
  'blocked',
  'stability',
  'sayDo',
  'dueDates',
  'knowledge',
  'slos',
] as const;

const MAX_SHOWN = 10;

export function someRefs(view: TeamView, items: readonly WorkItem[]): readonly ItemRef[] {
  return items.slice(0, MAX_SHOWN).map((item) => itemRef(view, item));
}

/** The first ten names, and how many more there are. */
export function someNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_SHOWN).join(', ');
  return names.length > MAX_SHOWN ? `${shown} and ${names.length - MAX_SHOWN} more` : shown;
}

/**
 * A count with the word that fits it.
 * @example counted(1, 'item was', 'items were') // => '1 item was'
 */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A part as a share of a whole; of nothing there is no share to tell. */
export function shareOf(part: number, whole: number): { readonly share?: number } {
  return whole === 0 ? {} : { share: part / whole };
}
