import type { Client } from 'pg';
import { connectClient, type DatabaseAddress } from './connection.ts';
import { lockName } from './lock.ts';

/** Gives a place back. Never rejects: what cannot be told to the server ends with the session. */
export type GiveBack = () => Promise<void>;

/** Numbered places at each source, of which every one has one holder among all processes. */
export interface Places extends AsyncDisposable {
  /** The highest of the first `of` places that nobody holds; undefined when all are taken. */
  readonly take: (source: string, of: number) => Promise<GiveBack | undefined>;
}

interface Session {
  readonly client: Client;
  readonly held: Map<string, Set<number>>;
}

/**
 * Places as advisory locks of one session, which is opened when the first is taken: a process that is killed, or whose
 * connection breaks, gives all of its own back by that. Until the break is noticed on both sides one more may be at it
 * than there are places, which is what they were without being shared.
 */
export function openPlaces(connection: DatabaseAddress, schema: string): Places {
  let session: Promise<Session> | undefined;
  // A session is given a lock again that it holds already, so its takers ask one after the other.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function begin(): Promise<Session> {
    const client = await connectClient(connection);
    client.once('end', () => {
      session = undefined;
    });
    return { client, held: new Map() };
  }

  async function take(source: string, of: number): Promise<GiveBack | undefined> {
    session ??= begin().catch((error: unknown) => {
      session = undefined;
      throw error;
    });
    const { client, held } = await session;
    const mine = held.get(source) ?? new Set();
    held.set(source, mine);
    const free = Array.from({ length: of }, (_, i) => of - i).filter((place) => !mine.has(place));
    const name = `${lockName('place', schema, source)}/`;
    const { rows } = await client.query<{ readonly place: number }>(
      `select place from unnest($2::int[]) as place
       where pg_try_advisory_lock(hashtextextended($1 || place, 0)) limit 1`,
      [name, free],
    );
    const place = rows[0]?.place;
    if (place === undefined) return undefined;
    mine.add(place);
    return () =>
      inTurn(async () => {
        if (!mine.has(place)) return;
        mine.delete(place);
        await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`${name}${place}`]);
      }).catch(() => undefined);
  }

  return {
    take: (source, of) => inTurn(() => take(source, of)),
    [Symbol.asyncDispose]: () =>
      inTurn(async () => {
        const { client } = (await session?.catch(() => undefined)) ?? {};
        await client?.end().catch(() => undefined);
      }),
  };
}
