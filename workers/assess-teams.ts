import { dayOf } from '#domain/calendar.ts';
import type { SyncResult } from '#pipeline/sync-source.ts';
import type { WorkerContext } from './start.ts';

/** Has every team assessed that draws on a source. */
export async function assessTeamsOf(
  source: string,
  { config, queue }: WorkerContext,
  options: { readonly sync?: SyncResult; readonly waitMs?: number } = {},
): Promise<void> {
  const jobs = await queue();
  for (const team of config.teams) {
    if (!team.scope.some((filter) => filter.source === source)) continue;
    if (options.sync && !concerns(options.sync, team.timezone)) continue;
    await jobs.add('assess-team', { team: team.id }, team.id, options.waitMs);
  }
}

/** Whether a sync brought something for a team: news, or a new day, on which every open item is older. */
function concerns({ hasNews, completeBefore, completeAsOf }: SyncResult, timezone: string): boolean {
  return (
    hasNews ||
    completeBefore === undefined ||
    dayOf(completeBefore, timezone) !== dayOf(completeAsOf, timezone)
  );
}
