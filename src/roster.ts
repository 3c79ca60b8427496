import type { Config } from '#config/config.ts';
import { personHasher } from '#trackers/person.ts';

/**
 * The configuration with its members as the hashes that their issues know them by, which takes the salt. The account
 * ids are gone from it: nothing behind the store can pass them on.
 */
export function withHashedMembers(config: Config, salt: string): Config {
  const hashIn = (source: string, accountId: string) => personHasher(source, salt)(accountId);
  const { rosters = {}, ...rest } = config;
  return {
    ...rest,
    teams: config.teams.map((team) => {
      const roster = rosters[team.id];
      if (roster === undefined) return team;
      const members = roster.map((member) => ({
        ...member,
        ids: Object.fromEntries(
          Object.entries(member.ids).map(([source, accountId]) => [source, hashIn(source, accountId)]),
        ),
      }));
      return { ...team, members };
    }),
  };
}
