import { type CalendarDay, DEFAULT_CALENDAR, type TeamCalendar } from './calendar.ts';
import { scalarNow, setNow } from './field-values.ts';
import type { Gates } from './gate.ts';
import type { Goals } from './goal.ts';
import type { ScalarField, SetField } from './issue.ts';
import { oncePerHistory } from './once.ts';
import type { Board, Reference } from './reference.ts';
import type { Roster } from './roster.ts';
import type { IssueAsOf } from './timeline.ts';
import type { Stage } from './workflow.ts';

/** How done an item must be, and how done it is said and shown to be. */
export const LEVELS = ['coded', 'merged', 'released', 'verified', 'adopted'] as const;
export type Level = (typeof LEVELS)[number];

/** Which line of work an issue is counted to; `auto` takes the first level that covers the work. */
export type WorkstreamBy = 'auto' | 'initiative' | 'project' | 'parent' | 'component' | 'label';

/** Which issues of one source are a team's. Every filter given must hold; a filter holds when any of its values does. */
export interface ScopeFilter {
  readonly source: string;
  readonly projects?: readonly string[];
  readonly boards?: readonly string[];
  readonly teams?: readonly string[];
  readonly components?: readonly string[];
  readonly labels?: readonly string[];
  readonly types?: readonly string[];
  readonly versions?: readonly string[];
  readonly parents?: readonly string[];
}

/** Which issues are of a kind: those that any of its values fits, in whatever field. */
export interface ItemFilter {
  readonly types?: readonly string[];
  readonly labels?: readonly string[];
  readonly projects?: readonly string[];
  readonly components?: readonly string[];
  readonly priorities?: readonly string[];
  /** Whatever the issue lies under, at any height: id, key or title. */
  readonly parents?: readonly string[];
  /** A status it is in or ever was. */
  readonly statuses?: readonly string[];
}

/** Kinds of work that come on their own time. */
export const WORK_KINDS = ['support', 'incident', 'unplanned', 'expedite'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** Lines of work of which one is to be chosen: together they count as one while the day to choose lies ahead. */
export interface Alternatives {
  readonly id: string;
  /** Ids, keys or names of workstreams. */
  readonly streams?: readonly string[];
  readonly labels?: readonly string[];
  /** The last day by which one of them is chosen. */
  readonly decideBy?: CalendarDay;
  /** What is to decide between them. */
  readonly metric?: string;
}

/** What a team calls the time an item takes. Tools differ in each of these, and so do their numbers. */
export interface CycleTimeDefinition {
  /**
   * `elapsed`: from start to finish, whatever happened between. `active_only`: only the time spent from the start stage
   * on and before the finish stage. `inclusive_days`: calendar days touched in the team's zone.
   */
  readonly clock: 'elapsed' | 'active_only' | 'inclusive_days';
  /** The start is the first entry into this stage or one behind it; `created`: the creation. */
  readonly start: 'created' | 'todo' | 'active' | 'late';
  /** The finish is the last entry into this stage or one behind it, while it holds. */
  readonly finish: 'late' | 'done';
  /** Whether moving back before the start stage makes the start forgotten. */
  readonly backward: 'kept' | 'wiped';
}

/** What cycle time means unless a team says otherwise. */
export const CYCLE_TIME_DEFAULT: CycleTimeDefinition = {
  clock: 'elapsed',
  start: 'active',
  finish: 'done',
  backward: 'kept',
};

/** Who a report is about. */
export interface Team extends Roster {
  readonly id: string;
  readonly name: string;
  readonly group?: string;
  /** IANA name; decides which day an event falls on. */
  readonly timezone: string;
  readonly calendar: TeamCalendar;
  readonly scope: readonly ScopeFilter[];
  /** Per source: status name or `id:…` → stage. What is not mapped is guessed, visibly. */
  readonly stages: Readonly<Record<string, Readonly<Record<string, Stage>>>>;
  readonly doneMeans?: Level;
  readonly gates?: Gates;
  readonly workstreamBy: WorkstreamBy;
  /** The share of items, between 0 and 1, that is to finish within the service level expectation. */
  readonly serviceLevelObjective?: number;
  /** Absent: those of `TEAM_DEFAULTS`. */
  readonly cutPoints?: CutPoints;
  readonly cycleTime?: CycleTimeDefinition;
  /** What is of which kind; a kind that is not said is guessed from names, visibly. */
  readonly work?: Readonly<Partial<Record<WorkKind, ItemFilter>>>;
  readonly alternatives?: readonly Alternatives[];
  readonly goals?: Goals;
}

/** The chances of a goal that separate the levels of a team: policy, not measurement, and shown as such. */
export interface CutPoints {
  /** Below it the goal is unrealistic, or the team not set up for it. */
  readonly realistic: number;
  /** From it on the goal is on track. */
  readonly safe: number;
}

export const TEAM_DEFAULTS = {
  timezone: 'UTC',
  calendar: DEFAULT_CALENDAR,
  stages: {},
  workstreamBy: 'auto',
  cutPoints: { realistic: 0.5, safe: 0.8 },
} as const satisfies Partial<Team>;

/** How a team counts cycle time, age and its delivery promise. */
export function cycleTimeDefinition({ cycleTime }: Pick<Team, 'cycleTime'>): CycleTimeDefinition {
  return cycleTime ?? CYCLE_TIME_DEFAULT;
}

/** Whether an issue belongs to a team, by the values its fields had at the end of the as-of view. */
export function inScope(issue: IssueAsOf, team: Pick<Team, 'scope'>, reference: Reference): boolean {
  return team.scope.some((filter) => filter.source === issue.source && passes(issue, filter, reference));
}

function passes(issue: IssueAsOf, filter: ScopeFilter, reference: Reference): boolean {
  const project = () => {
    const id = scalarNow(issue, 'project')?.value;
    return reference.projects.find((p) => p.id === id);
  };
  const named = (field: ScalarField) => {
    const now = scalarNow(issue, field);
    return [now?.value, now?.name];
  };
  return (
    any(filter.projects, () => {
      const { key, id, name } = project() ?? {};
      return [key, id, name];
    }) &&
    any(filter.boards, () => boardsOf(issue, project()?.id, reference)) &&
    any(filter.teams, () => {
      const [id, name] = named('team');
      const known = reference.teams?.find((team) => team.id === id);
      return [id, name, known?.key, known?.name];
    }) &&
    any(filter.types, () => named('type')) &&
    any(filter.parents, () => {
      const above = issue.events.findLast(({ field }) => field === 'parent');
      return [above?.to, above?.toName, ...(above?.otherToNames ?? [])];
    }) &&
    any(filter.labels, () => membersWithNames(issue, 'labels')) &&
    any(filter.components, () => membersWithNames(issue, 'components')) &&
    any(filter.versions, () => membersWithNames(issue, 'versions'))
  );
}

/**
 * Ids and names of the boards an issue is on: those of the sprints it was in as far as it still shows them, and without
 * any such sprint those of its project. What a board's own filter says, only the tracker can tell.
 */
function boardsOf(
  issue: IssueAsOf,
  projectId: string | undefined,
  { boards = [], cycles }: Reference,
): readonly string[] {
  const held = new Set(setNow(issue, 'cycles'));
  const ofSprints = new Set(cycles.flatMap(({ id, boardId }) => (held.has(id) && boardId ? [boardId] : [])));
  const isOn = (board: Board): boolean =>
    ofSprints.size > 0 ? ofSprints.has(board.id) : projectId !== undefined && board.projectId === projectId;
  return boards.filter(isOn).flatMap(({ id, name }) => [id, name]);
}

/** Ids of a set's members, and the names they have and had: people write names, trackers keep ids. */
export const membersWithNames: (issue: Pick<IssueAsOf, 'events'>, field: SetField) => readonly string[] =
  oncePerHistory((issue, field) => {
    const members = new Set(setNow(issue, field));
    const names = issue.events
      .filter((event) => event.field === field && event.to !== undefined && members.has(event.to))
      .flatMap(({ toName, otherToNames = [] }) => [toName, ...otherToNames])
      .filter((name) => name !== undefined);
    return [...members, ...names];
  });

/** A filter that names nothing is not asked for values: most teams name one thing of eight, and every issue is asked. */
function any(wanted: readonly string[] | undefined, values: () => readonly (string | undefined)[]): boolean {
  return wanted === undefined || fitsAny(wanted, values());
}

/** Whether any of the values that somebody wrote is among those there are; capitals do not matter. */
export function fitsAny(wanted: readonly string[], values: readonly (string | undefined)[]): boolean {
  const have = new Set(values.filter((value) => value !== undefined).map((value) => value.toLowerCase()));
  return wanted.some((value) => have.has(value.toLowerCase()));
}
