import { isDeepStrictEqual } from 'node:util';
import { parseDay } from '#domain/calendar.ts';
import { assessTeam, NothingSyncedError } from '#pipeline/assess-team.ts';
import { recordForecasts } from '#pipeline/record-forecasts.ts';
import type { JobPayload } from '#queue/jobs.ts';
import type { WorkerContext } from './start.ts';

/** Assesses a team and publishes the report; on the latest day its forecasts too, which a past day cannot promise. */
export async function assessTeamJob(
  { team: id, asOf }: JobPayload<'assess-team'>,
  { config, store, now }: WorkerContext,
): Promise<void> {
  const team = config.teams.find((candidate) => candidate.id === id);
  if (!team) return;
  const day = asOf === undefined ? undefined : parseDay(asOf);
  try {
    const document = await assessTeam(store, team, day);
    if (day === undefined) await recordForecasts(store, team, now());
    const published = await store.publishedOn(team.id, document.asOf);
    // A sync that found nothing new leads here too; the same report again would only fill the table.
    if (isDeepStrictEqual(published?.document, JSON.parse(JSON.stringify(document)))) return;
    await store.publish({ team: team.id, asOf: document.asOf, publishedAt: now(), document });
  } catch (error) {
    // The first of several sources has been read: the team is assessed when the last one was.
    if (error instanceof NothingSyncedError) return;
    throw error;
  }
}
