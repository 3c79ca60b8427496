/**
 * The data of a simulated Jira Cloud site: what its own database would hold.
 *
 * Whoever makes up a site builds a `JiraSite` and hands it to the server and to the digest; both only read it.
 * Instants are epoch milliseconds (UTC), calendar days are `YYYY-MM-DD`, ids are strings as in Jira's JSON
 * (boards and sprints have numeric ids there, so they have them here).
 */
export interface JiraSite {
  /** The site's name, as in `https://<baseName>.atlassian.net`. */
  readonly baseName: string;
  /** The simulated present, which the server's clock starts at. No history may lie after it. */
  readonly now: number;
  /** IANA zone in which issue dates are written for the reader, e.g. `Europe/Amsterdam`. Default UTC. */
  readonly zone?: string;
  readonly projects: readonly JiraProject[];
  /** Statuses that exist today. A deleted status is absent here but may still occur in histories. */
  readonly statuses: readonly JiraStatus[];
  readonly issueTypes: readonly JiraIssueType[];
  /** Everything `/field` lists: the system fields (see `SYSTEM_FIELDS`) and the site's custom fields. */
  readonly fields: readonly JiraField[];
  readonly versions: readonly JiraVersion[];
  readonly boards: readonly JiraBoard[];
  readonly sprints: readonly JiraSprint[];
  readonly issues: readonly JiraIssue[];
}

export interface JiraProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /**
   * Default `live`. Archived and deleted projects are listed only on request, forbidden ones never; the issues of none
   * of them are served.
   */
  readonly state?: 'live' | 'archived' | 'deleted' | 'forbidden';
  /** What a question for its boards is answered with, where they are kept from the reader. Default: they are shown. */
  readonly boardsRefused?: 400 | 401 | 403 | 404;
  /** `next-gen` is a team-managed project. Default `classic`. */
  readonly style?: 'classic' | 'next-gen';
}

/** Jira's own three status categories: to do, in progress, done. */
export type JiraStatusCategory = 'new' | 'indeterminate' | 'done';

export interface JiraStatus {
  readonly id: string;
  readonly name: string;
  readonly category: JiraStatusCategory;
  /** Set for a status of one team-managed project; absent for a status every project may use. */
  readonly projectId?: string;
}

export interface JiraIssueType {
  readonly id: string;
  readonly name: string;
  /** 1 epic, 0 standard, -1 sub-task, more than 1 above epics. */
  readonly hierarchyLevel: number;
}

export interface JiraField {
  /** `summary`, `fixVersions`, … or `customfield_10020`. */
  readonly id: string;
  readonly name: string;
  readonly schema: JiraFieldSchema;
}

export interface JiraFieldSchema {
  /** `string`, `number`, `user`, `array`, `date`, `datetime`, `option`, `any`, … */
  readonly type: string;
  /** What an array holds. */
  readonly items?: string;
  /** Set for a system field: its id. */
  readonly system?: string;
  /** Set for a custom field: the type's key, e.g. `com.pyxis.greenhopper.jira:gh-sprint`. */
  readonly custom?: string;
}

export interface JiraVersion {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly released: boolean;
  readonly archived: boolean;
  readonly startDate?: string;
  readonly releaseDate?: string;
}

export interface JiraBoard {
  readonly id: number;
  readonly name: string;
  readonly type: 'scrum' | 'kanban';
  readonly projectId: string;
  readonly columns: readonly JiraBoardColumn[];
  /** The field the board estimates with, when it does. */
  readonly estimationFieldId?: string;
}

export interface JiraBoardColumn {
  readonly name: string;
  readonly statusIds: readonly string[];
}

export interface JiraSprint {
  readonly id: number;
  readonly name: string;
  readonly state: 'future' | 'active' | 'closed';
  /** The board that made it. */
  readonly boardId: number;
  /** Absent while the sprint is in the future. */
  readonly startDate?: number;
  readonly endDate?: number;
  /** Set once closed. */
  readonly completeDate?: number;
  readonly goal?: string;
}

export interface JiraIssue {
  /** Immutable numeric id, as a string; survives a move to another project. */
  readonly id: string;
  readonly key: string;
  readonly created: number;
  /** Real sites have edits newer than this: migrations of workflows write history without touching it. */
  readonly updated: number;
  readonly fields: JiraIssueFields;
  /** Oldest first. */
  readonly histories: readonly JiraHistory[];
  /** Kept from the reader by a security level. */
  readonly isHidden?: boolean;
  /** Oldest first. */
  readonly comments?: readonly JiraComment[];
}

export interface JiraComment {
  readonly id: string;
  readonly created: number;
  readonly updated: number;
  readonly author?: JiraUser;
  /** Atlassian's document format. */
  readonly body: unknown;
}

/**
 * The values an issue has now, in the shape Jira Cloud gives them. `created` and `updated` are not among them: the
 * server writes those from the issue, in the site's zone. An absent field is served as `null` (lists as `[]`).
 */
export interface JiraIssueFields {
  readonly summary: string;
  readonly project: JiraReference & { readonly key: string };
  readonly issuetype: JiraReference & { readonly subtask: boolean; readonly hierarchyLevel: number };
  /** Its category is looked up by id; one given here counts only for a status the site does not list. */
  readonly status: JiraReference & { readonly category?: JiraStatusCategory };
  readonly priority?: JiraReference;
  readonly resolution?: JiraReference;
  /** An instant as Jira writes it: `2026-07-01T09:00:00.000+0000`. */
  readonly resolutiondate?: string;
  readonly assignee?: JiraUser;
  readonly reporter?: JiraUser;
  readonly creator?: JiraUser;
  readonly duedate?: string;
  readonly labels?: readonly string[];
  readonly components?: readonly JiraReference[];
  readonly fixVersions?: readonly JiraReference[];
  readonly versions?: readonly JiraReference[];
  /** The epic of a story, the story of a sub-task. */
  readonly parent?: { readonly id: string; readonly key: string };
  readonly issuelinks?: readonly unknown[];
  /** Atlassian's document format. */
  readonly description?: object;
  /** Any other field, custom ones as `customfield_10020`; the Sprint field holds a list of `JiraSprintValue`. */
  readonly [field: string]: unknown;
}

export interface JiraReference {
  readonly id: string;
  readonly name: string;
}

export interface JiraUser {
  readonly accountId: string;
  readonly displayName: string;
  readonly active?: boolean;
}

/** A sprint as it appears in an issue's Sprint field: instants are ISO strings ending in `Z`. */
export interface JiraSprintValue {
  readonly id: number;
  readonly name: string;
  readonly state: 'future' | 'active' | 'closed';
  readonly boardId?: number;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly completeDate?: string;
}

/** One saved edit of an issue. */
export interface JiraHistory {
  /** Unique in the site; numeric, as a string. */
  readonly id: string;
  readonly created: number;
  /** Absent for an edit by nobody known (an automation, a deleted account). */
  readonly author?: JiraUser;
  /** In the order Jira saved them; several may be about the same field. */
  readonly items: readonly JiraHistoryItem[];
}

/**
 * One changed field. Served as it is, so leave out what the real API leaves out: `fieldId` of `Link`, `Key`,
 * `IssueParentAssociation`, `Attachment`, …; `null` is a value Jira really writes.
 */
export interface JiraHistoryItem {
  /** The field's name at that time: `status`, `Fix Version`, `Sprint`, … */
  readonly field: string;
  readonly fieldtype: 'jira' | 'custom';
  readonly fieldId?: string;
  /** Ids; for a field with plain values often `null`, and the value is in the string. */
  readonly from?: string | null;
  readonly fromString?: string | null;
  readonly to?: string | null;
  /** Read it only after `Object.hasOwn`: an item without it inherits the method of that name. */
  readonly toString?: string | null | (() => string);
}
