import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import type { LiveTracker } from '#trackers/tracker.ts';

/** What the history is served as. */
export const TRACKERS = ['jira', 'jira, wide', 'linear'] as const;

export type TrackerName = (typeof TRACKERS)[number];

/** As the simulators have it; their modules are not loaded in a process whose memory is measured. */
const JIRA_ACCOUNT = { email: 'reader@evenkeel.example', apiToken: 'simulated-token' };
const LINEAR_KEY = 'lin_api_simulated';

/** Connects to it as the product does. */
export function connect(tracker: TrackerName, url: string): LiveTracker {
  const common = { source: 'bench', salt: 'bench' };
  return tracker === 'linear'
    ? createLinearTracker({ ...common, url: `${url}/graphql`, auth: { apiKey: LINEAR_KEY } })
    : createJiraTracker({ ...common, url, auth: JIRA_ACCOUNT });
}

/** What a request needs to be let in. */
export function authorization(tracker: TrackerName): string {
  const { email, apiToken } = JIRA_ACCOUNT;
  return tracker === 'linear'
    ? LINEAR_KEY
    : `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;
}
