import type { TrackerTeam } from '#domain/reference.ts';
import type { WalkPart } from '../tracker.ts';
import { TrackerError } from '../tracker-error.ts';
import type { Workspace } from './workspace.ts';

const MOST_NAMED = 20;

/** Ids of teams by what the configuration calls them, in small letters. */
export type NamedTeams = Readonly<Record<string, readonly string[]>>;

/** Which teams are meant by key, id or name: those that bear it, else those that did `before`. */
export function namedTeams(
  teams: readonly TrackerTeam[],
  wanted: readonly string[],
  before: NamedTeams = {},
): NamedTeams {
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const folded = name.toLowerCase();
      const bearing = teams.filter((team) =>
        [team.key, team.id, team.name].some((called) => called.toLowerCase() === folded),
      );
      const ids = bearing.length > 0 ? bearing.map(({ id }) => id) : before[folded];
      return ids === undefined ? [] : [[folded, ids]];
    }),
  );
}

/**
 * What is walked: the workspace as a whole, or each of the teams that are named. One that is not shown and was read
 * before has been deleted or taken from our sight, which the census tells.
 */
export function partsOf(
  { id, urlKey, lists }: Pick<Workspace, 'id' | 'urlKey' | 'lists'>,
  source: string,
  wanted: readonly string[] | undefined,
  before: NamedTeams = {},
): readonly WalkPart[] {
  if (wanted === undefined) return [{ id, name: urlKey }];
  const named = namedTeams(lists.teams, wanted, before);
  const ids = new Set(Object.values(named).flat());
  const shown = lists.teams.filter((team) => ids.has(team.id));
  const missing =
    shown.length === 0 ? wanted : wanted.filter((name) => named[name.toLowerCase()] === undefined);
  if (missing.length === 0) return shown.map((team) => ({ id: team.id, name: team.key }));
  const keys = lists.teams.map(({ key }) => key);
  const visible = keys.slice(0, MOST_NAMED).join(', ') || 'none';
  const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : '';
  throw new TrackerError('not_found', {
    source,
    message:
      `${source} shows no team ${missing.join(', ')} to the user of its key, who can see ${visible}${more}. ` +
      'Correct the key of the team, or let that user join it if it is private.',
  });
}

/** Issues of the teams that are named, or were `before`, without asking first which they are. */
export function teamFilter(wanted: readonly string[] | undefined, before: NamedTeams = {}): object {
  if (wanted === undefined) return {};
  const ids = new Set(wanted.flatMap((name) => before[name.toLowerCase()] ?? []));
  const or = wanted.flatMap((name) => [
    { key: { eqIgnoreCase: name } },
    { name: { eqIgnoreCase: name } },
    // What is no UUID may not stand where an id is expected.
    ...(UUID.test(name) ? [{ id: { eq: name } }] : []),
  ]);
  return { team: { or: [...or, ...(ids.size === 0 ? [] : [{ id: { in: [...ids] } }])] } };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
