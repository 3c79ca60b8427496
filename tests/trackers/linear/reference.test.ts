import { expect, test } from 'vitest';
import type { LinearProject, LinearWorkspace } from '#demo/linear/model.ts';
import { CYCLE, DAY, PAY, PROJECT, START, smallWorkspace, uuid } from '#tests/demo/linear/small-workspace.ts';
import { following } from './following.ts';

const small = smallWorkspace([]);

async function referenceOf(changes: Partial<LinearWorkspace>) {
  await using live = await following({ ...small, ...changes });
  return (await live.tracker.overview()).reference;
}

const project = async (changes: Partial<LinearProject>) => {
  const { projects } = await referenceOf({ projects: small.projects.map((one) => ({ ...one, ...changes })) });
  return projects.find(({ id }) => id === PROJECT);
};

test('a project comes with how far it is, and when it began and ended', async () => {
  const begun = { status: { name: 'In Progress', type: 'started' }, startedAt: START };
  expect(await project({ startedAt: START })).toMatchObject(begun);
  expect(await project({ startedAt: START, completedAt: START + DAY })).toMatchObject({
    ...begun,
    endedAt: START + DAY,
  });
  expect(await project({ canceledAt: START + DAY })).toMatchObject({ endedAt: START + DAY });
  expect(await project({})).not.toHaveProperty('goneSince');
});

test('a project and an initiative that are archived or in the trash are known to be, and since when', async () => {
  expect(await project({ archivedAt: START + DAY })).toMatchObject({ goneSince: START + DAY });
  expect(await project({ trashed: true, updatedAt: START + 2 * DAY })).toMatchObject({
    goneSince: START + 2 * DAY,
  });
  const initiatives = small.initiatives.map((one) => ({ ...one, archivedAt: START + DAY, trashed: true }));
  expect((await referenceOf({ initiatives })).initiatives).toMatchObject([
    { id: uuid('b2'), goneSince: START + DAY },
  ]);
});

test('a cycle is of a team', async () => {
  expect((await referenceOf({})).cycles).toMatchObject([{ id: CYCLE, teamId: PAY }]);
});
