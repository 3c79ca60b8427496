import type { IssueBatch, WalkPart } from '../tracker.ts';
import { isRefusal, readBodies } from './bodies.ts';
import type { JiraClient } from './client.ts';
import { completeIssues } from './complete.ts';
import type { JiraReading } from './events.ts';
import { MOST_ISSUES } from './histories.ts';
import { type IdPage, searchIds } from './ids.ts';

/**
 * A project's issues by their ids, for sites that give a thousand bodies at once: a request for every 5,000 ids, one
 * for every thousand bodies, and the histories. The place behind a batch is the page of ids and the last id taken. A
 * place that Jira no longer knows starts the project over.
 */
export async function* walkByIds(
  client: JiraClient,
  part: WalkPart,
  resume: string | undefined,
  reading: JiraReading,
  onIssues: (count: number) => void,
): AsyncGenerator<IssueBatch> {
  const place = resume === undefined ? undefined : placeOf(resume);
  const jql = `project = ${part.id} ORDER BY created ASC, key ASC`;
  let mayStartOver = place?.token !== undefined;
  let pages = searchIds(client, reading.source, jql, place?.token);
  let after = place?.after;
  for (;;) {
    let page: IdPage | undefined;
    try {
      page = (await pages.next()).value as IdPage | undefined;
    } catch (error) {
      if (!mayStartOver || !isRefusal(error)) throw error;
      mayStartOver = false;
      pages = searchIds(client, reading.source, jql);
      after = undefined;
      continue;
    }
    if (page === undefined) return;
    // Not there any more: then the page is taken from its beginning.
    const ids = after === undefined ? page.ids : page.ids.slice(page.ids.indexOf(after) + 1);
    after = undefined;
    for (let at = 0; at === 0 || at < ids.length; at += MOST_ISSUES) {
      const batch = ids.slice(at, at + MOST_ISSUES);
      const bodies = await readBodies(client, batch, reading.fields.asked, true);
      const issues = await completeIssues(client, bodies, reading);
      onIssues(issues.length);
      const last = batch.at(-1);
      const isPageDone = at + MOST_ISSUES >= ids.length;
      if (isPageDone && page.next === undefined) yield { issues };
      else if (isPageDone) yield { issues, resume: written({ token: page.next }) };
      else yield { issues, resume: written({ token: page.token, after: last }) };
    }
  }
}

/** Whether a place is one of this walk; those of a walk by search are Jira's own tokens. */
export function isIdPlace(resume: string): boolean {
  return resume.startsWith(MARK);
}

const MARK = 'ids ';

interface Place {
  readonly token?: string | undefined;
  readonly after?: string | undefined;
}

function written({ token = '', after = '' }: Place): string {
  return `${MARK}${after} ${token}`;
}

function placeOf(resume: string): Place {
  const [after = '', token = ''] = resume.slice(MARK.length).split(' ', 2);
  return { ...(token === '' ? {} : { token }), ...(after === '' ? {} : { after }) };
}
