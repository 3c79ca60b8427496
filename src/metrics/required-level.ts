import { plusDays } from '#domain/calendar.ts';
import { LEVELS, type Level } from '#domain/team.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { scalarNow } from '#domain/timeline.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { FLOW_DAYS } from './lookback.ts';

/**
 * How done an item must be before this team may call it Done.
 *
 * What the team says. Without that `released` where the item's project released a dated version in the last 180 days,
 * else `merged`: a project that does not use releases cannot leave anything unreleased. Release dates are today's.
 */
export function requiredLevels(
  view: Pick<TeamView, 'team' | 'day' | 'references'>,
): (item: WorkItem) => Level {
  const { doneMeans } = view.team;
  if (doneMeans !== undefined) return () => doneMeans;

  const since = plusDays(view.day, -FLOW_DAYS);
  const releasing = new Set<string>();
  for (const { source, versions } of view.references.values()) {
    for (const { released, releaseDay, projectId } of versions) {
      if (released && releaseDay !== undefined && releaseDay > since && releaseDay <= view.day) {
        releasing.add(issueRef(source, projectId));
      }
    }
  }
  return ({ issue }) => {
    const project = scalarNow(issue, 'project')?.value ?? '';
    return releasing.has(issueRef(issue.source, project)) ? 'released' : 'merged';
  };
}

/**
 * Whether one level is at least another.
 * @example reaches('released', 'merged') // => true
 */
export function reaches(achieved: Level, required: Level): boolean {
  return LEVELS.indexOf(achieved) >= LEVELS.indexOf(required);
}

/**
 * What is missing from one level to another, in the order it has to happen.
 * @example missingLevels('coded', 'released') // => ['merged', 'released']
 */
export function missingLevels(achieved: Level, required: Level): readonly Level[] {
  return LEVELS.slice(LEVELS.indexOf(achieved) + 1, LEVELS.indexOf(required) + 1);
}
