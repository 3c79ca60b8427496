import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import type { Store } from '#store/store.ts';
import { temporaryDatabase } from '#tests/support/temporary-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { startCopy } from './copy.ts';
import { figure, spread, table } from './figures.ts';
import { benchSite } from './site.ts';
import type { SeenRequest } from './tracker-process.ts';

// What a first sync costs, beside the least that reading the same answers and storing the same bytes can cost.
const { values } = parseArgs({
  options: { issues: { type: 'string', default: '5000' }, runs: { type: 'string', default: '5' } },
});
const issues = Number(values.issues);
const runs = Number(values.runs);
if (!(Number.isInteger(issues) && issues > 0 && Number.isInteger(runs) && runs > 0)) {
  throw new RangeError('--issues and --runs take whole numbers above 0');
}

const { name, site } = await benchSite(issues);
const projects = [...new Set(site.issues.map(({ key }) => key.replace(/-\d+$/, '')))];
await using tracker = await startTracker();
await using database = await temporaryDatabase();

process.stdout.write(`${figure(site.issues.length)} issues of ${name}; ${runs} runs of both after one that warms up; ${availableParallelism()} cores.
sync:  the whole path of the product, HTTP to committed rows, into an empty store that is open. In this process.
floor: fetch of the same requests, JSON.parse of each body, binary COPY of the bodies as they came into a plain
       table of two columns, written while the next page is fetched. In this process.
Both read from a tracker in a process of its own that answers from memory, and store in the same PostgreSQL, which is
several processes. The cores are shared by them all, and by whatever else this machine does.

`);

const pairs: { readonly sync: Measured; readonly floor: Measured }[] = [];
for (let run = 0; run <= runs; run += 1) {
  await using store = await database.open(`${database.schema}_${run}`);
  const sync = await measured(() => syncInto(store));
  const requests = await tracker.requests();
  await using client = await connected();
  const floor = await measured(() => copyInto(client, `"${database.schema}_${run}".answer`, requests));
  await tracker.requests();
  // The first run fills the tracker's memory and lets the compiler warm up.
  if (run > 0) pairs.push({ sync, floor });
}
process.stdout.write(report());

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly bytes: number;
}

async function measured(work: () => Promise<number>): Promise<Measured> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const bytes = await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6, bytes };
}

/** Our whole path into an empty store. Returns the bytes that came over the wire. */
async function syncInto(store: Store): Promise<number> {
  await using jira = createJiraTracker({
    source: 'bench',
    url: tracker.url,
    auth: SIMULATED_ACCOUNT,
    projects,
    salt: 'bench',
  });
  const result = await syncSource({ tracker: jira, store, now: Date.now });
  if (result?.stored !== site.issues.length) throw new Error(`${result?.stored} issues were stored`);
  return result.spend.bytes;
}

async function connected() {
  const client = new Client(database.address);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/** The same requests one after the other, and the bodies as they came into a plain table. */
async function copyInto(client: Client, table: string, requests: readonly SeenRequest[]): Promise<number> {
  await client.query(`create table ${table} (request text, body text)`);
  // What the server would spend on compressing is not part of the least.
  await client.query(`alter table ${table} alter column body set storage external`);
  const { email, apiToken } = SIMULATED_ACCOUNT;
  const headers = {
    authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`,
    'content-type': 'application/json',
  };
  const copy = await startCopy(client, table);
  let bytes = 0;
  for (const { method, path, body } of requests) {
    const response = await fetch(`${tracker.url}${path}`, {
      method,
      headers,
      ...(body === '' ? {} : { body }),
    });
    const answer = Buffer.from(await response.arrayBuffer());
    JSON.parse(answer.toString());
    copy.write([Buffer.from(path), answer]);
    bytes += answer.length;
  }
  await copy.end();
  return bytes;
}

async function startTracker() {
  const child = fork(fileURLToPath(new URL('./tracker-process.ts', import.meta.url)), [String(issues)]);
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    /** What was asked since this was last called. */
    requests: async () => {
      child.send('requests');
      const [requests] = (await once(child, 'message')) as [readonly SeenRequest[]];
      return requests;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

function report(): string {
  const histories = site.issues.flatMap((issue) => issue.histories);
  const events = histories.reduce((sum, history) => sum + history.items.length, 0);
  const rows = (['sync', 'floor'] as const).map((side) => {
    const taken = pairs.map((pair) => pair[side]);
    return {
      '': side,
      issues: figure(site.issues.length),
      events: figure(events),
      MB: figure((taken[0]?.bytes ?? 0) / 1e6, 1),
      seconds: spread(
        taken.map(({ seconds }) => seconds),
        2,
      ),
      'CPU s in this process': spread(
        taken.map(({ cpuSeconds }) => cpuSeconds),
        2,
      ),
      'issues/s': spread(
        taken.map(({ seconds }) => site.issues.length / seconds),
        0,
      ),
    };
  });
  const ratios = pairs.map(({ sync, floor }) => floor.seconds / sync.seconds);
  return `${table(rows)}\n\nsync reaches ${spread(ratios, 2)} of the floor's speed. All figures: median (least–most).\n`;
}
