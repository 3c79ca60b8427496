import { type CalendarDay, parseDay } from './calendar.ts';
import { scalarNow, setNow } from './field-values.ts';
import type { Goal, GoalScope } from './goal.ts';
import { oncePerHistory, oncePerView, remembered } from './once.ts';
import { keysEver } from './present-names.ts';
import type { Project, Version } from './reference.ts';
import { fitsAny } from './team.ts';
import { issueRef, parentOf, type TeamView } from './team-view.ts';
import type { IssueAsOf } from './timeline.ts';
import { isClosed, type WorkItem } from './work-item.ts';

/** What a goal's scope hangs on, found in the data: `issueRef`s, or refs of versions, projects and labels. */
export type GoalAnchors = ReadonlySet<string>;

/** A goal of a day, and what its scope was found to hang on: nothing, when the data hold nothing of that name. */
export interface FoundGoal {
  readonly goal: Goal;
  readonly anchors: GoalAnchors;
}

/** What names a version, a project or a label beside issues. */
export function anchorRef(source: string, kind: 'version' | 'project' | 'label', id: string): string {
  return `${source}/${kind}/${id}`;
}

/** Where people open what a goal hangs on and is neither an issue nor a version: the page of a project, else the site. */
export function anchorUrl(view: Pick<TeamView, 'references'>, ref: string): string {
  const reference = view.references.get(ref.slice(0, ref.indexOf('/')));
  if (reference === undefined) return '';
  const { source, siteUrl, issuePath, projects } = reference;
  const project = projects.find(({ id }) => ref === anchorRef(source, 'project', id));
  if (project === undefined) return siteUrl;
  // Only where issues have a path of their own do projects have one; elsewhere a project is opened as its issues are.
  return `${siteUrl}${issuePath === undefined ? '/browse/' : '/project/'}${project.key}`;
}

/**
 * The goals a team has on the view's day, in its own order.
 *
 * @example goalsOf(view(team({ goals: [{ id: 'a', name: 'A', scope: { kind: 'label', name: 'a' }, to: '2026-01-31' }] }), '2026-02-01', []))
 *   // => []
 */
export function goalsOf(view: TeamView): readonly Goal[] {
  const { goals = [] } = view.team;
  if (goals === 'auto') return datedGoals(view);
  const { day } = view;
  return goals.filter(
    ({ from, to }) => (from === undefined || from <= day) && (to === undefined || to >= day),
  );
}

/** The goals of the view's day, with what each hangs on. */
export const foundGoals: (view: TeamView) => readonly FoundGoal[] = oncePerView((view) =>
  goalsOf(view).map((goal) => ({ goal, anchors: scopeAnchors(view, goal.scope) })),
);

/**
 * Which of the team's goals an item lies under at the end of the view: because it, or anything above it, is what the
 * goal names, is in its project or has its label; a version counts on the item and on the items it is a part of, not on
 * an epic. The item may belong to another team.
 */
export const goalsOfItem: (view: TeamView) => (item: WorkItem) => readonly Goal[] = oncePerView((view) => {
  const goals = foundGoals(view);
  if (goals.length === 0) return () => [];
  return remembered((item) => {
    const above = anchorsAbove(view, item);
    return goals.filter(({ anchors }) => above.some((ref) => anchors.has(ref))).map(({ goal }) => goal);
  });
});

/** Whether an item lies under any of the team's goals of that day. */
export function isGoalItem(view: TeamView): (item: WorkItem) => boolean {
  const goals = goalsOfItem(view);
  return (item) => goals(item).length > 0;
}

/** Trackers refuse circles, but a history put together from two moments may show one. */
const HIGHEST = 8;

/** What an item lies under: itself, its ancestors, and their versions, projects and labels as far as they reach down. */
function anchorsAbove(view: TeamView, item: WorkItem): readonly string[] {
  const { source } = item.issue;
  const out: string[] = [];
  let at: WorkItem | undefined = item;
  for (let height = 0; at !== undefined && height <= HIGHEST; height += 1) {
    const { issue, type } = at;
    const project = scalarNow(issue, 'project')?.value;
    const parent = scalarNow(issue, 'parent')?.value;
    out.push(issueRef(source, issue.id));
    if (parent !== undefined) out.push(issueRef(source, parent));
    if (project !== undefined && at === item) out.push(anchorRef(source, 'project', project));
    if (type.level <= 0) out.push(...setNow(issue, 'versions').map((id) => anchorRef(source, 'version', id)));
    out.push(...setNow(issue, 'labels').map((id) => anchorRef(source, 'label', id)));
    at = parentOf(view, at);
  }
  return out;
}

/** What a scope that somebody named hangs on, in the data; nothing when there is nothing of that name. */
export function scopeAnchors(view: TeamView, scope: GoalScope): GoalAnchors {
  const { kind, name, source } = scope;
  const isAsked = (of: string) => source === undefined || source === of;
  if (kind === 'parent') return parentsNamed(view, name, isAsked);
  if (kind === 'label') return labelsNamed(view, name, isAsked);
  const known = [...view.references.values()].filter((reference) => isAsked(reference.source));
  return new Set(
    known.flatMap((reference) => {
      const { projects, versions } = reference;
      const keyOf = ({ projectId, name: own }: Version) =>
        projects.flatMap(({ id, ...project }) =>
          id === projectId ? [`${project.key} ${own}`, `${project.name} ${own}`] : [],
        );
      const found =
        kind === 'version'
          ? versions.filter((one) => fitsAny([name], [one.id, one.name, ...keyOf(one)]))
          : projects.filter((one) => fitsAny([name], [one.id, one.key, one.name]));
      return found.map(({ id }) => anchorRef(reference.source, kind, id));
    }),
  );
}

/** By id or key; without any such by the title of an epic; or by the key that items give for a parent we may not read. */
function parentsNamed(view: TeamView, name: string, isAsked: (source: string) => boolean): GoalAnchors {
  const asked = [...view.byRef].filter(([, { issue }]) => isAsked(issue.source));
  const byKey = asked.filter(([, { issue }]) => isCalled(issue, name));
  if (byKey.length > 0) return new Set(byKey.map(([ref]) => ref));
  const byTitle = asked.filter(([, { type, title }]) => type.level > 0 && fitsAny([name], [title]));
  if (byTitle.length > 0) return new Set(byTitle.map(([ref]) => ref));
  return new Set(
    view.items
      .filter(({ issue }) => isAsked(issue.source))
      .flatMap(({ issue }) => {
        const parent = scalarNow(issue, 'parent');
        const isIt = parent !== undefined && fitsAny([name], [parent.value, parent.name]);
        return isIt ? [issueRef(issue.source, parent.value)] : [];
      }),
  );
}

/** Whether an issue has or had a name as its id or key: asked of every issue for every week that is looked back on. */
const isCalled = oncePerHistory((issue: IssueAsOf, name: string) =>
  fitsAny([name], [issueRef(issue.source, issue.id), issue.id, ...keysEver(issue)]),
);

/** People write names, trackers keep ids. */
function labelsNamed(view: TeamView, name: string, isAsked: (source: string) => boolean): GoalAnchors {
  const refs = new Set<string>();
  for (const { issue } of view.byRef.values()) {
    if (!isAsked(issue.source)) continue;
    for (const id of setNow(issue, 'labels')) {
      const named = issue.events.findLast((event) => event.field === 'labels' && event.to === id);
      if (fitsAny([name], [id, named?.toName, ...(named?.otherToNames ?? [])]))
        refs.add(anchorRef(issue.source, 'label', id));
    }
  }
  return refs;
}

/** The team's own epics and the versions of its items that have a date and are not done. */
const datedGoals = oncePerView((view): readonly Goal[] => {
  const parents = view.parents.flatMap(({ issue, key, title, stage }): readonly Goal[] => {
    const date = parseDay(scalarNow(issue, 'dueDate')?.value ?? '');
    if (date === undefined || isClosed(stage)) return [];
    const scope = { kind: 'parent', name: issue.id, source: issue.source } as const;
    return [{ id: issueRef(issue.source, issue.id), name: title || key, scope, date }];
  });
  const held = new Set(
    view.items.flatMap(({ issue }) =>
      setNow(issue, 'versions').map((id) => anchorRef(issue.source, 'version', id)),
    ),
  );
  const versions = [...view.references.values()].flatMap(({ source, projects, versions: some }) => {
    const over = new Set(projects.filter((project) => isOver(project, view)).map(({ id }) => id));
    return some.flatMap(({ id, projectId, name, released, releaseDay: date }): readonly Goal[] => {
      const ref = anchorRef(source, 'version', id);
      if (released || date === undefined || over.has(projectId) || !held.has(ref)) return [];
      return [{ id: ref, name, scope: { kind: 'version', name: id, source }, date }];
    });
  });
  return [...parents, ...versions].toSorted(byDate);
});

/** Whether a project was completed, cancelled, archived or thrown away: what is left of its milestones is nobody's goal. */
export function isOver({ endedAt, goneSince }: Project, { asOf }: TeamView): boolean {
  return Math.min(endedAt ?? asOf, goneSince ?? asOf) < asOf;
}

function byDate(a: { date?: CalendarDay; id: string }, b: { date?: CalendarDay; id: string }): number {
  if (a.date !== b.date) return (a.date ?? '') < (b.date ?? '') ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
