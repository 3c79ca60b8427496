import type { Reference } from '#domain/reference.ts';
import type { SourceOverview } from '../tracker.ts';
import type { JiraClient } from './client.ts';
import { readCycles } from './cycles.ts';
import { readProjects } from './projects.ts';
import { issueTypesOf, statusesOf, versionsOf } from './reference.ts';
import { allRows } from './rows.ts';
import { myself, projectStatuses, serverInfo, version } from './schemas.ts';

/** What the site says of itself: three requests, one for its projects, two for each of them, and the boards'. */
export async function readOverview(
  client: JiraClient,
  source: string,
  projectKeys: readonly string[] | undefined,
): Promise<SourceOverview> {
  // First and alone: a wrong token is tried once, and other addresses may answer to nobody in particular.
  const { date } = await client.ask(myself, ({ cloud }, jira) => cloud.getCurrentUser(jira));
  const { data: server } = await client.ask(serverInfo, ({ cloud }, jira) => cloud.getServerInfo(jira));
  const projects = await readProjects(client, source, projectKeys);
  const details = await Promise.all(
    projects.map(async ({ id }) => {
      const [statuses, versions] = await Promise.all([
        client.ask(projectStatuses, ({ cloud }, jira) => cloud.getAllStatuses(jira, { projectIdOrKey: id })),
        allRows(
          client,
          version,
          (startAt) =>
            ({ cloud }, jira) =>
              cloud.getProjectVersionsPaginated(jira, {
                projectIdOrKey: id,
                startAt,
                maxResults: VERSIONS_A_PAGE,
              }),
        ),
      ]);
      return { types: statuses.data, versions: versionsOf(id, versions) };
    }),
  );
  const reference: Reference = {
    source,
    siteUrl: server.baseUrl.replace(/\/+$/, ''),
    projects: projects.map(({ id, key, name }) => ({ id, key, name })),
    statuses: statusesOf(details.flatMap(({ types }) => types)),
    types: issueTypesOf([
      ...details.flatMap(({ types }) => types),
      ...projects.flatMap(({ issueTypes }) => issueTypes ?? []),
    ]),
    versions: details.flatMap(({ versions }) => versions),
    cycles: await readCycles(
      client,
      projects.map(({ id }) => id),
    ),
  };
  return {
    reference,
    parts: projects.map(({ id, key, insight }) => ({
      id,
      name: key,
      ...(insight?.totalIssueCount == null ? {} : { expected: insight.totalIssueCount }),
    })),
    trackerNow: date ?? server.serverTime,
  };
}

const VERSIONS_A_PAGE = 500;
