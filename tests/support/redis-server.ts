import { createConnection } from 'node:net';

const USUAL = 'redis://127.0.0.1:6379';

/** A Redis to test against: the one TEST_REDIS_URL names, or one at the usual place; undefined when none answers. */
export async function redisServer(): Promise<string | undefined> {
  const address = process.env.TEST_REDIS_URL ?? USUAL;
  const { hostname, port } = new URL(address);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createConnection({ host: hostname, port: Number(port || 6379) });
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  const answers = await promise;
  socket.destroy();
  return answers ? address : undefined;
}
