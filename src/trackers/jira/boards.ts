import type { Board } from '#domain/reference.ts';
import type { JiraClient } from './client.ts';
import { unlessRefused } from './refusals.ts';
import { allRows, ROWS_A_PAGE } from './rows.ts';
import { board, boardConfiguration } from './schemas.ts';

/** A board, and what reading its sprints and estimates needs to know of it. */
export interface JiraBoard {
  readonly board: Board;
  readonly hasSprints: boolean;
  /** Id of the field it estimates with, when it does. */
  readonly estimationField?: string;
}

/**
 * The boards of the projects, with their columns. None when the site has no Jira Software or keeps it from this user.
 * Which issues a board shows is a filter that only Jira can evaluate, so it is not read.
 */
export async function readBoards(
  client: JiraClient,
  projectIds: readonly string[],
): Promise<readonly JiraBoard[]> {
  const found = new Map<string, Awaited<ReturnType<typeof boardsOf>>[number]>();
  for (const projectKeyOrId of projectIds) {
    const boards = await unlessRefused(boardsOf(client, projectKeyOrId));
    // What refuses one project's boards refuses them all.
    if (boards === undefined) break;
    for (const row of boards) found.set(row.id, row);
  }
  return Promise.all(
    [...found.values()].map(async ({ id, name, type, location }) => {
      const configuration = await unlessRefused(
        client.ask(boardConfiguration, ({ agile }, jira) =>
          agile.getConfiguration(jira, { boardId: Number(id) }),
        ),
      );
      const { columnConfig, estimation } = configuration?.data ?? {};
      const projectId = location?.projectId;
      const field = estimation?.field?.fieldId;
      return {
        board: {
          id,
          name: name ?? id,
          ...(projectId == null ? {} : { projectId }),
          ...(columnConfig == null
            ? {}
            : {
                columns: columnConfig.columns.map((column) => ({
                  name: column.name,
                  statusIds: column.statuses.map((status) => status.id),
                })),
              }),
        },
        hasSprints: type !== 'kanban',
        ...(field == null ? {} : { estimationField: field }),
      };
    }),
  );
}

async function boardsOf(client: JiraClient, projectKeyOrId: string) {
  return allRows(
    client,
    board,
    (startAt) =>
      ({ agile }, jira) =>
        agile.getAllBoards(jira, { projectKeyOrId, startAt, maxResults: ROWS_A_PAGE }),
  );
}
