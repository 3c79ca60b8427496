import { anchorRef, type FoundGoal, foundGoals, goalsOfItem, isOver } from '#domain/goal-items.ts';
import { oncePerView } from '#domain/once.ts';
import type { Version } from '#domain/reference.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed } from '#domain/work-item.ts';

/**
 * The goals that still ask something of the team: neither is what they hang on closed, released or ended, nor is all that
 * lies under them done or dropped. One under which nothing lies yet asks for all of it.
 */
export const goalsInForce: (view: TeamView) => readonly FoundGoal[] = oncePerView((view) => {
  const found = foundGoals(view);
  if (found.length === 0) return [];
  const goalsOf = goalsOfItem(view);
  const [begun, open] = [new Set<string>(), new Set<string>()];
  for (const [ref, item] of view.byRef) {
    if (item.type.level > 0) continue;
    for (const { id } of goalsOf(item).filter((goal) => !hangsOn(found, goal.id, ref))) {
      begun.add(id);
      if (!isClosed(item.stage)) open.add(id);
    }
  }
  const ended = endedRefs(view);
  return found.filter(
    ({ goal: { id }, anchors }) =>
      (anchors.size === 0 || [...anchors].some((ref) => !ended.has(ref))) && (!begun.has(id) || open.has(id)),
  );
});

function hangsOn(found: readonly FoundGoal[], id: string, ref: string): boolean {
  return found.some(({ goal, anchors }) => goal.id === id && anchors.has(ref));
}

/** What a goal could hang on and that is over: closed issues, released versions, ended projects. */
function endedRefs(view: TeamView): ReadonlySet<string> {
  const { day } = view;
  const isOut = ({ released, releaseDay }: Version) =>
    released && (releaseDay === undefined || releaseDay <= day);
  return new Set([
    ...[...view.byRef.values()]
      .filter(({ stage }) => isClosed(stage))
      .map(({ issue }) => issueRef(issue.source, issue.id)),
    ...[...view.references.values()].flatMap(({ source, versions, projects }) => [
      ...versions.filter(isOut).map(({ id }) => anchorRef(source, 'version', id)),
      ...projects
        .filter((project) => isOver(project, view))
        .map(({ id }) => anchorRef(source, 'project', id)),
    ]),
  ]);
}
