import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Store } from '#store/store.ts';
import { digestOfWorld, following } from '#tests/support/following.ts';
import { LAG_MS, livingWorld } from '#tests/support/living-tracker.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';

let database: TemporaryDatabase;
let store: Store;
beforeAll(async () => {
  database = await temporaryDatabase();
  store = await database.open();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** Why issues are gone, in order of their ids. */
async function whyGone(source: string): Promise<readonly unknown[]> {
  const issues = await store.readIssues(source);
  return issues.flatMap(({ gone = [] }) =>
    gone.at(-1)?.until === undefined ? (gone.at(-1)?.why ?? []) : [],
  );
}

async function readWorld(issues: number) {
  const world = livingWorld();
  for (let i = 0; i < issues; i += 1) world.create(i % 3 === 0 ? 'ops' : 'pay');
  world.wait(LAG_MS);
  const here = following(world, store);
  await here.sync();
  world.wait(LAG_MS);
  return { world, here };
}

describe('a source that was read completely once', () => {
  test('costs one request when nothing changed, and nothing moves but how far we have come', async () => {
    const { world, here } = await readWorld(7);
    await here.sync();
    const before = await store.syncState(here.source);
    world.wait(300_000);
    const result = await here.sync();
    expect(result).toMatchObject({ how: 'followed', issues: 0, hasNews: false, stored: 7 });
    expect(result?.spend.requests).toBe(1);
    const after = await store.syncState(here.source);
    expect({ ...after, cursor: 0, completeAsOf: 0, finishedAt: 0 }).toEqual({
      ...before,
      cursor: 0,
      completeAsOf: 0,
      finishedAt: 0,
    });
    expect(after.completeAsOf).toBeGreaterThan(before.completeAsOf ?? 0);
    expect(result?.completeBefore).toBe(before.completeAsOf);
  });

  test('is followed by what changed, however much of it in one millisecond', async () => {
    const { world, here } = await readWorld(11);
    for (const id of world.ids().slice(0, 8)) world.edit(id, 'In Progress');
    world.create('pay');
    const result = await here.sync();
    expect(result).toMatchObject({ how: 'followed', issues: 9, hasNews: true, stored: 12 });
    expect(await here.digest()).toBe(await digestOfWorld(world));
  });

  test('shows late what the index shows late, and misses nothing', async () => {
    const { world, here } = await readWorld(3);
    world.edit('1', 'In Progress', LAG_MS);
    world.wait(10);
    world.edit('2', 'In Progress');
    world.wait(1000);
    expect((await here.sync())?.issues).toBe(1);
    world.wait(LAG_MS);
    expect((await here.sync())?.issues).toBe(1);
    expect(await here.digest()).toBe(await digestOfWorld(world));
  });

  test('is read whole again when asked to, and followed after that', async () => {
    const { world, here } = await readWorld(7);
    world.edit('1', 'Done');
    expect(await here.sync({ full: true })).toMatchObject({ how: 'walked', issues: 7 });
    world.edit('2', 'Done');
    expect(await here.sync()).toMatchObject({ how: 'followed' });
    expect(await here.digest()).toBe(await digestOfWorld(world));
  });

  test('that was being read whole when it was interrupted goes on reading it whole', async () => {
    const { world, here } = await readWorld(10);
    world.edit('1', 'Done');
    world.fail(1, 3);
    await expect(here.sync({ full: true })).rejects.toThrow('does not answer');
    const interrupted = await store.syncState(here.source);
    expect(interrupted.lastError).toBe('The world does not answer.');
    expect(interrupted.walks.length).toBeGreaterThan(0);
    expect(await here.census()).toBe('unread');
    world.edit('2', 'Done');
    expect(await here.sync()).toMatchObject({ how: 'walked', resumed: true });
    expect(await store.syncState(here.source)).toMatchObject({
      walks: [],
      cursor: interrupted.walks[0]?.startedAsOf,
    });
    await here.sync();
    expect(await here.digest()).toBe(await digestOfWorld(world));
  });

  test('has its reference read daily, and sooner when an issue speaks of something unknown', async () => {
    const { world, here } = await readWorld(3);
    const readAt = async () => (await store.syncState(here.source)).referenceReadAt ?? 0;
    const first = await readAt();
    world.create('new');
    await here.sync();
    expect(await readAt()).toBe(first);
    world.wait(3_600_000);
    world.edit('1', 'Done');
    await here.sync();
    expect(await readAt()).toBe(first);
    world.create('new');
    expect(await here.sync()).toMatchObject({ referenceRequests: 1, hasNews: true });
    const second = await readAt();
    expect(second).toBeGreaterThan(first);
    world.wait(MS_PER_DAY);
    expect(await here.sync()).toMatchObject({ referenceRequests: 1, issues: 0, hasNews: true });
    expect(await readAt()).toBeGreaterThan(second);
  });
});

describe('a hint', () => {
  test('has an issue read at once, and what is not there recorded as gone', async () => {
    const { world, here } = await readWorld(4);
    world.edit('1', 'Done', LAG_MS);
    world.delete('2');
    world.trash('3');
    expect(await here.hint('1', '2', '3', '1')).toBe(3);
    expect((await store.readIssues(here.source, { ids: ['1'] }))[0]?.current.scalars.status?.name).toBe(
      'Done',
    );
    expect(await here.gone()).toEqual(['2', '3']);
    expect(await whyGone(here.source)).toEqual(['deleted', 'trashed']);
    world.restore('3');
    await here.sync();
    await here.hint('3');
    expect(await here.gone()).toEqual(['2']);
    // Nobody knows it, so nothing is gone.
    expect(await here.hint('77')).toBe(0);
  });

  test('is no proof: an issue that is there stays, and the reason is what the tracker says of its project', async () => {
    const { world, here } = await readWorld(4);
    for (let i = 0; i < 2; i += 1) world.create('ops');
    await here.sync();
    expect(await here.hint('1')).toBe(1);
    expect(await here.gone()).toEqual([]);
    world.setPart('ops', 'archived');
    expect(await here.hint('5', '6')).toBe(2);
    expect(await whyGone(here.source)).toEqual(['archived', 'archived']);
  });

  test('that more than half is gone is left to the census, which can be told that it is', async () => {
    const { world, here } = await readWorld(4);
    for (const id of ['1', '2', '3']) world.delete(id);
    expect(await here.hint('1', '2', '3')).toBe(0);
    expect(await here.gone()).toEqual([]);
    await here.census({ acceptMissing: true });
    expect(await here.gone()).toEqual(['1', '2', '3']);
  });

  test('of a source that was never read completely is forgotten', async () => {
    const world = livingWorld();
    world.create();
    const here = following(world, store);
    expect(await here.hint('1')).toBe(0);
    expect(await store.countIssues(here.source)).toBe(0);
  });
});
