import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { TrackerError } from '#trackers/tracker-error.ts';
import { createTransport, type Transport } from '#trackers/transport.ts';
import type { TransportOptions } from '#trackers/transport-options.ts';

export interface LocalServer extends AsyncDisposable {
  readonly url: string;
  /** Requests seen so far. */
  readonly hits: () => number;
}

/** A real HTTP server on this machine, gone at the end of the scope. */
export async function localServer(listener: RequestListener): Promise<LocalServer> {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    hits: () => hits,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** A transport that does not sleep but remembers how long it would have, without jitter unless asked for. */
export function wakefulTransport(
  options: Partial<TransportOptions> & { readonly baseUrl: string },
): Transport & AsyncDisposable & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  const transport = createTransport({
    name: 'acme',
    random: () => 0,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    ...options,
  });
  return {
    send: transport.send,
    close: transport.close,
    get spend() {
      return transport.spend;
    },
    waits,
    [Symbol.asyncDispose]: transport.close,
  };
}

/** The TrackerError that a promise rejects with; anything else fails the test. */
export async function trackerErrorOf(promise: Promise<unknown>): Promise<TrackerError> {
  const outcome = await promise.then(
    () => 'it was answered',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(TrackerError);
  return outcome as TrackerError;
}
