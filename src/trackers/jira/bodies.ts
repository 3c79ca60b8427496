import { TrackerError } from '../tracker-error.ts';
import type { JiraClient } from './client.ts';
import { MOST_ISSUES } from './histories.ts';
import { issueList, type JiraIssue } from './schemas.ts';

/** As many as Jira gives when more than ids are asked for. */
export const ISSUES_A_PAGE = 100;

/**
 * Issues by id as they are now: unlike a search, this does not wait for an index. What is gone or out of sight is left
 * out without a word. `isWide`: a thousand may be asked for at once.
 */
export async function readBodies(
  client: JiraClient,
  ids: readonly string[],
  fields: readonly string[],
  isWide: boolean,
): Promise<readonly JiraIssue[]> {
  const issues = new Map<string, JiraIssue>();
  let most = isWide ? MOST_ISSUES : ISSUES_A_PAGE;
  for (let at = 0; at < ids.length; ) {
    const some = ids.slice(at, at + most);
    try {
      for (const issue of await ask(client, some, fields)) issues.set(issue.id, issue);
      at += some.length;
    } catch (error) {
      // A site may have changed its mind: the long way still leads there.
      if (!isRefusal(error) || some.length <= ISSUES_A_PAGE) throw error;
      most = ISSUES_A_PAGE;
    }
  }
  return [...issues.values()];
}

/**
 * Whether this site gives the named fields of more than a hundred issues at once, which its documentation makes
 * depend on what kinds of fields they are. Asked with ids that need not exist.
 */
export async function isWideAllowed(client: JiraClient, fields: readonly string[]): Promise<boolean> {
  const ids = Array.from({ length: ISSUES_A_PAGE + 1 }, (_, i) => String(i + 1));
  try {
    await ask(client, ids, fields);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** Whether Jira declined a question as such, and would again. */
export function isRefusal(error: unknown): error is TrackerError {
  return error instanceof TrackerError && REFUSALS.has(error.kind);
}

const REFUSALS: ReadonlySet<string> = new Set(['rejected', 'forbidden', 'not_found', 'gone']);

async function ask(client: JiraClient, ids: readonly string[], fields: readonly string[]) {
  const { data } = await client.ask(issueList, ({ cloud }, jira) =>
    cloud.bulkFetchIssues(jira, { issueIdsOrKeys: [...ids], fields: [...fields] }),
  );
  return data.issues;
}
