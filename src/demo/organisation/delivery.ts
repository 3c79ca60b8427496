import type { JiraUser } from '../jira/model.ts';
import { closedAt, type Draft, save, type Values, valuesAt } from './draft.ts';
import type { Work } from './lane.ts';
import { personOf, type Team } from './team.ts';
import { HOURS_A_DAY } from './work-hours.ts';

/** The life of an issue that somebody begins at a working hour: from the backlog to done, with what may come between. */
export function deliver(team: Team, work: Work, person: number, begins: number): Draft {
  const { chance, hours, people } = team;
  const doer = personOf(team, person);
  const planner = chance.pick(people);
  const waited = chance.duration(work.isSupport || work.type === 'Bug' ? SHORT_WAIT : LONG_WAIT);
  const parent = work.isFiled ? team.epics.get(work.about) : undefined;
  const earliest = parent === undefined ? chance.between(0.5, 8) : hours.until(parent.created) + 0.5;
  const created = Math.max(earliest, begins - waited);
  const selected = created + (begins - created) * chance.between(0.4, 0.9);

  // Some issues find their epic only later.
  const adopted = parent !== undefined && chance.happens(0.1);
  const draft = newDraft(team, work, hours.at(created), planner, adopted ? undefined : parent);
  const at = (hour: number, by: JiraUser, set: Partial<Values>) => save(draft, hours.at(hour), by, set);

  if (adopted) at((created + selected) / 2, planner, { parent });
  at(selected, planner, {
    status: 'Selected for Development',
    ...(work.type === 'Story' ? { points: pointsOf(work.hours) } : {}),
  });
  at(begins - 0.05, doer, { assignee: doer });
  at(begins, doer, { status: 'In Progress' });
  if (chance.happens(0.12)) promise(team, draft, selected + 0.1, begins + work.hours + 10, planner);
  if (chance.happens(0.05)) {
    at(begins + work.hours * 0.3, doer, { flagged: true });
    at(begins + work.hours * 0.6, doer, { flagged: false });
  }
  const holder = chance.happens(0.04) ? chance.pick(people) : doer;
  at(begins + work.hours * 0.5, doer, { assignee: holder });

  if (chance.happens(0.03)) {
    at(begins + work.hours * 0.7, doer, {
      status: 'Closed',
      resolution: chance.pick(["Won't Do", 'Duplicate']),
    });
    return draft;
  }
  finish(team, draft, begins + work.hours, holder);
  if (chance.happens(0.02) && closedAt(draft) !== undefined) {
    comeBack(team, draft, { within: 12, staysOpen: false });
  }
  return draft;
}

/** From the end of the work to done, through review (perhaps twice) and waiting for the release. */
export function finish(team: Team, draft: Draft, from: number, doer: JiraUser): void {
  const { chance, hours, plan } = team;
  const at = (hour: number, by: JiraUser, set: Partial<Values>) => save(draft, hours.at(hour), by, set);
  let hour = from;
  at(hour, doer, { status: 'In Review' });
  hour += chance.duration(plan.pace.review);
  for (let rounds = 0; rounds < 2 && chance.happens(plan.pace.rework); rounds += 1) {
    at(hour, chance.pick(team.people), { status: 'In Progress' });
    hour += chance.duration({ median: 4, sigma: 0.6 });
    at(hour, doer, { status: 'In Review' });
    hour += chance.duration(plan.pace.review);
  }
  at(hour, chance.pick(team.people), { status: 'Ready for Release' });
  hour += chance.duration(plan.pace.release);
  at(hour, doer, { status: 'Done', resolution: 'Done' });
}

/**
 * Brings an issue that is done back, within so many working days; done again some days later, unless it is to stay
 * open. Returns when it came back.
 */
export function comeBack(
  team: Team,
  draft: Draft,
  { within, staysOpen }: { readonly within: number; readonly staysOpen: boolean },
): number {
  const { hours, chance, people } = team;
  const done = closedAt(draft) ?? draft.created;
  const doer = valuesAt(draft, done).assignee ?? chance.pick(people);
  const back = hours.until(done) + chance.between(1, within) * HOURS_A_DAY;
  save(draft, hours.at(back), chance.pick(people), { status: 'In Progress', resolution: undefined });
  if (!staysOpen) finish(team, draft, back + chance.between(4, 16), doer);
  return hours.at(back);
}

const LONG_WAIT = { median: 60, sigma: 0.9 } as const;
const SHORT_WAIT = { median: 10, sigma: 0.9 } as const;

/** An issue that nothing has happened to yet. */
export function newDraft(
  team: Team,
  { type, isSupport, about }: Pick<Work, 'type' | 'isSupport' | 'about'>,
  created: number,
  creator: JiraUser,
  parent: Draft | undefined,
): Draft {
  const { chance, plan, components } = team;
  return {
    type,
    title: team.title(type, about),
    created,
    creator,
    start: {
      status: 'Backlog',
      priority: chance.weighted({ Highest: isSupport ? 4 : 1, High: 5, Medium: 12, Low: 2 }),
      labels: [
        ...(isSupport ? ['support'] : []),
        ...(chance.happens(0.2) ? [chance.pick(plan.words.labels)] : []),
      ],
      components: chance.happens(0.8) ? chance.some(components, chance.happens(0.1) ? 2 : 1) : [],
      versions: [],
      sprints: [],
      links: [],
      ...(parent === undefined ? {} : { parent }),
    },
    edits: [],
  };
}

/** A due date, near the expected end; now and then it is moved. */
function promise({ hours, chance }: Team, draft: Draft, from: number, expected: number, by: JiraUser): void {
  save(draft, hours.at(from), by, { dueDate: hours.dayAt(expected + chance.between(-8, 32)) });
  if (chance.happens(0.3)) save(draft, hours.at(expected - 2), by, { dueDate: hours.dayAt(expected + 40) });
}

/** Estimates know the truth only roughly. */
function pointsOf(hours: number): number {
  return [1, 2, 3, 5, 8].find((points) => hours < points * 11) ?? 8;
}
