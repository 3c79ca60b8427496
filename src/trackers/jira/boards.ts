import type { Board } from '#domain/reference.ts';
import type { TrackerErrorKind } from '../tracker-error.ts';
import type { JiraClient } from './client.ts';
import { orRefusal, unlessRefused } from './refusals.ts';
import { allRows, ROWS_A_PAGE } from './rows.ts';
import { board, boardConfiguration, pageAt } from './schemas.ts';

/** A board, and what reading its sprints and estimates needs to know of it. */
export interface JiraBoard {
  readonly board: Board;
  readonly hasSprints: boolean;
  /** Id of the field it estimates with, when it does. */
  readonly estimationField?: string;
}

/** The boards that are shown, and ids of the projects whose boards are kept from this user. */
export interface ReadBoards {
  readonly boards: readonly JiraBoard[];
  readonly refused: readonly string[];
}

/**
 * The boards of the projects, with their columns. None when the site has no Jira Software or keeps it from this user.
 * Which issues a board shows is a filter that only Jira can evaluate, so it is not read.
 */
export async function readBoards(client: JiraClient, projectIds: readonly string[]): Promise<ReadBoards> {
  const { found, refused } = await listBoards(client, projectIds);
  return { boards: await configured(client, found), refused };
}

async function listBoards(client: JiraClient, projectIds: readonly string[]) {
  const found = new Map<string, BoardRow>();
  const refused: string[] = [];
  let isShown = false;
  for (const projectId of projectIds) {
    const boards = await unlessRefused(boardsOf(client, projectId));
    if (boards === undefined) {
      const site = isShown ? undefined : await refusalOfAll(client);
      // A site without Jira Software has no boards, and nothing is missing there.
      if (site !== undefined) return { found: [], refused: isKept(site) ? projectIds : [] };
      refused.push(projectId);
    }
    isShown = true;
    for (const row of boards ?? []) found.set(row.id, row);
  }
  return { found: [...found.values()], refused };
}

type BoardRow = Awaited<ReturnType<typeof boardsOf>>[number];

/** One question tells a project that is kept from us from a site where all are, which is not asked project by project. */
async function refusalOfAll(client: JiraClient): Promise<TrackerErrorKind | undefined> {
  const anyBoard = client.ask(pageAt(board, 0), ({ agile }, jira) =>
    agile.getAllBoards(jira, { maxResults: 1 }),
  );
  return (await orRefusal(anyBoard)).refusal;
}

const isKept = (kind: TrackerErrorKind): boolean => kind === 'unauthorized' || kind === 'forbidden';

function configured(client: JiraClient, rows: readonly BoardRow[]): Promise<readonly JiraBoard[]> {
  return Promise.all(
    rows.map(async ({ id, name, type, location }) => {
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
