import { describe, expect, test } from 'vitest';
import { setIntervals } from '#domain/field-values.ts';
import { history, MINUTE, START, smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { copyOf, follow, served, trackerAt } from './live-site.ts';

const SPRINT = 'customfield_10020';
const FOREIGN = { id: 77, name: 'Of another board', state: 'active' as const, boardId: 9 };

const put = (id: string, minute: number, from: string, to: string) =>
  history(id, minute, { field: 'Sprint', fieldtype: 'custom', fieldId: SPRINT, from, to });

describe('a sprint that no board of ours shows', () => {
  const startDate = new Date(START).toISOString();
  const issues = [
    smallIssue(1, {
      fields: { ...smallIssue(1).fields, [SPRINT]: [{ ...FOREIGN, startDate }] },
      histories: [put('1', 5, '', '77')],
    }),
    smallIssue(2, { histories: [put('2', 5, '', '78'), put('3', 6, '78', '')] }),
  ];

  test('is known from the issues in it, at no cost', async () => {
    await using simulator = await served(smallSite(issues));
    await using tracker = trackerAt(simulator);
    const { reference } = await copyOf(tracker);
    expect(reference?.cycles.find(({ id }) => id === '77')).toEqual({
      id: '77',
      name: 'Of another board',
      startAt: START,
      boardId: '9',
    });
    expect(simulator.requests.some(({ path }) => path.startsWith('/rest/agile/1.0/sprint/'))).toBe(false);
  });

  test('and is named by a history alone is asked for with the next overview, and once when it is gone', async () => {
    await using simulator = await served(smallSite(issues));
    simulator.edits.save('sprints', { ...FOREIGN, id: 78, state: 'closed', completeDate: START + MINUTE });
    await using tracker = trackerAt(simulator);
    await copyOf(tracker);
    const asked = () =>
      simulator.requests.flatMap(({ path }) => /agile\/1\.0\/sprint\/(\d+)$/.exec(path)?.[1] ?? []);
    const { reference } = await tracker.overview();
    expect(asked().toSorted()).toEqual(['77', '78']);
    expect(reference.cycles.find(({ id }) => id === '78')).toMatchObject({ endedAt: START + MINUTE });
    // 77 is there in its issue, though its board tells nothing of it.
    expect(reference.cycles.map(({ id }) => id)).toEqual(['21', '22', '77', '78']);

    await using fresh = trackerAt(simulator);
    fresh.remember(reference);
    const again = (await fresh.overview()).reference;
    expect(again.cycles.map(({ id }) => id)).toEqual(['21', '22', '77', '78']);
    expect(asked().filter((id) => id === '78')).toHaveLength(1);
  });
});

test('that a sprint was closed is learned from the issues that were left over', async () => {
  await using simulator = await served(smallSite([smallIssue(1)]));
  simulator.edits.save('sprints', { id: 21, name: 'One', state: 'active', boardId: 4, startDate: START });
  simulator.edits.update('1001', { sprintIds: [21] });
  await using tracker = trackerAt(simulator);
  const copy = await copyOf(tracker);
  simulator.clock.advance(MINUTE);
  const closedAt = simulator.clock.now();
  simulator.edits.closeSprint(21, 22);
  await follow(tracker, copy);
  expect(copy.reference?.cycles.find(({ id }) => id === '21')).toMatchObject({ endedAt: closedAt });
});

test('who was in a sprint, and who was committed to it, follows from the history', async () => {
  await using simulator = await served(smallSite([smallIssue(1), smallIssue(2)]));
  await using tracker = trackerAt(simulator);
  const start = simulator.clock.now();
  simulator.edits.update('1001', { sprintIds: [21] });
  simulator.clock.advance(25 * 60 * MINUTE);
  simulator.edits.update('1002', { sprintIds: [21] });
  simulator.clock.advance(MINUTE);
  simulator.edits.update('1001', { sprintIds: [22] });
  const { issues } = await copyOf(tracker);
  const of = (id: string) => setIntervals(issues.get(id) ?? { events: [] }, 'cycles');
  expect(of('1001')).toEqual([
    { from: start, to: start + 25 * 60 * MINUTE + MINUTE, value: ['21'] },
    { from: start + 25 * 60 * MINUTE + MINUTE, value: ['22'] },
  ]);
  expect(of('1002')).toEqual([{ from: start + 25 * 60 * MINUTE, value: ['21'] }]);
});

describe('estimates', () => {
  test('are in the field that a board estimates with, whatever it is called', async () => {
    const fields = [
      ...smallSite([]).fields,
      { id: 'customfield_10099', name: 'Größe', schema: { type: 'number', custom: 'x:float' } },
    ];
    const sized = smallIssue(1);
    const issue = { ...sized, fields: { ...sized.fields, customfield_10099: 8, timeestimate: 3600 } };
    const [scrum, kanban] = smallSite([]).boards;
    if (scrum === undefined || kanban === undefined) throw new RangeError('no boards');
    await using simulator = await served(
      smallSite([issue], {
        fields,
        boards: [{ ...scrum, estimationFieldId: 'customfield_10099' }, kanban],
      }),
    );
    await using tracker = trackerAt(simulator);
    const { issues } = await copyOf(tracker);
    expect(issues.get('1001')?.current.scalars).toMatchObject({
      estimate: { value: '8' },
      remainingEstimate: { value: '3600' },
    });
  });
});
