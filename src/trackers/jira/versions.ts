import type { Version } from '#domain/reference.ts';
import type { JiraClient } from './client.ts';
import { versionsOf } from './reference.ts';
import { allRows } from './rows.ts';
import { version } from './schemas.ts';

const VERSIONS_A_PAGE = 500;

/** Every version of a project: one request for 500. */
export async function readVersions(client: JiraClient, projectId: string): Promise<readonly Version[]> {
  const rows = await allRows(
    client,
    version,
    (startAt) =>
      ({ cloud }, jira) =>
        cloud.getProjectVersionsPaginated(jira, {
          projectIdOrKey: projectId,
          startAt,
          maxResults: VERSIONS_A_PAGE,
        }),
  );
  return versionsOf(projectId, rows);
}
