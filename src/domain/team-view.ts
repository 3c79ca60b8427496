import { type CalendarDay, endOf } from './calendar.ts';
import type { Instant } from './issue.ts';
import type { IssueType, Reference } from './reference.ts';
import { inScope, type Team } from './team.ts';
import { asOf, type IssueAsOf, scalarNow, type Timeline } from './timeline.ts';
import { statusVisits, type WorkItem, workItem } from './work-item.ts';
import { placeStatuses, type Stage, type StageMap } from './workflow.ts';

/** What is stored of one source: its vocabulary (known only as of now) and issues with their whole timelines. */
export interface SourceHistory {
  readonly reference: Reference;
  readonly issues: readonly Timeline[];
}

/**
 * A team's work as it was known at the end of a day: the only input of a metric. Nothing in it knows what came
 * later, save the reference data that trackers keep no history of.
 */
export interface TeamView {
  readonly team: Team;
  readonly day: CalendarDay;
  /** The end of `day` in the team's zone; events before it count. */
  readonly asOf: Instant;
  /** The team's units of work: issues in scope below the level of an epic. */
  readonly items: readonly WorkItem[];
  /** The team's epics and what lies above them, in scope. */
  readonly parents: readonly WorkItem[];
  /** Every issue read, in scope or not, by `issueRef`: parents may live in another project. */
  readonly byRef: ReadonlyMap<string, WorkItem>;
  readonly stages: ReadonlyMap<string, StageMap>;
  readonly references: ReadonlyMap<string, Reference>;
}

/** An issue's identity across sources. */
export function issueRef(source: string, id: string): string {
  return `${source}/${id}`;
}

/** Where people open an item. */
export function itemUrl(view: Pick<TeamView, 'references'>, item: WorkItem): string {
  const site = view.references.get(item.issue.source)?.siteUrl ?? '';
  return `${site}/browse/${item.key}`;
}

/** The team's work as of the end of a day. */
export function teamView(team: Team, day: CalendarDay, sources: readonly SourceHistory[]): TeamView {
  const moment = endOf(day, team.timezone);
  const items: WorkItem[] = [];
  const parents: WorkItem[] = [];
  const byRef = new Map<string, WorkItem>();
  const stages = new Map<string, StageMap>();

  for (const { reference, issues } of sources) {
    const views = issues.map((issue) => asOf(issue, moment)).filter((view) => view !== undefined);
    const mine = new Set(views.filter((view) => inScope(view, team, reference)));
    const map = stageMap(team, reference, [...mine]);
    stages.set(reference.source, map);

    // An issue outside the scope may sit in a status the team never used; only the tracker's category speaks there.
    const rest = stageMap(
      team,
      reference,
      views.filter((view) => !mine.has(view)),
    );
    const stageOf = stageLookup([map, rest]);
    const typeOf = typeLookup(reference);
    for (const view of views) {
      const item = workItem(view, stageOf, typeOf);
      if (!item) continue;
      byRef.set(issueRef(view.source, view.id), item);
      if (mine.has(view)) (item.type.level > 0 ? parents : items).push(item);
    }
  }
  return {
    team,
    day,
    asOf: moment,
    items: items.sort(byIdentity),
    parents: parents.sort(byIdentity),
    byRef,
    stages,
    references: new Map(sources.map(({ reference }) => [reference.source, reference])),
  };
}

/**
 * The same team's work as of the end of an earlier day: what depends on an earlier evaluation is replayed from the
 * history, never read from what was once published. Equal to the view that would have been taken on that day.
 */
export function earlierView(view: TeamView, day: CalendarDay): TeamView {
  if (day > view.day) throw new RangeError(`A view of ${view.day} knows nothing of ${day}.`);
  const known = Map.groupBy(view.byRef.values(), ({ issue }) => issue.source);
  return teamView(
    view.team,
    day,
    [...view.references.values()].map((reference) => ({
      reference,
      issues: (known.get(reference.source) ?? []).map(({ issue }) => issue),
    })),
  );
}

/** The parent of an item at the end of the view, when it was read. */
export function parentOf(view: Pick<TeamView, 'byRef'>, item: WorkItem): WorkItem | undefined {
  const parent = scalarNow(item.issue, 'parent');
  return parent && view.byRef.get(issueRef(item.issue.source, parent.value));
}

function stageMap(team: Team, reference: Reference, issues: readonly IssueAsOf[]): StageMap {
  const done = new Set(reference.statuses.filter((s) => s.category === 'done').map((s) => s.id));
  return placeStatuses({
    source: reference.source,
    statuses: reference.statuses,
    mapping: team.stages[reference.source] ?? {},
    items: issues.map((issue) => statusVisits(issue, (id) => done.has(id))),
  });
}

function stageLookup(maps: readonly StageMap[]): (statusId: string) => Stage {
  const stages = new Map<string, Stage>();
  for (const map of maps) {
    for (const placement of map.placements) {
      if (!stages.has(placement.statusId)) stages.set(placement.statusId, placement.stage);
    }
  }
  return (statusId) => {
    const stage = stages.get(statusId);
    if (stage === undefined) throw new RangeError(`status ${statusId} was not placed`);
    return stage;
  };
}

/** Jira's type level is reference data; a type that was deleted counts as a standard issue unless its name says epic. */
export function typeLookup(reference: Reference): (typeId: string, name: string | undefined) => IssueType {
  const types = new Map(reference.types.map((type) => [type.id, type]));
  return (typeId, name) =>
    types.get(typeId) ?? { id: typeId, name: name ?? typeId, level: /^epic$/i.test(name ?? '') ? 1 : 0 };
}

/** Order in every list: by source, then by id as numbers go; independent of the order in which issues were read. */
function byIdentity(a: WorkItem, b: WorkItem): number {
  if (a.issue.source !== b.issue.source) return a.issue.source < b.issue.source ? -1 : 1;
  const [x, y] = [a.issue.id, b.issue.id];
  if (x.length !== y.length) return x.length - y.length;
  return x < y ? -1 : x > y ? 1 : 0;
}
