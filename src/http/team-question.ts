import type { Config } from '#config/config.ts';
import { type CalendarDay, dayOf } from '#domain/calendar.ts';
import type { Team } from '#domain/team.ts';
import { assessTeam, latestDay } from '#pipeline/assess-team.ts';
import type { TeamReport } from '#report/team-report.ts';
import type { ServerDependencies } from './dependencies.ts';
import { HttpProblem } from './problem.ts';

/** The team with an id. Throws `HttpProblem` with the ids there are. */
export function findTeam({ teams }: Config, id: string): Team {
  const team = teams.find((candidate) => candidate.id === id);
  if (team) return team;
  const known = teams.map((candidate) => candidate.id).join(', ');
  throw new HttpProblem(404, 'UNKNOWN_TEAM', `There is no team "${id}". There are: ${known}.`);
}

/** The report on a team as of a day, or as of the latest day its sources were read. */
export async function reportAsOf(
  { store, now }: ServerDependencies,
  team: Team,
  day: CalendarDay | undefined,
): Promise<TeamReport> {
  const latest = await latestDay(store, team);
  const today = dayOf(now(), team.timezone);
  // A tracker's clock may be ahead of ours; beyond both there is nothing but an ever longer empty history.
  const limit = latest > today ? latest : today;
  if (day !== undefined && day > limit) {
    const message = `asOf is ${day}, a day that has not come. The latest there can be is ${limit}.`;
    throw new HttpProblem(400, 'DAY_IN_FUTURE', message, { details: [{ at: 'query.asOf', message }] });
  }
  return assessTeam(store, team, day ?? latest);
}
