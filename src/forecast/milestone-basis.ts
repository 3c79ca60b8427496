import { mean } from 'd3-array';
import { dayOf } from '#domain/calendar.ts';
import { type Insufficient, insufficient, type Window } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import { administrativeClosures } from '#metrics/administrative.ts';
import { childrenByParent } from '#metrics/children.ts';
import { type GoalPace, goalPace, teamPace } from './goal-pace.ts';
import { finishedUnder, type Growth, growthOf, steadied, weeklyGrowth } from './growth.ts';
import { type Members, memberships } from './membership.ts';
import type { Milestone } from './milestone.ts';
import type { Prior } from './prior.ts';
import { type Scope, scopeOf } from './scope.ts';
import type { ScopeModel } from './scope-forecast.ts';
import { doneSizes, type Undiscovered, undiscovered } from './undiscovered.ts';

/** What is known of a milestone at the end of a view. */
export interface MilestoneBasis {
  readonly scope: Scope;
  readonly undiscovered: Undiscovered;
  readonly work: Work | Insufficient;
  /** The items under it, or that ever were. */
  readonly members: Members;
}

/** How the scope grows and how fast it is worked off: enough to forecast from. */
export interface Work {
  readonly pace: GoalPace;
  readonly growth: Growth;
  /** From the day work on it began. */
  readonly window: Window;
}

/** Fewer weeks than this say nothing about growth, and fewer items are no scope to speak of. */
const MIN_WEEKS = 2;
const MIN_ITEMS = 5;

/**
 * What is known of each milestone of a view. What they have in common is worked out once.
 *
 * Insufficient below 5 items, found or expected; below 2 complete weeks since work on it began; and without a pace.
 */
export function milestoneBases(view: TeamView): (milestone: Milestone) => MilestoneBasis {
  return milestoneBasesIn(view);
}

const milestoneBasesIn = oncePerView((view): ((milestone: Milestone) => MilestoneBasis) => {
  const under = memberships(view);
  const children = childrenByParent(view);
  const sizes = doneSizes(view, children);
  const administrative = administrativeClosures(view);
  const team = teamPace(view);

  const workOn = (
    members: Members,
    { open, done, startedAt }: Scope,
    hidden: number,
  ): Work | Insufficient => {
    const items = open.length + done + hidden;
    if (items < MIN_ITEMS) return insufficient(Math.floor(items), MIN_ITEMS, 'items under it');
    if (startedAt === undefined) return insufficient(0, MIN_WEEKS, 'weeks of work on it');
    const finished = finishedUnder(members, administrative);
    const weekly = weeklyGrowth(view, members, finished, startedAt);
    if (weekly.length < MIN_WEEKS) return insufficient(weekly.length, MIN_WEEKS, 'weeks of work on it');
    const pace = goalPace(view, team, members, finished, startedAt);
    if ('kind' in pace) return pace;
    const window = { from: dayOf(startedAt, view.team.timezone), to: view.day };
    return { pace, growth: growthOf(weekly), window };
  };
  return (milestone) => {
    const members = united([milestone.ref, ...(milestone.also ?? [])].map(under));
    const scope = scopeOf(view, milestone, members, children);
    const hidden = undiscovered(scope.unsplit, sizes);
    return { scope, undiscovered: hidden, work: workOn(members, scope, mean(hidden.items) ?? 0), members };
  };
});

/** What a milestone's chances are worked out from. */
export function scopeModel(
  { scope, undiscovered: hidden }: Pick<MilestoneBasis, 'scope' | 'undiscovered'>,
  { pace, growth }: Work,
  prior: Prior,
): ScopeModel {
  return {
    open: scope.open.length,
    undiscovered: hidden.items,
    growth: steadied(growth),
    pace,
    prior,
  };
}

function united(some: readonly Members[]): Members {
  const [only = new Map(), ...more] = some.filter((members) => members.size > 0);
  if (more.length === 0) return only;
  const all = new Map(only);
  for (const [item, spans] of more.flatMap((members) => [...members])) {
    all.set(item, [...(all.get(item) ?? []), ...spans]);
  }
  return all;
}
