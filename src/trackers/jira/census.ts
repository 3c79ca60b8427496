import type { Census } from '../tracker.ts';
import type { JiraClient } from './client.ts';
import { searchIds } from './ids.ts';
import { projectsById, stateOf } from './projects.ts';

/** What a census is taken of. */
export interface Counted {
  readonly source: string;
  /** Ids of the projects that polls ask for. */
  readonly read: readonly string[];
  /** Ids of those that stored issues are in. */
  readonly known: readonly string[];
  /** Keys of the projects that the configuration names; absent: all that can be seen are wanted. */
  readonly keys: readonly string[] | undefined;
  /** Ids of the projects that these keys stood for. */
  readonly named: readonly string[];
  readonly keyOf: (id: string) => string;
}

/**
 * Which issues there are in the projects that are wanted, and what became of these and of others that stored issues are
 * in: an issue that was moved elsewhere is there though it is not counted here. One that is back from the archive is
 * counted, also while polls do not ask for it yet.
 */
export async function takeCensus(
  client: JiraClient,
  { source, read, known, keys, named, keyOf }: Counted,
): Promise<Census> {
  const ids = [...new Set([...read, ...known])];
  const found = await projectsById(client, ids);
  const wanted = new Set(keys?.map((key) => key.toUpperCase()));
  const isWanted = (id: string): boolean =>
    keys === undefined ||
    read.includes(id) ||
    named.includes(id) ||
    wanted.has(found.get(id)?.key ?? keyOf(id));
  const live = ids.filter((id) => isWanted(id) && stateOf(found.get(id)) === 'live');
  return {
    parts: new Map(ids.map((id) => [id, stateOf(found.get(id))])),
    outside: new Set(known.filter((id) => !isWanted(id))),
    keys: new Map([...found].map(([id, { key }]) => [id, key])),
    hasMore: live.some((id) => !read.includes(id)),
    pages: idsIn(client, source, live),
  };
}

async function* idsIn(
  client: JiraClient,
  source: string,
  projects: readonly string[],
): AsyncGenerator<readonly string[]> {
  if (projects.length === 0) return;
  const jql = `project in (${projects.join(', ')}) ORDER BY created ASC, key ASC`;
  for await (const { ids } of searchIds(client, source, jql)) yield ids;
}
