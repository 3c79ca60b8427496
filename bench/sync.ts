import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { temporaryDatabase } from '#tests/support/temporary-store.ts';
import { figure, table } from './figures.ts';
import { benchSite } from './site.ts';
import type { Measured, Task } from './sync/measured-process.ts';
import { measured, startTracker } from './sync/processes.ts';
import type { SeenRequest } from './sync/tracker-process.ts';
import { TRACKERS, type TrackerName } from './sync/trackers.ts';

// What a first sync costs, beside the least that reading the same answers and storing the same bytes can cost, what it
// costs when there is ten and a hundred times as much to read, and that it needs no more memory for it.
//
//   npm run -s bench:sync -- [--issues N,N] [--trackers "jira;jira, wide;linear"] [--ceiling MB]
const { values } = parseArgs({
  options: {
    issues: { type: 'string', default: '1000,10000,100000' },
    trackers: { type: 'string', default: TRACKERS.join(';') },
    ceiling: { type: 'string', default: '128' },
  },
});
const sizes = values.issues.split(',').map(Number);
const wanted = values.trackers.split(';');
const trackers = TRACKERS.filter((name) => wanted.includes(name));
const ceiling = Number(values.ceiling);
if (![...sizes, ceiling].every((size) => Number.isInteger(size) && size > 0)) {
  throw new RangeError('--issues and --ceiling take whole numbers above 0');
}
if (trackers.length < wanted.length) {
  throw new RangeError(`--trackers takes some of ${TRACKERS.join('; ')} with ; between them`);
}
/** Left alone, V8 lets what was just made grow to 192 MiB before it looks, whatever the rest may have. */
const CEILING = [`--max-old-space-size=${ceiling}`, '--max-semi-space-size=16'];

const { name } = await benchSite(1);
await using database = await temporaryDatabase();
let schemas = 0;

process.stdout.write(`${name}, multiplied; ${availableParallelism()} cores.
sync:   the whole path of the product, HTTP to committed rows, into an empty store. The second time: the first fills the
        memory that the tracker answers from, and the caches of the database.
floor:  fetch of the same requests, JSON.parse of each body, binary COPY of the bodies as they came into a plain table of
        two columns, written while the next page is fetched.
peak:   the most memory that the process of the sync took from the system.
held:   the most of its heap that was in use when a tenth was read, two tenths, and so on, and the garbage was gone: seen
        at the first time, so that no other is spared its garbage.
small:  the same sync once more, by node ${CEILING.join(' ')}.
Each sync and each floor has a process to itself, and the tracker another. They share the cores with PostgreSQL, and
with whatever else this machine does.

`);
const rows: Record<string, string>[] = [];
for (const tracker of trackers) {
  for (const issues of sizes) {
    process.stderr.write(`${tracker}, ${figure(issues)} issues\n`);
    rows.push(await rowOf(tracker, issues));
  }
}
process.stdout.write(`${table(rows)}\n`);

async function rowOf(tracker: TrackerName, issues: number): Promise<Record<string, string>> {
  await using served = await startTracker(tracker, issues);
  const measure = async (
    how: Pick<Task, 'what'> & Partial<Task>,
    flags: readonly string[] = [],
  ): Promise<Measured & { readonly requests: readonly SeenRequest[] }> => {
    schemas += 1;
    const schema = `${database.schema}_${schemas}`;
    await using _ = await database.open(schema);
    const common = { tracker, url: served.url, issues, database: database.address, schema };
    const found = await measured({ requests: [], collects: false, ...common, ...how }, flags);
    process.stderr.write(
      `  ${[how.what, ...flags].join(' ')}: ${figure(found.seconds)} s, ${figure(found.peakBytes / 1e6)} MB\n`,
    );
    return { ...found, requests: await served.requests() };
  };
  const first = await measure({ what: 'sync', collects: true });
  const sync = await measure({ what: 'sync' });
  const small = await measure({ what: 'sync' }, CEILING);
  const { requests } = sync;
  const floor = await measure({ what: 'floor', requests });
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
    'held MB': megabytes(first.heldBytes),
    'CPU s small': figure(small.cpuSeconds, 1),
    'issues/s small': figure(small.stored / small.seconds),
    'peak MB small': megabytes(small.peakBytes),
  };
}
