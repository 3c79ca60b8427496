import type { Cycle } from '#domain/reference.ts';
import type { JiraBoard } from './boards.ts';
import type { JiraClient } from './client.ts';
import { unlessRefused } from './refusals.ts';
import { allRows, ROWS_A_PAGE } from './rows.ts';
import { type JiraSprint, sprint } from './schemas.ts';

/** The sprints that boards show, each once: a board shows those of others that its issues were in. */
export async function readCycles(
  client: JiraClient,
  boards: readonly JiraBoard[],
): Promise<ReadonlyMap<string, Cycle>> {
  const lists = await Promise.all(
    boards.filter(({ hasSprints }) => hasSprints).map(({ board: { id } }) => cyclesOfBoard(client, id)),
  );
  return new Map(lists.flatMap((list) => list ?? []).map((cycle) => [cycle.id, cycle]));
}

/** The sprints that a board shows, or those of them that did not end; undefined when Jira does not tell. */
export function cyclesOfBoard(
  client: JiraClient,
  boardId: string,
  which: 'all' | 'not ended' = 'all',
): Promise<readonly Cycle[] | undefined> {
  const state = which === 'all' ? {} : { state: 'active,future' };
  const rows = allRows(
    client,
    sprint,
    (startAt) =>
      ({ agile }, jira) =>
        agile.getAllSprints(jira, { boardId: Number(boardId), startAt, maxResults: ROWS_A_PAGE, ...state }),
  );
  return unlessRefused(rows.then((found) => found.map((row) => cycleOf(row, boardId))));
}

/** One sprint by its id; undefined when it is gone or its board is out of sight. */
export async function readCycle(client: JiraClient, id: string): Promise<Cycle | undefined> {
  const answer = await unlessRefused(
    client.ask(sprint, ({ agile }, jira) => agile.getSprint(jira, { sprintId: Number(id) })),
  );
  return answer && cycleOf(answer.data);
}

/** `shownOn`: the board that showed it, which is the one it belongs to when the sprint does not say. */
export function cycleOf(
  { id, name, startDate, endDate, completeDate, originBoardId, boardId }: JiraSprint,
  shownOn?: string,
): Cycle {
  const board = originBoardId ?? boardId ?? shownOn;
  return {
    id,
    name,
    ...(startDate == null ? {} : { startAt: startDate }),
    ...(endDate == null ? {} : { plannedEndAt: endDate }),
    ...(completeDate == null ? {} : { endedAt: completeDate }),
    ...(board === undefined || board === null ? {} : { boardId: board }),
  };
}
