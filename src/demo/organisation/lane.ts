import { deliver } from './delivery.ts';
import type { Draft } from './draft.ts';
import { FIRST_DAY, NOW } from './present.ts';
import { splitIntoSubTasks } from './sub-tasks.ts';
import type { Team } from './team.ts';
import type { EpicPlan } from './team-plan.ts';
import type { TypeName } from './workflow.ts';

/** What somebody does next. */
export interface Work {
  readonly type: TypeName;
  readonly about: EpicPlan;
  /** Whether it is filed under the epic it is about. */
  readonly isFiled: boolean;
  readonly isSupport: boolean;
  /** Working hours from start to review. */
  readonly hours: number;
}

/**
 * The year of one person: one item after the other, a pause between them. So throughput follows from how many people
 * there are and what things take, work in progress from what waits, and nobody does two things in one hour.
 */
export function lane(team: Team, person: number): readonly Draft[] {
  const { chance, hours, plan } = team;
  const lastUsed = new Map<EpicPlan, number>();
  const drafts: Draft[] = [];
  const end = hours.until(NOW);
  for (let at = hours.until(Date.parse(FIRST_DAY)) + chance.between(0, 20); at < end; ) {
    const work = nextWork(team, person, at, lastUsed);
    const draft = deliver(team, work, person, at);
    drafts.push(draft, ...splitIntoSubTasks(team, draft, work, person, at));
    at += work.hours + chance.duration(plan.pace.pause);
  }
  return drafts;
}

/** Planned work that nobody files under its epic. */
const STRAY_SHARE = 0.07;
/** Customers' questions reach a team without a support desk too. */
const STRAY_SUPPORT = 0.04;
const AT_THE_DESK = 0.94;

function nextWork(team: Team, person: number, at: number, lastUsed: Map<EpicPlan, number>): Work {
  const { chance, hours, plan } = team;
  const today = hours.dayAt(at);
  const epic = nextEpic(plan.epics, person, today, lastUsed);
  const { supportDesk } = plan;
  const isAtDesk = supportDesk?.people.includes(person) && supportDesk.from <= today;
  if (chance.happens(isAtDesk ? AT_THE_DESK : STRAY_SUPPORT)) {
    const desk = plan.epics.find(({ isSupport }) => isSupport);
    const type = chance.weighted({ Bug: 6, Support: 4 });
    const length = chance.duration(plan.pace.support);
    return { type, about: desk ?? epic, isFiled: desk !== undefined, isSupport: true, hours: length };
  }
  lastUsed.set(epic, at);
  const type = chance.weighted({ Story: 6, Task: 2, Bug: 2 });
  const pace = { Story: plan.pace.story, Task: plan.pace.task, Bug: plan.pace.bug }[type];
  const isFiled = !chance.happens(STRAY_SHARE);
  return { type, about: epic, isFiled, isSupport: false, hours: chance.duration(pace) };
}

/** Of the epics a person is on, the one left alone for longest. */
function nextEpic(
  epics: readonly EpicPlan[],
  person: number,
  today: string,
  lastUsed: ReadonlyMap<EpicPlan, number>,
): EpicPlan {
  const [next] = epics
    .filter(({ people, from, to = '9999' }) => people.includes(person) && from <= today && today <= to)
    .toSorted((a, b) => (lastUsed.get(a) ?? 0) - (lastUsed.get(b) ?? 0));
  if (next === undefined) throw new RangeError(`person ${person} has nothing to do on ${today}`);
  return next;
}
