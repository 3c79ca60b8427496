import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { temporaryDatabase } from '#tests/support/temporary-store.ts';
import { figure, table } from './figures.ts';
import { benchSite } from './site.ts';
import type { Measured, Task } from './sync/measured-process.ts';
import type { SeenRequest } from './sync/tracker-process.ts';
import { TRACKERS, type TrackerName } from './sync/trackers.ts';

// What a first sync costs, beside the least that reading the same answers and storing the same bytes can cost, and what
// it costs when there is ten and a hundred times as much to read.
const { values } = parseArgs({
  options: {
    issues: { type: 'string', default: '1000,10000,100000' },
    trackers: { type: 'string', default: TRACKERS.join(';') },
  },
});
const sizes = values.issues.split(',').map(Number);
const wanted = values.trackers.split(';');
const trackers = TRACKERS.filter((name) => wanted.includes(name));
if (!sizes.every((size) => Number.isInteger(size) && size > 0) || trackers.length < wanted.length) {
  throw new RangeError(
    `--issues takes whole numbers above 0, and --trackers some of ${TRACKERS.join('; ')} with ; between them`,
  );
}

const { name } = await benchSite(1);
await using database = await temporaryDatabase();
let schemas = 0;

process.stdout.write(`${name}, multiplied; ${availableParallelism()} cores.
sync:   the whole path of the product, HTTP to committed rows, into an empty store. The second time: the first fills the
        memory that the tracker answers from, and the caches of the database.
floor:  fetch of the same requests, JSON.parse of each body, binary COPY of the bodies as they came into a plain table of
        two columns, written while the next page is fetched.
peak:   the most memory that the process of the sync took from the system.
held:   the most of its heap that was in use when a tenth was read, two tenths, and so on, and the garbage was gone.
Each sync and each floor has a process to itself, and the tracker another. They share the cores with PostgreSQL, and
with whatever else this machine does.

`);
for (const tracker of trackers) {
  const rows: Record<string, string>[] = [];
  for (const issues of sizes) rows.push(await rowOf(tracker, issues));
  process.stdout.write(`${table(rows)}\n\n`);
}

async function rowOf(tracker: TrackerName, issues: number): Promise<Record<string, string>> {
  await using served = await startTracker(tracker, issues);
  const measure = async (what: Task['what'], requests: readonly SeenRequest[] = []): Promise<Measured> => {
    schemas += 1;
    const schema = `${database.schema}_${schemas}`;
    await using _ = await database.open(schema);
    return measured({ what, tracker, url: served.url, issues, database: database.address, schema, requests });
  };
  await measure('sync');
  await served.requests();
  const sync = await measure('sync');
  const requests = await served.requests();
  const floor = await measure('floor', requests);
  const megabytes = (bytes: number): string => figure(bytes / 1e6);
  const points = requests.map((request) => request.points);
  return {
    '': tracker,
    issues: figure(sync.stored),
    requests: figure(requests.length),
    'of them reference': figure(sync.referenceRequests),
    points: figure(points.reduce((sum, some) => sum + some, 0)),
    dearest: figure(points.reduce((most, some) => Math.max(most, some), 0)),
    MB: megabytes(sync.bytes),
    seconds: figure(sync.seconds, 1),
    'CPU s': figure(sync.cpuSeconds, 1),
    'issues/s': figure(sync.stored / sync.seconds),
    'of the floor': `${figure((100 * floor.seconds) / sync.seconds)} %`,
    'peak MB': megabytes(sync.peakBytes),
    'held MB': megabytes(sync.heldBytes),
  };
}

async function measured(task: Task): Promise<Measured> {
  const child = fork(fileURLToPath(new URL('./sync/measured-process.ts', import.meta.url)));
  child.send(task);
  const found = await answerOf(child);
  if (child.exitCode === null) await once(child, 'exit');
  return found as Measured;
}

async function startTracker(tracker: TrackerName, issues: number) {
  const program = fileURLToPath(new URL('./sync/tracker-process.ts', import.meta.url));
  const child = fork(program, [tracker, String(issues)], { execArgv: ['--max-old-space-size=8000'] });
  const url = (await answerOf(child)) as string;
  return {
    url,
    /** What was asked since this was last called. */
    requests: async () => {
      child.send('requests');
      return (await answerOf(child)) as readonly SeenRequest[];
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** The next thing a process says; one that ends without a word is an error. */
async function answerOf(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const ended = once(child, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`the process ended with ${String(code)}`);
  });
  try {
    const [message] = (await Promise.race([
      once(child, 'message', { signal: over.signal }),
      ended,
    ])) as unknown[];
    return message;
  } finally {
    over.abort();
    ended.catch(() => undefined);
  }
}
