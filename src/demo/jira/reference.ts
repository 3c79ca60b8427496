import { createHash } from 'node:crypto';
import { z } from 'zod';
import { startAtQuery } from './bulk.ts';
import { readInput, type Simulation } from './call.ts';
import { JiraHttpError } from './http-error.ts';
import type { JiraIssueType, JiraProject, JiraSite } from './model.ts';
import { pageOf } from './pages.ts';
import { sightOf } from './sight.ts';

/** `GET /rest/api/3/myself`: the account the token belongs to. */
export function myself({ site, render }: Simulation, emailAddress: string): object {
  const reader = render.user({ accountId: 'evenkeel-reader', displayName: 'Evenkeel reader' });
  return { ...reader, emailAddress, timeZone: site.zone ?? 'UTC', locale: 'en_US' };
}

/** `GET /rest/api/3/serverInfo`. */
export function serverInfo({ site, baseUrl, clock, render }: Simulation): object {
  return {
    baseUrl: baseUrl(),
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_300,
    serverTime: render.instant(clock.now()),
    serverTitle: site.baseName,
  };
}

/** `GET /_edge/tenant_info`. */
export function tenantInfo({ site }: Simulation): object {
  return { cloudId: cloudIdOf(site) };
}

/** The id the gateway knows the site by, as stable as its name. */
export function cloudIdOf({ baseName }: JiraSite): string {
  const hex = createHash('sha256').update(baseName).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** `GET /rest/api/3/field`. */
export function fields({ site }: Simulation): object {
  return site.fields.map(({ id, name, schema }) => ({
    id,
    key: id,
    name,
    custom: schema.custom !== undefined,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: schema.custom === undefined ? [id] : [`cf[${id.replace('customfield_', '')}]`, name],
    schema:
      schema.custom === undefined ? schema : { ...schema, customId: Number(id.replace('customfield_', '')) },
  }));
}

/**
 * `GET /rest/api/3/project/search`: at most 50 a page, live projects unless asked otherwise. `expand` may ask for
 * `issueTypes` and for `insight`, which counts the issues.
 */
export function projects({ site, baseUrl }: Simulation, input: unknown): object {
  const query = readInput(projectQuery, input);
  const states = query.status ?? ['live'];
  const found = site.projects
    .filter(({ state = 'live' }) => states.includes(state))
    .filter(({ id }) => query.id === undefined || query.id.includes(id))
    .filter(({ key }) => query.keys === undefined || query.keys.includes(key))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = pageOf(found, query, 50);
  const expand = query.expand?.split(',') ?? [];
  return {
    ...page,
    values: page.values.map((project) => ({
      ...shownProject(project, baseUrl()),
      ...(expand.includes('issueTypes') ? { issueTypes: site.issueTypes.map(shownIssueType) } : {}),
      ...(expand.includes('insight') ? { insight: insightOf(site, project) } : {}),
    })),
  };
}

/** `GET /rest/api/3/project/{key}/statuses`: the statuses of each issue type. */
export function projectStatuses({ site, render }: Simulation, idOrKey: string): object {
  const project = findProject(site, idOrKey);
  const statuses = site.statuses.filter(({ projectId = project.id }) => projectId === project.id);
  return site.issueTypes.map(({ id, name, hierarchyLevel }) => ({
    id,
    name,
    // Here, unlike elsewhere, Jira keeps the level to itself.
    subtask: hierarchyLevel < 0,
    statuses: statuses.map((status) => render.status(status)),
  }));
}

/** `GET /rest/api/3/project/{key}/version`: as many as asked for, 50 when nothing is asked. */
export function projectVersions(
  { site, baseUrl, clock }: Simulation,
  idOrKey: string,
  input: unknown,
): object {
  const project = findProject(site, idOrKey);
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const versions = site.versions.filter(({ projectId }) => projectId === project.id);
  const page = pageOf(versions, readInput(startAtQuery, input), Number.POSITIVE_INFINITY);
  return {
    ...page,
    values: page.values.map(({ projectId, ...version }) => ({
      self: `${baseUrl()}/rest/api/3/version/${version.id}`,
      ...version,
      // Jira says so only of a version that has a date and is not out.
      ...(version.releaseDate !== undefined && !version.released
        ? { overdue: version.releaseDate < today }
        : {}),
      projectId: Number(projectId),
    })),
  };
}

const list = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',') : value),
  z.array(z.string()).optional(),
);
const projectQuery = startAtQuery.extend({
  status: list,
  id: list,
  keys: list,
  expand: z.string().optional(),
});

function shownProject(
  { id, key, name, state = 'live', style = 'classic' }: JiraProject,
  baseUrl: string,
): object {
  return {
    self: `${baseUrl}/rest/api/3/project/${id}`,
    id,
    key,
    name,
    projectTypeKey: 'software',
    simplified: style === 'next-gen',
    style,
    isPrivate: false,
    ...(state === 'live' ? {} : { [state]: true }),
  };
}

function shownIssueType({ id, name, hierarchyLevel }: JiraIssueType): object {
  return { id, name, subtask: hierarchyLevel < 0, hierarchyLevel };
}

function insightOf(site: JiraSite, project: JiraProject): object {
  const isShown = sightOf(site);
  const issues = site.issues.filter((issue) => issue.fields.project.id === project.id && isShown(issue));
  return { totalIssueCount: issues.length };
}

function findProject(site: JiraSite, idOrKey: string): JiraProject {
  const project = site.projects.find(
    ({ id, key, state = 'live' }) => state === 'live' && [id, key].includes(idOrKey),
  );
  if (project === undefined) throw new JiraHttpError(404, `No project could be found with key '${idOrKey}'.`);
  return project;
}
