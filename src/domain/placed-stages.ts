import type { Reference } from './reference.ts';
import type { Team } from './team.ts';
import type { IssueAsOf } from './timeline.ts';
import { steadyStatuses, type WorkItem } from './work-item.ts';
import { placeStatuses, type Stage, type StageMap } from './workflow.ts';

/** The stage of each status that the issues of a source were ever in. */
export type StageOfStatus = ReadonlyMap<string, Stage>;

/** The stages of the statuses that some issues of a source were in. */
export function stageMap(team: Team, reference: Reference, issues: readonly IssueAsOf[]): StageMap {
  return placeStatuses({
    source: reference.source,
    statuses: reference.statuses,
    mapping: team.stages[reference.source] ?? {},
    items: issues.map(steadyStatuses),
  });
}

/** Of a status that is on several maps the first one speaks. */
export function stagesByStatus(maps: readonly StageMap[]): StageOfStatus {
  const stages = new Map<string, Stage>();
  for (const map of maps) {
    for (const placement of map.placements) {
      if (!stages.has(placement.statusId)) stages.set(placement.statusId, placement.stage);
    }
  }
  return stages;
}

export function stageLookup(stages: StageOfStatus): (statusId: string) => Stage {
  return (statusId) => {
    const stage = stages.get(statusId);
    if (stage === undefined) throw new RangeError(`status ${statusId} was not placed`);
    return stage;
  };
}

/**
 * Whether an issue reads as it did for a later day, as most do: nothing happened to them in between, the tracker showed
 * them, and the statuses they were in were placed alike.
 */
export function stillRead(
  stages: StageOfStatus,
  stagesLater: StageOfStatus | undefined,
): (issue: IssueAsOf, later: WorkItem | undefined) => later is WorkItem {
  const moved = new Set(
    [...stages].filter(([id, stage]) => stagesLater?.get(id) !== stage).map(([id]) => id),
  );
  const isMoved = (issue: IssueAsOf) => steadyStatuses(issue).stays.some(({ value }) => moved.has(value));
  return (issue, later): later is WorkItem =>
    later?.issue === issue && issue.gone === undefined && (moved.size === 0 || !isMoved(issue));
}
