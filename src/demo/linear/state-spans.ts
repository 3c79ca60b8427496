import type { LinearIssue } from './model.ts';

/** A stretch of time an issue was in one state; the present one has no end. */
export interface StateSpan {
  readonly id: string;
  readonly stateId: string;
  readonly startedAt: number;
  readonly endedAt?: number;
}

/** An issue's time in each state, oldest first, from its creation on, as far as its history tells. */
export function stateSpans(issue: LinearIssue): readonly StateSpan[] {
  const changes = issue.history
    .filter(({ fromStateId, toStateId }) => toStateId !== undefined && fromStateId !== toStateId)
    .toSorted((a, b) => a.createdAt - b.createdAt);
  const starts = [
    { stateId: changes[0]?.fromStateId ?? issue.stateId, startedAt: issue.createdAt },
    ...changes.map(({ toStateId, createdAt }) => ({
      stateId: toStateId ?? issue.stateId,
      startedAt: createdAt,
    })),
  ];
  return starts.map(({ stateId, startedAt }, index) => {
    const next = starts[index + 1];
    return {
      id: `${issue.id}:${index}`,
      stateId,
      startedAt,
      ...(next === undefined ? {} : { endedAt: next.startedAt }),
    };
  });
}
