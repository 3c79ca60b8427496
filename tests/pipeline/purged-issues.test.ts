import { expect, test } from 'vitest';
import { linearDigest } from '#demo/linear/digest.ts';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { readHinted } from '#pipeline/read-hinted.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import { DAY, smallIssue, smallWorkspace, uuid } from '#tests/demo/linear/small-workspace.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import type { LiveTracker } from '#trackers/tracker.ts';

const store = suiteStore();
const [PARENT, CHILD, BLOCKED] = [uuid('1001'), uuid('1002'), uuid('1003')];

/** Four issues: the first is the parent of the second, and blocks the third. */
async function served(): Promise<LinearSimulator> {
  const linear = await createLinearSimulator(
    smallWorkspace(
      [1, 2, 3, 4].map((number) => smallIssue(number, number === 2 ? { parentId: PARENT } : {})),
    ),
  );
  linear.edits.relate(PARENT, 'blocks', BLOCKED);
  linear.clock.advance(DAY);
  return linear;
}

function connected({ url }: LinearSimulator, source: string): LiveTracker {
  const transport = { sleep: () => Promise.resolve() };
  return createLinearTracker({ source, url, auth: { apiKey: SIMULATED_API_KEY }, salt: 's', transport });
}

/** Follows a workspace as a process of its own, takes a census of it, and tells what was asked. */
async function counted(linear: LinearSimulator, source: string) {
  const before = linear.requests.length;
  await using tracker = connected(linear, source);
  await syncSource({ tracker, store: store(), now: Date.now });
  await reconcileSource({ tracker, store: store(), now: Date.now }, { acceptMissing: true });
  return linear.requests.slice(before).map(({ operation }) => operation);
}

/** Where the second and the third lead by the store, whose digest is the workspace's. */
async function leading(linear: LinearSimulator, source: string) {
  const [child, blocked] = await store().readIssues(source, { ids: [CHILD, BLOCKED] });
  const theirs = linearDigest(linear.workspace, { sourceId: source, salt: 's' });
  expect(await digestOf(store().digestLines(source))).toBe(theirs);
  return [child?.current.scalars.parent?.value, blocked?.current.sets.links?.map(({ value }) => value)];
}

test('what led to a Linear issue that was deleted for good leads nowhere after the next census, and is asked for once', async () => {
  await using linear = await served();
  const source = 'purged';
  await counted(linear, source);
  expect(await leading(linear, source)).toEqual([PARENT, ['PAY-1']]);
  const { updatedAt } = linear.workspace.issues.find(({ id }) => id === CHILD) ?? {};

  linear.edits.purge(PARENT);
  linear.clock.advance(DAY);
  const asked = await counted(linear, source);
  // Once for the one that is missing, and once for those two.
  expect(asked.filter((operation) => operation === 'Spanned')).toHaveLength(2);
  expect(await leading(linear, source)).toEqual([undefined, []]);
  expect(linear.workspace.issues.find(({ id }) => id === CHILD)).toMatchObject({ updatedAt });

  linear.clock.advance(DAY);
  expect(await counted(linear, source)).not.toContain('Spanned');
});

test('so does what led to one that was in the trash for days before', async () => {
  await using linear = await served();
  const source = 'binned';
  await counted(linear, source);
  linear.edits.trash(PARENT);
  linear.clock.advance(DAY);
  await counted(linear, source);
  expect(await leading(linear, source)).toEqual([PARENT, ['PAY-1']]);

  linear.clock.advance(29 * DAY);
  await counted(linear, source);
  linear.edits.purge(PARENT);
  linear.clock.advance(DAY);
  await counted(linear, source);
  expect(await leading(linear, source)).toEqual([undefined, []]);
});

test('and what led to one that a webhook told of', async () => {
  await using linear = await served();
  const source = 'hinted';
  await counted(linear, source);
  linear.edits.purge(PARENT);
  linear.clock.advance(DAY);
  {
    await using tracker = connected(linear, source);
    await syncSource({ tracker, store: store(), now: Date.now });
    expect(await readHinted({ tracker, store: store(), now: Date.now }, [PARENT])).toBe(1);
  }
  await counted(linear, source);
  expect(await leading(linear, source)).toEqual([undefined, []]);
});
