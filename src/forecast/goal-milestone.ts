import { anchorRef, anchorUrl, type FoundGoal, isOver } from '#domain/goal-items.ts';
import type { TeamView } from '#domain/team-view.ts';
import { type Milestone, milestonesOf, parentMilestone } from './milestone.ts';

/**
 * What a goal hangs on, as a milestone with the date that was committed to, else the one the tracker has for it.
 * undefined when the data hold nothing of that name.
 */
export function goalMilestone(view: TeamView, { goal, anchors }: FoundGoal): Milestone | undefined {
  const [ref, ...also] = anchors;
  if (ref === undefined) return undefined;
  const { date = dateInTracker(view, anchors), ...known } = knownMilestone(view, anchors) ?? {
    kind: goal.scope.kind,
    ref,
    key: goal.scope.name,
    title: goal.name,
    url: anchorUrl(view, ref),
    dateKnownOnlyNow: goal.date === undefined,
    isAhead: [...anchors].some((one) => !hasEnded(view, one)),
  };
  const own = also.length === 0 ? {} : { also: [...anchors].filter((one) => one !== known.ref) };
  if (goal.date === undefined) return { ...known, ...own, ...(date === undefined ? {} : { date }) };
  return { ...known, ...own, date: goal.date, dateKnownOnlyNow: false, isCommitted: true };
}

/** An epic, wherever it lives, or a version. */
function knownMilestone(view: TeamView, anchors: ReadonlySet<string>): Milestone | undefined {
  const own = milestonesOf(view).find(({ ref }) => anchors.has(ref));
  if (own !== undefined) return own;
  const item = [...anchors].map((ref) => view.byRef.get(ref)).find((found) => found !== undefined);
  return item && parentMilestone(view, item);
}

/** Of a project whether it was completed, cancelled or thrown away; a label never ends. */
function hasEnded(view: TeamView, ref: string): boolean {
  return [...view.references.values()].some(({ source, projects }) =>
    projects.some((project) => ref === anchorRef(source, 'project', project.id) && isOver(project, view)),
  );
}

/** Projects have a date in some trackers. */
function dateInTracker(view: TeamView, anchors: ReadonlySet<string>) {
  for (const { source, projects } of view.references.values()) {
    const project = projects.find(({ id }) => anchors.has(anchorRef(source, 'project', id)));
    if (project?.targetDay !== undefined) return project.targetDay;
  }
  return undefined;
}
