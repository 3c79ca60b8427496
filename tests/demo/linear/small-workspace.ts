import type {
  LinearEntity,
  LinearHistoryEntry,
  LinearIssue,
  LinearState,
  LinearTeam,
  LinearWorkspace,
} from '#demo/linear/model.ts';

/** 2026-03-01T00:00Z; the instants of the small workspace count minutes from here. */
export const START = 1_772_323_200_000;
export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;

/** An id that is a UUID and still tells what it is of: `uuid('a1')` ends in `a1`. */
export function uuid(tail: string): string {
  return `00000000-0000-4000-8000-${tail.padStart(12, '0')}`;
}

/** What every entity has, created so many minutes after the start. */
export function entity(tail: string, minute = 0): LinearEntity {
  return { id: uuid(tail), createdAt: START + minute * MINUTE, updatedAt: START + minute * MINUTE };
}

export const ANN = uuid('a1');
export const BOB = uuid('a2');
export const PAY = uuid('c1');
export const OPS = uuid('c2');
export const TODO = uuid('d1');
export const DOING = uuid('d2');
export const DONE = uuid('d3');
export const OPS_TODO = uuid('d5');
export const OPS_DOING = uuid('d6');
export const BUG = uuid('e1');
export const URGENT = uuid('e2');
export const CYCLE = uuid('f1');
export const PROJECT = uuid('b1');
export const MILESTONE = uuid('b5');

/** A workspace of two teams, PAY and OPS. */
export function smallWorkspace(
  issues: readonly LinearIssue[],
  changes: Partial<LinearWorkspace> = {},
): LinearWorkspace {
  const user = { ...entity('a1'), name: 'Ann', displayName: 'ann', email: 'ann@example.com', active: true };
  return {
    now: START + 30 * DAY,
    organization: { ...entity('99'), name: 'Acme', urlKey: 'acme' },
    teams: [team('c1', 'PAY', 'Payments'), team('c2', 'OPS', 'Operations')],
    states: [
      state('d1', PAY, 'Todo', 'unstarted', 1),
      state('d2', PAY, 'In Progress', 'started', 2),
      state('d3', PAY, 'Done', 'completed', 3),
      state('d4', PAY, 'Canceled', 'canceled', 4),
      state('d5', OPS, 'Todo', 'unstarted', 1),
      state('d6', OPS, 'Doing', 'started', 2),
    ],
    users: [user, { ...user, ...entity('a2'), name: 'Bob', displayName: 'bob', active: false }],
    labels: [
      { ...entity('e1'), name: 'Bug' },
      { ...entity('e2'), name: 'urgent', teamId: PAY },
    ],
    cycles: [
      {
        ...entity('f1'),
        teamId: PAY,
        number: 1,
        startsAt: START,
        endsAt: START + 14 * DAY,
        completedAt: START + 14 * DAY,
        progress: 0.5,
        scopeHistory: [3, 4],
        completedScopeHistory: [0, 2],
        inProgressScopeHistory: [1, 1],
        issueCountHistory: [3, 4],
        completedIssueCountHistory: [0, 2],
        uncompletedIssuesUponCloseIds: [],
      },
    ],
    projectStatuses: [{ ...entity('b9'), name: 'In Progress', type: 'started', position: 1 }],
    projects: [
      {
        ...entity('b1'),
        name: 'Checkout',
        slugId: 'checkout',
        statusId: uuid('b9'),
        teamIds: [PAY],
        leadId: ANN,
        targetDate: '2026-04-01',
        health: 'atRisk',
        healthUpdatedAt: START + 60 * MINUTE,
        progress: 0.25,
        scope: 4,
      },
    ],
    milestones: [
      {
        ...entity('b5'),
        projectId: PROJECT,
        name: 'Beta',
        targetDate: '2026-03-20',
        status: 'next',
        progress: 0,
        sortOrder: 1,
      },
    ],
    projectUpdates: [
      { ...entity('b6', 60), projectId: PROJECT, userId: ANN, health: 'atRisk', body: 'Slipping' },
    ],
    initiatives: [{ ...entity('b2'), name: 'Grow', status: 'Active', ownerId: ANN, health: 'onTrack' }],
    initiativeUpdates: [
      { ...entity('b7', 90), initiativeId: uuid('b2'), userId: ANN, health: 'onTrack', body: 'Fine' },
    ],
    initiativeToProjects: [{ ...entity('b3'), initiativeId: uuid('b2'), projectId: PROJECT }],
    releasePipelines: [],
    releases: [],
    issues,
    relations: [],
    attachments: [],
    comments: [],
    ...changes,
  };
}

/** PAY-`number`, created so many minutes after the start. */
export function smallIssue(number: number, changes: Partial<LinearIssue> = {}): LinearIssue {
  return {
    ...entity(String(1000 + number), number),
    number,
    previousIdentifiers: [],
    title: `Issue ${number}`,
    priority: 0,
    stateId: TODO,
    teamId: PAY,
    labelIds: [],
    creatorId: ANN,
    history: [],
    ...changes,
  };
}

/** A history entry so many minutes after the start. */
export function entry(
  tail: string,
  minute: number,
  changes: Partial<LinearHistoryEntry> = {},
): LinearHistoryEntry {
  return { ...entity(tail, minute), actorId: ANN, ...changes };
}

function team(tail: string, key: string, name: string): LinearTeam {
  return {
    ...entity(tail),
    key,
    name,
    timezone: 'Europe/Amsterdam',
    cyclesEnabled: true,
    cycleDuration: 2,
    issueEstimationType: 'linear',
  };
}

function state(
  tail: string,
  teamId: string,
  name: string,
  type: LinearState['type'],
  position: number,
): LinearState {
  return { ...entity(tail), teamId, name, type, position };
}
