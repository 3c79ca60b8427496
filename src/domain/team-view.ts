import { type CalendarDay, endOf } from './calendar.ts';
import { type DoneEvidence, evidenceAsOf, NO_EVIDENCE } from './done-evidence.ts';
import { scalarNow } from './field-values.ts';
import type { Instant } from './issue.ts';
import { type MirroredPair, mirroredPairs } from './mirrors.ts';
import { oncePerView } from './once.ts';
import { type StageOfStatus, stageLookup, stageMap, stagesByStatus, stillRead } from './placed-stages.ts';
import { asFarAsSeen } from './presence.ts';
import type { IssueType, Reference } from './reference.ts';
import { inScope, type Team } from './team.ts';
import { asOf, asOfEarlier, type IssueAsOf, type Timeline } from './timeline.ts';
import { referenceAsOf } from './version-history.ts';
import { compareIds } from './whole-timeline.ts';
import { type WorkItem, workItem } from './work-item.ts';
import type { StageMap } from './workflow.ts';

/** What is stored of one source: its vocabulary (known only as of now) and issues with their whole timelines. */
export interface SourceHistory {
  readonly reference: Reference;
  readonly issues: readonly Timeline[];
  /** Until when the source was read, by its own clock; absent where there is nothing to compare it with. */
  readonly readUpTo?: Instant;
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
  /** Every issue read and in sight, in scope or not, by `issueRef`: parents may live in another project. */
  readonly byRef: ReadonlyMap<string, WorkItem>;
  /** Unfinished issues, in scope or not, that were archived or taken from our sight: neither open nor ended. */
  readonly outOfSight: readonly WorkItem[];
  /** Work that two of its trackers keep the same: the copies are neither items nor parents. */
  readonly mirrored: readonly MirroredPair[];
  readonly stages: ReadonlyMap<string, StageMap>;
  readonly references: ReadonlyMap<string, Reference>;
  /** Until when each source was read, where that is known. */
  readonly readUpTo: ReadonlyMap<string, Instant>;
  /** What people and pipelines had recorded by then. */
  readonly evidence: DoneEvidence;
}

/** An issue's identity across sources. */
export function issueRef(source: string, id: string): string {
  return `${source}/${id}`;
}

/** Where people open an item. */
export function itemUrl(view: Pick<TeamView, 'references'>, item: WorkItem): string {
  const { siteUrl = '', issuePath = '/browse/' } = view.references.get(item.issue.source) ?? {};
  return `${siteUrl}${issuePath}${item.key}`;
}

/** The team's work as of the end of a day. */
export function teamView(
  team: Team,
  day: CalendarDay,
  sources: readonly SourceHistory[],
  evidence: DoneEvidence = NO_EVIDENCE,
): TeamView {
  const moment = endOf(day, team.timezone);
  return readView(
    team,
    day,
    sources.map(({ issues, ...source }) => ({
      ...source,
      // In one order, whatever the order they were read in: what lists issues lists them the same on every machine.
      issues: issues
        .flatMap((issue): readonly ReadIssue[] => {
          const view = asOf(issue, moment);
          return view === undefined ? [] : [{ ref: issueRef(issue.source, issue.id), view }];
        })
        .sort((a, b) => compareIds(a.view.id, b.view.id)),
    })),
    evidence,
  );
}

interface ReadIssue {
  readonly ref: string;
  readonly view: IssueAsOf;
  /** How it was read for a later day: if that holds on both days, it is the same item. */
  readonly item?: WorkItem;
}

interface ReadSource extends Omit<SourceHistory, 'issues'> {
  readonly issues: readonly ReadIssue[];
  /** The stages that the items were read with. */
  readonly stages?: StageOfStatus | undefined;
}

function readView(
  team: Team,
  day: CalendarDay,
  sources: readonly ReadSource[],
  evidence: DoneEvidence,
): TeamView {
  const moment = endOf(day, team.timezone);
  const items: WorkItem[] = [];
  const parents: WorkItem[] = [];
  const byRef = new Map<string, WorkItem>();
  const outOfSight: WorkItem[] = [];
  const stages = new Map<string, StageMap>();
  const references = new Map<string, Reference>();
  const readUpTo = new Map<string, Instant>();
  const placed = new Map<string, StageOfStatus>();

  for (const { reference: recorded, issues, readUpTo: until, stages: stagesLater } of sources) {
    if (until !== undefined) readUpTo.set(recorded.source, until);
    const reference = referenceAsOf(recorded, moment);
    references.set(reference.source, reference);
    const views = issues.map(({ view }) => view);
    const mine = new Set(views.filter((view) => inScope(view, team, reference)));
    const map = stageMap(team, reference, [...mine]);
    stages.set(reference.source, map);

    // An issue outside the scope may sit in a status the team never used; only the tracker's category speaks there.
    const rest = stageMap(
      team,
      reference,
      views.filter((view) => !mine.has(view)),
    );
    const stageOfStatus = stagesByStatus([map, rest]);
    placed.set(reference.source, stageOfStatus);
    const stageOf = stageLookup(stageOfStatus);
    const typeOf = typeLookup(reference);
    const isSame = stillRead(stageOfStatus, stagesLater);
    for (const { ref, view, item: later } of issues) {
      const work = isSame(view, later) ? later : workItem(view, stageOf, typeOf);
      if (!work) continue;
      const item = asFarAsSeen(work);
      if (!item) {
        outOfSight.push(work);
        continue;
      }
      byRef.set(ref, item);
      if (mine.has(view)) (item.type.level > 0 ? parents : items).push(item);
    }
  }
  items.sort(byIdentity);
  parents.sort(byIdentity);
  const inOrder = team.scope.map(({ source }) => source);
  const mirrored = mirroredPairs([...items, ...parents], references, inOrder);
  const copies = new Set(mirrored.map(({ copy }) => copy));
  const counts = (item: WorkItem): boolean => !copies.has(item);
  const view: TeamView = {
    team,
    day,
    asOf: moment,
    items: copies.size === 0 ? items : items.filter(counts),
    parents: copies.size === 0 ? parents : parents.filter(counts),
    mirrored,
    byRef,
    outOfSight: outOfSight.sort(byIdentity),
    stages,
    references,
    readUpTo,
    evidence: evidenceAsOf(evidence, moment),
  };
  placedFor.set(view, placed);
  return view;
}

/** The stages that the issues of each view were read with, by source. */
const placedFor = new WeakMap<TeamView, ReadonlyMap<string, StageOfStatus>>();

/**
 * The same team's work as of the end of an earlier day: what depends on an earlier evaluation is replayed from the
 * history, never read from what was once published. Equal to the view that would have been taken on that day.
 */
export function earlierView(view: TeamView, day: CalendarDay): TeamView {
  if (day > view.day) throw new RangeError(`A view of ${view.day} knows nothing of ${day}.`);
  const moment = endOf(day, view.team.timezone);
  const known = knownIn(view);
  const placed = placedFor.get(view);
  return readView(
    view.team,
    day,
    [...view.references.values()].map((reference) => {
      const { source } = reference;
      const readUpTo = view.readUpTo.get(source);
      return {
        reference,
        issues: (known.get(source) ?? []).flatMap(([ref, item]): readonly ReadIssue[] => {
          const then = asOfEarlier(item.issue, moment);
          return then === undefined ? [] : [{ ref, view: then, item }];
        }),
        stages: placed?.get(source),
        ...(readUpTo === undefined ? {} : { readUpTo }),
      };
    }),
    view.evidence,
  );
}

/** Every issue of a view by source, in sight or not. */
const knownIn = oncePerView((view) => {
  const hidden = view.outOfSight.map((item) => [issueRef(item.issue.source, item.issue.id), item] as const);
  const all = [...view.byRef, ...hidden];
  if (hidden.length > 0) all.sort(([, a], [, b]) => byIdentity(a, b));
  return Map.groupBy(all, ([, { issue }]) => issue.source);
});

/** The parent of an item at the end of the view, when it was read. */
export function parentOf(view: Pick<TeamView, 'byRef'>, item: WorkItem): WorkItem | undefined {
  const parent = scalarNow(item.issue, 'parent');
  return parent && view.byRef.get(issueRef(item.issue.source, parent.value));
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
  return compareIds(a.issue.id, b.issue.id);
}
