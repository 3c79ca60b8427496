import type { JiraReference, JiraUser } from '../jira/model.ts';
import type { Chance } from './chance.ts';
import type { Draft } from './draft.ts';
import type { EpicPlan } from './team-plan.ts';
import { HOURS_A_DAY, type WorkHours } from './work-hours.ts';

interface EpicTeam {
  readonly chance: Chance;
  readonly hours: WorkHours;
  readonly components: readonly JiraReference[];
  /** Who writes the epics down. */
  readonly owner: JiraUser;
}

/** An epic for each planned one, written down some weeks before its work begins. */
export function createEpics(
  plans: readonly EpicPlan[],
  { chance, hours, components, owner }: EpicTeam,
): ReadonlyMap<EpicPlan, Draft> {
  return new Map(
    plans.map((plan) => {
      const begins = hours.until(Date.parse(plan.from));
      const draft: Draft = {
        type: 'Epic',
        title: plan.title,
        created: hours.at(Math.max(1, begins - chance.between(8, 20) * HOURS_A_DAY)),
        creator: owner,
        start: {
          status: 'Backlog',
          priority: 'Medium',
          labels: [],
          components: chance.some(components, 1),
          versions: [],
          sprints: [],
          links: [],
        },
        edits: [],
      };
      return [plan, draft] as const;
    }),
  );
}
