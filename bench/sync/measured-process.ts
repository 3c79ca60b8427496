import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Client } from 'pg';
import { syncSource } from '#pipeline/sync-source.ts';
import type { DatabaseAddress } from '#store/postgres/connection.ts';
import { openStore } from '#store/postgres/open.ts';
import { startCopy } from './copy.ts';
import type { SeenRequest } from './tracker-process.ts';
import { authorization, connect, type TrackerName } from './trackers.ts';

/** What is to be measured in a process that has done nothing else. */
export interface Task {
  /** Our whole path into an empty store; or the same requests one after the other, and their bodies into a table. */
  readonly what: 'sync' | 'floor';
  readonly tracker: TrackerName;
  readonly url: string;
  readonly issues: number;
  readonly database: DatabaseAddress;
  readonly schema: string;
  /** Whether a sync throws its garbage away at every tenth, and looks what is left. */
  readonly collects: boolean;
  /** Those of the floor. */
  readonly requests: readonly SeenRequest[];
}

export interface Measured {
  readonly stored: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly bytes: number;
  readonly referenceRequests: number;
  readonly issueRequests: number;
  /** The most memory the process ever took from the system. */
  readonly peakBytes: number;
  /** The most of the heap that was in use whenever a tenth was done and the garbage was gone; 0 when nobody looked. */
  readonly heldBytes: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const [task] = (await once(process, 'message')) as [Task];
const cpu = process.cpuUsage();
const began = performance.now();
const done = await (task.what === 'sync' ? sync(task) : floor(task));
const { user, system } = process.cpuUsage(cpu);
process.send?.(
  {
    ...done,
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  } satisfies Measured,
  () => process.disconnect(),
);

type Done = Omit<Measured, 'seconds' | 'cpuSeconds' | 'peakBytes'>;

async function sync({ tracker, url, issues, database, schema, collects }: Task): Promise<Done> {
  await using store = await openStore({ connection: database, schema, migrate: true });
  await using connection = connect(tracker, url);
  let [next, heldBytes] = [issues / 10, 0];
  const look = (read: number): void => {
    if (!collects || read < next) return;
    next += issues / 10;
    collect();
    heldBytes = Math.max(heldBytes, process.memoryUsage().heapUsed);
  };
  const result = await syncSource({
    tracker: connection,
    store,
    now: Date.now,
    onProgress: (progress) => look(progress.issues),
  });
  if (result === undefined) throw new Error('somebody else reads the source');
  return {
    stored: result.stored,
    bytes: result.spend.bytes,
    referenceRequests: result.referenceRequests,
    issueRequests: result.issueRequests,
    heldBytes,
  };
}

async function floor({ tracker, url, requests, database, schema }: Task): Promise<Done> {
  const client = new Client(database);
  await client.connect();
  const table = `"${schema}".answer`;
  await client.query(`create table ${table} (request text, body text)`);
  // What the server would spend on compressing is not part of the least.
  await client.query(`alter table ${table} alter column body set storage external`);
  const headers = { authorization: authorization(tracker), 'content-type': 'application/json' };
  const copy = await startCopy(client, table);
  let bytes = 0;
  for (const { method, path, body } of requests) {
    const response = await fetch(`${url}${path}`, { method, headers, ...(body === '' ? {} : { body }) });
    const answer = Buffer.from(await response.arrayBuffer());
    JSON.parse(answer.toString());
    copy.write([Buffer.from(path), answer]);
    bytes += answer.length;
  }
  await copy.end();
  await client.end();
  return { stored: 0, bytes, referenceRequests: 0, issueRequests: requests.length, heldBytes: 0 };
}
