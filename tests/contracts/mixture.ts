import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JiraSite } from '#demo/jira/model.ts';
import { openAbsence } from '#domain/absence.ts';
import type { Store } from '#store/store.ts';
import { counted, firstSync, polled } from '#tests/support/served/readings.ts';
import { pick, rest } from '#tests/support/served/served.ts';
import { serve, type TrackerName } from '#tests/support/served/trackers.ts';
import { TrackerError } from '#trackers/tracker-error.ts';
import { DOINGS, type Followed } from './doings.ts';

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

/** What was worked out where the digest does not look: keys, labels, links and parents from the beginning on. */
async function beyondDigest(store: Store, source: string): Promise<readonly object[]> {
  const issues = await store.readIssues(source);
  return issues
    .filter(({ gone }) => openAbsence(gone) === undefined)
    .map(({ id, events }) => ({
      id,
      events: events
        .filter(({ field }) => LOOKED_AT.has(field))
        .map(({ at, field, from, to, fromName, toName, origin }) => {
          // What a parent was called is known for longer than it is there.
          const names = field === 'parent' ? {} : { fromName, toName };
          return { at, field, from, to, ...names, origin };
        }),
    }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

const LOOKED_AT: ReadonlySet<string> = new Set(['key', 'labels', 'links', 'parent']);

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
