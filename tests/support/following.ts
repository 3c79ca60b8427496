import { readHinted } from '#pipeline/read-hinted.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import type { World } from './living-tracker.ts';

let sources = 0;

export type Following = ReturnType<typeof following>;

/** One source of a world, read by one process after another. */
export function following(world: World, store: Store) {
  sources += 1;
  const source = `living-${sources}`;
  const dependencies = () => ({ tracker: world.connect(source), store, now: () => world.now });
  return {
    source,
    sync: (options?: { readonly full?: boolean }) => syncSource(dependencies(), options),
    census: (options?: { readonly acceptMissing?: boolean }) => reconcileSource(dependencies(), options),
    hint: (...ids: readonly string[]) => readHinted(dependencies(), ids),
    digest: () => digestOf(store.digestLines(source)),
    gone: async () => (await store.inventory(source)).filter(({ gone }) => gone).map(({ id }) => id),
  };
}

/** The digest that a complete store of the world has. */
export function digestOfWorld(world: World): Promise<string> {
  return digestOf(
    (async function* () {
      yield* world.digestLines();
    })(),
  );
}
