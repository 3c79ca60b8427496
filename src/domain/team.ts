import { DEFAULT_CALENDAR, type TeamCalendar } from './calendar.ts';
import type { Reference } from './reference.ts';
import { type IssueAsOf, scalarNow, setNow } from './timeline.ts';
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
  readonly teams?: readonly string[];
  readonly components?: readonly string[];
  readonly labels?: readonly string[];
  readonly types?: readonly string[];
  readonly versions?: readonly string[];
  readonly parents?: readonly string[];
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

/** Who a report is about. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly group?: string;
  /** IANA name; decides which day an event falls on. */
  readonly timezone: string;
  readonly calendar: TeamCalendar;
  readonly headcount?: number;
  readonly scope: readonly ScopeFilter[];
  /** Per source: status name or `id:…` → stage. What is not mapped is guessed, visibly. */
  readonly stages: Readonly<Record<string, Readonly<Record<string, Stage>>>>;
  readonly doneMeans?: Level;
  readonly workstreamBy: WorkstreamBy;
  /** The share of items, between 0 and 1, that is to finish within the service level expectation. */
  readonly serviceLevelObjective?: number;
  readonly cycleTime?: CycleTimeDefinition;
}

export const TEAM_DEFAULTS = {
  timezone: 'UTC',
  calendar: DEFAULT_CALENDAR,
  stages: {},
  workstreamBy: 'auto',
} as const satisfies Partial<Team>;

/** Whether an issue belongs to a team, by the values its fields had at the end of the as-of view. */
export function inScope(issue: IssueAsOf, team: Pick<Team, 'scope'>, reference: Reference): boolean {
  return team.scope.some((filter) => filter.source === issue.source && passes(issue, filter, reference));
}

function passes(issue: IssueAsOf, filter: ScopeFilter, reference: Reference): boolean {
  const project = reference.projects.find((p) => p.id === scalarNow(issue, 'project')?.value);
  const type = scalarNow(issue, 'type');
  const parent = scalarNow(issue, 'parent');
  const team = scalarNow(issue, 'team');
  return (
    any(filter.projects, [project?.key, project?.id, project?.name]) &&
    any(filter.teams, [team?.value, team?.name]) &&
    any(filter.types, [type?.value, type?.name]) &&
    any(filter.parents, [parent?.value, parent?.name]) &&
    any(filter.labels, setNow(issue, 'labels')) &&
    any(filter.components, membersWithNames(issue, 'components')) &&
    any(filter.versions, membersWithNames(issue, 'versions'))
  );
}

/** Ids of a set's members, and the names they were recorded under: people write names, trackers keep ids. */
function membersWithNames(issue: IssueAsOf, field: 'components' | 'versions'): readonly string[] {
  const members = new Set(setNow(issue, field));
  const names = issue.events
    .filter((event) => event.field === field && event.to !== undefined && members.has(event.to))
    .map((event) => event.toName)
    .filter((name) => name !== undefined);
  return [...members, ...names];
}

function any(wanted: readonly string[] | undefined, values: readonly (string | undefined)[]): boolean {
  if (wanted === undefined) return true;
  const have = new Set(values.filter((value) => value !== undefined).map((value) => value.toLowerCase()));
  return wanted.some((value) => have.has(value.toLowerCase()));
}
