import { uuidOf } from '../../linear/ids.ts';
import type { LinearHealth, LinearProject, LinearProjectUpdate } from '../../linear/model.ts';
import { createChance } from '../chance.ts';
import { NOW } from '../present.ts';
import type { EpicPlan } from '../team-plan.ts';

const DAY = 86_400_000;
const TWO_WEEKS = 14 * DAY;
/** Friday afternoon of the week that begins on the plan's Monday. */
const FRIDAY = 4 * DAY + 14 * 3_600_000;

const WORDS: Readonly<Record<LinearHealth, string>> = {
  onTrack: 'Moving along as planned.',
  atRisk: 'Slower than we hoped; we are looking for what to leave out.',
  offTrack: 'Stopped for now.',
};

/** What the lead of a project says of it every other Friday, for as long as it runs. */
export function updatesOn(
  project: LinearProject,
  plan: EpicPlan,
  seed: string,
): readonly LinearProjectUpdate[] {
  const chance = createChance(`${seed}|updates|${plan.title}`);
  const { leadId } = project;
  if (leadId === undefined) return [];
  const updates: LinearProjectUpdate[] = [];
  const last = Math.min(project.completedAt ?? NOW, NOW);
  for (let at = Date.parse(plan.from) + TWO_WEEKS + FRIDAY; at <= last; at += TWO_WEEKS) {
    const isWorried = chance.happens(0.2);
    const health = isWorried && !plan.isPraised ? 'atRisk' : 'onTrack';
    updates.push({
      id: uuidOf('project update', project.id, at),
      createdAt: at,
      updatedAt: at,
      projectId: project.id,
      userId: leadId,
      health,
      body: WORDS[health],
    });
  }
  return updates;
}
