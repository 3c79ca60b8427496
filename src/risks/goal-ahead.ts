import type { TeamView } from '#domain/team-view.ts';
import { goalEffort } from '#forecast/goal-effort.ts';
import { goalBases } from '#forecast/goal-forecast.ts';
import { wasUnder } from '#forecast/membership.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import type { GoalAhead } from './impact.ts';

/**
 * The goal that costs are counted in: the team's primary one, while its date lies ahead and something is left of it.
 * undefined when there is none, or too little is known to forecast it.
 */
export function goalAhead(view: TeamView): GoalAhead | undefined {
  const { primary } = goalBases(view);
  if (primary?.model === undefined || primary.left === 0 || primary.days <= 0) return undefined;
  const effort = goalEffort(view, primary);
  return {
    id: primary.goal.id,
    model: primary.model,
    days: primary.days,
    ...(effort === undefined
      ? {}
      : { people: effort.fte, elsewhere: Math.max(0, recentEffort(view).teamFte - effort.fte) }),
    isOwn: (ref) => {
      const item = view.byRef.get(ref);
      return item !== undefined && wasUnder(primary.basis.members.get(item) ?? [], view.asOf);
    },
  };
}
