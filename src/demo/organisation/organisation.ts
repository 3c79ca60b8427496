import type { JiraBoard, JiraSite, JiraSprint, JiraVersion } from '../jira/model.ts';
import { backlog } from './backlog.ts';
import type { Draft } from './draft.ts';
import { moveEpics } from './epic-life.ts';
import { createIssues } from './issues.ts';
import { lane } from './lane.ts';
import { linkIssues } from './links.ts';
import { ONBOARDING } from './onboarding.ts';
import { PAYMENTS } from './payments.ts';
import { named, type Planted } from './planted/planted.ts';
import { type Sown, sow } from './planted/sow.ts';
import { PLATFORM } from './platform.ts';
import { NOW } from './present.ts';
import { createReleases, planReleases } from './releases.ts';
import { createSprints, planSprints } from './sprints.ts';
import { createTeam, type Team } from './team.ts';
import type { TeamPlan } from './team-plan.ts';
import { FIELDS, ISSUE_TYPES, POINTS, STATUSES } from './workflow.ts';

/** A made-up company with one Jira site, and what was hidden in it. */
export interface SimulatedOrganisation {
  readonly site: JiraSite;
  /** What a configuration needs to know of each team. */
  readonly teams: readonly SimulatedTeam[];
  /** What was put in for a report to find. */
  readonly planted: readonly Planted[];
}

export interface SimulatedTeam {
  readonly id: string;
  readonly name: string;
  readonly projectKey: string;
  /** IANA zone. */
  readonly timezone: string;
  readonly headcount: number;
}

/**
 * Three teams and twelve months of their work, up to a fixed present: Payments is behind, Onboarding is spread thin,
 * Platform is well. The same seed gives the same bytes, on every machine and on every day.
 */
export function simulatedOrganisation({
  seed = 'evenkeel',
}: {
  readonly seed?: string;
} = {}): SimulatedOrganisation {
  const years = [PAYMENTS, ONBOARDING, PLATFORM].map((plan, i) => yearOf(plan, seed, i + 1));
  const { issues, keyOf } = createIssues(years.map(({ team, drafts }) => ({ plan: team.plan, drafts })));
  return {
    site: {
      baseName: 'acme',
      now: NOW,
      zone: PAYMENTS.timezone,
      projects: years.map(({ team: { plan } }) => ({
        id: plan.projectId,
        key: plan.projectKey,
        name: plan.name,
      })),
      statuses: STATUSES,
      issueTypes: ISSUE_TYPES,
      fields: FIELDS,
      versions: years.flatMap(({ versions }) => versions),
      boards: years.map(({ board }) => board),
      sprints: years.flatMap(({ sprints }) => sprints),
      issues,
    },
    teams: years.map(({ team: { plan } }) => ({
      id: plan.id,
      name: plan.name,
      projectKey: plan.projectKey,
      timezone: plan.timezone,
      headcount: plan.headcount,
    })),
    planted: years.flatMap(({ team, plants }) => plants.map((plant) => named(plant, team, keyOf))),
  };
}

interface Year extends Sown {
  readonly team: Team;
  readonly board: JiraBoard;
  readonly sprints: readonly JiraSprint[];
  readonly versions: readonly JiraVersion[];
}

/** First what people do, then what is planted in it, then what follows from both. */
function yearOf(plan: TeamPlan, seed: string, boardId: number): Year {
  const team = createTeam(plan, seed);
  const work = team.people.flatMap((_, person) => lane(team, person));
  const sown = sow(team, [...team.epics.values(), ...work, ...backlog(team)]);
  const { drafts } = sown;
  moveEpics(team, drafts);
  const sprints = plan.sprints ? createSprints(team, boardId) : [];
  planSprints(team, sprints, drafts);
  const releases = plan.releases ? createReleases(team) : [];
  planReleases(team, releases, drafts);
  linkIssues(team, drafts.filter(isWritten));
  return { ...sown, team, board: boardOf(plan, boardId), sprints, versions: [...releases, ...sown.versions] };
}

function isWritten({ created }: Draft): boolean {
  return created <= NOW;
}

function boardOf(plan: TeamPlan, id: number): JiraBoard {
  return {
    id,
    name: `${plan.name} board`,
    type: plan.sprints ? 'scrum' : 'kanban',
    projectId: plan.projectId,
    columns: STATUSES.map((status) => ({ name: status.name, statusIds: [status.id] })),
    estimationFieldId: POINTS,
  };
}
