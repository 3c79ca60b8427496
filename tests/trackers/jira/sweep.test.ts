import { expect, test } from 'vitest';
import type { JiraSite, JiraSprint } from '#demo/jira/model.ts';
import type { JiraSimulator } from '#demo/jira/server.ts';
import { renewed } from '#domain/renewal.ts';
import { START, smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import type { Swept } from '#trackers/tracker.ts';
import { HOUR, served, trackerAt } from './live-site.ts';

const DAY = 24 * HOUR;
const NOW = START + 30 * DAY;
const active = (id: number, boardId: number, changes: Partial<JiraSprint> = {}): JiraSprint => ({
  id,
  name: `Sprint ${id}`,
  state: 'active',
  boardId,
  startDate: NOW - 2 * DAY,
  endDate: NOW + 12 * DAY,
  ...changes,
});

/** Sweeps a site that was read before these changes, and says what was asked and what is known then. */
async function swept(simulator: JiraSimulator, what: Swept, change: () => void) {
  await using first = trackerAt(simulator);
  const { reference } = await first.overview();
  simulator.clock.advance(HOUR);
  change();
  await using tracker = trackerAt(simulator);
  tracker.remember(reference);
  const before = simulator.requests.length;
  const answer = await tracker.sweep?.(what, simulator.clock.now());
  return {
    asked: simulator.requests
      .slice(before)
      .map(({ path }) => path.replace(/^\/rest\/(agile\/1\.0|api\/3)/, '')),
    answer,
    known: answer && renewed(reference, answer.renewal),
    at: simulator.clock.now(),
  };
}

const withSprints = (sprints: readonly JiraSprint[], more: Partial<JiraSite> = {}) =>
  served(smallSite([smallIssue(1)], { sprints, ...more }));

test('one request brings the sprints of a board that did not end, and one more each that ended or is there no more', async () => {
  await using simulator = await withSprints([
    active(31, 4),
    active(32, 4),
    { ...active(33, 4), state: 'future' },
  ]);
  const closing = await swept(simulator, 'cycles', () => {
    simulator.edits.save('sprints', active(31, 4, { endDate: NOW + 20 * DAY }));
    simulator.edits.closeSprint(32);
    simulator.edits.save('sprints', { id: 34, name: 'New', state: 'future', boardId: 4 });
  });
  expect(closing.asked).toEqual(['/board/4/sprint', '/sprint/32']);
  expect(closing.known?.cycles).toEqual([
    expect.objectContaining({ id: '31', plannedEndAt: NOW + 20 * DAY }),
    expect.objectContaining({ id: '32', endedAt: closing.at }),
    expect.objectContaining({ id: '33', plannedEndAt: NOW + 12 * DAY }),
    { id: '34', name: 'New', boardId: '4' },
  ]);
  expect(closing.answer?.trackerNow).toBe(Math.floor(closing.at / 1000) * 1000);

  // One that was deleted is gone; had it begun, issues of the past would still speak of it.
  const deleting = await swept(simulator, 'cycles', () => {
    simulator.edits.drop('sprints', 34);
    simulator.edits.drop('sprints', 31);
  });
  expect(deleting.asked.toSorted()).toEqual(['/board/4/sprint', '/sprint/31', '/sprint/34']);
  expect(deleting.known?.cycles.map(({ id }) => id)).toEqual(['31', '32', '33']);
});

test.each<[string, readonly JiraSprint[], readonly string[]]>([
  [
    'nothing is asked where no sprint is open',
    [active(31, 4, { state: 'closed', completeDate: NOW - DAY })],
    [],
  ],
  [
    'nor where a board has lain idle for a month',
    [active(31, 4, { startDate: NOW - 90 * DAY, endDate: NOW - 40 * DAY })],
    [],
  ],
  [
    'nor of a plan without dates on a board that has never begun',
    [{ id: 31, name: 'Some day', state: 'future', boardId: 4 }],
    [],
  ],
  [
    'a board between two sprints is asked',
    [
      active(31, 4, { state: 'closed', completeDate: NOW - 10 * DAY }),
      { id: 32, name: 'Next', state: 'future', boardId: 4 },
    ],
    ['/board/4/sprint'],
  ],
])('%s', async (_, sprints, asked) => {
  await using simulator = await withSprints(sprints);
  expect((await swept(simulator, 'cycles', () => {})).asked).toEqual(asked);
});

test('a sprint of a board that we do not see is asked for by itself', async () => {
  await using simulator = await withSprints([active(31, 4), active(77, 9)]);
  simulator.edits.save('boards', { id: 9, name: 'Other', type: 'scrum', projectId: '101', columns: [] });
  await using first = trackerAt(simulator);
  const { reference } = await first.overview();
  await using tracker = trackerAt(simulator);
  tracker.remember({
    ...reference,
    cycles: [...reference.cycles, { id: '77', name: 'Far', startAt: NOW, boardId: '9' }],
  });
  const before = simulator.requests.length;
  const answer = await tracker.sweep?.('cycles', NOW);
  expect(simulator.requests.slice(before).map(({ path }) => path)).toEqual([
    '/rest/agile/1.0/board/4/sprint',
    '/rest/agile/1.0/sprint/77',
  ]);
  expect(answer?.renewal.cycles?.seen.map(({ name }) => name)).toEqual(['Sprint 31', 'Sprint 77']);
});

test('one request brings the versions of a project that has something to release', async () => {
  const version = { projectId: '100', released: false, archived: false };
  const [planned] = smallSite([]).versions;
  if (planned === undefined) throw new RangeError('no version');
  await using simulator = await served(
    smallSite([smallIssue(1)], {
      projects: [...smallSite([]).projects, { id: '102', key: 'LIB', name: 'Library' }],
      versions: [
        planned,
        { ...version, id: '901', name: '1.1' },
        { ...version, id: '902', name: '1.2' },
        { ...version, id: '950', projectId: '102', name: '7', released: true },
      ],
    }),
  );
  const { asked, known } = await swept(simulator, 'versions', () => {
    simulator.edits.save('versions', { ...planned, releaseDate: '2026-04-10' });
    simulator.edits.save('versions', { ...version, id: '901', name: '1.1', released: true });
    simulator.edits.drop('versions', '902');
    simulator.edits.save('versions', { ...version, id: '903', name: '1.3' });
    // Of a project with nothing to release this is seen the next day, or once an issue speaks of it.
    simulator.edits.save('versions', { ...version, id: '951', projectId: '102', name: '8' });
  });
  expect(asked).toEqual(['/project/100/version']);
  expect(known?.versions.map(({ id, released, releaseDay }) => [id, released, releaseDay])).toEqual([
    ['950', true, undefined],
    ['900', false, '2026-04-10'],
    ['901', true, undefined],
    ['903', false, undefined],
  ]);
});

test('more versions than a page holds are all read, and none where nothing is to be released', async () => {
  const version = { projectId: '100', released: false, archived: false };
  const many = Array.from({ length: 501 }, (_, i) => ({ ...version, id: String(2000 + i), name: `${i}` }));
  await using simulator = await served(smallSite([smallIssue(1)], { versions: many }));
  const { asked, known } = await swept(simulator, 'versions', () => {});
  expect(asked).toEqual(['/project/100/version', '/project/100/version']);
  expect(known?.versions).toHaveLength(501);
  await using idle = await served(
    smallSite([smallIssue(1)], { versions: [{ ...version, id: '1', name: '1', released: true }] }),
  );
  expect((await swept(idle, 'versions', () => {})).asked).toEqual([]);
});
