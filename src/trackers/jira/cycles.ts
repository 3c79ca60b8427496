import type { Cycle } from '#domain/reference.ts';
import { TrackerError, type TrackerErrorKind } from '../tracker-error.ts';
import type { JiraClient } from './client.ts';
import { allRows } from './rows.ts';
import { board, type JiraSprint, sprint } from './schemas.ts';

/**
 * The sprints of the projects' boards. None when the site has no Jira Software or keeps it from this user: issues
 * and their histories still name the sprints they were in.
 */
export async function readCycles(
  client: JiraClient,
  projectIds: readonly string[],
): Promise<readonly Cycle[]> {
  const boardIds = new Set<string>();
  for (const projectKeyOrId of projectIds) {
    const boards = await unlessRefused(
      allRows(
        client,
        board,
        (startAt) =>
          ({ agile }, jira) =>
            agile.getAllBoards(jira, { projectKeyOrId, startAt, maxResults: ROWS_A_PAGE }),
      ),
    );
    // What refuses one project's boards refuses them all.
    if (boards === undefined) break;
    for (const { id, type } of boards) if (type !== 'kanban') boardIds.add(id);
  }
  const sprints = await Promise.all(
    [...boardIds].map((id) =>
      unlessRefused(
        allRows(
          client,
          sprint,
          (startAt) =>
            ({ agile }, jira) =>
              agile.getAllSprints(jira, { boardId: Number(id), startAt, maxResults: ROWS_A_PAGE }),
        ),
      ),
    ),
  );
  // A board shows the sprints of others that its issues were in.
  const cycles = sprints.flatMap((found) => found ?? []).map((found) => [found.id, cycleOf(found)] as const);
  return [...new Map(cycles).values()];
}

const ROWS_A_PAGE = 50;

/**
 * `unauthorized` cannot be the credentials, which were good a moment ago: a token with scopes lacks one. A board
 * that has no sprints calls the question `rejected`.
 */
const REFUSALS: ReadonlySet<TrackerErrorKind> = new Set([
  'unauthorized',
  'forbidden',
  'not_found',
  'gone',
  'rejected',
]);

async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TrackerError && REFUSALS.has(error.kind)) return undefined;
    throw error;
  }
}

function cycleOf({ id, name, startDate, endDate, completeDate }: JiraSprint): Cycle {
  return {
    id,
    name,
    ...(startDate == null ? {} : { startAt: startDate }),
    ...(endDate == null ? {} : { plannedEndAt: endDate }),
    ...(completeDate == null ? {} : { endedAt: completeDate }),
  };
}
