import { expect, test } from 'vitest';
import { createLinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { readHinted } from '#pipeline/read-hinted.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { type SyncDependencies, syncSource } from '#pipeline/sync-source.ts';
import {
  DOING,
  DONE,
  entry,
  MINUTE,
  smallIssue,
  smallWorkspace,
  TODO,
} from '#tests/demo/linear/small-workspace.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';

const store = suiteStore();

/** So many issues of which every `odd`th says that it is done, and nothing in its history got it there. */
const workspaceOf = (count: number, odd: number) =>
  smallWorkspace(
    Array.from({ length: count }, (_, i) =>
      smallIssue(i + 1, {
        stateId: (i + 1) % odd === 0 ? DONE : DOING,
        history: [entry(`5${i}`, 60 + i, { fromStateId: TODO, toStateId: DOING })],
      }),
    ),
  );

async function followed(source: string, count: number, odd: number) {
  const linear = await createLinearSimulator(workspaceOf(count, odd));
  const reading = async <T>(work: (dependencies: SyncDependencies) => Promise<T>): Promise<T> => {
    await using tracker = createLinearTracker({
      source,
      url: linear.url,
      auth: { apiKey: SIMULATED_API_KEY },
      salt: 's',
    });
    return await work({ tracker, store: store(), now: () => linear.clock.now() });
  };
  await reading((dependencies) => syncSource(dependencies));
  return {
    linear,
    /** What a census found, what it asked, and what was checked by then. */
    census: async () => {
      linear.clock.advance(MINUTE);
      const before = linear.requests.length;
      const census = await reading((dependencies) => reconcileSource(dependencies));
      if (typeof census === 'string') throw new Error(census);
      const asked = linear.requests
        .slice(before)
        .map(({ operation, complexity }) => ({ operation, complexity }));
      return { told: census.contradicted, asked, ...(await store().countCrossChecks(source)) };
    },
    hint: (...ids: readonly string[]) => reading((dependencies) => readHinted(dependencies, ids)),
    counts: () => store().countCrossChecks(source),
    [Symbol.asyncDispose]: () => linear.close(),
  };
}

const operations = (asked: readonly { readonly operation?: string | undefined }[]) =>
  asked.map(({ operation }) => operation).filter((name) => name === 'Stays' || name === 'Spanned');

test('a census holds 250 issues against Linear’s other record of statuses, and the next one others', async () => {
  await using here = await followed('many', 600, 200);
  expect(await here.counts()).toEqual({ checked: 0, contradicted: 0 });
  const first = await here.census();
  // Whichever 250 of the 600 these were, the two after them take the others.
  expect(first).toMatchObject({ checked: 250 });
  expect(operations(first.asked).filter((name) => name === 'Stays')).toEqual(['Stays']);
  expect(first.asked.find(({ operation }) => operation === 'Stays')?.complexity).toBeLessThan(4_100);
  expect(await here.census()).toMatchObject({ checked: 500 });
  const third = await here.census();
  expect(third).toMatchObject({ checked: 600, contradicted: 3 });
  expect((await here.counts()).contradicted).toBe(3);
}, 60_000);

test('what disagrees is read whole again, and counted until it agrees', async () => {
  await using here = await followed('odd', 4, 4);
  const { linear } = here;
  const odd = linear.workspace.issues.find(({ stateId }) => stateId === DONE);
  if (odd === undefined) throw new RangeError('none is odd');
  const found = await here.census();
  expect(found).toMatchObject({ checked: 4, contradicted: 1, told: 1 });
  expect(operations(found.asked)).toEqual(['Stays', 'Spanned']);

  linear.edits.update(odd.id, { stateId: DOING });
  expect(await here.hint(odd.id)).toBe(1);
  const after = await here.counts();
  linear.edits.purge(odd.id);
  await here.census();
  // What is gone is no longer counted.
  expect(await here.counts()).toEqual({ checked: 3, contradicted: 0 });
  expect(after.checked).toBe(4);
});
