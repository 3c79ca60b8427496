import type { FastifyInstance } from 'fastify';

/**
 * Listens and returns the address. A port that is taken is an error that says what to do, or, where nobody asked for
 * that very port, a reason to take a free one.
 */
export async function listen(
  server: Pick<FastifyInstance, 'listen'>,
  host: string,
  port: number,
  options: { readonly orAnyFreePort?: boolean } = {},
): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    if (options.orAnyFreePort) return server.listen({ host, port: 0 });
    throw new PortInUseError(host, port, error);
  }
}

/** Another program listens where we were told to. */
class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
  readonly code = 'PORT_IN_USE';
  constructor(host: string, port: number, cause: unknown) {
    super(
      `Port ${port} on ${host} is in use by another program. Stop that one, or choose a port with --port NUMBER (0 takes a free one).`,
      { cause },
    );
  }
}
