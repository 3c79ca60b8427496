import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { serve } from './serve.ts';
import { TRACKERS } from './trackers.ts';

/** One request as it arrived, to be repeated, and the points that it cost. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly points: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

// The tracker, in a process of its own: `fork('tracker-process.ts', [tracker, issues])`. It sends its address, and
// answers every message with the requests seen since the last one.
//
// The simulator works each answer out anew, which costs more than anything measured here. So it stands behind a
// memory: a request seen before gets the very bytes of the first answer, for the price of a lookup.
const [name, issues] = process.argv.slice(2);
const tracker = TRACKERS.find((known) => known === name) ?? 'jira';
const addressFor = await serve(tracker, Number(issues));
const memory = new Map<string, Answer>();
let seen: SeenRequest[] = [];

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.on('message', () => {
  process.send?.(seen);
  seen = [];
});
process.on('disconnect', () => process.exit());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url: path = '/', headers } = request;
  const asked = { method, path, body: await text(request) };
  const question = JSON.stringify(asked);
  const known = memory.get(question) ?? (await simulated(asked, headers.authorization ?? ''));
  memory.set(question, known);
  seen.push({ ...asked, points: Number(known.headers['x-complexity'] ?? 0) });
  response.writeHead(known.status, known.headers).end(known.body);
}

async function simulated(
  { method, path, body: question }: Omit<SeenRequest, 'points'>,
  authorization: string,
): Promise<Answer> {
  const response = await fetch(`${await addressFor(question)}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(question === '' ? {} : { body: question }),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const kept = ['content-type', 'date', 'x-complexity'].flatMap((header) => {
    const value = response.headers.get(header);
    return value === null ? [] : [[header, value]];
  });
  return {
    status: response.status,
    headers: { ...Object.fromEntries(kept), 'content-length': String(body.length) },
    body,
  };
}
