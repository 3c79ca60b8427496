import type { CalendarDay } from './calendar.ts';
import type { Instant } from './issue.ts';

/** Where a tracker says a status belongs. */
export type StatusCategory = 'todo' | 'in_progress' | 'done';

/** A step of the work, as the tracker defines it. */
export interface WorkflowStatus {
  readonly id: string;
  readonly name: string;
  readonly category: StatusCategory;
}

/** A level of the work: 0 is a standard issue, −1 a sub-task, 1 an epic, more above. */
export interface IssueType {
  readonly id: string;
  readonly name: string;
  readonly level: number;
}

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** A dated delivery of a project. Trackers keep no history of these, so every field is known only as of now. */
export interface Version {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly released: boolean;
  readonly releaseDay?: CalendarDay;
}

/** A time-box: a sprint in Jira, a cycle in Linear. */
export interface Cycle {
  readonly id: string;
  readonly name: string;
  readonly startAt?: Instant;
  readonly plannedEndAt?: Instant;
  readonly endedAt?: Instant;
}

/** What a source says about itself and its vocabulary: read at every sync, known only as of now. */
export interface Reference {
  readonly source: string;
  /** Address people open; an issue is at `${siteUrl}/browse/${key}` in Jira. */
  readonly siteUrl: string;
  readonly projects: readonly Project[];
  readonly statuses: readonly WorkflowStatus[];
  readonly types: readonly IssueType[];
  readonly versions: readonly Version[];
  readonly cycles: readonly Cycle[];
}
