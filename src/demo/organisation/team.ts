import type { JiraReference, JiraUser } from '../jira/model.ts';
import { type Chance, createChance } from './chance.ts';
import type { Draft } from './draft.ts';
import { createEpics } from './epics.ts';
import { createPeople } from './people.ts';
import type { EpicPlan, TeamPlan } from './team-plan.ts';
import { createTitles, type TitleMaker } from './titles.ts';
import { createWorkHours, type WorkHours } from './work-hours.ts';

/** A team at work: its plan, and all that turns the plan into issues. */
export interface Team {
  readonly plan: TeamPlan;
  readonly chance: Chance;
  readonly hours: WorkHours;
  readonly people: readonly JiraUser[];
  readonly title: TitleMaker;
  readonly components: readonly JiraReference[];
  readonly epics: ReadonlyMap<EpicPlan, Draft>;
}

export function createTeam(plan: TeamPlan, seed: string): Team {
  // A chance of its own: what one team does leaves the others as they were.
  const chance = createChance(`${seed}|${plan.id}`);
  const hours = createWorkHours(plan.timezone);
  const people = createPeople(chance, plan.headcount);
  const components = plan.components.map((name, i) => ({
    id: String(Number(plan.projectId) * 10 + i),
    name,
  }));
  return {
    plan,
    chance,
    hours,
    people,
    title: createTitles(plan, chance),
    components,
    epics: createEpics(plan.epics, { chance, hours, components, owner: personOf({ people }, 0) }),
  };
}

/** The account of a person counted from 0. */
export function personOf({ people }: Pick<Team, 'people'>, index: number): JiraUser {
  const person = people[index];
  if (person === undefined) throw new RangeError(`the team has no person ${index}`);
  return person;
}
