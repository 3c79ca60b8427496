import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { cycleTimeDefinition, TEAM_DEFAULTS, type Team } from '#domain/team.ts';
import { DEFAULT_OBJECTIVE } from '#metrics/service-level.ts';

/** Raised whenever a number may come out differently for the same history: definitions are a public contract. */
export const DEFINITION_VERSION = '1.3';

/**
 * Which definitions a report was counted by: ours, and behind them a mark of what the team has configured. Two reports
 * with one version counted alike; a default that is written down counts as the default.
 */
export function definitionVersion({ id: _id, name: _name, group: _group, ...chosen }: Team): string {
  const whole = {
    ...chosen,
    cycleTime: cycleTimeDefinition(chosen),
    serviceLevelObjective: chosen.serviceLevelObjective ?? DEFAULT_OBJECTIVE,
    ...(isDeepStrictEqual(chosen.cutPoints, TEAM_DEFAULTS.cutPoints) ? { cutPoints: undefined } : {}),
  };
  const text = JSON.stringify(whole, (_, value: unknown) => inOrder(value));
  return `${DEFINITION_VERSION}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}

/** Keys mean the same in whatever order somebody wrote them. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
