import { z } from 'zod';
import { startAtQuery } from './bulk.ts';
import { readInput, type Simulation } from './call.ts';
import { JiraHttpError } from './http-error.ts';
import type { JiraBoard, JiraSprint } from './model.ts';
import { pageOf } from './pages.ts';

/** Boards and sprints come 50 at a time, however many are asked for. */
const MOST_ROWS = 50;

/** `GET /rest/agile/1.0/board`. */
export function boards(simulation: Simulation, input: unknown): object {
  const { site } = simulation;
  const query = readInput(
    startAtQuery.extend({ projectKeyOrId: z.string().optional(), type: z.string().optional() }),
    input,
  );
  const project = site.projects.find(({ id, key }) => [id, key].includes(query.projectKeyOrId ?? ''));
  if (project?.boardsRefused !== undefined) {
    throw new JiraHttpError(project.boardsRefused, 'You do not have permission to view boards here.');
  }
  const isForbidden = ({ projectId }: JiraBoard): boolean =>
    site.projects.some(
      ({ id, state, boardsRefused }) =>
        id === projectId && (state === 'forbidden' || boardsRefused !== undefined),
    );
  const found = site.boards
    .filter((board) => !isForbidden(board))
    .filter(({ projectId }) => query.projectKeyOrId === undefined || projectId === project?.id)
    .filter(({ type }) => query.type === undefined || query.type.split(',').includes(type));
  const page = pageOf(found, query, MOST_ROWS);
  return { ...page, values: page.values.map((board) => shownBoard(simulation, board)) };
}

/** `GET /rest/agile/1.0/board/{id}/configuration`. */
export function boardConfiguration(simulation: Simulation, boardId: string): object {
  const board = findBoard(simulation, boardId);
  const { columns, estimationFieldId, ...rest } = board;
  const field = simulation.site.fields.find(({ id }) => id === estimationFieldId);
  return {
    ...shownBoard(simulation, rest),
    columnConfig: {
      columns: columns.map(({ name, statusIds }) => ({
        name,
        statuses: statusIds.map((id) => ({ id, self: `${simulation.baseUrl()}/rest/api/3/status/${id}` })),
      })),
      constraintType: 'none',
    },
    ...(field === undefined
      ? {}
      : { estimation: { type: 'field', field: { fieldId: field.id, displayName: field.name } } }),
  };
}

/** `GET /rest/agile/1.0/board/{id}/sprint`: the sprints the board made. */
export function boardSprints(simulation: Simulation, boardId: string, input: unknown): object {
  const board = findBoard(simulation, boardId);
  if (board.type !== 'scrum') throw new JiraHttpError(400, 'The board does not support sprints');
  const query = readInput(startAtQuery.extend({ state: z.string().optional() }), input);
  const states = query.state?.split(',');
  const sprints = simulation.site.sprints
    .filter((sprint) => sprint.boardId === board.id)
    .filter(({ state }) => states === undefined || states.includes(state));
  const page = pageOf(sprints, query, MOST_ROWS);
  return { ...page, values: page.values.map((sprint) => shownSprint(simulation, sprint)) };
}

/** `GET /rest/agile/1.0/sprint/{id}`. */
export function sprintById(simulation: Simulation, sprintId: string): object {
  const sprint = simulation.site.sprints.find(({ id }) => String(id) === sprintId);
  if (sprint === undefined)
    throw new JiraHttpError(404, 'Sprint does not exist or you do not have permission to view it.');
  return shownSprint(simulation, sprint);
}

function findBoard({ site }: Simulation, boardId: string): JiraBoard {
  const board = site.boards.find(({ id }) => String(id) === boardId);
  if (board !== undefined) return board;
  throw new JiraHttpError(
    404,
    'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.',
  );
}

function shownBoard(
  { site, baseUrl }: Simulation,
  { id, name, type, projectId }: Pick<JiraBoard, 'id' | 'name' | 'type' | 'projectId'>,
): object {
  const project = site.projects.find((candidate) => candidate.id === projectId);
  const location =
    project === undefined
      ? {}
      : {
          location: {
            projectId: Number(project.id),
            projectKey: project.key,
            projectName: project.name,
            displayName: `${project.name} (${project.key})`,
            projectTypeKey: 'software',
          },
        };
  return { id, self: `${baseUrl()}/rest/agile/1.0/board/${id}`, name, type, ...location };
}

function shownSprint({ baseUrl }: Simulation, sprint: JiraSprint): object {
  const { id, name, state, boardId, goal = '', startDate, endDate, completeDate } = sprint;
  const iso = (instant: number): string => new Date(instant).toISOString();
  return {
    id,
    self: `${baseUrl()}/rest/agile/1.0/sprint/${id}`,
    state,
    name,
    ...(startDate === undefined ? {} : { startDate: iso(startDate) }),
    ...(endDate === undefined ? {} : { endDate: iso(endDate) }),
    ...(completeDate === undefined ? {} : { completeDate: iso(completeDate) }),
    originBoardId: boardId,
    goal,
  };
}
