import { endlessWalkGuard } from '../progress.ts';
import type { JiraClient } from './client.ts';
import { historyPage, type JiraHistory } from './schemas.ts';

/** As many issues as Jira takes in one question for their histories. */
export const MOST_ISSUES = 1000;
const MOST_HISTORIES = 10_000;

/**
 * Every history of the issues, by issue id. One issue's may be spread over pages, and a page may come twice: only
 * when the last page is in is any of them complete.
 */
export async function readHistories(
  client: JiraClient,
  source: string,
  issueIds: readonly string[],
): Promise<ReadonlyMap<string, readonly JiraHistory[]>> {
  const byIssue = new Map(issueIds.map((id) => [id, new Map<string, JiraHistory>()]));
  const watch = endlessWalkGuard(source, 'histories');
  let nextPageToken: string | undefined;
  // Without `fieldIds`: that filter drops the changes that have no field id, moves and links among them.
  const ask = () =>
    client.ask(historyPage, ({ cloud }, jira) =>
      cloud.getBulkChangelogs(jira, {
        issueIdsOrKeys: [...issueIds],
        maxResults: MOST_HISTORIES,
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      }),
    );
  do {
    const { data: page } = await ask();
    let isNew = false;
    for (const { issueId, changeHistories } of page.issueChangeLogs) {
      const known = byIssue.get(issueId);
      for (const history of changeHistories) {
        if (known === undefined || known.has(history.id)) continue;
        known.set(history.id, history);
        isNew = true;
      }
    }
    nextPageToken = page.nextPageToken ?? undefined;
    if (nextPageToken !== undefined) watch(isNew);
  } while (nextPageToken !== undefined);
  return new Map([...byIssue].map(([id, histories]) => [id, [...histories.values()]]));
}
