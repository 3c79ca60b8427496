import type { NamedValue } from '#domain/issue.ts';
import { endlessWalkGuard } from '../progress.ts';
import type { LinearClient } from './client.ts';
import { MIRRORED } from './documents.ts';
import type { LinearIssue } from './schemas.ts';
import { MOST_ROWS } from './workspace.ts';

/** Where issues are mirrored in Jira, by issue id: the newest address of each. */
export type Mirrors = (issueId: string) => readonly { readonly url: string }[];

/** Reads every issue that Linear's integration with Jira keeps the same there, 250 at a time. */
export async function readMirrors(client: LinearClient): Promise<Mirrors> {
  const byIssue = new Map<string, string>();
  const watch = endlessWalkGuard(client.source, 'attachments');
  for (let after: string | null | undefined; ; ) {
    const { data } = await client.ask(MIRRORED, { first: MOST_ROWS, ...(after == null ? {} : { after }) });
    const { nodes, pageInfo } = data.attachments;
    // The newest come first.
    for (const { issue, url } of nodes) if (!byIssue.has(issue.id)) byIssue.set(issue.id, url);
    if (!pageInfo.hasNextPage) {
      return (issueId) => [byIssue.get(issueId) ?? []].flat().map((url) => ({ url }));
    }
    watch(nodes.length > 0);
    after = pageInfo.endCursor;
  }
}

/** The address of the same work in Jira, where that is an address that people can open. */
export function mirrorsOf({ attachments }: Pick<LinearIssue, 'attachments'>): readonly NamedValue[] {
  return (attachments?.nodes ?? []).flatMap(({ url }) =>
    /^https?:$/.test(URL.parse(url)?.protocol ?? '') ? [{ value: url }] : [],
  );
}
