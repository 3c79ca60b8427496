import { remembered } from '#domain/once.ts';
import { type Alternatives, fitsAny, membersWithNames } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { ancestors, type Workstream } from './attribution.ts';
import { linkedItem, linkSpans } from './link-spans.ts';

/**
 * Whether alternatives count as one workstream: `open` while the day to decide lies ahead. `overdue`: it has passed.
 * `undated` and `without_metric`: nobody said by when, or by what, one of them is chosen.
 */
export type AlternativesState = 'open' | 'overdue' | 'undated' | 'without_metric';

/** A group of workstreams of which one is to be chosen. */
export interface AlternativeGroup extends Pick<Alternatives, 'id' | 'decideBy' | 'metric'> {
  readonly state: AlternativesState;
}

/**
 * The groups of alternatives that a workstream of an item belongs to.
 *
 * By what the team says under `alternatives` (id, key or name of the workstream, or a label), by a label
 * `alternative-group:<id>` on the item or on what it lies under, and by a link whose name has the words "alternative to".
 * A group that is made of links alone has no date.
 */
export function alternativesOf(
  view: TeamView,
  declared: readonly Alternatives[] = view.team.alternatives ?? [],
): (item: WorkItem, stream: Workstream) => AlternativeGroup | undefined {
  const otherOf = linkedItem(view);
  return (item, stream) => {
    const { source } = item.issue;
    const itself = view.byRef.get(stream.id);
    const names = [stream.id, stream.id.slice(source.length + 1), stream.name, itself?.key];
    const above = [item, ...ancestors(view, item)];
    const labels = above.flatMap(({ issue }) => membersWithNames(issue, 'labels'));
    const group = declared.find(
      (one) => fitsAny(one.streams ?? [], names) || fitsAny(one.labels ?? [], labels),
    );
    if (group) return grouped(group, view);
    const marked = labels.map(markedGroup).find((id) => id);
    if (marked) return grouped(declared.find(({ id }) => id === marked) ?? { id: marked }, view);
    const linked = above.flatMap((one) =>
      linkSpans(one, view.asOf, ALTERNATIVE_LINK)
        .filter(({ to }) => to === view.asOf)
        .map(({ key }) => ({ own: one.key, other: otherOf(one, key) })),
    );
    const keys = linked.flatMap(({ other }) => (other === undefined ? [] : [other.key]));
    const own = linked[0]?.own;
    return keys.length > 0 && own !== undefined
      ? grouped({ id: [own, ...keys].toSorted().join(' or ') }, view)
      : undefined;
  };
}

/**
 * The group of alternatives that a label says something belongs to; undefined for any other label.
 * @example markedGroup('alternative-group: checkout') // => 'checkout'
 */
export function markedGroup(label: string): string | undefined {
  return /^alternative-group:\s*(.+)$/i.exec(label)?.[1];
}

/** Workstreams as they count: alternatives whose decision lies ahead are one. */
export function collapsed(
  view: TeamView,
  streamsOf: (item: WorkItem) => readonly Workstream[],
): (item: WorkItem) => readonly Workstream[] {
  const groupOf = alternativesOf(view);
  return remembered((item) => {
    const streams = streamsOf(item).map((stream): Workstream => {
      const group = groupOf(item, stream);
      return group?.state === 'open'
        ? { id: `alternatives/${group.id}`, name: `alternatives ${group.id}` }
        : stream;
    });
    return streams.filter(({ id }, i) => streams.findIndex((other) => other.id === id) === i);
  });
}

function grouped({ id, decideBy, metric }: Alternatives, { day }: TeamView): AlternativeGroup {
  const state =
    decideBy === undefined
      ? 'undated'
      : metric === undefined
        ? 'without_metric'
        : decideBy < day
          ? 'overdue'
          : 'open';
  return {
    id,
    state,
    ...(decideBy === undefined ? {} : { decideBy }),
    ...(metric === undefined ? {} : { metric }),
  };
}

const ALTERNATIVE_LINK = /\balternative[- ]to\b/i;
