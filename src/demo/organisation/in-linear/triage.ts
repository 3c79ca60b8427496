import { uuidOf } from '../../linear/ids.ts';
import type { LinearHistoryEntry, LinearIssue } from '../../linear/model.ts';
import { linearId, wholeSecond } from '../../linear/recorded-words.ts';
import { NOW } from '../present.ts';
import { STATE_IDS } from './states.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Within three minutes of its creation nothing is recorded of an issue. */
const SETTLED = 10 * MINUTE;
const LOOKED_AT = 25 * MINUTE;
const STILL_NEW = 10 * DAY;
const PROMISED = 5 * DAY;
const URGENT = 1;

/**
 * What comes from outside waits in triage until somebody looks at it; with what is urgent comes a promise of five days.
 * `projectId` names the team as the drafts know it.
 */
export function throughTriage(issue: LinearIssue, projectId: string): LinearIssue {
  const labels = ['Bug', 'Support'].map((type) => linearId.label('type', type));
  if (!issue.labelIds.some((id) => labels.includes(id))) return issue;
  const triage = linearId.state(projectId, STATE_IDS.triage);
  const backlog = linearId.state(projectId, STATE_IDS.backlog);
  const left = issue.history.find(({ fromStateId }) => fromStateId !== undefined);
  if (left === undefined) {
    const isWaiting = issue.stateId === backlog && issue.createdAt > NOW - STILL_NEW;
    return isWaiting ? { ...issue, stateId: triage, startedTriageAt: issue.createdAt } : issue;
  }
  if (left.fromStateId !== backlog || left.createdAt < issue.createdAt + 2 * SETTLED) return issue;
  const at = wholeSecond(
    Math.min(issue.createdAt + LOOKED_AT, (issue.createdAt + left.createdAt) / 2 + MINUTE),
  );
  const promise = issue.priority === URGENT ? promisedFrom(at) : undefined;
  const entry: LinearHistoryEntry = {
    id: uuidOf('triaged', issue.id),
    createdAt: at,
    updatedAt: at,
    ...(left.actorId === undefined ? {} : { actorId: left.actorId }),
    ...(issue.archivedAt === undefined ? {} : { archivedAt: issue.archivedAt }),
    fromStateId: triage,
    toStateId: backlog,
    ...(promise === undefined ? {} : { toSlaBreachesAt: promise.slaBreachesAt }),
  };
  return {
    ...issue,
    ...promise,
    startedTriageAt: issue.createdAt,
    triagedAt: at,
    history: [...issue.history, entry].toSorted((a, b) => a.createdAt - b.createdAt),
  };
}

function promisedFrom(at: number) {
  const slaBreachesAt = at + PROMISED;
  return {
    slaType: 'all',
    slaStartedAt: at,
    slaMediumRiskAt: slaBreachesAt - 2 * DAY,
    slaHighRiskAt: slaBreachesAt - DAY,
    slaBreachesAt,
  } as const;
}
