import { plusDays } from '#domain/calendar.ts';
import { scopeAnchors } from '#domain/goal-items.ts';
import type { Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { ItemRef } from '#metrics/item-ref.ts';
import type { GoalBasis } from './goal-forecast.ts';
import { goalMilestone } from './goal-milestone.ts';
import { milestoneForecast } from './milestone-forecast.ts';
import { SHIPPED_PRIOR } from './prior-table.ts';

/** Another way to the same end, and the chance that all of it is done by the day of the goal. */
export interface AlternativeAhead extends ItemRef {
  readonly probability: Measurement;
}

/**
 * The alternatives to a goal that the team declared, the likeliest first; those whose chance cannot be told last.
 *
 * A goal is one of a group when the group lists what the goal hangs on. Only what is an epic, or lies above epics, has a
 * scope of its own to forecast.
 */
export function alternativesAhead(
  view: TeamView,
  { milestone, days }: GoalBasis,
): readonly AlternativeAhead[] {
  if (days === undefined) return [];
  const own = new Set([milestone.ref, ...(milestone.also ?? [])]);
  return (view.team.alternatives ?? []).flatMap(({ streams = [] }) => {
    const found = streams.map((name) => {
      const scope = { kind: 'parent', name } as const;
      return { scope, anchors: scopeAnchors(view, scope) };
    });
    if (!found.some(({ anchors }) => [...anchors].some((ref) => own.has(ref)))) return [];
    return found
      .filter(({ anchors }) => [...anchors].every((ref) => !own.has(ref)))
      .flatMap(({ scope, anchors }): readonly AlternativeAhead[] => {
        const other = goalMilestone(view, { goal: { id: scope.name, name: scope.name, scope }, anchors });
        if (other === undefined) return [];
        const { probability } = milestoneForecast(view, other, SHIPPED_PRIOR, plusDays(view.day, days));
        return [{ key: other.key, title: other.title, url: other.url, probability }];
      })
      .toSorted((a, b) => chanceIn(b) - chanceIn(a));
  });
}

function chanceIn({ probability }: AlternativeAhead): number {
  return probability.kind === 'value' ? probability.value : -1;
}
