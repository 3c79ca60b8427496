import { afterAll, beforeAll, expect, test } from 'vitest';
import { withTimeline } from '#domain/whole-timeline.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import type { Store } from '#store/store.ts';
import { livingWorld } from '#tests/support/living-tracker.ts';
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

test('a batch that cannot be stored is what ends a sync, though reading the next one failed meanwhile', async () => {
  const world = livingWorld();
  world.create();
  // One more change than the store takes of one issue; on top comes its key at creation.
  const tooLong = withTimeline(
    {
      source: 'acme',
      id: '1',
      createdAt: 0,
      updatedAt: 1,
      current: { scalars: { key: { value: 'PAY-1' } }, sets: {} },
    },
    Array.from({ length: 20_000 }, (_, i) => ({
      at: i,
      eventId: String(i),
      itemIndex: 0,
      field: 'rank',
      origin: 'recorded' as const,
    })),
  );
  let asked = 0;
  const living = world.connect('acme');
  const tracker: LiveTracker = {
    ...living,
    spend: living.spend,
    async *walk() {
      yield { issues: [tooLong], resume: 'behind it' };
      asked += 1;
      throw new Error('The next page cannot be read.');
    },
  };

  await expect(syncSource({ tracker, store, now: Date.now })).rejects.toThrow(/PAY-1 .* has 20001 events/);
  expect(asked).toBe(1);
  expect(await store.countIssues('acme')).toBe(0);
  expect((await store.syncState('acme')).lastError).toMatch(/PAY-1 /);
});
