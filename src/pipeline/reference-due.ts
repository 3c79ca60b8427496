import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Instant, Issue } from '#domain/issue.ts';
import type { Cycle, Reference } from '#domain/reference.ts';

/** What a source says of itself, and when it said so; both by the tracker's clock. */
export interface ReferenceAge {
  readonly reference: Reference | undefined;
  readonly readAt: Instant | undefined;
  readonly now: Instant;
  /** Whether an issue spoke of something the reference does not know. */
  readonly isUnknown: boolean;
}

/** What an issue speaks of may stay unknown, as where a status is not shown to us: no reason to ask at every poll. */
const PATIENCE_MS = 60 * 60_000;

/**
 * Whether what a source says of itself should be read again. Trackers touch no issue when a version, a cycle or a
 * status changes, so it is read daily; and sooner, though not within an hour, when an issue speaks of something unknown
 * or a cycle was to begin or to end since.
 */
export function isReferenceDue({ reference, readAt, now, isUnknown }: ReferenceAge): boolean {
  if (reference === undefined || readAt === undefined) return true;
  const age = now - readAt;
  if (age >= MS_PER_DAY) return true;
  return age >= PATIENCE_MS && (isUnknown || reference.cycles.some((cycle) => turned(cycle, readAt, now)));
}

/** Whether an issue's status, type, project or a version of it is missing from the reference. */
export function speaksOfUnknown({ current }: Issue, reference: Reference): boolean {
  const { status, type, project } = current.scalars;
  const isKnown = (id: string | undefined, all: readonly { readonly id: string }[]) =>
    id === undefined || all.some((one) => one.id === id);
  return !(
    isKnown(status?.value, reference.statuses) &&
    isKnown(type?.value, reference.types) &&
    isKnown(project?.value, reference.projects) &&
    (current.sets.versions ?? []).every(({ value }) => isKnown(value, reference.versions))
  );
}

function turned({ startAt, plannedEndAt }: Cycle, after: Instant, until: Instant): boolean {
  return [startAt, plannedEndAt].some((at) => at !== undefined && at > after && at <= until);
}
