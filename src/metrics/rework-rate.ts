import { plusDays, startOf, startOfWeek } from '#domain/calendar.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { fitsAny } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { releaseEnvironments } from './gates/progress.ts';
import { teamDeployments } from './gates/recorded.ts';
import { measuredBy } from './measured.ts';
import { pooledShare } from './say-do.ts';

/**
 * How many of a team's deployments nobody had planned and were made because of an incident: DORA's rework rate.
 *
 * Deployments of the last 180 days that name an item of the team, to an environment that counts as released, and say
 * whether they were rework. The interval is the wider of Jeffreys' over all deployments and Student's t over the weeks,
 * since one incident may take several of them.
 *
 * Left out: deployments that do not say, which are counted. Never taken from tickets: that an incident was worked on does
 * not tell how it went out. Insufficient under 20 deployments that say.
 */
export function reworkRate(view: TeamView): Measurement {
  const { timezone } = view.team;
  const window = { from: plusDays(view.day, 1 - WINDOW_DAYS), to: view.day };
  const environments = releaseEnvironments(view);
  const made = teamDeployments(view).filter(
    ({ at, environment }) => at >= startOf(window.from, timezone) && fitsAny(environments, [environment]),
  );
  const told = made.filter(({ rework }) => rework !== undefined);
  if (told.length < MIN_DEPLOYMENTS) return insufficient(told.length, MIN_DEPLOYMENTS, WANTED);
  const weeks = [...Map.groupBy(told, ({ at }) => startOfWeek(at, timezone)).values()];
  const untold = made.length - told.length;
  return measuredBy({
    n: told.length,
    window,
    confidence: untold > told.length ? 'low' : told.length >= 2 * MIN_DEPLOYMENTS ? 'high' : 'medium',
    excluded: untold === 0 ? [] : [{ reason: 'deployment_without_word', count: untold }],
  })(
    pooledShare(
      weeks.map((week) => ({ k: week.filter(({ rework }) => rework === true).length, n: week.length })),
    ),
    'share',
    'rework_of_deployments',
  );
}

const WINDOW_DAYS = 180;
const MIN_DEPLOYMENTS = 20;
const WANTED = 'deployments in 180 days that say whether they were rework';
