import type { Config } from '#config/config.ts';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Team } from '#domain/team.ts';
import { assessTeam, DayAfterDataError } from '#pipeline/assess-team.ts';
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
  { store }: ServerDependencies,
  team: Team,
  day: CalendarDay | undefined,
): Promise<TeamReport> {
  try {
    return await assessTeam(store, team, day);
  } catch (error) {
    if (!(error instanceof DayAfterDataError)) throw error;
    const { code, message } = error;
    throw new HttpProblem(400, code, message, { details: [{ at: 'query.asOf', message }] });
  }
}
