import { scalarIntervals, setIntervals } from '#domain/field-values.ts';
import type { GoalScope } from '#domain/goal.ts';
import { anchorRef } from '#domain/goal-items.ts';
import type { Instant } from '#domain/issue.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** A stretch of time `[from, to)` in which an item lay under a milestone; `to` absent: it still does. */
export interface Span {
  readonly from: Instant;
  readonly to?: Instant;
}

/** The items that lie under a milestone or ever did, and when. */
export type Members = ReadonlyMap<WorkItem, readonly Span[]>;

/** What names a version beside issues. */
export function versionRef(source: string, id: string): string {
  return anchorRef(source, 'version', id);
}

/**
 * What lies under each of a team's milestones and when, by `issueRef` of a parent or `versionRef`; by `anchorRef` for
 * projects and labels, where a goal of the team hangs on such.
 *
 * An item lies under a parent for as long as the parent is anywhere above it, and under a version for as long as it
 * has it; a part of an item also through that item. Epics and what lies above them are members too, the items' parents
 * by their own fields. A version on an epic does not reach down to its items; a label does.
 *
 * Left out: what is not the team's at the end of the view.
 */
export function memberships(view: TeamView): (ref: string) => Members {
  const known = new Map<WorkItem, readonly Above[]>();
  const { goals = [] } = view.team;
  const kinds = new Set(goals === 'auto' ? [] : goals.map(({ scope }) => scope.kind));
  const members = new Map<string, Map<WorkItem, Span[]>>();
  for (const item of [...view.items, ...view.parents]) {
    for (const { ref, ...span } of above(view, item, { known, kinds }, 0)) {
      const under = members.get(ref) ?? new Map<WorkItem, Span[]>();
      under.set(item, [...(under.get(item) ?? []), span]);
      members.set(ref, under);
    }
  }
  return (ref) => members.get(ref) ?? new Map();
}

/** Whether an item lay under a milestone just before a moment. */
export function wasUnder(spans: readonly Span[], moment: Instant): boolean {
  return spans.some(({ from, to }) => from < moment && (to === undefined || to >= moment));
}

interface Above extends Span {
  readonly ref: string;
}

interface Lookup {
  readonly known: Map<WorkItem, readonly Above[]>;
  /** What the goals hang on: nobody asks for what lies under every label. */
  readonly kinds: ReadonlySet<GoalScope['kind']>;
}

/** Trackers refuse circles, but a history put together from two moments may show one. */
const DEEPEST = 8;

function above(view: TeamView, item: WorkItem, lookup: Lookup, depth: number): readonly Above[] {
  const { known, kinds } = lookup;
  const found = known.get(item);
  if (found !== undefined || depth > DEEPEST) return found ?? [];
  const { source } = item.issue;
  const versions = setIntervals(item.issue, 'versions').flatMap(({ value, ...span }) =>
    value.map((id): Above => ({ ref: versionRef(source, id), ...span })),
  );
  const parents = scalarIntervals(item.issue, 'parent').flatMap(({ value, ...span }): readonly Above[] => {
    if (value === undefined) return [];
    const ref = issueRef(source, value.value);
    const parent = view.byRef.get(ref);
    const further = parent === undefined ? [] : above(view, parent, lookup, depth + 1);
    const isEpic = (parent?.type.level ?? 0) > 0;
    const reaching = further.filter(
      (one) =>
        !(isEpic && one.ref.startsWith(versionRef(source, ''))) &&
        !one.ref.startsWith(anchorRef(source, 'project', '')),
    );
    return [{ ref, ...span }, ...reaching.flatMap((one) => clipped(one, span))];
  });
  const all = [...versions, ...labelsAndProjects(item, kinds), ...parents];
  known.set(item, all);
  return all;
}

function labelsAndProjects(item: WorkItem, kinds: Lookup['kinds']): readonly Above[] {
  const { source } = item.issue;
  const labels = kinds.has('label')
    ? setIntervals(item.issue, 'labels').flatMap(({ value, ...span }) =>
        value.map((id): Above => ({ ref: anchorRef(source, 'label', id), ...span })),
      )
    : [];
  const projects = kinds.has('project')
    ? scalarIntervals(item.issue, 'project').flatMap(({ value, ...span }): readonly Above[] =>
        value === undefined ? [] : [{ ref: anchorRef(source, 'project', value.value), ...span }],
      )
    : [];
  return [...labels, ...projects];
}

function clipped(one: Above, span: Span): readonly Above[] {
  const from = Math.max(one.from, span.from);
  const to = Math.min(one.to ?? Number.POSITIVE_INFINITY, span.to ?? Number.POSITIVE_INFINITY);
  if (from >= to) return [];
  return [{ ref: one.ref, from, ...(Number.isFinite(to) ? { to } : {}) }];
}
