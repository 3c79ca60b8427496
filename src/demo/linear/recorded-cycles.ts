import type { JiraSite, JiraSprint } from '../jira/model.ts';
import type { LinearCycle, LinearIssue, LinearState } from './model.ts';
import { sinceBeginning } from './recorded-reference.ts';
import { linearId, wholeSecond } from './recorded-words.ts';

const DAY = 86_400_000;
const TWO_WEEKS = 14 * DAY;

/** A cycle for each sprint, numbered per team by its start, with its daily figures worked out from the issues. */
export function cyclesOf(
  site: JiraSite,
  issues: readonly LinearIssue[],
  states: readonly LinearState[],
): readonly LinearCycle[] {
  const typeOf = new Map(states.map(({ id, type }) => [id, type]));
  return site.projects.flatMap((project) => {
    const boardIds = site.boards.filter(({ projectId }) => projectId === project.id).map(({ id }) => id);
    const sprints = site.sprints
      .filter(({ boardId }) => boardIds.includes(boardId))
      .toSorted((a, b) => (a.startDate ?? Infinity) - (b.startDate ?? Infinity) || a.id - b.id);
    return sprints.map((sprint, index) => {
      const { startsAt, endsAt } = spanOf(sprint, site.now);
      const id = linearId.cycle(sprint.id);
      const members = issues.filter(
        ({ cycleId, history }) =>
          cycleId === id ||
          history.some(({ fromCycleId, toCycleId }) => fromCycleId === id || toCycleId === id),
      );
      const days = Array.from(
        { length: Math.max(0, Math.floor((Math.min(endsAt, site.now) - startsAt) / DAY)) },
        (_, day) => contentAt(startsAt + (day + 1) * DAY),
      );
      const last = days.at(-1);
      const completedAt = sprint.state === 'closed' ? endsAt : undefined;
      return {
        ...sinceBeginning(site, id),
        updatedAt: Math.min(endsAt, site.now),
        teamId: linearId.team(project.id),
        number: index + 1,
        name: sprint.name,
        startsAt,
        endsAt,
        ...(completedAt === undefined ? {} : { completedAt }),
        progress: last === undefined || last.scope === 0 ? 0 : last.completedScope / last.scope,
        scopeHistory: days.map(({ scope }) => scope),
        completedScopeHistory: days.map(({ completedScope }) => completedScope),
        inProgressScopeHistory: days.map(({ inProgressScope }) => inProgressScope),
        issueCountHistory: days.map(({ count }) => count),
        completedIssueCountHistory: days.map(({ completedCount }) => completedCount),
        uncompletedIssuesUponCloseIds: completedAt === undefined ? [] : contentAt(completedAt).open,
      };

      function contentAt(instant: number) {
        const inside = members
          .filter(
            (issue) => valueAt(issue, 'CycleId', 'cycleId', instant) === id && issue.createdAt <= instant,
          )
          .map((issue) => ({
            issue,
            points: issue.estimate ?? 1,
            type: typeOf.get(String(valueAt(issue, 'StateId', 'stateId', instant))),
          }));
        const sum = (rows: typeof inside): number => rows.reduce((total, { points }) => total + points, 0);
        const completed = inside.filter(({ type }) => type === 'completed');
        return {
          scope: sum(inside),
          completedScope: sum(completed),
          inProgressScope: sum(inside.filter(({ type }) => type === 'started')),
          count: inside.length,
          completedCount: completed.length,
          open: inside.filter((row) => !completed.includes(row)).map(({ issue }) => issue.id),
        };
      }
    });
  });
}

/** Jira's future sprints have no dates; a cycle always has. */
function spanOf({ startDate, endDate, completeDate }: JiraSprint, now: number) {
  const startsAt = wholeSecond(startDate ?? now + DAY);
  return {
    startsAt,
    endsAt: Math.max(startsAt, wholeSecond(completeDate ?? endDate ?? startsAt + TWO_WEEKS)),
  };
}

/** What a field was: where the first later change began, else what it is now. */
function valueAt(
  issue: LinearIssue,
  name: 'CycleId' | 'StateId',
  field: 'cycleId' | 'stateId',
  instant: number,
): string | undefined {
  const [from, to] = [`from${name}`, `to${name}`] as const;
  const later = issue.history.find(
    (entry) => entry.createdAt > instant && (entry[from] !== undefined || entry[to] !== undefined),
  );
  return later === undefined ? issue[field] : later[from];
}
