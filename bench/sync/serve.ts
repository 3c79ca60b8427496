import { createJiraSimulator } from '#demo/jira/server.ts';
import { workspaceOfRecorded } from '#demo/linear/recorded.ts';
import { createLinearSimulator } from '#demo/linear/server.ts';
import { benchSite } from '../site.ts';
import type { TrackerName } from './trackers.ts';

/** The simulated clock stands still, so that what was spent in its hour never flows off. */
const ENDLESS = { requests: 1e9, complexity: 1e12 };

/** Serves so many issues, and says where. */
export async function serve(tracker: TrackerName, issues: number): Promise<string> {
  const { site } = await benchSite(issues);
  if (tracker !== 'linear') {
    const { url } = await createJiraSimulator(site, { isWide: tracker === 'jira, wide' });
    return url;
  }
  const { url } = await createLinearSimulator(workspaceOfRecorded(site), { limits: ENDLESS });
  return new URL(url).origin;
}
