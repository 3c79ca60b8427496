import { newDraft } from './delivery.ts';
import { type Draft, save } from './draft.ts';
import type { Work } from './lane.ts';
import { personOf, type Team } from './team.ts';

const SPLIT_SHARE = 0.05;
const PARTS = 2;

/** A few stories are cut into parts, done one after the other before the story goes to review. */
export function splitIntoSubTasks(
  team: Team,
  story: Draft,
  work: Work,
  person: number,
  begins: number,
): readonly Draft[] {
  if (story.type !== 'Story' || !team.chance.happens(SPLIT_SHARE)) return [];
  const doer = personOf(team, person);
  const length = (work.hours * 0.9) / PARTS;
  return Array.from({ length: PARTS }, (_, part) => {
    const from = begins + 0.1 + part * length;
    const draft = newDraft(team, { ...work, type: 'Sub-task' }, team.hours.at(begins + 0.02), doer, story);
    save(draft, team.hours.at(from), doer, { status: 'In Progress', assignee: doer });
    save(draft, team.hours.at(from + length * 0.9), doer, { status: 'Done', resolution: 'Done' });
    return draft;
  });
}
