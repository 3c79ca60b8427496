import type { WalkPart } from '../tracker.ts';
import { TrackerError } from '../tracker-error.ts';
import type { Workspace } from './workspace.ts';

const MOST_NAMED = 20;

/** What is walked: the workspace as a whole, or each of the teams that are named by key, id or name. */
export function partsOf(
  { id, urlKey, lists }: Pick<Workspace, 'id' | 'urlKey' | 'lists'>,
  source: string,
  wanted: readonly string[] | undefined,
): readonly WalkPart[] {
  if (wanted === undefined) return [{ id, name: urlKey }];
  const found = new Map<string, WalkPart>();
  const missing: string[] = [];
  for (const name of wanted) {
    const folded = name.toLowerCase();
    const teams = lists.teams.filter((team) =>
      [team.key, team.id, team.name].some((called) => called.toLowerCase() === folded),
    );
    if (teams.length === 0) missing.push(name);
    for (const team of teams) found.set(team.id, { id: team.id, name: team.key });
  }
  if (missing.length === 0) return [...found.values()];
  const keys = lists.teams.map(({ key }) => key);
  const named = keys.slice(0, MOST_NAMED).join(', ') || 'none';
  const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : '';
  throw new TrackerError('not_found', {
    source,
    message:
      `${source} shows no team ${missing.join(', ')} to the user of its key, who can see ${named}${more}. ` +
      'Correct the key of the team, or let that user join it if it is private.',
  });
}

/** Issues of the teams that are named, without asking first which they are. */
export function teamFilter(wanted: readonly string[] | undefined): object {
  if (wanted === undefined) return {};
  const or = wanted.flatMap((name) => [
    { key: { eqIgnoreCase: name } },
    { name: { eqIgnoreCase: name } },
    // What is no UUID may not stand where an id is expected.
    ...(UUID.test(name) ? [{ id: { eq: name } }] : []),
  ]);
  return { team: { or } };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
