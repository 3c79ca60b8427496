import { scalarNow } from '#domain/field-values.ts';
import { goalsOfItem } from '#domain/goal-items.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, parentOf, type TeamView } from '#domain/team-view.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { linkedItem, linkSpans } from './link-spans.ts';
import { measuredBy } from './measured.ts';

/** Two items of different teams, of which one has to wait for the other, and nothing above both that they serve. */
export interface UnsharedAsk {
  readonly item: ItemRef;
  readonly other: ItemRef;
}

export interface SharedGoals {
  /** Of the dependencies on other teams that stand, the part without a goal that both sides serve. */
  readonly withoutSharedGoal: Measurement;
  readonly asks: readonly UnsharedAsk[];
}

const DEPENDENCY = /\bblock(s|ed by)\b|\bdepend(s|ed)\b|\bhas to be done (before|after)\b/i;
const MIN_LINKS = 5;
const HIGHEST = 8;

/**
 * How many of a team's dependencies on others have no goal in common: such an ask competes with what the other team
 * itself is after, and both fail when it is not met.
 *
 * A dependency is a link between an open item of the team and an issue of others that has to come first or wait; each
 * pair counts once. A shared goal is anything above both of the level of an epic or more, an initiative that both their
 * projects are in today, or a goal of the team that both lie under. Jeffreys' interval, from 5 dependencies on.
 *
 * Left out, and counted: links to issues that were not read.
 */
export function sharedGoals(view: TeamView): SharedGoals {
  return sharedGoalsIn(view);
}

const sharedGoalsIn = oncePerView((view): SharedGoals => {
  const own = new Set([...view.items, ...view.parents].map(refOf));
  const otherOf = linkedItem(view);
  const isShared = sharing(view);
  let unread = 0;
  const pairs = new Map<string, { readonly item: WorkItem; readonly other: WorkItem }>();
  for (const item of view.items) {
    if (isClosed(item.stage)) continue;
    for (const { key, to } of linkSpans(item, view.asOf, DEPENDENCY)) {
      if (to !== view.asOf) continue;
      const other = otherOf(item, key);
      if (other === undefined) unread += 1;
      else if (!own.has(refOf(other))) pairs.set(`${refOf(item)} ${refOf(other)}`, { item, other });
    }
  }
  const all = [...pairs.values()];
  const without = all.filter(({ item, other }) => !isShared(item, other));
  return {
    withoutSharedGoal:
      all.length < MIN_LINKS
        ? insufficient(all.length, MIN_LINKS, 'dependencies on other teams')
        : measuredBy({
            n: all.length,
            window: { from: view.day, to: view.day },
            confidence: unread > all.length ? 'low' : 'medium',
            excluded: unread === 0 ? [] : [{ reason: 'linked_issue_not_read', count: unread }],
          })(
            { value: without.length / all.length, interval: jeffreysProportion(without.length, all.length) },
            'share',
            'dependencies_without_a_goal_above_both',
          ),
    asks: without.map(({ item, other }) => ({ item: itemRef(view, item), other: itemRef(view, other) })),
  };
});

function refOf({ issue }: WorkItem): string {
  return issueRef(issue.source, issue.id);
}

function sharing(view: TeamView): (item: WorkItem, other: WorkItem) => boolean {
  const goalsOf = goalsOfItem(view);
  return (item, other) => {
    const above = new Set(ends(view, item));
    if (ends(view, other).some((ref) => above.has(ref))) return true;
    const goals = goalsOf(item);
    return goals.length > 0 && goalsOf(other).some((goal) => goals.includes(goal));
  };
}

/** What an item serves: epics and more above it, read or not, and the initiatives of its project. */
function ends(view: TeamView, item: WorkItem): readonly string[] {
  const { source } = item.issue;
  const project = scalarNow(item.issue, 'project')?.value;
  const initiatives = view.references.get(source)?.initiatives ?? [];
  const refs = initiatives
    .filter(({ projectIds }) => project !== undefined && projectIds.includes(project))
    .map(({ id }) => `${source}/initiative/${id}`);
  let at: WorkItem | undefined = item;
  for (let height = 0; at !== undefined && height <= HIGHEST; height += 1) {
    if (at.type.level > 0) refs.push(refOf(at));
    const parent = scalarNow(at.issue, 'parent')?.value;
    const above = parentOf(view, at);
    // The parent of a standard issue is an epic even when it lies where we may not read.
    if (above === undefined && parent !== undefined && at.type.level >= 0)
      refs.push(issueRef(source, parent));
    at = above;
  }
  return refs;
}
