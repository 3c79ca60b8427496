import type { JiraStatus } from '../../jira/model.ts';
import { STATUSES } from '../workflow.ts';

const TRIAGE = '10009';
const BACKLOG = '10000';

/** What Linear calls the statuses that the drafts go through; what has the same name in both is not listed. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['Selected for Development', 'Todo'],
  ['Closed', 'Canceled'],
]);

/** The states of a Linear team, as statuses that a workspace can be made from. */
export const STATES: readonly JiraStatus[] = [
  { id: TRIAGE, name: 'Triage', category: 'new' },
  ...STATUSES.filter(({ name }) => name !== 'Release Planning').map((status) => ({
    ...status,
    name: NAMES.get(status.name) ?? status.name,
  })),
];

export const STATE_IDS = { triage: TRIAGE, backlog: BACKLOG } as const;
