import { afterAll, beforeAll } from 'vitest';
import type { Store } from '#store/store.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-store.ts';

/** A store for the tests of one file, opened before the first and dropped after the last. */
export function suiteStore(): () => Store {
  let database: TemporaryDatabase | undefined;
  let store: Store | undefined;
  beforeAll(async () => {
    database = await temporaryDatabase();
    store = await database.open();
  });
  afterAll(async () => {
    await store?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });
  return () => {
    if (store === undefined) throw new Error('the store is opened before the first test');
    return store;
  };
}
