import { selectedIdea } from '../backlog.ts';
import { type Draft, save } from '../draft.ts';
import { dayOf, NOW, weeksAgo } from '../present.ts';
import { stepsOf } from '../steps.ts';
import { personOf } from '../team.ts';
import type { Bed, Plant } from './planted.ts';

const OPEN = 8;

/**
 * A step of a project whose day went by with work left over, while every update on the project says that it is on track.
 * Returns the issues it had to add.
 */
export function praiseLateMilestone({ team, taken }: Bed): {
  readonly added: readonly Draft[];
  readonly plant: Plant;
} {
  const late = stepsOf(team).findLast(
    ({ epic, version }) => epic.isPraised && version.releaseDate < dayOf(NOW),
  );
  if (late === undefined) throw new RangeError(`${team.plan.id} has no step that went by`);
  const { epic, version } = late;
  const added = Array.from({ length: OPEN }, () => selectedIdea(team, weeksAgo(12), weeksAgo(6), epic));
  for (const draft of added) {
    taken.add(draft);
    const at = team.hours.at(team.hours.until(draft.created) + 0.3);
    save(draft, at, personOf(team, 0), { versions: [version] });
  }
  return {
    added,
    plant: {
      kind: 'on_track_but_late',
      drafts: added,
      from: Date.parse(version.releaseDate),
      to: NOW,
      expected: added.length,
      meaning: `issues planned for "${version.name}" of the project "${epic.title}" and not begun when its day, ${version.releaseDate}, went by; every update says that the project is on track`,
    },
  };
}
