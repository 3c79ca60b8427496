import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createJiraSimulator } from '#demo/jira/server.ts';
import { benchSite } from './site.ts';

/** One request as it arrived, to be repeated. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

// The tracker, in a process of its own: `fork('tracker-process.ts', [issues])`. It sends its address, and answers
// every message with the requests seen since the last one.
//
// The simulator works each answer out anew, which costs more than anything measured here. So it stands behind a
// memory: a request seen before gets the very bytes of the first answer, for the price of a lookup.
const { site } = await benchSite(Number(process.argv[2]));
const simulator = await createJiraSimulator(site);
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
  const asked: SeenRequest = { method, path, body: await text(request) };
  seen.push(asked);
  const question = JSON.stringify(asked);
  const known = memory.get(question) ?? (await simulated(asked, headers.authorization ?? ''));
  memory.set(question, known);
  response.writeHead(known.status, known.headers).end(known.body);
}

async function simulated(
  { method, path, body: question }: SeenRequest,
  authorization: string,
): Promise<Answer> {
  const response = await fetch(`${simulator.url}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(question === '' ? {} : { body: question }),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const kept = ['content-type', 'date'].map((name) => [name, response.headers.get(name) ?? '']);
  return {
    status: response.status,
    headers: { ...Object.fromEntries(kept), 'content-length': String(body.length) },
    body,
  };
}
