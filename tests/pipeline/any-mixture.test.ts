import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '#store/store.ts';
import { digestOfWorld, type Following, following } from '#tests/support/following.ts';
import { LAG_MS, livingWorld, type World } from '#tests/support/living-tracker.ts';
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

type Step = (world: World, here: Following) => void | Promise<unknown>;

interface Named {
  readonly name: string;
  readonly step: Step;
}

const named = (name: string, step: Step): Named => ({ name, step });
const some = (ids: readonly string[], n: number) => ids[n % ids.length] ?? '1';
const STATUSES = ['To Do', 'In Progress', 'Review', 'Done'];
const lag = fc.integer({ min: 0, max: LAG_MS });
/** What may happen to a tracker and to us who follow it. */
const steps: fc.Arbitrary<Named> = fc.oneof(
  fc
    .record({ n: fc.nat(99), to: fc.constantFrom(...STATUSES), lag })
    .map(({ n, to, lag: late }) =>
      named(`edit ${n} to ${to}, shown ${late} ms late`, (world) =>
        world.edit(some(world.ids(), n), to, late),
      ),
    ),
  fc.record({ n: fc.nat(99), count: fc.integer({ min: 2, max: 9 }) }).map(({ n, count }) =>
    named(`edit ${count} in one millisecond`, (world) => {
      for (let i = 0; i < count; i += 1) world.edit(some(world.ids(), n + i), STATUSES[i % 4] ?? 'Done');
    }),
  ),
  fc.nat(99).map((n) => named(`amend ${n}`, (world) => world.amend(some(world.ids(), n), `amended ${n}`))),
  fc
    .record({ part: fc.constantFrom('pay', 'ops', 'lab'), lag })
    .map(({ part, lag: late }) =>
      named(`create in ${part}, shown ${late} ms late`, (world) => void world.create(part, late)),
    ),
  fc
    .record({ n: fc.nat(99), part: fc.constantFrom('pay', 'ops', 'lab') })
    .map(({ n, part }) => named(`move ${n} to ${part}`, (world) => world.move(some(world.ids(), n), part))),
  fc
    .record({ n: fc.nat(99), how: fc.constantFrom('delete', 'trash', 'restore') })
    .map(({ n, how }) => named(`${how} ${n}`, (world) => world[how](some(world.ids(), n)))),
  fc
    .record({
      part: fc.constantFrom('ops', 'lab'),
      state: fc.constantFrom('live', 'live', 'archived', 'access_lost'),
    })
    .map(({ part, state }) => named(`${part} is ${state}`, (world) => world.setPart(part, state))),
  fc.integer({ min: 1, max: 5 * 3_600_000 }).map((ms) => named(`wait ${ms} ms`, (world) => world.wait(ms))),
  fc.record({ n: fc.nat(99), ms: fc.integer({ min: 1, max: 2 * LAG_MS }) }).map(({ n, ms }) =>
    named(`${n} is missed and restored after ${ms} ms`, async (world, here) => {
      const id = some(world.ids(), n);
      world.trash(id);
      await here.sync();
      await here.census({ acceptMissing: true });
      world.wait(ms);
      world.restore(id);
    }),
  ),
  fc.constant(named('sync', (_, here) => here.sync())),
  fc.constant(named('full sync', (_, here) => here.sync({ full: true }))),
  fc.constant(named('census', (_, here) => here.census({ acceptMissing: true }))),
  fc.nat(99).map((n) => named(`hint ${n}`, (world, here) => here.hint(some(world.ids(), n)))),
  fc.integer({ min: 1, max: 3 }).map((count) => named(`${count} answers fail`, (world) => world.fail(count))),
);

test('after any mixture of edits, readings and failures, following ends where a full reading does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 25, size: 'max' }), async (mixture) => {
      const world = livingWorld();
      for (let i = 0; i < 6; i += 1) world.create(i % 2 === 0 ? 'pay' : 'ops');
      const here = following(world, store);
      for (const { step } of mixture) {
        try {
          await step(world, here);
        } catch (error) {
          if (!(error instanceof Error && error.message === 'The world does not answer.')) throw error;
        }
        world.wait(1);
      }
      world.fail(0);
      world.wait(LAG_MS);
      await here.sync();
      await here.census({ acceptMissing: true });

      const anew = following(world, store);
      await anew.sync();
      expect(await anew.digest()).toBe(await digestOfWorld(world));
      expect(await here.digest()).toBe(await digestOfWorld(world));
    }),
    { numRuns: 40 },
  );
}, 120_000);
