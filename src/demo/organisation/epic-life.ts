import { childrenOf, closedAt, type Draft, firstEntry, save } from './draft.ts';
import { NOW } from './present.ts';
import { personOf, type Team } from './team.ts';

/**
 * Opens every epic with its first child and closes it a day or two after its last, when no more is planned and nobody
 * forgets to. To be called when the children will not change any more.
 */
export function moveEpics(team: Team, drafts: readonly Draft[]): void {
  for (const [plan, epic] of team.epics) {
    const children = childrenOf(epic, drafts);
    const begun = children.map((child) => firstEntry(child, 'In Progress')).filter((at) => at !== undefined);
    if (begun.length === 0) continue;
    const owner = personOf(team, plan.people[0] ?? 0);
    save(epic, Math.min(...begun) + 60_000, owner, { status: 'In Progress', assignee: owner });

    const last = Math.max(...children.map((child) => closedAt(child) ?? Number.POSITIVE_INFINITY));
    if (plan.to === undefined || plan.forgotten || last > NOW) continue;
    const at = team.hours.at(team.hours.until(last) + team.chance.between(4, 16));
    save(epic, at, owner, { status: 'Done', resolution: 'Done' });
  }
}
