import { type CalendarDay, dayOf } from '#domain/calendar.ts';
import { scalarNow } from '#domain/field-values.ts';
import type { Instant, Issue } from '#domain/issue.ts';
import { withPresentNames } from '#domain/present-names.ts';
import type { Reference } from '#domain/reference.ts';
import type { Team } from '#domain/team.ts';
import { type SourceHistory, type TeamView, teamView } from '#domain/team-view.ts';
import { type TeamReport, teamReport } from '#report/team-report.ts';
import type { IssueFilter, Store } from '#store/store.ts';

/** A team cannot be reported on: nothing was read from one of its sources yet. */
export class NothingSyncedError extends Error {
  override readonly name = 'NothingSyncedError';
  readonly code = 'NOTHING_SYNCED';
  constructor(team: string, source: string) {
    super(
      `There is nothing to report on for team "${team}": source "${source}" was never read completely. Run \`evenkeel sync ${source}\` first.`,
    );
  }
}

/** A team is asked about for a day that its data do not reach: every number would count the silence as idleness. */
export class DayAfterDataError extends Error {
  override readonly name = 'DayAfterDataError';
  readonly code = 'DAY_AFTER_DATA';
  constructor(team: string, day: CalendarDay, latest: CalendarDay) {
    super(
      `There is no report on team "${team}" as of ${day}: its sources were read up to ${latest}. Ask for that day or an earlier one, or sync again.`,
    );
  }
}

/**
 * The report on a team as of a day. Without a day: the day its sources' own clocks showed at the last complete sync,
 * so that the same store gives the same bytes, today and next week. Throws `DayAfterDataError` for a later day.
 */
export async function assessTeam(store: Store, team: Team, day?: CalendarDay): Promise<TeamReport> {
  return teamReport(await storedView(store, team, day), await store.decisions(team.id));
}

/** A team's work as of a day, or of the last one that was read, from what is stored. Throws `NothingSyncedError`. */
export async function storedView(store: Store, team: Team, day?: CalendarDay): Promise<TeamView> {
  const sources = [...new Set(team.scope.map((filter) => filter.source))];
  const latest = await latestDay(store, team);
  if (day !== undefined && day > latest) throw new DayAfterDataError(team.id, day, latest);
  const histories = await Promise.all(sources.map((source) => readHistory(store, team, source)));
  return teamView(team, day ?? latest, histories, await store.doneEvidence({ team: team.id, sources }));
}

/** The latest day a team can be reported on. Throws `NothingSyncedError` when a source was never read completely. */
export async function latestDay(store: Store, team: Team): Promise<CalendarDay> {
  return dayOf(await readUpTo(store, team), team.timezone);
}

/** The moment that the sources of a team were read at, by the latest of their own clocks. Throws `NothingSyncedError`. */
export async function readUpTo(store: Store, team: Team): Promise<Instant> {
  const sources = [...new Set(team.scope.map((filter) => filter.source))];
  const states = await Promise.all(sources.map((source) => store.syncState(source)));
  const moments = states.map((state) => {
    if (state.completeAsOf === undefined) throw new NothingSyncedError(team.id, state.source);
    return state.completeAsOf;
  });
  return Math.max(...moments);
}

async function readHistory(store: Store, team: Team, source: string): Promise<SourceHistory> {
  const reference = await store.readReference(source);
  if (!reference) throw new NothingSyncedError(team.id, source);
  const issues = await store.readIssues(source, scopeOf(team, reference));
  const { completeAsOf } = await store.syncState(source);
  return {
    reference,
    issues: withPresentNames(await withAncestors(store, source, issues), reference),
    ...(completeAsOf === undefined ? {} : { readUpTo: completeAsOf }),
  };
}

/** The projects and teams a team's scope is limited to; no limit when some filter has neither. */
function scopeOf(team: Team, reference: Reference): IssueFilter {
  const filters = team.scope.filter((filter) => filter.source === reference.source);
  const projects = filters.flatMap((filter) => filter.projects ?? []);
  const teams = filters.flatMap((filter) => (filter.projects ? [] : (filter.teams ?? [])));
  const teamIds = idsOf(teams, reference.teams ?? []);
  // A team that the source does not name may still be told of by issues: only they know what it is called.
  const isKnown = teams.every((name) => idsOf([name], reference.teams ?? []).length > 0);
  if (!isKnown || !filters.every((filter) => filter.projects ?? filter.teams)) return {};
  return { projects: idsOf(projects, reference.projects), teams: teamIds };
}

function idsOf(
  wanted: readonly string[],
  all: readonly { readonly id: string; readonly key: string; readonly name: string }[],
): readonly string[] {
  const names = new Set(wanted.map((name) => name.toLowerCase()));
  return all
    .filter(({ id, key, name }) => [id, key, name].some((one) => names.has(one.toLowerCase())))
    .map(({ id }) => id);
}

/** Epics and initiatives may live in other projects; three levels hold a sub-task's initiative. */
const ANCESTOR_LEVELS = 3;

async function withAncestors(
  store: Store,
  source: string,
  issues: readonly Issue[],
): Promise<readonly Issue[]> {
  const all = new Map(issues.map((issue) => [issue.id, issue]));
  let young = issues;
  for (let level = 0; level < ANCESTOR_LEVELS && young.length > 0; level += 1) {
    const missing = new Set(young.flatMap(everParents).filter((id) => !all.has(id)));
    if (missing.size === 0) break;
    young = await store.readIssues(source, { ids: [...missing] });
    for (const issue of young) all.set(issue.id, issue);
  }
  return [...all.values()];
}

/** Every parent an issue ever had: which one counts depends on the day the report is for. */
function everParents(issue: Issue): readonly string[] {
  const now = scalarNow(issue, 'parent')?.value;
  const past = issue.events.filter((e) => e.field === 'parent').flatMap((e) => [e.from, e.to]);
  return [now, ...past].filter((id) => id !== undefined);
}
