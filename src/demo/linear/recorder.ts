import type { SimulatedClock } from '../clock.ts';
import {
  changedIssue,
  type EntryContent,
  entryContent,
  type IssueChanges,
  mergedEntry,
  withValues,
} from './issue-change.ts';
import type { LinearHistoryEntry, LinearIssue, LinearState } from './model.ts';

/** For so long after its creation whatever the creator does to an issue counts as part of creating it. */
const CREATION_WINDOW = 3 * 60_000;
/** For so long a person's further changes are written into the entry of their first. */
const MERGE_WINDOW = 3 * 60_000;

/** Writes histories as Linear does. */
export interface Recorder {
  /** The issue with new values, and what is to be told of them in its history. */
  readonly change: (issue: LinearIssue, changes: IssueChanges, actorId: string | undefined) => LinearIssue;
  /** The issue with one more thing in its history, unless it is part of its creation or of the newest entry. */
  readonly recorded: (
    issue: LinearIssue,
    content: EntryContent | undefined,
    actorId: string | undefined,
  ) => LinearIssue;
  /** Put away, with what belongs to it; its `updatedAt` stays as it is. */
  readonly filed: (issue: LinearIssue, content: EntryContent, actorId?: string) => LinearIssue;
  /** Out of the archive or the trash again. */
  readonly unfiled: (issue: LinearIssue, content: EntryContent, actorId: string | undefined) => LinearIssue;
}

/** A recorder by this clock; `newId` gives ids for entries. */
export function createRecorder(
  clock: SimulatedClock,
  states: () => readonly LinearState[],
  newId: (kind: string) => string,
): Recorder {
  function entry(content: EntryContent, actorId: string | undefined): LinearHistoryEntry {
    const now = clock.now();
    const actor = actorId === undefined ? {} : { actorId };
    return { ...content, ...actor, id: newId('history'), createdAt: now, updatedAt: now };
  }

  function recorded(
    issue: LinearIssue,
    content: EntryContent | undefined,
    actorId: string | undefined,
  ): LinearIssue {
    const now = clock.now();
    const isCreation = actorId !== undefined && actorId === issue.creatorId;
    if (content === undefined || (isCreation && now - issue.createdAt < CREATION_WINDOW)) return issue;
    const newest = issue.history.at(-1);
    if (newest !== undefined && mayGrow(newest, actorId, now)) {
      return { ...issue, history: [...issue.history.slice(0, -1), mergedEntry(newest, content, now)] };
    }
    return { ...issue, history: [...issue.history, entry(content, actorId)] };
  }

  function change(issue: LinearIssue, changes: IssueChanges, actorId: string | undefined): LinearIssue {
    const next = changedIssue(issue, changes, clock.now(), states());
    return recorded(next, entryContent(issue, next), actorId);
  }

  function filed(issue: LinearIssue, content: EntryContent, actorId?: string): LinearIssue {
    const now = clock.now();
    const history = [...issue.history, entry(content, actorId)];
    // What belongs to an archived issue is archived with it.
    return { ...issue, archivedAt: now, history: history.map((one) => ({ ...one, archivedAt: now })) };
  }

  function unfiled(issue: LinearIssue, content: EntryContent, actorId: string | undefined): LinearIssue {
    const history = [...issue.history, entry(content, actorId)];
    return withValues(issue, {
      archivedAt: undefined,
      autoArchivedAt: undefined,
      trashed: undefined,
      updatedAt: clock.now(),
      history: history.map((one) => withValues(one, { archivedAt: undefined })),
    });
  }

  return { change, recorded, filed, unfiled };
}

/** Whether a person's next change is still written into this entry. */
function mayGrow(newest: LinearHistoryEntry, actorId: string | undefined, now: number): boolean {
  const isFiling = newest.archived !== undefined || newest.trashed !== undefined;
  return (
    !isFiling && actorId !== undefined && newest.actorId === actorId && now - newest.createdAt < MERGE_WINDOW
  );
}
