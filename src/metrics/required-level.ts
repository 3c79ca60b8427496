import { plusDays, startOf } from '#domain/calendar.ts';
import { GATED_LEVELS } from '#domain/gate.ts';
import { foundGoals, goalsOfItem } from '#domain/goal-items.ts';
import { oncePerView } from '#domain/once.ts';
import { LEVELS, type Level } from '#domain/team.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { scalarNow, setNow } from '#domain/timeline.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { isNamed, releaseEnvironments } from './gates/progress.ts';
import { deployedAt } from './gates/recorded.ts';
import { FLOW_DAYS } from './lookback.ts';
import { isRelease } from './release.ts';

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
  releasing: new Set([...withReleasedVersion(view), ...withDeployments(view)]),
  hasToBeAdopted: adoptionAsked(view),
}));

/** Projects that released a version; of a release of a pipeline, which is of none, those of the team's work in it. */
function withReleasedVersion(view: TeamView): readonly string[] {
  const since = plusDays(view.day, -FLOW_DAYS);
  const [ofProjects, ofPipelines] = [new Set<string>(), new Set<string>()];
  for (const { source, versions, projects } of view.references.values()) {
    const known = new Set(projects.map(({ id }) => id));
    for (const { id, projectId, released, releaseDay } of versions.filter(isRelease)) {
      if (!released || releaseDay === undefined || releaseDay <= since || releaseDay > view.day) continue;
      if (known.has(projectId)) ofProjects.add(issueRef(source, projectId));
      else ofPipelines.add(issueRef(source, id));
    }
  }
  const isOut = ({ issue }: WorkItem): boolean =>
    setNow(issue, 'versions').some((id) => ofPipelines.has(issueRef(issue.source, id)));
  const ofWork = ofPipelines.size === 0 ? [] : view.items.filter(isOut).map(projectRef);
  return [...ofProjects, ...ofWork];
}

/** Projects of the team's work that was deployed to where it is used in the last 180 days. */
function withDeployments(view: TeamView): readonly string[] {
  if (view.evidence.deployments.length === 0) return [];
  const since = startOf(plusDays(view.day, 1 - FLOW_DAYS), view.team.timezone);
  const at = deployedAt(view, releaseEnvironments(view));
  return view.items.filter((item) => (at(item) ?? 0) >= since).map(projectRef);
}

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

/** The project an item is in. */
function projectRef({ issue }: WorkItem): string {
  return issueRef(issue.source, scalarNow(issue, 'project')?.value ?? '');
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
