import type { JiraBoard, JiraField, JiraProject, JiraSprint, JiraStatus } from './model.ts';
import type { RecordedIssue } from './recorded-issue.ts';
import { isServerSprint, parseServerSprint } from './server-sprint.ts';

/** The sprints issues were ever in, and a scrum board for each that made one. */
export function sprintsAndBoardsOf(
  issues: readonly RecordedIssue[],
  fields: readonly JiraField[],
  statuses: readonly JiraStatus[],
): { readonly sprints: readonly JiraSprint[]; readonly boards: readonly JiraBoard[] } {
  const sprints = new Map<number, JiraSprint>();
  const boards = new Map<number, JiraBoard>();
  const estimationFieldId = fields.find(({ name }) => name === 'Story Points')?.id;
  for (const issue of issues) {
    for (const text of Object.values(issue.fields).flat()) {
      const value = isServerSprint(text) ? parseServerSprint(text) : undefined;
      if (value === undefined) continue;
      const { id, name, state, boardId = UNKNOWN_BOARD, startDate, endDate, completeDate } = value;
      sprints.set(id, {
        id,
        name,
        state,
        boardId,
        ...(startDate === undefined ? {} : { startDate: Date.parse(startDate) }),
        ...(endDate === undefined ? {} : { endDate: Date.parse(endDate) }),
        ...(completeDate === undefined ? {} : { completeDate: Date.parse(completeDate) }),
      });
      boards.set(boardId, {
        ...boardOf(boardId, issue.fields.project, statuses),
        ...(estimationFieldId === undefined ? {} : { estimationFieldId }),
      });
    }
  }
  return { sprints: [...sprints.values()], boards: [...boards.values()] };
}

/** Old servers did not say which board made a sprint; in Cloud every sprint has one. */
const UNKNOWN_BOARD = 1;

function boardOf(
  id: number,
  project: Pick<JiraProject, 'id' | 'key'>,
  statuses: readonly JiraStatus[],
): JiraBoard {
  const column = (name: string, category: JiraStatus['category']): JiraBoard['columns'][number] => ({
    name,
    statusIds: statuses.filter((status) => status.category === category).map((status) => status.id),
  });
  return {
    id,
    name: `${project.key} board`,
    type: 'scrum',
    projectId: project.id,
    columns: [column('To Do', 'new'), column('In Progress', 'indeterminate'), column('Done', 'done')],
  };
}
