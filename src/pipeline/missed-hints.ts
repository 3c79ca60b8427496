import type { AbsenceReason } from '#domain/issue.ts';
import { CensusRefusedError } from './census-refused.ts';
import { missedSinceCensus, partOf, reasonOf, refuseOutage } from './missing-issues.ts';
import type { SyncDependencies } from './sync-source.ts';

/**
 * Why issues are gone that a tracker did not show on being asked for them, by what a census would say: of those that are
 * held, and none when so many were missed since the last census that one would refuse to believe it. One question, where any is.
 */
export async function whyMissed(
  { tracker, store, signal }: SyncDependencies,
  missing: readonly string[],
): Promise<ReadonlyMap<string, AbsenceReason>> {
  if (missing.length === 0) return new Map();
  const { source } = tracker;
  const asked = new Set(missing);
  const inventory = await store.inventory(source);
  const held = inventory.filter(({ gone }) => !gone);
  const unseen = held.filter(({ id }) => asked.has(id));
  if (unseen.length === 0) return new Map();
  const part = partOf((await store.readReference(source)) ?? {});
  const known = new Set(unseen.flatMap((issue) => part(issue) ?? []));
  // Its pages of ids are left unread.
  const { parts, outside } = await tracker.census([...known], signal);
  // What the configuration wants read no more is kept as it was.
  const missed = unseen.filter((issue) => outside?.has(part(issue) ?? '') !== true);
  const before = missedSinceCensus(inventory, (await store.syncState(source)).censusAt);
  try {
    refuseOutage(source, [...held, ...before], [...missed, ...before], parts, part);
  } catch (error) {
    if (error instanceof CensusRefusedError) return new Map();
    throw error;
  }
  return new Map(missed.map((issue) => [issue.id, reasonOf(part(issue), parts)]));
}
