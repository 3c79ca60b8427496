import type { ChangeBatch } from '../tracker.ts';
import { TrackerError } from '../tracker-error.ts';
import type { JiraClient } from './client.ts';
import { notVisible, projectsById, stateOf } from './projects.ts';

export interface FollowedProjects {
  readonly source: string;
  readonly ids: readonly string[];
  /** Whether the configuration names them: when all of these are out of sight, that is an error. */
  readonly areNamed: boolean;
  readonly keyOf: (id: string) => string;
}

/**
 * Reads the changes of projects though some of them may be there no more, which Jira answers by refusing the whole
 * question. Nothing is seen to change in one that was archived, thrown away or taken from our sight: the census tells.
 */
export async function* withoutLostProjects(
  client: JiraClient,
  { source, ids, areNamed, keyOf }: FollowedProjects,
  read: (projects: readonly string[]) => AsyncIterable<ChangeBatch>,
): AsyncGenerator<ChangeBatch> {
  if (ids.length === 0) return;
  try {
    yield* read(ids);
    return;
  } catch (error) {
    if (!(error instanceof TrackerError) || error.kind !== 'rejected') throw error;
    const found = await projectsById(client, ids);
    const live = ids.filter((id) => stateOf(found.get(id)) === 'live');
    if (live.length === ids.length) throw error;
    if (areNamed && found.size === 0) throw notVisible(source, ids.map(keyOf), []);
    if (live.length > 0) yield* read(live);
  }
}
