import type { JiraSprint } from '../jira/model.ts';
import { closedAt, type Draft, firstEntry, isStandard, isSupport, save } from './draft.ts';
import { FIRST_DAY, NOW } from './present.ts';
import { personOf, type Team } from './team.ts';

const TWO_WEEKS_OF_HOURS = 80;
/** Sprints open at ten on a Monday; the one before was closed half an hour earlier. */
const OPENS_AFTER = 1;
const CLOSES_AFTER = 0.5;

/** The two-week sprints of a team's board from the first day to the one after the present. */
export function createSprints({ hours, plan }: Team, boardId: number): readonly JiraSprint[] {
  const sprints: JiraSprint[] = [];
  const first = hours.until(Date.parse(FIRST_DAY));
  for (let number = 1; sprints.at(-1)?.state !== 'future'; number += 1) {
    const opens = first + (number - 1) * TWO_WEEKS_OF_HOURS;
    const startDate = hours.at(opens + OPENS_AFTER);
    const closes = hours.at(opens + TWO_WEEKS_OF_HOURS + CLOSES_AFTER);
    const known = { id: boardId * 100 + number, name: `${plan.projectKey} Sprint ${number}`, boardId };
    if (startDate > NOW) {
      sprints.push({ ...known, state: 'future' });
    } else {
      const dated = { ...known, startDate, endDate: closes };
      sprints.push(
        closes > NOW ? { ...dated, state: 'active' } : { ...dated, state: 'closed', completeDate: closes },
      );
    }
  }
  return sprints;
}

/** What is planned out of turn stays outside the sprints. */
const PLANNED_SHARE = 0.95;

/**
 * Puts planned work into the sprint it is begun in, at the moment it is selected, and carries it over for as long as
 * it is not closed. To be called when the work will not change any more.
 */
export function planSprints(team: Team, sprints: readonly JiraSprint[], drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    const selected = firstEntry(draft, 'Selected for Development');
    if (selected === undefined || !isStandard(draft) || isSupport(draft)) continue;
    if (!team.chance.happens(PLANNED_SHARE)) continue;
    const begun = firstEntry(draft, 'In Progress') ?? NOW;
    const closed = closedAt(draft) ?? Number.POSITIVE_INFINITY;
    const joined: JiraSprint[] = [];
    for (const [i, sprint] of sprints.entries()) {
      const { startDate = Number.POSITIVE_INFINITY } = sprint;
      const next = sprints[i + 1]?.startDate ?? Number.POSITIVE_INFINITY;
      if (next <= begun || startDate >= closed) continue;
      const before = sprints[i - 1]?.completeDate ?? startDate;
      joined.push(sprint);
      const at = joined.length === 1 ? selected + 40_000 : before + 2_000;
      if (at < closed) save(draft, at, personOf(team, 0), { sprints: [...joined] });
    }
  }
}
