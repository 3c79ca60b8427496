import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import { scalarNow } from '#domain/field-values.ts';
import type { GoalScope } from '#domain/goal.ts';
import type { Project, Reference, Version } from '#domain/reference.ts';
import { issueRef, itemUrl, type TeamView } from '#domain/team-view.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import type { ItemRef } from '#metrics/item-ref.ts';
import { versionRef } from './membership.ts';

/**
 * A promise with a scope: a version, or an epic and what lies above epics; often with a date. A team's goals may also
 * hang on a project or a label.
 */
export interface Milestone extends ItemRef {
  readonly kind: GoalScope['kind'];
  readonly ref: string;
  /** What else its items may lie under, where it hangs on several. */
  readonly also?: readonly string[];
  /** Its own date: the one a team committed to, an item's due date, or the day a version is planned for. */
  readonly date?: CalendarDay;
  /** Trackers keep no history of a version's date: before we first saw it, it is what was seen then. */
  readonly dateKnownOnlyNow: boolean;
  /** The team itself says that the date is its promise. */
  readonly isCommitted?: true;
  /** The parent itself; absent for a version. */
  readonly item?: WorkItem;
  /** Neither done or cancelled nor released, as far as is known at the end of the view. */
  readonly isAhead: boolean;
}

/**
 * The milestones of a team: its epics and what lies above them, then the versions of the projects its sources know,
 * each in the tracker's order.
 *
 * A version that was released after the view's day counts as still ahead; the date that the tracker shows for it is
 * that of the release, which nobody knew then, so it has none. One that was released without a date is not ahead.
 */
export function milestonesOf(view: TeamView): readonly Milestone[] {
  const parents = view.parents.map((item) => parentMilestone(view, item));
  const versions = [...view.references.values()].flatMap((reference) => {
    const { source, siteUrl, projects, versions: some, versionHistory } = reference;
    const isSeen = versionHistory !== undefined && versionHistory.since < view.asOf;
    return some.map((version): Milestone => {
      const project = projects.find(({ id }) => id === version.projectId);
      const date = version.released ? undefined : version.releaseDay;
      return {
        kind: 'version',
        ref: versionRef(source, version.id),
        ...namedIn(project, version),
        title: version.name,
        url: `${siteUrl}${pathOf(project, version, reference)}`,
        ...(date === undefined ? {} : { date }),
        dateKnownOnlyNow: date !== undefined && !isSeen,
        isAhead: isAhead(version, view.day),
      };
    });
  });
  return [...parents, ...versions];
}

/** What lies above items, as a milestone. */
export function parentMilestone(view: TeamView, item: WorkItem): Milestone {
  const date = parseDay(scalarNow(item.issue, 'dueDate')?.value ?? '');
  return {
    kind: 'parent',
    ref: issueRef(item.issue.source, item.issue.id),
    key: item.key,
    title: item.title,
    url: itemUrl(view, item),
    ...(date === undefined ? {} : { date }),
    dateKnownOnlyNow: false,
    item,
    isAhead: !isClosed(item.stage),
  };
}

/**
 * The milestones that go by a name: an epic's key or title, a version's name with or without its project's key. Upper
 * and lower case are one. Several when the name fits several, those still ahead alone if there are any.
 */
export function milestonesNamed(milestones: readonly Milestone[], name: string): readonly Milestone[] {
  const wanted = name.trim().toLowerCase();
  const fits = (text: string) => text.trim().toLowerCase() === wanted;
  const byKey = milestones.filter(({ key }) => fits(key));
  const found = byKey.length > 0 ? byKey : milestones.filter(({ title }) => fits(title));
  const ahead = found.filter(({ isAhead: is }) => is);
  return ahead.length > 0 ? ahead : found;
}

/** By a key that people know; a project that plans milestones is known by its name. */
function namedIn(project: Project | undefined, { name, kind }: Version): Pick<Milestone, 'key'> {
  if (project === undefined) return { key: name };
  return { key: `${kind === 'milestone' ? project.name : project.key} ${name}` };
}

/** A version has a page; milestones stand on the page of their project. */
function pathOf(
  project: Project | undefined,
  { id, projectId, kind }: Version,
  { issuePath }: Pick<Reference, 'issuePath'>,
): string {
  // A release of Linear belongs to a pipeline, whose page we do not know: the workspace is the nearest.
  if (project === undefined && issuePath !== undefined) return '';
  const key = project?.key ?? projectId;
  return kind === 'milestone' ? `/project/${key}` : `/projects/${key}/versions/${id}`;
}

function isAhead({ released, releaseDay }: Version, day: CalendarDay): boolean {
  return !released || (releaseDay !== undefined && releaseDay > day);
}
