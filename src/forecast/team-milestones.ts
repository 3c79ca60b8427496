import type { TeamView } from '#domain/team-view.ts';
import { type Milestone, milestonesOf } from './milestone.ts';
import { type MilestoneBasis, milestoneBases } from './milestone-basis.ts';
import { forecastFrom, type MilestoneForecast } from './milestone-forecast.ts';
import { SHIPPED_PRIOR } from './prior-table.ts';

/** A team's milestones that are still ahead. */
export interface TeamMilestones {
  /** Those with a date to come, the next first; those with a date that was missed, the last first; those without. */
  readonly milestones: readonly MilestoneForecast[];
  /** How many more there are. */
  readonly milestonesLeftOut: number;
}

/**
 * What will become of the milestones a team has before it: those with something left to do that have a date, and epics
 * without a date that are begun. At most 12 are told.
 *
 * @example teamMilestones(view(team(), '2026-01-18', [issue('PAY-1', 'To Do', { type: 'Epic', dueDate: '2026-01-10' })])).milestones[0].probability
 *   // => { kind: 'value', value: 0, unit: 'probability', interval90: [0, 0], n: 1, window: { from: '2026-01-18', to: '2026-01-18' }, method: 'date_passed', confidence: 'high', excluded: [] }
 */
export function teamMilestones(view: TeamView): TeamMilestones {
  const basisOf = milestoneBases(view);
  const ahead = milestonesOf(view)
    .filter(({ isAhead, kind, date }) => isAhead && (kind === 'parent' || date !== undefined))
    .map((milestone) => ({ milestone, basis: basisOf(milestone) }))
    .filter(({ milestone, basis }) => isTold(milestone, basis))
    .toSorted((a, b) => inOrder(a.milestone, b.milestone, view));
  return {
    milestones: ahead
      .slice(0, TOLD)
      .map(({ milestone, basis }) => forecastFrom(view, milestone, basis, SHIPPED_PRIOR)),
    milestonesLeftOut: Math.max(0, ahead.length - TOLD),
  };
}

/** As many as people keep in mind. */
const TOLD = 12;

function isTold({ date }: Milestone, { scope }: MilestoneBasis): boolean {
  const left = scope.open.length + scope.unsplit.length;
  return left > 0 && (date !== undefined || scope.startedAt !== undefined);
}

function inOrder(a: Milestone, b: Milestone, { day }: Pick<TeamView, 'day'>): number {
  const rank = ({ date }: Milestone) => (date === undefined ? 2 : date > day ? 0 : 1);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const [first, second] = rank(a) === 1 ? [b, a] : [a, b];
  if (first.date !== second.date) return (first.date ?? '') < (second.date ?? '') ? -1 : 1;
  return a.ref < b.ref ? -1 : 1;
}
