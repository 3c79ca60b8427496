import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessTeam } from '#pipeline/assess-team.ts';
import { type CensusResult, type NoCensus, reconcileSource } from '#pipeline/reconcile-source.ts';
import type { Store } from '#store/store.ts';
import { day } from '#tests/builders/day.ts';
import { team } from '#tests/builders/team.ts';
import { digestOfWorld, type Following, following } from '#tests/support/following.ts';
import { LAG_MS, livingWorld } from '#tests/support/living-tracker.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import type { LiveTracker } from '#trackers/tracker.ts';

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

const HOUR = 3_600_000;

/** So many issues in each project, read completely. */
async function readWorld(sizes: Readonly<Record<string, number>>) {
  const world = livingWorld();
  for (const [part, size] of Object.entries(sizes)) for (let i = 0; i < size; i += 1) world.create(part);
  const here = following(world, store);
  await here.sync();
  world.wait(LAG_MS);
  return { world, here };
}

async function* noPages(): AsyncGenerator<readonly string[]> {}

function taken(result: CensusResult | NoCensus): CensusResult {
  if (typeof result === 'string') throw new Error(`no census: ${result}`);
  return result;
}

describe('a census', () => {
  test('finds nothing where nothing is missing, at one request for the changes, one for those since the last census and one for each page', async () => {
    const { world, here } = await readWorld({ pay: 7 });
    await here.sync();
    world.wait(2 * LAG_MS);
    const result = taken(await here.census());
    expect(result).toMatchObject({ held: 7, shown: 7, found: 0, edited: 0, overlooked: 0, contradicted: 0 });
    expect([...result.gone]).toEqual([]);
    // The changes, the parts, two pages of five ids, and three of the changes since the first reading.
    expect(result.requests).toBe(7);
    expect((await store.syncState(here.source)).censusAt).toBe(result.at);
  });

  test('sees deletions and what is in the trash, by asking once more for each', async () => {
    const { world, here } = await readWorld({ pay: 7 });
    world.delete('2');
    world.trash('3');
    const result = taken(await here.census());
    expect(result).toMatchObject({ held: 7, shown: 5 });
    expect(Object.fromEntries(result.gone)).toEqual({ trashed: 1, deleted: 1 });
    expect(await here.gone()).toEqual(['2', '3']);
    expect(await here.digest()).toBe(await digestOfWorld(world));
  });

  test('sees projects archived and hidden, and their issues again when they are back, changed meanwhile', async () => {
    const { world, here } = await readWorld({ pay: 20, ops: 4, lab: 3 });
    world.setPart('ops', 'archived');
    world.setPart('lab', 'access_lost');
    expect(Object.fromEntries(taken(await here.census()).gone)).toEqual({ archived: 4, access_lost: 3 });
    expect(await here.digest()).toBe(await digestOfWorld(world));
    world.edit('22', 'Done');
    world.wait(HOUR);
    expect(taken(await here.census())).toMatchObject({ held: 20, shown: 20, found: 0 });
    world.setPart('ops', 'live');
    world.setPart('lab', 'live');
    const back = taken(await here.census());
    expect(back).toMatchObject({ held: 20, shown: 27, found: 7 });
    expect(await here.gone()).toEqual([]);
    expect(await here.digest()).toBe(await digestOfWorld(world));
  });

  test('reads a project that came into sight without any of its issues having changed', async () => {
    const { world, here } = await readWorld({ pay: 4 });
    world.setPart('old', 'access_lost');
    for (let i = 0; i < 6; i += 1) world.create('old');
    world.wait(HOUR);
    await here.sync();
    world.setPart('old', 'live');
    world.wait(HOUR);
    await here.sync();
    expect(await store.countIssues(here.source)).toBe(4);
    expect(taken(await here.census())).toMatchObject({ held: 4, shown: 10, found: 6 });
    expect(await here.digest()).toBe(await digestOfWorld(world));
  });

  test('reads what was edited while it was out of sight and came back before anybody missed it', async () => {
    const { world, here } = await readWorld({ pay: 6, ops: 4, lab: 3 });
    taken(await here.census());
    world.wait(HOUR);
    world.setPart('lab', 'access_lost');
    world.edit('11', 'Done');
    // Edited a moment before its project is archived, and no poll in between.
    world.edit('7', 'Done');
    world.setPart('ops', 'archived');
    world.wait(HOUR);
    world.edit('1', 'Done');
    expect((await here.sync())?.issues).toBe(1);
    world.setPart('ops', 'live');
    world.setPart('lab', 'live');
    world.wait(HOUR);
    world.edit('2', 'Done');
    // What comes after it is all that a poll asks for.
    expect((await here.sync())?.issues).toBe(1);
    expect(await here.digest()).not.toBe(await digestOfWorld(world));
    expect(taken(await here.census())).toMatchObject({ found: 0, edited: 2 });
    expect(await here.digest()).toBe(await digestOfWorld(world));
    // The next one has nothing to make good, and asks for no more than what changed since.
    world.wait(HOUR);
    expect(taken(await here.census())).toMatchObject({ edited: 0, requests: 6 });
  });

  test('follows an issue into another project, and misses it where that is hidden', async () => {
    const { world, here } = await readWorld({ pay: 6, ops: 2 });
    world.setPart('lab', 'access_lost');
    world.move('1', 'ops');
    world.move('2', 'lab');
    expect(Object.fromEntries(taken(await here.census()).gone)).toEqual({ deleted: 1 });
    expect(await here.gone()).toEqual(['2']);
    expect((await store.inventory(here.source))[0]).toMatchObject({ id: '1', project: 'ops', gone: false });
  });

  test('of a source that was never read completely is not taken', async () => {
    const world = livingWorld();
    world.create();
    expect(await following(world, store).census()).toBe('unread');
  });

  test('while another process is at the source is not taken', async () => {
    const { here } = await readWorld({ pay: 2 });
    const both = await store.exclusively(here.source, () => here.census());
    expect(both).toBe('busy');
  });
});

describe('what looks like an outage', () => {
  test('is refused when more than half of a source is missing, and taken when a person says so', async () => {
    const { world, here } = await readWorld({ pay: 5, ops: 6 });
    world.setPart('ops', 'access_lost');
    await expect(here.census()).rejects.toMatchObject({
      code: 'CENSUS_REFUSED',
      message: expect.stringMatching(/missed 6 of 11 issues\..*--accept-missing/) as string,
    });
    expect(await here.gone()).toEqual([]);
    const state = await store.syncState(here.source);
    expect(state.lastError).toMatch(/missed 6 of 11/);
    expect(state.censusAt).toBeLessThan(world.now - LAG_MS);
    expect(Object.fromEntries(taken(await here.census({ acceptMissing: true })).gone)).toEqual({
      access_lost: 6,
    });
  });

  test('is not refused at exactly half', async () => {
    const { world, here } = await readWorld({ pay: 6, ops: 6 });
    world.setPart('ops', 'access_lost');
    expect(Object.fromEntries(taken(await here.census()).gone)).toEqual({ access_lost: 6 });
  });

  test('is refused when more than half of a project of some size is missing though it is there', async () => {
    const { world, here } = await readWorld({ pay: 60, ops: 20, lab: 19 });
    const inOps = (await store.inventory(here.source)).filter(({ project }) => project === 'ops');
    const inLab = (await store.inventory(here.source)).filter(({ project }) => project === 'lab');
    for (const { id } of inOps.slice(0, 11)) world.delete(id);
    await expect(here.census()).rejects.toThrow(/missed 11 of 20 issues in its part ops/);
    expect(await here.gone()).toEqual([]);
    taken(await here.census({ acceptMissing: true }));
    for (const { id } of inLab) world.delete(id);
    expect(Object.fromEntries(taken(await here.census()).gone)).toEqual({ deleted: 19 });
  });

  test('is none when the tracker says that most of it was archived', async () => {
    const { world, here } = await readWorld({ pay: 2, ops: 30 });
    world.setPart('ops', 'archived');
    expect(Object.fromEntries(taken(await here.census()).gone)).toEqual({ archived: 30 });
  });

  test('is none when what was not counted is there as soon as it is asked for', async () => {
    const { world, here } = await readWorld({ pay: 6, ops: 4 });
    const everything = world.connect(here.source);
    const blind: LiveTracker = {
      ...everything,
      get spend() {
        return everything.spend;
      },
      census: async (known) => ({ ...(await everything.census(known)), pages: noPages() }),
    };
    const result = await reconcileSource({ tracker: blind, store, now: () => world.now });
    expect(taken(result)).toMatchObject({ held: 10, shown: 0, overlooked: 10, gone: new Map() });
    expect(await here.gone()).toEqual([]);
  });

  test('does not keep back what is new', async () => {
    const { world, here } = await readWorld({ pay: 2, ops: 6 });
    world.setPart('ops', 'access_lost');
    world.setPart('old', 'access_lost');
    world.create('old');
    world.wait(HOUR);
    await here.sync();
    world.setPart('old', 'live');
    await expect(here.census()).rejects.toThrow(/missed 6 of 8/);
    expect(await store.countIssues(here.source)).toBe(9);
  });
});

describe('reports of days that were over', () => {
  const reportOf = async (here: Following, on: string) =>
    JSON.stringify(
      await assessTeam(store, team({ scope: [{ source: here.source, projects: ['PAY', 'OPS'] }] }), day(on)),
    );

  test('are the same bytes after deletions, archiving and lost access, and after all is back', async () => {
    const { world, here } = await readWorld({ pay: 6, ops: 4 });
    world.wait(24 * HOUR);
    for (const id of ['1', '2', '7', '8']) world.edit(id, 'In Progress');
    world.wait(24 * HOUR);
    world.edit('2', 'Done');
    world.edit('8', 'Done');
    world.wait(24 * HOUR);
    await here.sync();
    const days = ['2026-01-05', '2026-01-06', '2026-01-07'];
    const before = await Promise.all(days.map((on) => reportOf(here, on)));

    world.delete('1');
    world.delete('2');
    world.setPart('ops', 'archived');
    await here.census();
    expect((await here.gone()).length).toBe(6);
    expect(await Promise.all(days.map((on) => reportOf(here, on)))).toEqual(before);
    const meanwhile = await reportOf(here, '2026-01-08');
    const items = JSON.parse(meanwhile) as { readonly dataQuality: readonly { readonly check: string }[] };
    expect(items.dataQuality.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['removed_unfinished', 'out_of_sight']),
    );

    world.wait(24 * HOUR);
    await here.sync();
    world.setPart('ops', 'live');
    await here.census();
    expect((await here.gone()).length).toBe(2);
    expect(await Promise.all(days.map((on) => reportOf(here, on)))).toEqual(before);
    expect(await reportOf(here, '2026-01-08')).toBe(meanwhile);
  });
});
