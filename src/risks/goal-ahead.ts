import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import { remembered } from '#domain/once.ts';
import { earlierView, type TeamView } from '#domain/team-view.ts';
import { goalEffort } from '#forecast/goal-effort.ts';
import { goalElasticity } from '#forecast/goal-elasticity.ts';
import { goalBases } from '#forecast/goal-forecast.ts';
import { wasUnder } from '#forecast/membership.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import { quarterOf } from '#metrics/service-level-expectation.ts';
import type { GoalAhead } from './impact.ts';

/**
 * The goal that costs are counted in: the team's primary one, while its date lies ahead and something is left of it.
 * undefined when there is none, or too little is known to forecast it. `viewOn` lends the views of other days: what is
 * fixed for a quarter is worked out once for all of its days.
 */
export function goalAhead(
  view: TeamView,
  viewOn: (day: CalendarDay) => TeamView = (day) => earlierView(view, day),
): GoalAhead | undefined {
  const { primary } = goalBases(view);
  if (primary?.model === undefined || primary.left === 0 || primary.days <= 0) return undefined;
  const effort = goalEffort(view, primary);
  const elasticityBefore = remembered((day: CalendarDay) => goalElasticity(viewOn(plusDays(day, -1))));
  return {
    id: primary.goal.id,
    model: primary.model,
    days: primary.days,
    ...(effort === undefined
      ? {}
      : { people: effort.fte, elsewhere: Math.max(0, recentEffort(view).teamFte - effort.fte) }),
    // Only people who are freed ask for it.
    get elasticity() {
      return elasticityBefore(quarterOf(view.day));
    },
    isOwn: (ref) => {
      const item = view.byRef.get(ref);
      return item !== undefined && wasUnder(primary.basis.members.get(item) ?? [], view.asOf);
    },
  };
}
