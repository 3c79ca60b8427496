import { endlessWalkGuard } from '../progress.ts';
import type { JiraClient } from './client.ts';
import { idPage } from './schemas.ts';

/** A page of ids, each id given once in a walk, and the tokens of this page and of the one behind it. */
export interface IdPage {
  readonly ids: readonly string[];
  readonly token?: string;
  readonly next?: string;
}

/** The ids of the issues that a search finds, 5,000 a request. */
export async function* searchIds(
  client: JiraClient,
  source: string,
  jql: string,
  from?: string,
): AsyncGenerator<IdPage> {
  const watch = endlessWalkGuard(source, 'ids of issues');
  const seen = new Set<string>();
  const ask = async (nextPageToken: string | undefined) => {
    const { data } = await client.ask(idPage, ({ cloud }, jira) =>
      cloud.searchAndReconsileIssuesUsingJqlPost(jira, {
        jql,
        fields: ['id'],
        maxResults: IDS_A_PAGE,
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      }),
    );
    return data;
  };
  for (let token = from; ; ) {
    const page = await ask(token);
    const ids = page.issues.map(({ id }) => id).filter((id) => !seen.has(id));
    for (const id of ids) seen.add(id);
    const next = page.isLast === true ? undefined : (page.nextPageToken ?? undefined);
    yield {
      ids,
      ...(token === undefined ? {} : { token }),
      ...(next === undefined ? {} : { next }),
    };
    if (next === undefined) return;
    watch(ids.length > 0);
    token = next;
  }
}

const IDS_A_PAGE = 5000;
