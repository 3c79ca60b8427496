import { insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { effortReadings, estimateOf, fteOf, shareOfEffort } from './effort-share.ts';
import { goalItems, type IsGoalItem, NO_GOAL } from './goal-items.ts';
import { type Measured, measuredBy } from './measured.ts';
import { onePersonsTime, tooFew } from './one-persons-time.ts';
import { MIN_GROUP } from './people.ts';
import { type RecentEffort, recentEffort } from './recent-effort.ts';
import { workKindsOf } from './work-kinds.ts';

export interface GoalFocus {
  /** The part of the team's effort that goes into its goal. */
  readonly share: Measurement;
  /** People's time on work outside the goal that could pause: neither support nor incidents nor expedited. */
  readonly couldPause: Measurement;
}

/**
 * How much of a team's effort goes into its goal.
 *
 * Person-days of the last 20 work days, by equal split or by work logs where these are kept; the interval holds what
 * both say, each with whole weeks drawn again. Insufficient without a goal, with fewer than 3 active people, and under
 * 60 % of the work days attributed.
 *
 * The effort falls into three parts: the goal, what could pause, and work that comes on its own time. The part of a goal that
 * only one or two people work on is theirs, and not told (METRICS 1.1.10); nor what is one person's of the other two. So that
 * no part is what remains when the others are taken away, a second one is then not told either.
 */
export const goalFocus: (view: TeamView) => GoalFocus = oncePerView((view) => {
  const isGoal = goalItems(view);
  const focus = goalFocusOn(view, isGoal);
  if (isGoal === undefined || focus.share.kind === 'insufficient') return focus;
  const recent = recentEffort(view);
  const could = isPausable(view, isGoal);
  const own = contributorsTo(recent, isGoal) < MIN_GROUP ? tooFew('who work on the goal') : undefined;
  const outside = onePersonsTime(recent, could) ?? onePersonsTime(recent, (item) => !isGoal(item));
  const comes = onePersonsTime(recent, (item) => !isGoal(item) && !could(item));
  return {
    share: own ?? outside ?? focus.share,
    couldPause: own ?? outside ?? comes ?? focus.couldPause,
  };
});

/** Nobody on it is a number about all. */
function contributorsTo({ days }: RecentEffort, isGoal: IsGoalItem): number {
  const people = new Set(days.filter(({ items }) => items.some(isGoal)).map(({ person }) => person));
  return people.size === 0 ? MIN_GROUP : people.size;
}

/** The same for a goal that is given, whoever works on it. */
export function goalFocusOn(view: TeamView, isGoal: IsGoalItem | undefined): GoalFocus {
  const recent = recentEffort(view);
  const missing = isGoal === undefined ? NO_GOAL : recent.missing;
  if (missing !== undefined || isGoal === undefined) {
    return { share: missing ?? NO_GOAL, couldPause: missing ?? NO_GOAL };
  }
  const seed = seedOf(view);
  const share = estimateOf(effortReadings(view, recent, isGoal), shareOfEffort, { seed, most: 1 });
  return {
    share: share
      ? measuredOn(recent)(share, 'share', 'person_days_on_the_goal')
      : insufficient(0, 1, 'person-days'),
    couldPause: timeThatCouldPause(view, isPausable(view, isGoal)),
  };
}

/** People's time that goes into some work that could pause; insufficient where too little is known of where time goes. */
export function timeThatCouldPause(view: TeamView, could: (item: WorkItem) => boolean): Measurement {
  const recent = recentEffort(view);
  if (recent.missing !== undefined) return recent.missing;
  const most = recent.teamFte;
  const time = estimateOf(effortReadings(view, recent, could), fteOf, { seed: seedOf(view), most });
  return time
    ? measuredOn(recent)(time, 'fte', 'person_days_outside_the_goal_that_could_pause')
    : insufficient(0, 1, 'person-days');
}

const seedOf = ({ team, day }: TeamView): string => `${team.id}|goalFocus|${day}`;

function measuredOn({ days, window, coverage }: RecentEffort): Measured {
  return measuredBy({ n: days.length, window, confidence: coverage >= 0.8 ? 'high' : 'medium' });
}

/** Which work could pause for a goal: what is outside it, and comes on no time of its own. */
export function isPausable(view: TeamView, isGoal: IsGoalItem): (item: WorkItem) => boolean {
  const kindsOf = workKindsOf(view);
  return (item) => !isGoal(item) && !kindsOf(item).some((kind) => kind !== 'unplanned');
}
