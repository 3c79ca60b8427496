import type { Instant } from '#domain/issue.ts';
import type { Held } from '#store/store.ts';
import type { PartState } from '#trackers/tracker.ts';
import { outageIn, refuseOutage } from './missing-issues.ts';
import { type RereadIssues, reread } from './reread.ts';
import type { SyncDependencies } from './sync-source.ts';

/** What a census missed, and what of. */
export interface Missed {
  readonly held: readonly Held[];
  readonly missing: readonly Held[];
  /** Recorded as gone since the census before: it counts with what is missing now. */
  readonly missedBefore: readonly Held[];
  readonly parts: ReadonlyMap<string, PartState>;
  readonly part: (issue: Held) => string | undefined;
  readonly at: Instant;
  readonly acceptMissing: boolean;
}

/** So many are asked for before an outage is believed. */
const FIRST_ASKED = 1_000;

/**
 * Asks for the issues that a census missed by their ids, and stores those that are there. Where they are so many that it
 * looks like an outage, the first thousand decide: if most of them are missing by their ids too, it is one.
 *
 * Throws `CensusRefusedError` when more than half is missing, unless `acceptMissing`.
 */
export async function askMissing(dependencies: SyncDependencies, missed: Missed): Promise<RereadIssues> {
  const { source } = dependencies.tracker;
  const { missing, missedBefore, parts, part, at, acceptMissing } = missed;
  const held = [...missed.held, ...missedBefore];
  const ids = missing.map(({ id }) => id);
  const isFeared =
    !acceptMissing &&
    missing.length > 0 &&
    outageIn(held, [...missing, ...missedBefore], parts, part) !== undefined;
  const first = await reread(dependencies, isFeared ? ids.slice(0, FIRST_ASKED) : ids, at);
  if (!isFeared) return first;
  const away = first.missing.length + first.trashed.length;
  if (2 * away > Math.min(ids.length, FIRST_ASKED)) {
    refuseOutage(source, held, [...missing, ...missedBefore], parts, part);
  }
  const rest = await reread(dependencies, ids.slice(FIRST_ASKED), at);
  const asked = {
    read: first.read + rest.read,
    trashed: [...first.trashed, ...rest.trashed],
    missing: [...first.missing, ...rest.missing],
    contradicted: first.contradicted + rest.contradicted,
  };
  const gone = new Set([...asked.missing, ...asked.trashed]);
  const confirmed = missing.filter(({ id }) => gone.has(id));
  if (confirmed.length > 0) refuseOutage(source, held, [...confirmed, ...missedBefore], parts, part);
  return asked;
}
