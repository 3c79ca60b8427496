import { describe, expect, test } from 'vitest';
import type { JiraProject } from '#demo/jira/model.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { served, trackerAt } from './live-site.ts';

const OPS: JiraProject = { id: '090', key: 'OPS', name: 'Operations' };
const PAY: JiraProject = { id: '100', key: 'PAY', name: 'Payments' };
const SEC: JiraProject = { id: '110', key: 'SEC', name: 'Secret' };
const board = (id: number, projectId: string) =>
  ({ id, name: `Board ${id}`, type: 'scrum', projectId, columns: [] }) as const;
const site = (projects: readonly JiraProject[]) =>
  smallSite([smallIssue(1)], {
    projects,
    boards: [...smallSite([]).boards, board(8, '090'), board(9, '110')],
    sprints: [
      ...smallSite([]).sprints,
      { id: 31, name: 'Of operations', state: 'future', boardId: 8 },
      { id: 32, name: 'Of the secret', state: 'future', boardId: 9 },
    ],
  });
const BOARDS = '/rest/agile/1.0/board';

describe('a project whose boards are refused', () => {
  test.each([400, 401, 403, 404] as const)(
    'by %i costs its own boards only, and is named',
    async (status) => {
      await using simulator = await served(site([{ ...OPS, boardsRefused: status }, PAY, SEC]));
      await using tracker = trackerAt(simulator);
      const { reference, parts } = await tracker.overview();
      expect(reference.boards?.map(({ id }) => id)).toEqual(['4', '5', '9']);
      expect(reference.cycles.map(({ id }) => id)).toEqual(['21', '22', '32']);
      expect(reference.boardsUnread).toEqual(['090']);
      expect(parts.map(({ name }) => name)).toEqual(['OPS', 'PAY', 'SEC']);
      // One for each project, and one that tells that the site itself shows boards.
      expect(simulator.requests.filter(({ path }) => path === BOARDS)).toHaveLength(4);
    },
  );

  test('costs no further question where another was shown before', async () => {
    await using simulator = await served(site([OPS, { ...PAY, boardsRefused: 403 }, SEC]));
    await using tracker = trackerAt(simulator);
    const { reference } = await tracker.overview();
    expect(reference.boards?.map(({ id }) => id)).toEqual(['8', '9']);
    expect(reference.boardsUnread).toEqual(['100']);
    expect(simulator.requests.filter(({ path }) => path === BOARDS)).toHaveLength(3);
  });

  test('keeps the boards and the estimates that were known of it, until it is shown again', async () => {
    await using simulator = await served(site([OPS, PAY, SEC]));
    await using tracker = trackerAt(simulator);
    const { reference: before } = await tracker.overview();
    simulator.edits.save('projects', { ...PAY, boardsRefused: 403 });
    const { reference: meanwhile } = await tracker.overview();
    expect(meanwhile.boards?.map(({ id }) => id).toSorted()).toEqual(['4', '5', '8', '9']);
    expect(meanwhile.notes).toMatchObject({ estimates: ['customfield_10016'] });
    simulator.edits.save('projects', PAY);
    expect((await tracker.overview()).reference).toEqual(before);
  });
});
