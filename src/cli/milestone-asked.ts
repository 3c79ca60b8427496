import type { TeamView } from '#domain/team-view.ts';
import { type Milestone, milestonesNamed, milestonesOf } from '#forecast/milestone.ts';
import { UsageError } from './exit-code.ts';

/** As many names as fit a screen. */
const NAMED = 12;

/** The milestone of a team that goes by this name. Throws `UsageError`, which names those that there are. */
export function milestoneAsked(view: TeamView, name: string): Milestone {
  const milestones = milestonesOf(view);
  const [found, other] = milestonesNamed(milestones, name);
  if (found === undefined) {
    const ahead = milestones.filter(({ isAhead }) => isAhead);
    const there = ahead.length === 0 ? 'The team has none ahead.' : `There are: ${listed(ahead)}.`;
    throw new UsageError(
      `Team "${view.team.id}" has no milestone "${name}": no version, and no epic by key or title. ${there}`,
    );
  }
  if (other === undefined) return found;
  throw new UsageError(
    `"${name}" names several milestones: ${listed(milestonesNamed(milestones, name))}. Write one of them.`,
  );
}

function listed(milestones: readonly Milestone[]): string {
  const keys = milestones.slice(0, NAMED).map(({ key }) => `"${key}"`);
  return keys.join(', ') + (milestones.length > NAMED ? ' and others' : '');
}
