import type { JiraSite } from '../../jira/model.ts';
import { withValues } from '../../linear/issue-change.ts';
import type { LinearCycle, LinearWorkspace } from '../../linear/model.ts';
import { workspaceOfRecorded } from '../../linear/recorded.ts';
import { linearId } from '../../linear/recorded-words.ts';
import type { KeyOf } from '../history.ts';
import type { Team } from '../team.ts';
import { initiativesOf } from './initiatives.ts';
import { projectsOf } from './projects.ts';
import { throughTriage } from './triage.ts';

/**
 * The Linear workspace of some teams. `site` holds their work as the drafts tell it; what Linear has beyond that (triage,
 * promises of service, projects with steps and updates, initiatives) comes from the plans.
 */
export function workspaceOf(
  site: JiraSite,
  teams: readonly Team[],
  keyOf: KeyOf,
  seed: string,
): LinearWorkspace {
  const base = workspaceOfRecorded(site);
  const planOf = new Map(teams.map(({ plan }) => [linearId.team(plan.projectId), plan]));
  const workspace: LinearWorkspace = {
    ...base,
    organization: { ...base.organization, name: 'Acme Labs', urlKey: 'acme-labs' },
    teams: base.teams.map((team) => ({
      ...team,
      timezone: planOf.get(team.id)?.timezone ?? team.timezone,
      issueEstimationType: 'fibonacci',
    })),
    cycles: base.cycles.map(unnamed),
    issues: base.issues.map((issue) => {
      const plan = planOf.get(issue.teamId);
      return plan === undefined ? issue : throughTriage(issue, plan.projectId);
    }),
  };
  const planned = projectsOf(teams, workspace, keyOf, seed);
  return { ...workspace, ...planned, ...initiativesOf(teams, planned.projects) };
}

/** Linear numbers cycles, and few people give them names. */
function unnamed(cycle: LinearCycle): LinearCycle {
  return withValues(cycle, { name: undefined });
}
