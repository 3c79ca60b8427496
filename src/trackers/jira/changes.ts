import { isDeepStrictEqual } from 'node:util';
import type { Instant, Issue } from '#domain/issue.ts';
import { endlessWalkGuard } from '../progress.ts';
import type { ChangeBatch, StoredIssues, StoredSince } from '../tracker.ts';
import { ISSUES_A_PAGE, isRefusal, readBodies } from './bodies.ts';
import type { JiraClient } from './client.ts';
import { completeIssues } from './complete.ts';
import { currentFields } from './current.ts';
import type { JiraReading } from './events.ts';
import { MOST_ISSUES } from './histories.ts';
import { searchIds } from './ids.ts';
import { type JiraIssue, searchPage, serverInfo } from './schemas.ts';
import { settled, unlessKnown } from './unless-known.ts';

export interface Following {
  readonly reading: JiraReading;
  /** Ids of the projects that are followed; at least one. */
  readonly projects: readonly string[];
  readonly stored: StoredIssues;
  /** Absent: what is stored is shown once more, and compared. */
  readonly storedSince?: StoredSince | undefined;
  readonly isWide: boolean;
}

/** A search learns of a change seconds to minutes late: so much is asked for once more. */
export const OVERLAP_MS = 15 * 60_000;

/**
 * What changed since a moment. The next page is asked for by the last moment of the one before and not by Jira's
 * token: an issue that is edited meanwhile moves to the end, and everything behind it would move up over the edge of
 * the page. There is no upper bound, which a busy issue would run ahead of. More changes of one millisecond than a
 * page holds (a bulk edit) are taken by their ids. Of the time that is asked for once more, what is stored is left out:
 * else each poll of a busy quarter of an hour would page through all of it. When all is read the cursor stands at Jira's
 * clock, so that this time goes by.
 */
export async function* readChanges(
  client: JiraClient,
  since: Instant,
  { reading, projects, stored, storedSince, isWide }: Following,
): AsyncGenerator<ChangeBatch> {
  const source = reading.source;
  const scope = `project in (${projects.join(', ')})`;
  const watch = endlessWalkGuard(source, 'changed issues');
  /** The `updated` an issue was met with in this round. */
  const met = new Map<string, Instant>();
  let batch: JiraIssue[] = [];
  let from = Math.max(0, since - OVERLAP_MS);
  const known = settled((await storedSince?.(from)) ?? new Map(), since);
  let unless = unlessKnown(known);
  let cursor = since;
  let token: string | undefined;
  let trackerNow: Instant | undefined;

  for (;;) {
    const { page, date } = await search().catch((error: unknown) => {
      // It names issues, of which some may be there no more.
      if (unless === '' || !isRefusal(error)) throw error;
      unless = '';
      return search();
    });
    trackerNow ??= date;
    batch.push(...(await news(page.issues)));
    const last = page.issues.reduce((latest, { fields }) => Math.max(latest, fields.updated), from);
    const next = page.isLast === true ? undefined : (page.nextPageToken ?? undefined);
    cursor = Math.max(cursor, last);
    if (next === undefined) break;
    token = undefined;
    if (page.issues.length === 0) {
      // Every row of it was kept from us.
      watch(false);
      token = next;
    } else if (last > from) from = last;
    else {
      for await (const { ids } of searchIds(
        client,
        source,
        `${scope} AND updated >= ${from} AND updated <= ${from}${unless}`,
      )) {
        yield* tie(ids);
      }
      from += 1;
    }
    yield* flushed(MOST_ISSUES - ISSUES_A_PAGE);
  }
  cursor = Math.max(cursor, trackerNow ?? cursor);
  yield await flush();

  async function search() {
    const { data: page, date } = await client.ask(searchPage, ({ cloud }, jira) =>
      cloud.searchAndReconsileIssuesUsingJqlPost(jira, {
        jql: `${scope} AND updated >= ${from}${unless} ORDER BY updated ASC`,
        fields: [...reading.fields.asked],
        maxResults: ISSUES_A_PAGE,
        ...(token === undefined ? {} : { nextPageToken: token }),
      }),
    );
    return { page, date };
  }

  /** Those that are neither stored as they are, or later, nor met before: the overlap shows most a second time. */
  async function news(issues: readonly JiraIssue[]): Promise<readonly JiraIssue[]> {
    const fresh = new Map<string, JiraIssue>();
    for (const issue of issues) if (met.get(issue.id) !== issue.fields.updated) fresh.set(issue.id, issue);
    if (fresh.size === 0) return [];
    for (const [id, { fields }] of fresh) met.set(id, fields.updated);
    const known = await stored([...fresh.keys()]);
    return [...fresh.values()].filter((issue) => !isShown(issue, known.get(issue.id), reading));
  }

  async function* tie(ids: readonly string[]): AsyncGenerator<ChangeBatch> {
    const fresh = ids.filter((id) => met.get(id) !== from && known.get(id) !== from);
    for (let at = 0; at < fresh.length; at += MOST_ISSUES) {
      const some = fresh.slice(at, at + MOST_ISSUES);
      const known = await stored(some);
      const shown = await readBodies(client, some, reading.fields.asked, isWide);
      batch.push(...shown.filter((issue) => !isShown(issue, known.get(issue.id), reading)));
      for (const id of some) met.set(id, from);
      yield* flushed(0);
    }
  }

  async function* flushed(above: number): AsyncGenerator<ChangeBatch> {
    if (batch.length > above) yield flush();
  }

  /** Everything before `from` is in it or in one before. */
  async function flush(): Promise<ChangeBatch> {
    const newest = new Map(batch.map((issue) => [issue.id, issue]));
    batch = [];
    const issues: readonly Issue[] = await completeIssues(client, [...newest.values()], reading);
    trackerNow ??= (await client.ask(serverInfo, ({ cloud }, jira) => cloud.getServerInfo(jira))).data
      .serverTime;
    return { issues, cursor, trackerNow };
  }
}

function isHeld(stored: Issue | undefined, updated: Instant): boolean {
  return stored !== undefined && stored.updatedAt >= updated;
}

/** Two edits may share a millisecond, and a poll fall between them: then only the values tell. */
function isShown(shown: JiraIssue, stored: Issue | undefined, reading: JiraReading): boolean {
  if (stored === undefined || !isHeld(stored, shown.fields.updated)) return false;
  if (stored.updatedAt > shown.fields.updated) return true;
  const recorded = stored.events.filter(({ origin }) => origin === 'recorded');
  return isDeepStrictEqual(currentFields(shown, recorded, reading), stored.current);
}
