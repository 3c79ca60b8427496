import type { Config } from '#config/config.ts';
import type { Team } from '#domain/team.ts';
import { UsageError } from './exit-code.ts';

/** The team of a configuration that has this id. Throws `UsageError`, which names those that there are. */
export function teamNamed(config: Config, id: string): Team {
  const team = config.teams.find((candidate) => candidate.id === id);
  if (team) return team;
  const known = config.teams.map((candidate) => candidate.id).join(', ');
  throw new UsageError(`There is no team "${id}". There are: ${known}.`);
}
