import type { Team } from '#domain/team.ts';
import { chanceUpTo } from '#forecast/stated.ts';
import { HORIZONS, horizonForecasts, METHOD, resolvedOf } from '#forecast/team-forecast.ts';
import { type Resolved, type TrackRecord, trackRecord } from '#forecast/track-record.ts';
import type { Store } from '#store/store.ts';
import { NothingSyncedError, storedView } from './assess-team.ts';

/**
 * What forecasts were worth, twice: those that were published, each with what was said then, and those that would have
 * been made, replayed from the history with today's model and configuration. The second is there from the first day.
 */
export interface TwoRecords {
  /** One for each horizon. */
  readonly published: readonly TrackRecord[];
  readonly replayed: readonly TrackRecord[];
}

export interface TeamRecords extends TwoRecords {
  readonly team: string;
  readonly name: string;
  /** Published forecasts whose last day is still to come. */
  readonly awaited: number;
}

/** The track record of each team, and of all of them together. A team that was never read has an empty one. */
export async function trackRecords(
  store: Store,
  teams: readonly Team[],
): Promise<{ readonly overall: TwoRecords; readonly teams: readonly TeamRecords[] }> {
  const all = { published: [] as Resolved[], replayed: [] as Resolved[] };
  const records: TeamRecords[] = [];
  // One after the other: the whole history of a team is in memory while it is replayed.
  for (const team of teams) {
    const { id, name } = team;
    const { resolved: published, awaited } = await publishedForecasts(store, id);
    const replayed = await replayedForecasts(store, team);
    all.published.push(...published);
    all.replayed.push(...replayed);
    records.push({ team: id, name, awaited, ...twoRecords(published, replayed) });
  }
  return { overall: twoRecords(all.published, all.replayed), teams: records };
}

function twoRecords(published: readonly Resolved[], replayed: readonly Resolved[]): TwoRecords {
  return {
    published: HORIZONS.map((days) => trackRecord(published, days)),
    replayed: HORIZONS.map((days) => trackRecord(replayed, days)),
  };
}

async function publishedForecasts(store: Store, team: string) {
  const told = (await store.forecasts({ team })).filter(({ method }) => method === METHOD);
  const resolved = told.flatMap(({ asOf, horizonDays: days, outcome, ...figures }): readonly Resolved[] =>
    outcome === undefined ? [] : [{ team, asOf, days, upTo: chanceUpTo(figures), outcome }],
  );
  return { resolved, awaited: told.length - resolved.length };
}

async function replayedForecasts(store: Store, team: Team): Promise<readonly Resolved[]> {
  try {
    return horizonForecasts(await storedView(store, team)).flatMap(({ replay }) =>
      resolvedOf(team.id, replay),
    );
  } catch (error) {
    if (error instanceof NothingSyncedError) return [];
    throw error;
  }
}
