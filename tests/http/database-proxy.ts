import { connect, createServer, type Socket } from 'node:net';
import type { DatabaseAddress } from '#store/postgres/connection.ts';

/** A way to the database that can be cut, as a network can. */
export interface DatabaseProxy extends AsyncDisposable {
  readonly address: DatabaseAddress;
  /** Lets no answer through any more; resolves when a question waits for one. */
  hold(): Promise<void>;
  cut(): Promise<void>;
}

export async function databaseProxy(target: DatabaseAddress): Promise<DatabaseProxy> {
  const pairs = new Set<{ readonly inside: Socket; readonly outside: Socket }>();
  const server = createServer((inside) => {
    const pair = { inside, outside: open(target) };
    pairs.add(pair);
    for (const socket of [pair.inside, pair.outside]) {
      socket.on('error', () => {});
      socket.on('close', () => pairs.delete(pair));
    }
    inside.pipe(pair.outside).pipe(inside);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;

  const cut = async (): Promise<void> => {
    for (const { inside, outside } of pairs) for (const socket of [inside, outside]) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return {
    address: through(target, port),
    hold: () =>
      new Promise((resolve) => {
        for (const { inside, outside } of pairs) {
          outside.unpipe(inside);
          inside.once('data', () => resolve());
        }
      }),
    cut,
    [Symbol.asyncDispose]: cut,
  };
}

function open(target: DatabaseAddress): Socket {
  if (typeof target !== 'string') return connect(`${target.host}/.s.PGSQL.${target.port}`);
  const url = new URL(target);
  return connect(Number(url.port || 5432), url.hostname);
}

function through(target: DatabaseAddress, port: number): DatabaseAddress {
  if (typeof target !== 'string') return { ...target, host: '127.0.0.1', port };
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return url.href;
}
