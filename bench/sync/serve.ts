import { createJiraSimulator } from '#demo/jira/server.ts';
import { workspaceOfRecorded } from '#demo/linear/recorded.ts';
import { createLinearSimulator } from '#demo/linear/server.ts';
import { benchSite } from '../site.ts';
import { windowsOf } from './linear-windows.ts';
import type { TrackerName } from './trackers.ts';

/** The simulated clock stands still, so that what was spent in its hour never flows off. */
const ENDLESS = { requests: 1e9, complexity: 1e12 };

/** Where a question is answered, by its body. */
export type AddressFor = (question: string) => Promise<string>;

/** Serves so many issues; those of Linear in windows of so many, where there are more. */
export async function serve(tracker: TrackerName, issues: number, window = 4_000): Promise<AddressFor> {
  const { site } = await benchSite(issues);
  if (tracker !== 'linear') {
    const { url } = await createJiraSimulator(site, { isWide: tracker === 'jira, wide' });
    return async () => url;
  }
  const workspace = workspaceOfRecorded(site);
  const whole = await createLinearSimulator(workspace, { limits: ENDLESS });
  const windows = windowsOf(workspace, window);
  const served = new Map<number, Promise<{ readonly url: string }>>();
  return async (question) => {
    const from = walkedFrom(question);
    if (from === undefined || windows.length === 1) return new URL(whole.url).origin;
    const found = windows.findLast((one) => one.from <= from) ?? windows[0];
    const key = found?.from ?? 0;
    const simulator =
      served.get(key) ?? createLinearSimulator(found?.workspace() ?? workspace, { limits: ENDLESS });
    served.set(key, simulator);
    return new URL((await simulator).url).origin;
  };
}

/** The moment from which a page of a walk asks for issues; undefined for every other question. */
function walkedFrom(question: string): number | undefined {
  if (!question.includes('"operationName":"Walk"')) return undefined;
  const { variables } = JSON.parse(question) as {
    variables: { filter: { updatedAt?: { gte: string } } };
  };
  return Date.parse(variables.filter.updatedAt?.gte ?? '1970-01-01T00:00:00.000Z');
}
