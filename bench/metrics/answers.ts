import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JiraHistory, JiraSite } from '#demo/jira/model.ts';
import type { RecordedSource } from '#demo/jira/recorded.ts';
import { createRenderer } from '#demo/jira/render.ts';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import type { Reference } from '#domain/reference.ts';
import { jiraFields } from '#trackers/jira/fields.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';

/** What is known of a site before its issues are read. */
export interface SourceFacts {
  readonly reference: Reference;
  readonly fields: JiraSite['fields'];
  readonly now: number;
}

/** The files of a batch of issues, as the tracker is asked for it: pages of a search, then pages of all histories. */
export interface Batch {
  readonly source: SourceFacts;
  readonly searches: readonly string[];
  readonly histories: readonly string[];
}

const ISSUES_A_BATCH = 1000;
const ISSUES_A_PAGE = 100;
const HISTORIES_A_PAGE = 10_000;

/**
 * Writes every answer that reading the site's issues takes into a folder, one file each, byte for byte as the simulated
 * tracker would give it; its own search goes through all issues for every page, which 100,000 of them do not allow.
 */
export async function writeAnswers(folder: string, { sourceId, site }: RecordedSource): Promise<void> {
  const facts: SourceFacts = {
    reference: await referenceOf(sourceId, site),
    fields: site.fields,
    now: site.now,
  };
  const render = createRenderer(site, () => facts.reference.siteUrl);
  const asked = new Set(jiraFields([...site.fields]).asked);
  await mkdir(join(folder, sourceId), { recursive: true });
  await writeFile(join(folder, sourceId, FACTS), JSON.stringify(facts));
  const write = (batch: number, kind: string, page: number, answer: object) =>
    writeFile(join(folder, sourceId, fileName(batch, kind, page)), JSON.stringify(answer));

  for (const [i, batch] of inParts(site.issues, ISSUES_A_BATCH).entries()) {
    const pages = inParts(batch, ISSUES_A_PAGE);
    for (const [p, page] of pages.entries()) {
      const issues = page.map((issue) => render.issue(issue, asked, issue.updated));
      const isLast = p === pages.length - 1 && (i + 1) * ISSUES_A_BATCH >= site.issues.length;
      await write(i, SEARCH, p, { issues, isLast, ...(isLast ? {} : { nextPageToken: `${i}-${p}` }) });
    }
    const rows = batch
      .flatMap(({ id, histories }) => histories.map((history) => ({ id, history })))
      .toSorted((a, b) => a.history.created - b.history.created);
    for (const [p, page] of inParts(rows, HISTORIES_A_PAGE).entries()) {
      const byIssue = Map.groupBy(page, ({ id }) => id);
      await write(i, HISTORIES, p, {
        issueChangeLogs: [...byIssue].map(([issueId, some]) => ({
          issueId,
          changeHistories: some.map(({ history }: { readonly history: JiraHistory }) =>
            render.history(history, 'number'),
          ),
        })),
        nextPageToken: (p + 1) * HISTORIES_A_PAGE < rows.length ? `${i}-${p}` : null,
      });
    }
  }
}

/** The batches of all sources in a folder. */
export async function batchesIn(folder: string): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for (const sourceId of (await readdir(folder)).toSorted()) {
    const own = join(folder, sourceId);
    const source = JSON.parse(await readFile(join(own, FACTS), 'utf8')) as SourceFacts;
    const names = (await readdir(own)).filter((name) => name !== FACTS).toSorted();
    for (const files of Map.groupBy(names, (name) => name.split('-')[0]).values()) {
      const of = (kind: string) => files.filter((name) => name.includes(kind)).map((name) => join(own, name));
      batches.push({ source, searches: of(SEARCH), histories: of(HISTORIES) });
    }
  }
  return batches;
}

const FACTS = 'facts.json';
const SEARCH = 'search';
const HISTORIES = 'histories';

function fileName(batch: number, kind: string, page: number): string {
  return `${String(batch).padStart(4, '0')}-${kind}-${String(page).padStart(3, '0')}.json`;
}

async function referenceOf(source: string, site: JiraSite): Promise<Reference> {
  await using simulator = await createJiraSimulator(site);
  await using tracker = createJiraTracker({
    source,
    url: simulator.url,
    auth: SIMULATED_ACCOUNT,
    salt: 'bench',
  });
  return (await tracker.overview()).reference;
}

function inParts<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
