import { GATED_LEVELS } from '#domain/gate.ts';
import { foundGoals, goalsOfItem } from '#domain/goal-items.ts';
import { oncePerView } from '#domain/once.ts';
import { LEVELS, type Level } from '#domain/team.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { isNamed } from './gates/progress.ts';
import { projectRef } from './item-project.ts';
import { lastOut, releasesUntil } from './last-out.ts';

/**
 * How done an item must be before this team may call it Done.
 *
 * What the team says. Without that `released` where the item's project released a dated version in the last 180 days, or
 * work of it was deployed, else `merged`: a project that does not use releases cannot leave anything unreleased; and no
 * less than the highest level, adoption apart, that the team named a gate for. `adopted` for a goal that names who has to
 * take it up and by which KPI that shows: of the issue that the goal hangs on, else of each of its items. Release dates
 * are today's.
 */
export function requiredLevels(view: TeamView): (item: WorkItem) => Level {
  const { doneMeans } = view.team;
  if (doneMeans !== undefined) return () => doneMeans;
  const { releasing, hasToBeAdopted } = requirements(view);
  const named = GATED_LEVELS.findLast((level) => level !== 'adopted' && isNamed(view, level));
  const least = named ?? 'merged';
  return (item) => {
    if (hasToBeAdopted(item)) return 'adopted';
    return releasing.has(projectRef(item)) && reaches('released', least) ? 'released' : least;
  };
}

const requirements = oncePerView((view) => ({
  releasing: new Set(
    [...lastOut(view)].filter(([, day]) => view.day < releasesUntil(day)).map(([project]) => project),
  ),
  hasToBeAdopted: adoptionAsked(view),
}));

function adoptionAsked(view: TeamView): (item: WorkItem) => boolean {
  const asked = foundGoals(view).filter(
    ({ goal }) => (goal.adopters ?? []).length > 0 && (goal.kpis ?? []).length > 0,
  );
  if (asked.length === 0) return () => false;
  const [onIssues, others] = [
    asked.filter(({ goal }) => goal.scope.kind === 'parent'),
    asked.filter(({ goal }) => goal.scope.kind !== 'parent').map(({ goal }) => goal.id),
  ];
  const anchors = new Set(onIssues.flatMap((found) => [...found.anchors]));
  const goals = goalsOfItem(view);
  return (item) =>
    anchors.has(issueRef(item.issue.source, item.issue.id)) ||
    (others.length > 0 && goals(item).some(({ id }) => others.includes(id)));
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

/**
 * The highest of some levels.
 * @example highest(['merged', 'verified', 'released']) // => 'verified'
 */
export function highest(levels: readonly Level[]): Level {
  return LEVELS.findLast((level) => levels.includes(level)) ?? 'coded';
}
