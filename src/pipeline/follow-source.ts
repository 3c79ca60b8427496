import type { Instant } from '#domain/issue.ts';
import type { SyncState } from '#store/store.ts';
import { isReferenceDue, speaksOfUnknown } from './reference-due.ts';
import type { SyncDependencies, SyncResult } from './sync-source.ts';

/** A source that was read completely once, so that only its changes need to be. */
export type Followed = SyncState & { readonly cursor: Instant };

/**
 * Reads what changed in a source since its cursor, and what the source says of itself when that is due. A poll that
 * finds nothing costs one request and changes nothing but how far we have come. `anew`: what is stored of that time is
 * looked at as well.
 */
export async function followSource(
  dependencies: SyncDependencies,
  state: Followed,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<SyncResult> {
  const { tracker, store, now, onProgress, signal } = dependencies;
  const { source } = tracker;
  const spentBefore = tracker.spend.requests;
  const reference = await store.readReference(source);
  let { cursor, referenceReadAt } = state;
  let completeAsOf: Instant | undefined;
  let issues = 0;
  let isUnknown = false;
  let { walked } = state;

  const stored = (ids: readonly string[]) => store.storedIssues(source, ids);
  const storedSince = anew ? undefined : (since: Instant) => store.storedSince(source, since);
  for await (const batch of tracker.changes(cursor, stored, signal, storedSince)) {
    // The clock of the first answer: of what happens while later ones are read we may see a part.
    completeAsOf ??= batch.trackerNow;
    if (batch.reference) {
      await store.saveReference(batch.reference, batch.trackerNow);
      referenceReadAt = batch.trackerNow;
    }
    // As old as what it was learned beyond: the rest of it was not read again.
    if (batch.learned) await store.saveReference(batch.learned, referenceReadAt ?? batch.trackerNow);
    if (batch.issues.length > 0 || batch.cursor > cursor) {
      await store.saveBatch(source, batch.issues, { seenAt: batch.trackerNow, cursor: batch.cursor });
      ({ cursor } = batch);
    }
    issues += batch.issues.length;
    isUnknown ||= reference !== undefined && batch.issues.some((issue) => speaksOfUnknown(issue, reference));
    if (batch.issues.length > 0) onProgress?.({ source, issues, requests: tracker.spend.requests });
  }
  completeAsOf ??= cursor;

  const issueRequests = tracker.spend.requests - spentBefore;
  if (isReferenceDue({ reference, readAt: referenceReadAt, now: completeAsOf, isUnknown })) {
    const overview = await tracker.overview(signal);
    await store.saveReference(overview.reference, overview.trackerNow);
    referenceReadAt = overview.trackerNow;
    // What was read before this was kept was everything there is.
    walked ??= { scope: tracker.scope, parts: overview.parts.map(({ id }) => id) };
  }

  await store.finishSync(source, completeAsOf, now(), undefined, walked);
  return {
    source,
    how: 'followed',
    issues,
    stored: await store.countIssues(source),
    referenceRequests: tracker.spend.requests - spentBefore - issueRequests,
    issueRequests,
    spend: { ...tracker.spend },
    completeAsOf,
    hasNews: issues > 0 || referenceReadAt !== state.referenceReadAt,
    resumed: false,
    ...(state.completeAsOf === undefined ? {} : { completeBefore: state.completeAsOf }),
  };
}
