import { uuidOf } from '../../linear/ids.ts';
import type { LinearProject, LinearWorkspace } from '../../linear/model.ts';
import type { Team } from '../team.ts';

type Initiatives = Pick<LinearWorkspace, 'initiatives' | 'initiativeToProjects' | 'initiativeUpdates'>;

/** The initiatives that the plans name, with the projects that belong to them, and what was said of them last. */
export function initiativesOf(teams: readonly Team[], projects: readonly LinearProject[]): Initiatives {
  const members = teams
    .flatMap(({ plan }) => plan.epics)
    .flatMap(({ title, initiative }) => {
      const project = projects.find(({ name }) => name === title);
      return initiative === undefined || project === undefined ? [] : [{ initiative, project }];
    });
  const parts = [...Map.groupBy(members, ({ initiative }) => initiative)].map(([name, some]) =>
    initiativeOf(
      name,
      some.map(({ project }) => project),
    ),
  );
  return {
    initiatives: parts.flatMap(({ initiatives }) => initiatives),
    initiativeToProjects: parts.flatMap(({ initiativeToProjects }) => initiativeToProjects),
    initiativeUpdates: parts.flatMap(({ initiativeUpdates }) => initiativeUpdates),
  };
}

function initiativeOf(name: string, projects: readonly LinearProject[]): Initiatives {
  const id = uuidOf('initiative', name);
  const createdAt = Math.min(...projects.map((project) => project.createdAt));
  const said = Math.max(createdAt, ...projects.flatMap(({ healthUpdatedAt }) => healthUpdatedAt ?? []));
  const ownerId = projects.find(({ leadId }) => leadId !== undefined)?.leadId;
  const targetDate = projects
    .flatMap((project) => project.targetDate ?? [])
    .sort()
    .at(-1);
  const health = projects.every((project) => project.health === 'onTrack') ? 'onTrack' : 'atRisk';
  const startedAt = Math.min(...projects.map((project) => project.startedAt ?? createdAt));
  return {
    initiatives: [
      {
        id,
        createdAt,
        updatedAt: said,
        name,
        status: 'Active',
        startedAt,
        health,
        healthUpdatedAt: said,
        ...(targetDate === undefined ? {} : { targetDate }),
        ...(ownerId === undefined ? {} : { ownerId }),
      },
    ],
    initiativeToProjects: projects.map((project) => ({
      id: uuidOf('initiative to project', name, project.id),
      createdAt: project.createdAt,
      updatedAt: project.createdAt,
      initiativeId: id,
      projectId: project.id,
    })),
    initiativeUpdates:
      ownerId === undefined
        ? []
        : [
            {
              id: uuidOf('initiative update', name),
              createdAt: said,
              updatedAt: said,
              initiativeId: id,
              userId: ownerId,
              health,
              body: 'Both projects are moving.',
            },
          ],
  };
}
