import type { Instant } from '#domain/issue.ts';
import type { SyncDependencies } from './sync-source.ts';

/** What became of issues that were read again by id. */
export interface RereadIssues {
  /** Those that are there; they are stored now. */
  readonly read: number;
  /** In the trash, with the last of their histories stored. */
  readonly trashed: readonly string[];
  /** Not shown at all. */
  readonly missing: readonly string[];
  /** Whose recorded statuses contradict what the tracker says on asking for statuses alone. */
  readonly contradicted: number;
}

/** Each batch is stored before the next is asked for; a thousand histories are one question to Jira. */
const BATCH = 1_000;

/** Reads issues by id and stores those that are there: `seenAt`, a moment of the tracker's clock, ends absences. */
export async function reread(
  { tracker, store, signal }: SyncDependencies,
  ids: readonly string[],
  seenAt: Instant,
): Promise<RereadIssues> {
  const { source } = tracker;
  const stored = (some: readonly string[]) => store.storedIssues(source, some);
  const trashed: string[] = [];
  const missing: string[] = [];
  let [read, contradicted] = [0, 0];
  for (let i = 0; i < ids.length; i += BATCH) {
    const answer = await tracker.read(ids.slice(i, i + BATCH), stored, signal);
    const away = new Set(answer.missing);
    const there = answer.issues.filter(({ id }) => !away.has(id));
    const binned = answer.issues.filter(({ id }) => away.has(id));
    await store.saveBatch(source, there, { seenAt });
    if (tracker.crossCheck !== undefined) {
      const differ = new Set(answer.contradicted);
      await store.noteCrossChecks(source, new Map(there.map(({ id }) => [id, !differ.has(id)])), seenAt);
    }
    if (binned.length > 0) await store.saveBatch(source, binned);
    read += there.length;
    contradicted += answer.contradicted?.length ?? 0;
    for (const { id } of binned) {
      trashed.push(id);
      away.delete(id);
    }
    missing.push(...away);
  }
  return { read, trashed, missing, contradicted };
}
