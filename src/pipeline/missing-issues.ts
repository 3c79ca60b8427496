import type { AbsenceReason, Instant } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import type { Held } from '#store/store.ts';
import type { PartState } from '#trackers/tracker.ts';
import { CensusRefusedError } from './census-refused.ts';

type Parts = ReadonlyMap<string, PartState>;

/** The part of a source that an issue is in: its team where a source is made of teams, as Linear's are, else its project. */
export function partOf(reference: Pick<Reference, 'teams'>): (issue: Held) => string | undefined {
  return reference.teams === undefined ? ({ project }) => project : ({ team }) => team;
}

/** Whether the key of an issue is not one of its part: the part has another key by now, which touches no issue. */
export function isRekeyed({ key }: Held, partKey: string | undefined): boolean {
  return key !== undefined && partKey !== undefined && key.slice(0, key.lastIndexOf('-')) !== partKey;
}

/**
 * Why an issue is gone, by what the tracker says of its part. From a part that is there it was deleted: were it only
 * hidden from us, nobody would tell us apart.
 */
export function reasonOf(part: string | undefined, parts: Parts): AbsenceReason {
  const state = part === undefined ? undefined : parts.get(part);
  return state === undefined || state === 'live' ? 'deleted' : state;
}

/** What hints led to be recorded as gone since the last census: it counts with what is missing now. */
export function missedSinceCensus(
  inventory: readonly Held[],
  censusAt: Instant | undefined,
): readonly Held[] {
  return inventory.filter(({ missedSince }) => missedSince !== undefined && missedSince > (censusAt ?? 0));
}

/** In a smaller part half is soon reached by tidying up. */
const SMALLEST_PART = 20;

/**
 * Refuses a census that missed so many issues that it looks like an outage.
 *
 * Throws `CensusRefusedError`.
 */
export function refuseOutage(
  source: string,
  held: readonly Held[],
  missing: readonly Held[],
  parts: Parts,
  part: (issue: Held) => string | undefined,
): void {
  const outage = outageIn(held, missing, parts, part);
  if (outage) throw new CensusRefusedError(source, outage.where, outage.missing, outage.of);
}

/** So many issues missing at once that it looks like an outage, in words where. */
export interface Outage {
  readonly where: string;
  readonly missing: number;
  readonly of: number;
}

/**
 * The outage that it looks like when more than half of a source, or of a part of some size, is missing. What is missing
 * because the tracker says that its part was archived or thrown away is explained, and does not count.
 */
export function outageIn(
  held: readonly Held[],
  missing: readonly Held[],
  parts: Parts,
  part: (issue: Held) => string | undefined,
): Outage | undefined {
  const stateOf = (id: string | undefined) => (id === undefined ? undefined : parts.get(id));
  const isExplained = (issue: Held) => ['archived', 'trashed'].includes(stateOf(part(issue)) ?? '');
  const expected = held.filter((issue) => !isExplained(issue));
  const unexplained = missing.filter((issue) => !isExplained(issue));
  if (2 * unexplained.length > expected.length) {
    return { where: '', missing: unexplained.length, of: expected.length };
  }
  const all = Map.groupBy(expected, part);
  for (const [id, some] of Map.groupBy(unexplained, part)) {
    const of = all.get(id)?.length ?? 0;
    if (stateOf(id) === 'live' && of >= SMALLEST_PART && 2 * some.length > of) {
      return { where: ` in its part ${id}`, missing: some.length, of };
    }
  }
  return undefined;
}
