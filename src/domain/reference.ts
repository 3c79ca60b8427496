import type { CalendarDay } from './calendar.ts';
import type { GoalText } from './goal-text.ts';
import type { Instant } from './issue.ts';
import type { VersionHistory } from './version-history.ts';

/** Where a tracker says a status belongs. */
export type StatusCategory = 'todo' | 'in_progress' | 'done';

/** A step of the work, as the tracker defines it. */
export interface WorkflowStatus {
  readonly id: string;
  readonly name: string;
  readonly category: StatusCategory;
  /** Where the tracker itself tells more than the category does, as Linear's types of states do. */
  readonly stage?: 'backlog' | 'cancelled';
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
  /** What people said of it last, where the tracker asks them (Linear). */
  readonly health?: Health;
  readonly startDay?: CalendarDay;
  readonly targetDay?: CalendarDay;
  /** What its target was, where it was seen to move. */
  readonly targets?: readonly SeenTarget[];
  /** How far the tracker says it is, where it says so (Linear). */
  readonly status?: { readonly name: string; readonly type: string };
  readonly startedAt?: Instant;
  /** When it was completed or cancelled. */
  readonly endedAt?: Instant;
  /** Since when it is archived or in the trash. */
  readonly goneSince?: Instant;
  /** Whether it has a lead, of whom only that; known only as of now, and absent where texts are not read. */
  readonly isLed?: boolean;
  /** What its text said as far as we saw it, oldest first; absent where texts are not read. */
  readonly texts?: readonly GoalText[];
}

/** A target that was seen since a moment of the tracker's clock, which keeps no history of it; no day: none. */
export interface SeenTarget {
  readonly since: Instant;
  readonly day?: CalendarDay;
}

/** How the people who lead something say it is going. */
export type Health = 'on_track' | 'at_risk' | 'off_track';

/** A team as the tracker has it; ours are made of scopes. */
export interface TrackerTeam {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** A label that has an id of its own (Linear): its name belongs to the source, not to the issues. */
export interface Label {
  readonly id: string;
  readonly name: string;
  /** Names it was seen under before, the last of them last. */
  readonly formerNames?: readonly string[];
}

/** A field that people of the source added to its issues (Jira). */
export interface CustomField {
  readonly id: string;
  readonly name: string;
}

/** Work of several projects towards one end. */
export interface Initiative {
  readonly id: string;
  readonly name: string;
  readonly status?: string;
  readonly health?: Health;
  readonly targetDay?: CalendarDay;
  /** What its target was, where it was seen to move. */
  readonly targets?: readonly SeenTarget[];
  readonly projectIds: readonly string[];
  /** Since when it is archived, in the trash, or not there; reports of before know it still. */
  readonly goneSince?: Instant;
}

/** Somebody's word on how a project or an initiative is going: when and what, never the text. */
export interface HealthUpdate {
  readonly id: string;
  readonly about: { readonly kind: 'project' | 'initiative'; readonly id: string };
  readonly at: Instant;
  readonly health?: Health;
  /** Since when it is taken back; reports of before know it still. */
  readonly goneSince?: Instant;
}

/** A dated delivery of a project. Trackers keep no history of these; what we saw of them is in a `VersionHistory`. */
export interface Version {
  readonly id: string;
  /** The project it is of; of a release in Linear, the pipeline. */
  readonly projectId: string;
  readonly name: string;
  readonly released: boolean;
  readonly releaseDay?: CalendarDay;
  /** Set where its end is a target and no release: a milestone of a Linear project, a release that is not to production. */
  readonly kind?: 'milestone';
}

/** A time-box: a sprint in Jira, a cycle in Linear. */
export interface Cycle {
  readonly id: string;
  readonly name: string;
  readonly startAt?: Instant;
  readonly plannedEndAt?: Instant;
  readonly endedAt?: Instant;
  /** The team whose cycle it is, where teams have their own (Linear). */
  readonly teamId?: string;
  /** The board it was made on, where the tracker has boards (Jira). */
  readonly boardId?: string;
  /** Where the tracker counts them (Linear): estimate points in the cycle, and of these done, day by day. */
  readonly daily?: { readonly scope: readonly number[]; readonly completed: readonly number[] };
}

/** A view of work that people gather around. Which issues it shows is the tracker's own filter, which we cannot read. */
export interface Board {
  readonly id: string;
  readonly name: string;
  /** Where it lives, when that is a project. */
  readonly projectId?: string;
  /** In order; what is in none of these statuses is not on it. */
  readonly columns?: readonly { readonly name: string; readonly statusIds: readonly string[] }[];
}

/** What a source says about itself and its vocabulary: read at every sync, known only as of now. */
export interface Reference {
  readonly source: string;
  /** Address people open; an issue is at `${siteUrl}${issuePath}${key}`. */
  readonly siteUrl: string;
  /** What the tracker itself knows the site by, where its webhooks name it: the id of a Linear workspace. */
  readonly siteId?: string;
  /** What stands between the address and the key of an issue; `/browse/`, as in Jira, when absent. */
  readonly issuePath?: string;
  readonly projects: readonly Project[];
  readonly statuses: readonly WorkflowStatus[];
  readonly types: readonly IssueType[];
  readonly versions: readonly Version[];
  readonly cycles: readonly Cycle[];
  readonly boards?: readonly Board[];
  /** Ids of projects whose boards the tracker would not show; absent when there are none. */
  readonly boardsUnread?: readonly string[];
  readonly teams?: readonly TrackerTeam[];
  /** Absent where a label is the word that it is called by (Jira). */
  readonly labels?: readonly Label[];
  readonly initiatives?: readonly Initiative[];
  /** The source's own fields that gates ask for; absent where none does. */
  readonly fields?: readonly CustomField[];
  readonly updates?: readonly HealthUpdate[];
  /** JSON that the tracker's reader wants to find again; nobody else looks into it. */
  readonly notes?: unknown;
  /** Added by the store; a tracker has none. */
  readonly versionHistory?: VersionHistory;
}
