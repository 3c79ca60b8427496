import type { Instant } from '#domain/issue.ts';
import { reread } from './reread.ts';
import type { SyncDependencies } from './sync-source.ts';

/** As many as one question can carry: at Linear less than 4,000 points, however large the source is. */
const SAMPLE = 250;

/**
 * Holds a sample of what is stored against the second record that the tracker keeps of statuses, where it keeps one: the
 * issues that were held against it longest ago, so that each comes by in turn. What disagrees is read whole again, since
 * an entry that came late may be all that was amiss. Returns how many still disagree then.
 */
export async function crossCheck(dependencies: SyncDependencies, at: Instant): Promise<number> {
  const { tracker, store, signal } = dependencies;
  if (tracker.crossCheck === undefined) return 0;
  const { source } = tracker;
  const ids = await store.leastCrossChecked(source, SAMPLE);
  const stored = await store.storedIssues(source, ids);
  if (stored.size === 0) return 0;
  const agrees = await tracker.crossCheck([...stored.values()], signal);
  const doubtful = ids.filter((id) => agrees.get(id) === false);
  await store.noteCrossChecks(source, new Map(ids.map((id) => [id, agrees.get(id)])), at);
  return (await reread(dependencies, doubtful, at)).contradicted;
}
