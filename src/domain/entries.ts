import type { Instant, Issue, IssueEvent } from './issue.ts';

/**
 * The recorded events of two copies of an issue, entry by entry: a tracker may go on writing in an entry, so of each
 * the one in the newer copy is the whole of it. Which copy an entry came from is kept where it is not the issue's own,
 * so that copies with parts of a history, read in any order and any number of times, come to the same. An entry that a
 * copy names without a recorded change was withdrawn.
 */
export function unitedEntries(stored: Issue, read: Issue): readonly IssueEvent[] {
  const newest = Math.max(stored.updatedAt, read.updatedAt);
  const united = new Map<string, Entry>();
  for (const copy of [stored, read]) {
    for (const [id, events] of entriesOf(copy)) {
      const copyUpdatedAt = events[0]?.copyUpdatedAt ?? copy.updatedAt;
      const held = united.get(id);
      if (held === undefined || copyUpdatedAt >= held.copyUpdatedAt)
        united.set(id, { copyUpdatedAt, events });
    }
  }
  return [...united.values()].flatMap(({ copyUpdatedAt, events }) =>
    events
      .filter(isRecorded)
      .map((event) => fromCopy(event, copyUpdatedAt === newest ? undefined : copyUpdatedAt)),
  );
}

interface Entry {
  readonly copyUpdatedAt: Instant;
  readonly events: readonly IssueEvent[];
}

const isRecorded = ({ origin }: IssueEvent): boolean => origin === 'recorded';

/** Values at creation are of no entry: their ids are empty. */
function entriesOf({ events }: Issue): ReadonlyMap<string, readonly IssueEvent[]> {
  return Map.groupBy(
    events.filter(({ eventId }) => eventId !== ''),
    ({ eventId }) => eventId,
  );
}

function fromCopy(event: IssueEvent, copy: Instant | undefined): IssueEvent {
  if (event.copyUpdatedAt === copy) return event;
  const { copyUpdatedAt: _, ...rest } = event;
  return copy === undefined ? rest : { ...rest, copyUpdatedAt: copy };
}
