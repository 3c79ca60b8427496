import type { LinearHistoryEntry, LinearIssue, LinearWorkspace } from '#demo/linear/model.ts';
import {
  BOB,
  BUG,
  CYCLE,
  DOING,
  DONE,
  entry,
  MILESTONE,
  MINUTE,
  PROJECT,
  START,
  smallIssue,
  smallWorkspace,
  TODO,
  URGENT,
  uuid,
} from '#tests/demo/linear/small-workspace.ts';

/** Kinds of entries that follow one another in the histories below. */
const CHANGES: readonly Partial<LinearHistoryEntry>[] = [
  { fromStateId: TODO, toStateId: DOING },
  { fromPriority: 0, toPriority: 2, addedLabelIds: [URGENT, BUG] },
  { toAssigneeId: BOB, actorId: BOB },
  { fromStateId: DOING, toStateId: DONE, removedLabelIds: [URGENT] },
  { toProjectMilestoneId: MILESTONE, toProjectId: PROJECT },
  { fromStateId: DONE, toStateId: DOING, toEstimate: 3 },
  { toCycleId: CYCLE, updatedDescription: true },
  { fromTitle: 'x'.repeat(300), toTitle: 'Shorter', toDueDate: '2026-04-01' },
];

/** An issue whose history has so many entries, five minutes apart. */
export function issueWith(number: number, entries: number, more: Partial<LinearIssue> = {}): LinearIssue {
  const history = Array.from({ length: entries }, (_, i) =>
    entry(`${number}0${String(i).padStart(4, '0')}`, number + 10 + i * 5, CHANGES[i % CHANGES.length]),
  );
  return smallIssue(number, {
    stateId: DOING,
    labelIds: entries > 1 ? [BUG] : [],
    updatedAt: START + (number + 10 + entries * 5) * MINUTE,
    history,
    ...more,
  });
}

/** So many issues, with histories of 0 to 22 entries, some of which changed in one millisecond. */
export function workspaceOf(count: number, changes: Partial<LinearWorkspace> = {}): LinearWorkspace {
  const issues = Array.from({ length: count }, (_, i) =>
    issueWith(i + 1, (i + 1) % 23, {
      ...(i % 9 === 0 ? { updatedAt: START + 2000 * MINUTE } : {}),
      ...(i % 6 === 0 ? { projectMilestoneId: MILESTONE, projectId: PROJECT, cycleId: CYCLE } : {}),
      ...(i % 10 === 3 ? { archivedAt: START + 3000 * MINUTE } : {}),
      ...(i % 50 === 7 ? { archivedAt: START + 3000 * MINUTE, trashed: true } : {}),
    }),
  );
  const relations = issues.slice(0, Math.max(0, Math.min(30, count - 1))).map((issue, i) => ({
    id: uuid(`7${i}`),
    createdAt: issue.createdAt,
    updatedAt: issue.createdAt,
    issueId: issue.id,
    relatedIssueId: issues[i + 1]?.id ?? issue.id,
    type: 'blocks' as const,
  }));
  return smallWorkspace(issues, { relations, ...changes });
}
