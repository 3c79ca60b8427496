import type { Issue, NamedValue, ScalarField, SetField } from './issue.ts';

/**
 * One line of a source's digest: the facts of an issue that a tracker and our store must agree on to the byte.
 * Recorded events only, UTC milliseconds, absent values null, sets sorted. The digest of a source is the SHA-256 of
 * these lines, sorted by issue id in code-unit order, each ended by a line feed; a sync is complete when it equals
 * the tracker's.
 */
export function digestLine(issue: Issue): string {
  return JSON.stringify({
    id: issue.id,
    key: scalar(issue, 'key')?.value ?? null,
    type: scalar(issue, 'type')?.name ?? null,
    createdAt: issue.createdAt,
    statusId: scalar(issue, 'status')?.value ?? null,
    assigneeHash: scalar(issue, 'assignee')?.value ?? null,
    parentId: scalar(issue, 'parent')?.value ?? null,
    versions: members(issue, 'versions'),
    labels: members(issue, 'labels'),
    cycles: members(issue, 'cycles'),
    dueDate: scalar(issue, 'dueDate')?.value ?? null,
    events: issue.events
      .filter((event) => event.origin === 'recorded')
      .map((event) => [
        event.at,
        event.eventId,
        event.itemIndex,
        event.field,
        event.from ?? null,
        event.to ?? null,
      ]),
  });
}

const scalar = (issue: Issue, field: ScalarField): NamedValue | undefined => issue.current.scalars[field];

const members = (issue: Issue, field: SetField): readonly string[] =>
  (issue.current.sets[field] ?? []).map((member) => member.value).sort();
