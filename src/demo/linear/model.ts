/**
 * The data of a simulated Linear workspace: what its own database would hold.
 *
 * Properties are called as in Linear's schema, so that most of an answer is read straight off; a relation is an id
 * (`stateId` for `state`, `labelIds` for `labels`). Instants are epoch milliseconds (UTC), calendar days are
 * `YYYY-MM-DD`, an absent property is `null` in answers. Whatever follows from other data (an issue's identifier,
 * its time in each state, a team's issues) is worked out when it is asked for and stands nowhere here.
 */
export interface LinearWorkspace {
  /** The simulated present, which the server's clock starts at. Nothing may have happened after it. */
  readonly now: number;
  readonly organization: LinearOrganization;
  readonly teams: readonly LinearTeam[];
  readonly states: readonly LinearState[];
  readonly users: readonly LinearUser[];
  readonly labels: readonly LinearLabel[];
  readonly cycles: readonly LinearCycle[];
  readonly projectStatuses: readonly LinearProjectStatus[];
  readonly projects: readonly LinearProject[];
  readonly milestones: readonly LinearMilestone[];
  readonly projectUpdates: readonly LinearProjectUpdate[];
  readonly initiatives: readonly LinearInitiative[];
  readonly initiativeUpdates: readonly LinearInitiativeUpdate[];
  readonly initiativeToProjects: readonly LinearInitiativeToProject[];
  readonly releasePipelines: readonly LinearReleasePipeline[];
  readonly releases: readonly LinearRelease[];
  readonly issues: readonly LinearIssue[];
  readonly relations: readonly LinearRelation[];
  readonly attachments: readonly LinearAttachment[];
  readonly comments: readonly LinearComment[];
}

/** What every entity has. */
export interface LinearEntity {
  /** A UUID; never changes. */
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Archived rows are left out of answers unless `includeArchived` asks for them. */
  readonly archivedAt?: number;
}

export interface LinearOrganization extends LinearEntity {
  readonly name: string;
  /** As in `https://linear.app/<urlKey>`. */
  readonly urlKey: string;
}

export interface LinearTeam extends LinearEntity {
  /** The first part of its issues' identifiers. */
  readonly key: string;
  readonly name: string;
  readonly timezone: string;
  readonly cyclesEnabled: boolean;
  /** Weeks. */
  readonly cycleDuration: number;
  readonly issueEstimationType: 'notUsed' | 'exponential' | 'fibonacci' | 'linear' | 'tShirt';
  readonly parentId?: string;
}

export type LinearStateType =
  | 'triage'
  | 'backlog'
  | 'unstarted'
  | 'started'
  | 'completed'
  | 'canceled'
  | 'duplicate';

/** A workflow state of one team. */
export interface LinearState extends LinearEntity {
  readonly teamId: string;
  readonly name: string;
  readonly type: LinearStateType;
  readonly position: number;
}

export interface LinearUser extends LinearEntity {
  readonly name: string;
  readonly displayName: string;
  readonly email: string;
  readonly active: boolean;
}

export interface LinearLabel extends LinearEntity {
  readonly name: string;
  /** Absent for a label of the whole workspace. */
  readonly teamId?: string;
  readonly parentId?: string;
}

export interface LinearCycle extends LinearEntity {
  readonly teamId: string;
  readonly number: number;
  readonly name?: string;
  readonly startsAt: number;
  /** Moves to the moment of completion when the cycle is closed early. */
  readonly endsAt: number;
  readonly completedAt?: number;
  /** 0 to 1. */
  readonly progress: number;
  /** One figure a day, from the start on. */
  readonly scopeHistory: readonly number[];
  readonly completedScopeHistory: readonly number[];
  readonly inProgressScopeHistory: readonly number[];
  readonly issueCountHistory: readonly number[];
  readonly completedIssueCountHistory: readonly number[];
  readonly uncompletedIssuesUponCloseIds: readonly string[];
}

export interface LinearProjectStatus extends LinearEntity {
  readonly name: string;
  readonly type: 'backlog' | 'planned' | 'started' | 'paused' | 'completed' | 'canceled';
  readonly position: number;
}

export type LinearHealth = 'onTrack' | 'atRisk' | 'offTrack';
type DateResolution = 'month' | 'quarter' | 'halfYear' | 'year';

export interface LinearProject extends LinearEntity {
  readonly name: string;
  readonly slugId: string;
  /** A summary in one line, and behind it the text itself, in Markdown. */
  readonly description?: string;
  readonly content?: string;
  readonly statusId: string;
  readonly teamIds: readonly string[];
  readonly leadId?: string;
  readonly creatorId?: string;
  readonly startDate?: string;
  readonly startDateResolution?: DateResolution;
  readonly targetDate?: string;
  readonly targetDateResolution?: DateResolution;
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly canceledAt?: number;
  readonly health?: LinearHealth;
  readonly healthUpdatedAt?: number;
  readonly progress: number;
  readonly scope: number;
  readonly trashed?: boolean;
}

export interface LinearMilestone extends LinearEntity {
  readonly projectId: string;
  readonly name: string;
  readonly targetDate?: string;
  readonly status: 'unstarted' | 'next' | 'overdue' | 'done';
  readonly progress: number;
  readonly sortOrder: number;
}

export interface LinearProjectUpdate extends LinearEntity {
  readonly projectId: string;
  readonly userId: string;
  readonly health: LinearHealth;
  readonly body: string;
  readonly editedAt?: number;
}

export interface LinearInitiative extends LinearEntity {
  readonly name: string;
  readonly status: 'Proposed' | 'Planned' | 'Active' | 'Completed' | 'Canceled';
  readonly ownerId?: string;
  readonly targetDate?: string;
  readonly health?: LinearHealth;
  readonly healthUpdatedAt?: number;
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly trashed?: boolean;
}

export interface LinearInitiativeUpdate extends LinearEntity {
  readonly initiativeId: string;
  readonly userId: string;
  readonly health: LinearHealth;
  readonly body: string;
  readonly editedAt?: number;
}

export interface LinearInitiativeToProject extends LinearEntity {
  readonly initiativeId: string;
  readonly projectId: string;
}

export interface LinearReleasePipeline extends LinearEntity {
  readonly name: string;
  readonly isProduction: boolean;
}

export interface LinearRelease extends LinearEntity {
  readonly pipelineId: string;
  readonly name: string;
  readonly version?: string;
  readonly targetDate?: string;
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly canceledAt?: number;
  readonly trashed?: boolean;
}

export interface LinearRelation extends LinearEntity {
  readonly issueId: string;
  readonly relatedIssueId: string;
  /** How the first issue relates to the second. */
  readonly type: 'blocks' | 'duplicate' | 'related' | 'similar';
}

export interface LinearAttachment extends LinearEntity {
  readonly issueId: string;
  readonly title: string;
  readonly url: string;
  readonly sourceType?: string;
}

export interface LinearComment extends LinearEntity {
  readonly issueId: string;
  readonly userId?: string;
  readonly body: string;
  readonly editedAt?: number;
}

/** The fields of an issue that people set. */
export interface LinearIssueFields {
  readonly title: string;
  readonly description?: string;
  /** 0 none, 1 urgent, 2 high, 3 medium, 4 low. */
  readonly priority: number;
  readonly estimate?: number;
  readonly dueDate?: string;
  readonly stateId: string;
  readonly teamId: string;
  readonly assigneeId?: string;
  /** The agent that works on it. */
  readonly delegateId?: string;
  readonly projectId?: string;
  readonly projectMilestoneId?: string;
  readonly cycleId?: string;
  readonly parentId?: string;
  readonly labelIds: readonly string[];
  readonly releaseIds?: readonly string[];
  readonly slaType?: 'all' | 'onlyBusinessDays';
  readonly slaStartedAt?: number;
  readonly slaMediumRiskAt?: number;
  readonly slaHighRiskAt?: number;
  readonly slaBreachesAt?: number;
}

export interface LinearIssue extends LinearEntity, LinearIssueFields {
  /** The second part of its identifier; changes when it moves to another team. */
  readonly number: number;
  readonly previousIdentifiers: readonly string[];
  readonly creatorId?: string;
  readonly trashed?: boolean;
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly canceledAt?: number;
  readonly startedTriageAt?: number;
  readonly triagedAt?: number;
  readonly addedToCycleAt?: number;
  readonly addedToProjectAt?: number;
  readonly addedToTeamAt?: number;
  readonly autoClosedAt?: number;
  readonly autoArchivedAt?: number;
  /** Oldest first. */
  readonly history: readonly LinearHistoryEntry[];
}

/** One entry of an issue's history: everything that one person changed at one go. */
export interface LinearHistoryEntry extends LinearEntity {
  readonly actorId?: string;
  readonly fromStateId?: string;
  readonly toStateId?: string;
  readonly fromAssigneeId?: string;
  readonly toAssigneeId?: string;
  readonly fromDelegateId?: string;
  readonly toDelegateId?: string;
  readonly fromCycleId?: string;
  readonly toCycleId?: string;
  readonly fromProjectId?: string;
  readonly toProjectId?: string;
  readonly fromProjectMilestoneId?: string;
  readonly toProjectMilestoneId?: string;
  readonly fromParentId?: string;
  readonly toParentId?: string;
  readonly fromTeamId?: string;
  readonly toTeamId?: string;
  readonly fromPriority?: number;
  readonly toPriority?: number;
  readonly fromEstimate?: number;
  readonly toEstimate?: number;
  readonly fromDueDate?: string;
  readonly toDueDate?: string;
  readonly fromTitle?: string;
  readonly toTitle?: string;
  readonly fromSlaBreachesAt?: number;
  readonly toSlaBreachesAt?: number;
  readonly addedLabelIds?: readonly string[];
  readonly removedLabelIds?: readonly string[];
  readonly addedToReleaseIds?: readonly string[];
  readonly removedFromReleaseIds?: readonly string[];
  readonly relationChanges?: readonly LinearRelationChange[];
  readonly updatedDescription?: boolean;
  readonly attachmentId?: string;
  readonly archived?: boolean;
  readonly autoArchived?: boolean;
  readonly autoClosed?: boolean;
  readonly trashed?: boolean;
}

/**
 * A relation that came or went. Linear does not document its codes: here `a` added or `r` removed, then what this
 * issue is to the other, by the keys of Linear's shortcuts: `b` blocked by it, `x` blocks it, `r` related, `d` duplicate
 * of it, `o` original of it, `s` similar.
 */
export interface LinearRelationChange {
  /** The other issue's identifier at that time. */
  readonly identifier: string;
  readonly type: string;
}
