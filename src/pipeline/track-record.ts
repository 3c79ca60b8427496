import type { Team } from '#domain/team.ts';
import { chanceUpTo } from '#forecast/stated.ts';
import { HORIZONS, horizonForecasts, METHOD, resolvedOf } from '#forecast/team-forecast.ts';
import { type Resolved, type TrackRecord, trackRecord } from '#forecast/track-record.ts';
import { definitionVersion } from '#report/definition-version.ts';
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

/** The track records of some teams. A team that was never read has an empty one. */
export interface TrackRecords {
  of(team: Team): Promise<TeamRecords>;
  /** Of each, and of all of them together. */
  ofAll(
    teams: readonly Team[],
  ): Promise<{ readonly overall: TwoRecords; readonly teams: readonly TeamRecords[] }>;
}

/**
 * Reads track records from a store.
 *
 * Replaying a team takes seconds, so what came of it is kept until something it depends on has changed: what is
 * configured of the team, or what was read of its sources. Whoever asks meanwhile waits for the same replay, and one
 * team is replayed at a time, since its whole history is in memory then. Published forecasts are read every time.
 */
export function trackRecords(store: Store): TrackRecords {
  const replays = keptReplays(store);
  const overall = keptLast<readonly TrackRecord[]>();
  const both = async (team: Team) => {
    const { id, name } = team;
    const { resolved, awaited } = await publishedForecasts(store, id);
    const replay = await replays(team);
    const records: TeamRecords = {
      team: id,
      name,
      awaited,
      published: byHorizon(resolved),
      replayed: replay.records,
    };
    return { resolved, replay, records };
  };
  return {
    of: async (team) => (await both(team)).records,
    ofAll: async (teams) => {
      const all: Awaited<ReturnType<typeof both>>[] = [];
      for (const team of teams) all.push(await both(team));
      const basis = JSON.stringify(all.map(({ replay }) => replay.basis));
      const replayed = overall(basis, () => byHorizon(all.flatMap(({ replay }) => replay.resolved)));
      const published = byHorizon(all.flatMap(({ resolved }) => resolved));
      return { overall: { published, replayed }, teams: all.map(({ records }) => records) };
    },
  };
}

/** What would have been forecast for a team, and what it was replayed from. */
interface Replay {
  readonly basis: string;
  readonly resolved: readonly Resolved[];
  readonly records: readonly TrackRecord[];
}

function keptReplays(store: Store): (team: Team) => Promise<Replay> {
  // One for each team: a new one takes the place of the one before.
  const kept = new Map<string, { readonly basis: string; readonly replay: Promise<Replay> }>();
  let busy: Promise<unknown> = Promise.resolve();
  return async (team) => {
    const basis = await basisOf(store, team);
    const known = kept.get(team.id);
    if (known?.basis === basis) return known.replay;
    const replay = busy.then(async () => {
      const resolved = await replayedForecasts(store, team);
      return { basis, resolved, records: byHorizon(resolved) };
    });
    busy = replay.catch(() => undefined);
    kept.set(team.id, { basis, replay });
    // Whoever asks next tries again.
    replay.catch(() => kept.get(team.id)?.replay === replay && kept.delete(team.id));
    return replay;
  };
}

/** All that a replay depends on: definitions, and how far each source was read. Why a sync failed is not of it. */
async function basisOf(store: Store, team: Team): Promise<string> {
  const sources = [...new Set(team.scope.map((filter) => filter.source))];
  const states = await Promise.all(sources.map((source) => store.syncState(source)));
  const read = states.map(({ lastError: _why, ...state }) => state);
  return JSON.stringify([team.id, definitionVersion(team), read]);
}

/** The last thing that was worked out, for as long as it is from the same basis. */
function keptLast<T>(): (basis: string, workOut: () => T) => T {
  let last: { readonly basis: string; readonly value: T } | undefined;
  return (basis, workOut) => {
    if (last?.basis !== basis) last = { basis, value: workOut() };
    return last.value;
  };
}

function byHorizon(resolved: readonly Resolved[]): readonly TrackRecord[] {
  return HORIZONS.map((days) => trackRecord(resolved, days));
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
