import type { Cycle, Reference, Version } from './reference.ts';

/** What was read of a source's cycles or versions by themselves, after it last said everything of itself. */
export interface Renewal {
  readonly cycles?: {
    /** As they are. */
    readonly seen: readonly Cycle[];
    /** Ids of those that were known and are there no more. */
    readonly gone: readonly string[];
  };
  readonly versions?: {
    /** All there are in some projects. */
    readonly seen: readonly Version[];
    /** Ids of these projects. */
    readonly projects: readonly string[];
  };
}

/**
 * The reference with what was read again since. The rest of it stands; so does a cycle that is gone and had begun, since issues
 * of the past speak of it.
 */
export function renewed(reference: Reference, { cycles, versions }: Renewal): Reference {
  const isLeft = ({ id, startAt }: Cycle) => startAt !== undefined || !cycles?.gone.includes(id);
  const isElsewhere = ({ projectId }: Version) => !versions?.projects.includes(projectId);
  return {
    ...reference,
    cycles: inPlace(reference.cycles, cycles?.seen ?? [], isLeft),
    versions: inPlace(reference.versions, versions?.seen ?? [], isElsewhere),
  };
}

/** What was known, as it was seen where it was, without what is not left, and what is new behind it. */
function inPlace<T extends { readonly id: string }>(
  known: readonly T[],
  seen: readonly T[],
  isLeft: (one: T) => boolean,
): readonly T[] {
  const byId = new Map(seen.map((one) => [one.id, one]));
  const ids = new Set(known.map(({ id }) => id));
  return [
    ...known.flatMap((one) => byId.get(one.id) ?? (isLeft(one) ? [one] : [])),
    ...seen.filter(({ id }) => !ids.has(id)),
  ];
}
