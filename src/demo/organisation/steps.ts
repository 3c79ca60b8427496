import type { JiraVersion } from '../jira/model.ts';
import { childrenOf, type Draft, firstEntry, isStandard, save } from './draft.ts';
import { dayOf } from './present.ts';
import { personOf, type Team } from './team.ts';
import type { EpicPlan } from './team-plan.ts';

/** A dated step on the way of an epic, as something that work can be planned for. */
export interface Step {
  readonly epic: EpicPlan;
  readonly version: JiraVersion & { readonly releaseDate: string };
}

/** The steps of all epics of a team, those of one epic in their order. */
export function stepsOf({ plan }: Pick<Team, 'plan'>): readonly Step[] {
  return plan.epics.flatMap((epic, i) =>
    (epic.steps ?? []).map(({ name, day }, step): Step => {
      const id = `${plan.projectId}${String(i).padStart(2, '0')}${step}`;
      const version = { id, projectId: plan.projectId, name, released: false, archived: false };
      return { epic, version: { ...version, releaseDate: day } };
    }),
  );
}

/**
 * Plans the work of an epic for the step that is next when it is selected, and leaves it there when the day goes by. What
 * is planned already stays where it is. To be called when the work will not change any more.
 */
export function planSteps(team: Team, drafts: readonly Draft[]): void {
  for (const [epic, steps] of Map.groupBy(stepsOf(team), (step) => step.epic)) {
    const parent = team.epics.get(epic);
    if (parent === undefined) continue;
    for (const draft of childrenOf(parent, drafts).filter(isStandard)) {
      const selected = firstEntry(draft, 'Selected for Development');
      if (selected === undefined || draft.edits.some(({ set }) => set.versions !== undefined)) continue;
      const day = dayOf(selected);
      const next = steps.find(({ version }) => version.releaseDate >= day) ?? steps.at(-1);
      if (next) save(draft, selected + 30_000, personOf(team, 0), { versions: [next.version] });
    }
  }
}
