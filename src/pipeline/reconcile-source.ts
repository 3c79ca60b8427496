import { MS_PER_DAY } from '#domain/calendar.ts';
import type { AbsenceReason, Instant } from '#domain/issue.ts';
import type { Held, SyncState } from '#store/store.ts';
import { askMissing } from './ask-missing.ts';
import { crossCheck } from './cross-check.ts';
import { type Followed, followSource } from './follow-source.ts';
import { isRekeyed, missedSinceCensus, partOf, reasonOf } from './missing-issues.ts';
import { reread } from './reread.ts';
import { exclusively, remind, type SyncDependencies, type SyncResult } from './sync-source.ts';

/** What a census found. */
export interface CensusResult {
  readonly source: string;
  /** The tracker's clock. */
  readonly at: Instant;
  /** Issues of what is read that were stored and not gone when it began. */
  readonly held: number;
  /** Issues the tracker showed. */
  readonly shown: number;
  /** Read because they were not stored, or were thought to be gone. */
  readonly found: number;
  /** Changed since the last census, and not read by then: edited while they were out of sight. */
  readonly edited: number;
  /** Read because their project or team has another key than they were stored with. */
  readonly rekeyed: number;
  /** Not counted by the census, but there when they were asked for. */
  readonly overlooked: number;
  readonly gone: ReadonlyMap<AbsenceReason, number>;
  /** Issues whose recorded statuses contradict what the tracker says of their statuses. */
  readonly contradicted: number;
  readonly requests: number;
  /** The changes, which are followed first. */
  readonly sync: SyncResult;
}

/** Why no census was taken: another process is at the source, or it was never read completely. */
export type NoCensus = 'busy' | 'unread';

/**
 * Counts what a tracker shows against what is stored: what a cursor cannot see. An issue that is not shown is asked for
 * by itself before it is recorded as gone; one that is shown and not stored is read.
 *
 * Throws `CensusRefusedError` when more than half is missing, unless `acceptMissing`; nothing is recorded as gone then.
 */
export async function reconcileSource(
  dependencies: SyncDependencies,
  options: { readonly acceptMissing?: boolean } = {},
): Promise<CensusResult | NoCensus> {
  const { tracker, store } = dependencies;
  const result = await exclusively(dependencies, async () => {
    const state = await store.syncState(tracker.source);
    const { cursor, walks } = state;
    if (cursor === undefined || walks.length > 0) return 'unread' as const;
    await remind(dependencies);
    return takeCensus(dependencies, { ...state, cursor }, options.acceptMissing ?? false);
  });
  return result ?? 'busy';
}

/** Whether the last census is a day old. */
export function isCensusDue({ censusAt, completeAsOf }: SyncState): boolean {
  if (completeAsOf === undefined) return false;
  return censusAt === undefined || completeAsOf - censusAt >= MS_PER_DAY;
}

async function takeCensus(
  dependencies: SyncDependencies,
  state: Followed,
  acceptMissing: boolean,
): Promise<CensusResult> {
  const { tracker, store, signal } = dependencies;
  const { source } = tracker;
  const spentBefore = tracker.spend.requests;
  // First what changed: what was created since is not new to the census, and it tells the tracker's clock.
  const sync = await followSource(dependencies, state);
  const at = sync.completeAsOf;

  const inventory = await store.inventory(source);
  const part = partOf((await store.readReference(source)) ?? {});
  const held = inventory.filter(({ gone }) => !gone);
  // Those of what is gone as well: a project may be back whose issues all are.
  const known = new Set(inventory.map(part).filter((id) => id !== undefined));
  const { parts, keys, outside, hasMore, pages } = await tracker.census([...known], signal);
  const shown = new Set<string>();
  for await (const page of pages) for (const id of page) shown.add(id);

  const rekeyed = held.filter(
    (issue) => shown.has(issue.id) && isRekeyed(issue, keys?.get(part(issue) ?? '')),
  );
  if (hasMore || rekeyed.length > 0) {
    const overview = await tracker.overview(signal);
    await store.saveReference(overview.reference, overview.trackerNow);
  }
  const isHeld = new Set(held.map(({ id }) => id));
  const found = await reread(
    dependencies,
    [...shown].filter((id) => !isHeld.has(id)),
    at,
  );
  const renamed = await reread(
    dependencies,
    rekeyed.map(({ id }) => id),
    at,
  );
  // What was edited while it was out of sight, and is back, no poll was shown. Asked for behind the ids: what comes into
  // sight in between is among one or the other.
  const since = Math.min(state.cursor, state.censusAt ?? state.cursor);
  const edited = await followSource(
    dependencies,
    { ...(await store.syncState(source)), cursor: since },
    { anew: true },
  );

  // What the configuration wants read no more is kept as it was, and nobody's loss.
  const isOurs = (issue: Held) => outside?.has(part(issue) ?? '') !== true;
  const ours = held.filter(isOurs);
  const isMissing = ({ id }: Held) => !shown.has(id);
  const missing = ours.filter(isMissing);
  const missedBefore = missedSinceCensus(inventory, state.censusAt).filter(isOurs).filter(isMissing);
  const missed = { held: ours, missing, missedBefore, parts, part, at, acceptMissing };
  const asked = await askMissing(dependencies, missed);
  const partOfId = new Map(missing.map((issue) => [issue.id, part(issue)]));
  const gone = new Map<string, AbsenceReason>([
    ...[...found.trashed, ...asked.trashed].map((id) => [id, 'trashed'] as const),
    ...asked.missing.map((id) => [id, reasonOf(partOfId.get(id), parts)] as const),
  ]);
  await store.markGone(source, gone, at);
  // What led to an issue that is no more leads nowhere now, and a tracker need not count that as a change of it.
  const led = await reread(dependencies, await store.referringToGone(source, state.censusAt ?? 0), at);
  const disagreeing = await crossCheck(dependencies, at);
  await store.finishCensus(source, at);
  return {
    source,
    at,
    held: ours.length,
    shown: shown.size,
    found: found.read,
    edited: edited.issues,
    overlooked: asked.read,
    gone: counts([...gone.values()]),
    rekeyed: renamed.read,
    contradicted:
      found.contradicted + renamed.contradicted + asked.contradicted + led.contradicted + disagreeing,
    requests: tracker.spend.requests - spentBefore,
    sync,
  };
}

function counts<T>(values: readonly T[]): ReadonlyMap<T, number> {
  return new Map([...Map.groupBy(values, (value) => value)].map(([value, some]) => [value, some.length]));
}
