import type { JiraBoard, JiraSite, JiraSprint, JiraVersion } from '../jira/model.ts';
import type { LinearWorkspace } from '../linear/model.ts';
import { linearId } from '../linear/recorded-words.ts';
import { backlog } from './backlog.ts';
import type { Draft } from './draft.ts';
import { moveEpics } from './epic-life.ts';
import { STATES } from './in-linear/states.ts';
import { workspaceOf } from './in-linear/workspace.ts';
import { createIssues } from './issues.ts';
import { lane } from './lane.ts';
import { LENDING_IN_JIRA, LENDING_IN_LINEAR } from './lending.ts';
import { linkIssues } from './links.ts';
import { MOBILE } from './mobile.ts';
import { ONBOARDING } from './onboarding.ts';
import { PAYMENTS } from './payments.ts';
import { named, type Planted } from './planted/planted.ts';
import { type Sown, sow } from './planted/sow.ts';
import { twoTrackers } from './planted/two-trackers.ts';
import { PLATFORM } from './platform.ts';
import { NOW } from './present.ts';
import { createReleases, planReleases } from './releases.ts';
import { createSprints, planSprints } from './sprints.ts';
import { planSteps } from './steps.ts';
import { createTeam, type Team } from './team.ts';
import type { TeamPlan } from './team-plan.ts';
import { FIELDS, ISSUE_TYPES, POINTS, STATUSES } from './workflow.ts';

/** A made-up company with a Jira site and a Linear workspace, and what was hidden in them. */
export interface SimulatedOrganisation {
  readonly site: JiraSite;
  readonly workspace: LinearWorkspace;
  /** What a configuration needs to know of each team. */
  readonly teams: readonly SimulatedTeam[];
  /** What was put in for a report to find. */
  readonly planted: readonly Planted[];
}

/** Its work is in a Jira project, in a Linear team, or in both. */
export interface SimulatedTeam {
  readonly id: string;
  readonly name: string;
  /** Key of its project in Jira. */
  readonly projectKey?: string;
  /** Key of its team in Linear. */
  readonly teamKey?: string;
  /** IANA zone. */
  readonly timezone: string;
  readonly headcount: number;
  readonly goal: TeamPlan['goal'];
  /** Where the work is in both: the accounts of each of its people. */
  readonly members?: readonly SimulatedMember[];
}

export interface SimulatedMember {
  readonly jira?: string;
  readonly linear?: string;
}

/**
 * Five teams and twelve months of their work, up to a fixed present: Payments is behind, Onboarding is spread thin,
 * Platform is well, Mobile (in Linear) is told of too kindly, and Lending works in both trackers. The same seed gives
 * the same bytes, on every machine and on every day.
 */
export function simulatedOrganisation({
  seed = 'evenkeel',
}: {
  readonly seed?: string;
} = {}): SimulatedOrganisation {
  const jira = placed([PAYMENTS, ONBOARDING, PLATFORM, LENDING_IN_JIRA], seed);
  const inLinear = `${seed}|in linear`;
  const linear = placed([MOBILE, LENDING_IN_LINEAR], inLinear);
  const halves = [jira, linear].flatMap(({ years, keyOf }) => years.map((year) => ({ ...year, keyOf })));
  const areLending = Map.groupBy(halves, ({ team: { plan } }) => plan.id === 'lending');
  return {
    site: siteOf(jira, { baseName: 'acme', statuses: STATUSES }),
    workspace: workspaceOf(
      // Its versions are steps of projects, which the workspace makes from the plans.
      { ...siteOf(linear, { baseName: 'labs', statuses: STATES }), versions: [] },
      linear.years.map(({ team }) => team),
      linear.keyOf,
      inLinear,
    ),
    teams: teamsOf(jira.years, linear.years),
    planted: [
      ...halves.flatMap(({ team, plants, keyOf }) => plants.map((plant) => named(plant, team, keyOf))),
      ...twoTrackers(areLending.get(true) ?? [], areLending.get(false) ?? []),
    ],
  };
}

/** The years of the teams of one tracker, and its issues. */
interface Placed extends ReturnType<typeof createIssues> {
  readonly years: readonly Year[];
}

function placed(plans: readonly TeamPlan[], seed: string): Placed {
  const years = plans.map((plan, i) => yearOf(plan, seed, i + 1));
  return { years, ...createIssues(years.map(({ team, drafts }) => ({ plan: team.plan, drafts }))) };
}

function siteOf(
  { years, issues }: Placed,
  { baseName, statuses }: Pick<JiraSite, 'baseName' | 'statuses'>,
): JiraSite {
  return {
    baseName,
    now: NOW,
    zone: PAYMENTS.timezone,
    projects: years.map(({ team: { plan } }) => ({
      id: plan.projectId,
      key: plan.projectKey,
      name: plan.name,
    })),
    statuses,
    issueTypes: ISSUE_TYPES,
    fields: FIELDS,
    versions: years.flatMap(({ versions }) => versions),
    boards: years.map(({ board }) => board),
    sprints: years.flatMap(({ sprints }) => sprints),
    issues,
  };
}

/** One team for both halves of what one team does. */
function teamsOf(inJira: readonly Year[], inLinear: readonly Year[]): readonly SimulatedTeam[] {
  const ids = new Set([...inJira, ...inLinear].map(({ team }) => team.plan.id));
  return [...ids].flatMap((id) => {
    const [jira, linear] = [inJira, inLinear].map(
      (years) => years.find(({ team }) => team.plan.id === id)?.team,
    );
    const plan = jira?.plan ?? linear?.plan;
    if (plan === undefined) return [];
    const members = jira && linear ? membersOf(jira, linear) : undefined;
    return [
      {
        id,
        name: plan.name,
        timezone: plan.timezone,
        headcount: members?.length ?? plan.headcount,
        goal: plan.goal,
        ...(jira ? { projectKey: jira.plan.projectKey } : {}),
        ...(linear ? { teamKey: linear.plan.projectKey } : {}),
        ...(members ? { members } : {}),
      },
    ];
  });
}

/** The first of each half are one person, who has an account in both trackers. */
function membersOf(jira: Team, linear: Team): readonly SimulatedMember[] {
  const [lead, ...rest] = linear.people.map(({ accountId }) => linearId.user(accountId));
  return [
    ...jira.people.map(({ accountId }, i) => ({
      jira: accountId,
      ...(i === 0 && lead !== undefined ? { linear: lead } : {}),
    })),
    ...rest.map((account) => ({ linear: account })),
  ];
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
  planSteps(team, drafts);
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
