import { newDraft } from './delivery.ts';
import { type Draft, save } from './draft.ts';
import { FIRST_DAY, NOW, weeksAgo } from './present.ts';
import type { Team } from './team.ts';
import type { EpicPlan } from './team-plan.ts';

const IDEAS = 30;
/** Ideas that somebody looked at and dropped. */
const DROPPED_SHARE = 0.3;

/** What was never begun: the next issue of every running epic, and ideas of the whole year, some of them dropped. */
export function backlog(team: Team): readonly Draft[] {
  const { chance, hours, people, plan } = team;
  const running = plan.epics.filter(({ to, isSupport }) => to === undefined && !isSupport);
  const next = running.map((epic) => selectedIdea(team, weeksAgo(6), weeksAgo(1), epic));
  const rest = Array.from({ length: IDEAS }, () => {
    const draft = idea(team, Date.parse(FIRST_DAY), NOW);
    if (chance.happens(DROPPED_SHARE)) {
      const at = hours.until(draft.created) + chance.duration({ median: 160, sigma: 0.6 });
      save(draft, hours.at(at), chance.pick(people), {
        status: 'Closed',
        resolution: chance.pick(["Won't Do", 'Duplicate']),
      });
    }
    return draft;
  });
  return [...next, ...rest];
}

/** An issue of an epic, written down between two moments, that is planned but not begun. */
export function selectedIdea(team: Team, from: number, to: number, epic: EpicPlan): Draft {
  const draft = idea(team, from, to, epic);
  const at = team.hours.until(draft.created) + team.chance.between(2, 30);
  save(draft, team.hours.at(at), team.chance.pick(team.people), { status: 'Selected for Development' });
  return draft;
}

/**
 * An issue written down between two moments, with nothing done about it. Without an epic it is filed nowhere, and is
 * about whatever the team began last.
 */
export function idea(team: Team, from: number, to: number, epic?: EpicPlan): Draft {
  const { chance, hours, people, plan } = team;
  const created = hours.at(chance.between(hours.until(from), hours.until(to)));
  const type = chance.weighted({ Story: 5, Task: 2, Bug: 3 });
  const begun = plan.epics.findLast((one) => Date.parse(one.from) <= created);
  const about = epic ?? begun ?? chance.pick(plan.epics);
  const parent = epic && team.epics.get(epic);
  return newDraft(team, { type, about, isSupport: false }, created, chance.pick(people), parent);
}
