import type { JiraReference, JiraSprint, JiraUser, JiraVersion } from '../jira/model.ts';
import { NOW } from './present.ts';
import {
  isClosed,
  type PriorityName,
  type ResolutionName,
  type StatusName,
  type TypeName,
} from './workflow.ts';

/**
 * An issue while it is being made up: what it began with, and what is saved later, in any order and beyond the
 * present. Only edits up to the present become history, so unfinished work comes by itself. Plants change drafts.
 */
export interface Draft {
  readonly type: TypeName;
  readonly title: string;
  readonly created: number;
  readonly creator: JiraUser;
  readonly start: Values;
  edits: Edit[];
}

/** One save: the fields it sets; `undefined` clears one, and setting what is already so changes nothing. */
export interface Edit {
  readonly at: number;
  readonly by: JiraUser;
  readonly set: Partial<Values>;
}

export interface Values {
  readonly status: StatusName;
  readonly priority: PriorityName;
  readonly resolution?: ResolutionName | undefined;
  readonly assignee?: JiraUser | undefined;
  readonly parent?: Draft | undefined;
  /** `YYYY-MM-DD` */
  readonly dueDate?: string | undefined;
  readonly points?: number | undefined;
  readonly flagged?: boolean | undefined;
  readonly labels: readonly string[];
  readonly components: readonly JiraReference[];
  readonly versions: readonly JiraVersion[];
  readonly sprints: readonly JiraSprint[];
  readonly links: readonly DraftLink[];
}

export interface DraftLink {
  readonly id: string;
  readonly phrase: 'blocks' | 'is blocked by' | 'relates to';
  readonly other: Draft;
}

/** Sets fields of an issue at an instant. */
export function save(draft: Draft, at: number, by: JiraUser, set: Partial<Values>): void {
  draft.edits.push({ at, by, set });
}

/** The values at the end of an instant. */
export function valuesAt(draft: Draft, at: number): Values {
  return ordered(draft)
    .filter((edit) => edit.at <= at)
    .reduce((values, { set }) => ({ ...values, ...set }), draft.start);
}

/** The edits, oldest first. */
export function ordered({ edits }: Draft): readonly Edit[] {
  return edits.toSorted((a, b) => a.at - b.at);
}

/** When an issue first came into a status. */
export function firstEntry(draft: Draft, status: StatusName): number | undefined {
  return ordered(draft).find(({ set }) => set.status === status)?.at;
}

/** When an issue last came into a status. */
export function lastEntry(draft: Draft, status: StatusName): number | undefined {
  return ordered(draft).findLast(({ set }) => set.status === status)?.at;
}

/** Since when an issue is closed at the present; undefined when it is open, whatever the plan says about later. */
export function closedAt(draft: Draft): number | undefined {
  const last = ordered(draft).findLast(({ at, set }) => at <= NOW && set.status !== undefined);
  return last?.set.status !== undefined && isClosed(last.set.status) ? last.at : undefined;
}

/** The issues that belong to a parent at any time. */
export function childrenOf(parent: Draft, drafts: readonly Draft[]): readonly Draft[] {
  return drafts.filter(
    ({ start, edits }) => start.parent === parent || edits.some(({ set }) => set.parent === parent),
  );
}

/** Work of its own, neither an epic nor a part of a story. */
export function isStandard({ type }: Draft): boolean {
  return type !== 'Epic' && type !== 'Sub-task';
}

export function isSupport({ start }: Draft): boolean {
  return start.labels.includes('support');
}

/** Forgets whatever would have happened to an issue after an instant. */
export function freeze(draft: Draft, after: number): void {
  draft.edits = draft.edits.filter(({ at }) => at <= after);
}
