import type { Reference } from '#domain/reference.ts';
import type { SourceOverview } from '../tracker.ts';
import type { JiraClient } from './client.ts';
import { hasIds, type JiraFields, jiraFields } from './fields.ts';
import { type CycleWatch, createCycleWatch } from './named-cycles.ts';
import { type JiraNotes, namedBefore, notesOf } from './notes.ts';
import { readOverview } from './overview.ts';
import { readProjects } from './projects.ts';
import { fieldList } from './schemas.ts';

/** What reading issues needs to know of their site. */
export interface KnownSite {
  readonly fields: JiraFields;
  readonly isWide: boolean;
  readonly watch: CycleWatch;
}

/**
 * What is known of a site, and asked for where it is not. `keys`: of the projects to read, all when absent. `wanted`: ids
 * or names of the fields that gates ask for.
 */
export function jiraMemory(keys: readonly string[] | undefined, wanted: readonly string[] = []) {
  let reference: Reference | undefined;
  let notes: JiraNotes | undefined;
  let site: KnownSite | undefined;
  let cloudId: string | undefined;

  function remember(known: Reference): void {
    reference = known;
    notes = notesOf(known);
    cloudId = notes?.cloudId ?? cloudId;
    if (notes === undefined) return;
    const fields = jiraFields(notes.fields, notes.estimates, wanted);
    site = {
      fields,
      // Whether a thousand are given at once was asked for other fields than those.
      isWide: notes.isWide && hasIds(fields.gates, notes.gates),
      watch: createCycleWatch({ ...notes, cycles: known.cycles }),
    };
  }

  return {
    remember,
    /** What is known of the site, and which projects of it are read; absent until it was asked or remembered. */
    known: () => (reference === undefined ? undefined : { reference, projects: notes?.parts ?? [] }),
    overview: async (client: JiraClient, source: string): Promise<SourceOverview> => {
      const { notes: read, ...overview } = await readOverview(client, source, { keys, wanted }, reference);
      const kept: JiraNotes = { ...read, ...(cloudId === undefined ? {} : { cloudId }) };
      remember({ ...overview.reference, notes: kept });
      return { ...overview, reference: { ...overview.reference, notes: kept } };
    },
    site: async (client: JiraClient): Promise<KnownSite> => {
      if (site === undefined) {
        const { data } = await client.ask(fieldList, ({ cloud }, jira) => cloud.getFields(jira));
        const watch = createCycleWatch({ cycles: [], named: [], refused: [] });
        site = { fields: jiraFields(data, [], wanted), isWide: false, watch };
      }
      return site;
    },
    /** Ids of the projects that are read. Those remembered, unless they are not the ones that are wanted now. */
    projects: async (client: JiraClient, source: string): Promise<readonly string[]> => {
      if (notes !== undefined && isSame(notes.keys, keys)) return notes.parts;
      return (await readProjects(client, source, keys, namedBefore(reference))).live.map(({ id }) => id);
    },
    /** Ids of the projects that the configuration's keys stood for, whatever their keys are now. */
    named: (): readonly string[] => {
      const ids = namedBefore(reference);
      return (keys ?? []).flatMap((key) => ids[key.toUpperCase()] ?? []);
    },
    keyOf: (id: string): string => reference?.projects.find((project) => project.id === id)?.key ?? id,
    /** The reference with what issues told beyond it, if that is more than when this was asked last. */
    learned: (): { readonly learned?: Reference } => {
      const news = site?.watch.news();
      if (news === undefined || reference === undefined || notes === undefined) return {};
      notes = { ...notes, named: [...news.named] };
      reference = { ...reference, cycles: news.cycles, notes };
      return { learned: reference };
    },
    cloudId: async (ask: () => Promise<string>): Promise<string> => {
      cloudId ??= await ask();
      return cloudId;
    },
  };
}

export type JiraMemory = ReturnType<typeof jiraMemory>;

function isSame(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((key) => b.includes(key));
}
