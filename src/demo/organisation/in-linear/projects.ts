import type {
  LinearIssue,
  LinearMilestone,
  LinearProject,
  LinearProjectUpdate,
  LinearWorkspace,
} from '../../linear/model.ts';
import { linearId } from '../../linear/recorded-words.ts';
import { closedAt } from '../draft.ts';
import { EPIC_TEXTS } from '../epic-texts.ts';
import type { KeyOf } from '../history.ts';
import { dayOf, NOW } from '../present.ts';
import { stepsOf } from '../steps.ts';
import type { Team } from '../team.ts';
import { updatesOn } from './updates.ts';

/** What there is of projects, their steps and what is said of them, from the epics of the plans. */
export function projectsOf(
  teams: readonly Team[],
  workspace: LinearWorkspace,
  keyOf: KeyOf,
  seed: string,
): Pick<LinearWorkspace, 'projects' | 'milestones' | 'projectUpdates'> {
  const told = teams.flatMap((team) =>
    [...team.epics].flatMap(([plan, epic]) => {
      const id = linearId.project(keyOf(epic).id);
      const base = workspace.projects.find((project) => project.id === id);
      if (base === undefined) return [];
      const issues = workspace.issues.filter(({ projectId }) => projectId === id);
      const completedAt = closedAt(epic);
      const content = EPIC_TEXTS.get(plan.title);
      const targetDate = plan.steps?.at(-1)?.day ?? plan.to;
      const project: LinearProject = {
        ...base,
        slugId: `${plan.title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${id.slice(0, 8)}`,
        ...(content === undefined ? {} : { content }),
        startDate: plan.from,
        ...(targetDate === undefined ? {} : { targetDate }),
        startedAt: Date.parse(plan.from),
        ...(completedAt === undefined ? {} : { completedAt }),
        progress: progressOf(issues),
      };
      const updates = updatesOn(project, plan, seed);
      const milestones = stepsOf(team)
        .filter((step) => step.epic === plan)
        .map(({ version }) => version);
      return [
        {
          project: withHealth(project, updates.at(-1)),
          updates,
          milestones: milestonesOf(project, milestones, issues),
        },
      ];
    }),
  );
  return {
    projects: told.map(({ project }) => project),
    milestones: told.flatMap(({ milestones }) => milestones),
    projectUpdates: told.flatMap(({ updates }) => updates),
  };
}

/** A project says what the last word on it was. */
function withHealth(project: LinearProject, last: LinearProjectUpdate | undefined): LinearProject {
  if (last === undefined) return project;
  const { health, createdAt } = last;
  return {
    ...project,
    health,
    healthUpdatedAt: createdAt,
    updatedAt: Math.max(project.updatedAt, createdAt),
  };
}

function milestonesOf(
  project: LinearProject,
  steps: readonly { readonly id: string; readonly name: string; readonly releaseDate: string }[],
  issues: readonly LinearIssue[],
): readonly LinearMilestone[] {
  const today = dayOf(NOW);
  const next = steps.find(({ releaseDate }) => releaseDate >= today);
  return steps.map((step, sortOrder) => {
    const id = linearId.milestone(step.id);
    const progress = progressOf(issues.filter(({ projectMilestoneId }) => projectMilestoneId === id));
    const ahead = step === next ? 'next' : 'unstarted';
    return {
      id,
      createdAt: project.createdAt,
      updatedAt: project.updatedAt,
      projectId: project.id,
      name: step.name,
      targetDate: step.releaseDate,
      status: step.releaseDate >= today ? ahead : progress === 1 ? 'done' : 'overdue',
      progress,
      sortOrder,
    };
  });
}

/** The part that is done, dropped work aside. */
function progressOf(issues: readonly LinearIssue[]): number {
  const kept = issues.filter(({ canceledAt }) => canceledAt === undefined);
  if (kept.length === 0) return 0;
  return kept.filter(({ completedAt }) => completedAt !== undefined).length / kept.length;
}
