import type { Instant } from '#domain/issue.ts';
import type { Team } from '#domain/team.ts';
import type { Store } from '#store/store.ts';
import { readUpTo } from './assess-team.ts';

/** When it is for those who tell something about a team. */
export type PresentOf = (team: Team) => Promise<Instant>;

/**
 * The present of a team whose trackers are simulated: the moment that its sources were read at, by their own clocks, and
 * after all that was told about its risks before, so that it keeps its order. What is told by the clock on the wall would
 * come after the end of all its reports. Throws `NothingSyncedError`.
 */
export async function simulatedPresent(store: Store, team: Team): Promise<Instant> {
  const [present, ...told] = await Promise.all([
    readUpTo(store, team),
    store.escalations(team.id),
    store.decisions(team.id),
  ]);
  return Math.max(present, ...told.flat().map(({ recordedAt }) => recordedAt + 1));
}
