import type { JiraSite } from '#demo/jira/model.ts';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { workspaceOfRecorded } from '#demo/linear/recorded.ts';
import { sharedPath } from '../shared.ts';
import { servedJira } from './jira.ts';
import { servedLinear } from './linear.ts';
import type { Served, ServedOptions } from './served.ts';

/** Every tracker a history can be served as. */
export const TRACKERS = ['jira', 'jira, a thousand issues at once', 'linear'] as const;

export type TrackerName = (typeof TRACKERS)[number];

/** Serves what a Jira site holds: as Jira, or as Linear would hold it. */
export function serve(tracker: TrackerName, site: JiraSite, options: ServedOptions = {}): Promise<Served> {
  return tracker === 'linear'
    ? servedLinear(workspaceOfRecorded(site), options)
    : servedJira(site, options, tracker !== 'jira');
}

export interface RecordedHistory {
  /** Says as well when it is not there. */
  readonly title: string;
  readonly isHere: boolean;
  readonly site: () => Promise<JiraSite>;
}

/** Recorded histories, smallest first. */
export const HISTORIES: readonly RecordedHistory[] = ['CB', 'DURACLOUD', 'ISLANDORA'].map((name) => {
  const path = sharedPath(`data/jira-history/${name}.jsonl.gz`);
  let site: Promise<JiraSite> | undefined;
  return {
    title: path === undefined ? `${name} (skipped where it does not lie beside the project)` : name,
    isHere: path !== undefined,
    site: () => {
      site ??= siteIn(path ?? '');
      return site;
    },
  };
});

async function siteIn(path: string): Promise<JiraSite> {
  const [recorded] = await sitesFromHistory([path]);
  if (recorded === undefined) throw new RangeError(`${path} holds no site`);
  return recorded.site;
}

/** The first so many issues of each project, without what leads to others. */
export function aPartOf(site: JiraSite, issues: number): JiraSite {
  const some = site.projects.flatMap(({ id }) =>
    site.issues.filter(({ fields }) => fields.project.id === id).slice(0, issues),
  );
  const ids = new Set(some.map(({ id }) => id));
  return {
    ...site,
    issues: some.map((issue) => {
      const { parent, ...fields } = issue.fields;
      const isThere = parent !== undefined && ids.has(parent.id);
      return { ...issue, fields: isThere ? issue.fields : fields };
    }),
  };
}
