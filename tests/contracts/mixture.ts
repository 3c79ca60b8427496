import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JiraSite } from '#demo/jira/model.ts';
import { openAbsence } from '#domain/absence.ts';
import { readHinted } from '#pipeline/read-hinted.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import type { Store } from '#store/store.ts';
import { counted, firstSync, polled } from '#tests/support/served/readings.ts';
import { pick, rest, type Served, type Transport } from '#tests/support/served/served.ts';
import { serve, type TrackerName } from '#tests/support/served/trackers.ts';
import { TrackerError } from '#trackers/tracker-error.ts';

/** What a mixture is made of: a tracker, served, and a source of the store that follows it. */
interface Followed {
  readonly served: Served;
  readonly store: Store;
  readonly source: string;
}

/** What we may do meanwhile. A failure is one that the next reading has to make good. */
const DOINGS: Readonly<Record<string, (followed: Followed, n: number) => Promise<unknown>>> = {
  'a poll': ({ served, store, source }) => polled(served, store, source),
  'a poll through faults': ({ served, store, source }, n) => {
    served.faults.set({ kind: 'rate', rate: 0.5, seed: n, faults: QUICK });
    return polled(served, store, source);
  },
  'a poll that fails': ({ served, store, source }, n) => {
    served.faults.set({ kind: 'rate', rate: 0.5, seed: n, faults: QUICK });
    return polled(served, store, source, { tries: 1 });
  },
  'everything is read again': ({ served, store, source }) => reread(served, store, source, () => undefined),
  'everything is read again, and it is given up half way': async ({ served, store, source }, n) => {
    const stop = new AbortController();
    let left = 1 + (n % 12);
    const countDown = () => {
      left -= 1;
      if (left === 0) stop.abort(new TrackerError('unavailable', { source, message: 'Given up.' }));
    };
    await reread(served, store, source, countDown, stop.signal);
  },
  'two polls at once': async ({ served, store, source }) => {
    await Promise.allSettled([1, 2].map(() => polled(served, store, source)));
  },
  'a census': (followed) => countedIfRead(followed),
  'a census that fails': (followed, n) => {
    followed.served.faults.set({ kind: 'rate', rate: 0.5, seed: n, faults: QUICK });
    return countedIfRead(followed, { tries: 1 });
  },
  'hints at issues': async ({ served, store, source }, n) => {
    await using tracker = served.connect(source);
    const ids = served.ids();
    const some = [n, rest(n), rest(rest(n))].flatMap((m) => pick(ids, m) ?? []);
    await readHinted({ tracker, store, now: Date.now }, some);
  },
};

/** What was given up half way is counted when it has been read. */
async function countedIfRead({ served, store, source }: Followed, transport: Transport = {}): Promise<void> {
  const { walks } = await store.syncState(source);
  if (walks.length === 0) await counted(served, store, source, transport);
}

/** Those that do not stall. */
const QUICK = [
  '429_retry_after',
  '500',
  'html_200',
  'truncated_json_200',
  'cut_connection',
  'shuffled',
] as const;

async function reread(
  served: Served,
  store: Store,
  source: string,
  onAttempt: () => void,
  signal?: AbortSignal,
): Promise<void> {
  await using tracker = served.connect(source, { onAttempt });
  await syncSource({ tracker, store, now: Date.now, ...(signal ? { signal } : {}) }, { full: true });
}

interface Step {
  readonly kind: 'tracker' | 'away' | 'us' | 'poll' | 'wait';
  readonly n: number;
}

/** Three things happen to a tracker for every one that we do, within seconds or hours. */
const ALL_SORTS: readonly Step['kind'][] = ['tracker', 'tracker', 'tracker', 'us', 'wait'];
/** Mostly things go out of sight and come back, with polls and hours in between. */
const OUT_OF_SIGHT: readonly Step['kind'][] = [
  'away',
  'away',
  'poll',
  'poll',
  'wait',
  'wait',
  'tracker',
  'us',
];

const steps = (kinds: readonly Step['kind'][]): fc.Arbitrary<readonly Step[]> =>
  fc.array(fc.record({ kind: fc.constantFrom(...kinds), n: fc.integer({ min: 0, max: 9_999_999 }) }), {
    minLength: 6,
    maxLength: 40,
    size: 'max',
  });

export interface MixtureOptions {
  readonly numRuns: number;
  readonly seed?: number;
  /** Whether most of what happens takes issues out of sight and brings them back. */
  readonly outOfSight?: boolean;
  /** Where among the mixtures of a seed to begin, as a failure names it. */
  readonly path?: string;
}

/** For so long a search may not know of a change. */
const LAG_SECONDS = 60;

/** After any mixture of what may happen to a tracker and of what we do, following ends where a first reading does. */
export function followsAnyMixture(
  tracker: TrackerName,
  site: JiraSite,
  store: () => Store,
  { numRuns, seed, path, outOfSight = false }: MixtureOptions,
): void {
  test(
    `served as ${tracker}, is followed through any mixture ${outOfSight ? 'of what goes out of sight ' : ''}to where a first reading ends`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          steps(outOfSight ? OUT_OF_SIGHT : ALL_SORTS),
          fc.constantFrom(0, LAG_SECONDS),
          async (mixture, indexLagSeconds) => {
            await using served = await serve(tracker, site, { indexLagSeconds });
            const source = `mixed in ${tracker}`;
            const followed: Followed = { served, store: store(), source };
            await firstSync(served, store(), source);
            for (const step of mixture) await take(step, followed);

            served.faults.set(undefined);
            served.clock.advance(LAG_SECONDS * 1000);
            await polled(served, store(), source);
            await counted(served, store(), source);
            const kept = await linesOf(store(), source);
            const told = await beyondDigest(store(), source);
            await firstSync(served, store(), source);
            const truth = served.digestLines(source);
            expect(differing(await linesOf(store(), source), truth)).toEqual([]);
            expect(differing(kept, truth)).toEqual([]);
            expect(told).toEqual(await beyondDigest(store(), source));
          },
        ),
        {
          endOnFailure: true,
          numRuns,
          ...(seed === undefined ? {} : { seed }),
          ...(path === undefined ? {} : { path }),
        },
      );
    },
    60_000 + numRuns * 20_000,
  );
}

async function linesOf(store: Store, source: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of store.digestLines(source)) lines.push(line);
  return lines;
}

/** The lines of one digest that the other has not, and which has them: a failure says what is wrong with which issue. */
function differing(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const [our, their] = [new Set(ours), new Set(theirs)];
  return [
    ...ours.filter((line) => !their.has(line)).map((line) => `ours: ${line}`),
    ...theirs.filter((line) => !our.has(line)).map((line) => `theirs: ${line}`),
  ];
}

/** What was worked out where the digest does not look: keys, labels and links from the beginning on. */
async function beyondDigest(store: Store, source: string): Promise<readonly object[]> {
  const issues = await store.readIssues(source);
  return issues
    .filter(({ gone }) => openAbsence(gone) === undefined)
    .map(({ id, events }) => ({
      id,
      events: events
        .filter(({ field }) => LOOKED_AT.has(field))
        .map(({ at, field, from, to, fromName, toName, origin }) => {
          return { at, field, from, to, fromName, toName, origin };
        }),
    }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

const LOOKED_AT: ReadonlySet<string> = new Set(['key', 'labels', 'links']);

async function take({ kind, n }: Step, followed: Followed): Promise<void> {
  const { served } = followed;
  if (kind === 'tracker') pick(Object.values(served.happenings), n)?.(rest(n));
  if (kind === 'away') pick(Object.values(served.disappearances), n)?.(rest(n));
  if (kind === 'wait') served.clock.advance(n % 2 === 0 ? n % 4_000 : n);
  if (kind !== 'us' && kind !== 'poll') return;
  const doing = kind === 'poll' ? DOINGS['a poll'] : pick(Object.values(DOINGS), n);
  try {
    await doing?.(followed, rest(n));
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
  } finally {
    served.faults.set(undefined);
  }
}
