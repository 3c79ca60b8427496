import { endlessWalkGuard } from '../progress.ts';
import type { IssueBatch, WalkPart } from '../tracker.ts';
import { TrackerError } from '../tracker-error.ts';
import { ISSUES_A_PAGE } from './bodies.ts';
import type { JiraClient } from './client.ts';
import { completeIssues } from './complete.ts';
import type { JiraReading } from './events.ts';
import { MOST_ISSUES } from './histories.ts';
import { type JiraIssue, searchPage } from './schemas.ts';
import { isIdPlace, walkByIds } from './walk-ids.ts';

/**
 * A project's issues with their histories, oldest first, up to a thousand at a time, in the way that costs fewer
 * requests. `onIssues` hears how many new issues a page brought.
 */
export async function* walkProject(
  client: JiraClient,
  part: WalkPart,
  resume: string | undefined,
  reading: JiraReading,
  isWide: boolean,
  onIssues: (count: number) => void,
): AsyncGenerator<IssueBatch> {
  // Two pages of a search cost no more than ids and bodies do.
  const isLarge = (part.expected ?? Number.POSITIVE_INFINITY) > 2 * ISSUES_A_PAGE;
  const byIds = resume === undefined ? isLarge : isIdPlace(resume);
  if (!isWide || !byIds) {
    yield* walkBySearch(client, part, byIds ? undefined : resume, reading, onIssues);
    return;
  }
  yield* walkByIds(client, part, resume, reading, onIssues);
}

/**
 * Jira's own page token leads on behind a batch. One that it refuses (they last seven days) starts the project over,
 * which costs requests and harms nothing.
 */
async function* walkBySearch(
  client: JiraClient,
  part: WalkPart,
  resume: string | undefined,
  reading: JiraReading,
  onIssues: (count: number) => void,
): AsyncGenerator<IssueBatch> {
  const watch = endlessWalkGuard(reading.source, `issues of ${part.name}`);
  const seen = new Set<string>();
  let batch: JiraIssue[] = [];
  let token = resume;
  let mayStartOver = true;
  for (;;) {
    const page = await search(token);
    if (page === undefined) {
      mayStartOver = false;
      token = undefined;
      batch = [];
      seen.clear();
      continue;
    }
    const fresh = new Map(page.issues.map((issue) => [issue.id, issue]));
    for (const id of fresh.keys()) if (seen.has(id)) fresh.delete(id);
    for (const [id, issue] of fresh) {
      seen.add(id);
      batch.push(issue);
    }
    onIssues(fresh.size);
    token = page.isLast === true ? undefined : (page.nextPageToken ?? undefined);
    if (token !== undefined) {
      watch(fresh.size > 0);
      if (batch.length + ISSUES_A_PAGE <= MOST_ISSUES) continue;
    }
    const issues = await completeIssues(client, batch, reading);
    yield { issues, ...(token === undefined ? {} : { resume: token }) };
    if (token === undefined) return;
    batch = [];
  }

  /** The next page; undefined when its token is refused and the walk may start over. */
  async function search(nextPageToken: string | undefined) {
    try {
      const { data } = await client.ask(searchPage, ({ cloud }, jira) =>
        cloud.searchAndReconsileIssuesUsingJqlPost(jira, {
          jql: `project = ${part.id} ORDER BY created ASC, key ASC`,
          fields: [...reading.fields.asked],
          maxResults: ISSUES_A_PAGE,
          ...(nextPageToken === undefined ? {} : { nextPageToken }),
        }),
      );
      return data;
    } catch (error) {
      const isRefused = error instanceof TrackerError && error.kind === 'rejected';
      if (isRefused && nextPageToken !== undefined && mayStartOver) return undefined;
      throw error;
    }
  }
}
