import type { Instant } from '#domain/issue.ts';
import { integer, type Random, uniform } from '#statistics/random.ts';
import { type Draft, draft, named, set, toParent } from './draft.ts';
import { DAY_MS, HOUR_MS } from './hours.ts';
import type { Epic, Ticket } from './ticket.ts';
import { around, chance, type Way } from './way.ts';

/** Where work comes from: epics with stories that were written down long before, and what comes up on its own. */
export interface Backlog {
  readonly tickets: Ticket[];
  readonly epics: Epic[];
  readonly bugs: Ticket[];
  readonly support: Ticket[];
  goal: Epic;
  /** Written down, and not begun: the next goal, and the next epic beside it. */
  nextGoal: Epic;
  others: Epic[];
  nextOther: Epic;
  /** The goal that takes far longer than it has, once there is one. */
  dream?: Epic;
  number: number;
}

/** A story that would take longer is cut. */
const LONGEST_HOURS = 90;

/** As long as a goal has. */
export const GOAL_WEEKS = 13;

export function firstBacklog(way: Way, random: Random, at: Instant): Backlog {
  const backlog: Pick<Backlog, 'tickets' | 'epics' | 'number'> = { tickets: [], epics: [], number: 100 };
  const epic = (isGoal: boolean, ago: number) => newEpic(backlog, way, random, at - ago * DAY_MS, isGoal);
  const [goal, nextGoal, nextOther] = [epic(true, 20), epic(true, 6), epic(false, 6)];
  return Object.assign(backlog, {
    bugs: [],
    support: [],
    goal,
    nextGoal,
    others: [epic(false, 20)],
    nextOther,
  });
}

type Book = Pick<Backlog, 'tickets' | 'epics' | 'number'>;

/** How many stories one person finishes in a week, as teams guess it. */
export function usualRate({ hours: [median, spread] }: Way): number {
  return 30 / (median * Math.exp(spread ** 2 / 2));
}

function newEpic(book: Book, way: Way, random: Random, at: Instant, isGoal: boolean, times = 0): Epic {
  book.number += 1;
  const of = draft(`PAY-${book.number}`, at, {
    type: named('Epic'),
    status: named('To Do'),
    assignee: { value: 'lead' },
  });
  const usual = isGoal ? way.people * way.goalShare * 10 : 10 * way.people * (1 - way.goalShare);
  const planned = usualRate(way) * (times > 0 ? times * GOAL_WEEKS * way.people * way.goalShare : usual);
  const size = Math.max(5, Math.round(planned * (0.85 + 0.3 * uniform(random))));
  const hidden = Math.round(size * way.discovered);
  const epic: Epic = { draft: of, isGoal, todo: [], open: 0, hidden };
  for (let i = hidden; i < size; i += 1) {
    epic.todo.push(newStory(book, way, random, at + (integer(random, 1, 90) * HOUR_MS) / 2, epic));
  }
  book.epics.push(epic);
  return epic;
}

export function newStory(book: Book, way: Way, random: Random, at: Instant, epic: Epic | undefined): Ticket {
  const [median, spread] = way.hours;
  const area = integer(random, 0, way.areas - 1);
  const ticket = newTicket(book, 'story', at, Math.min(LONGEST_HOURS, around(random, median, spread)), {
    epic,
    area,
    type: 'Story',
  });
  if (epic !== undefined) epic.open += 1;
  return ticket;
}

export function newTicket(
  book: Book,
  kind: Ticket['kind'],
  at: Instant,
  hours: number,
  about: {
    readonly epic?: Epic | undefined;
    readonly area: number;
    readonly type: string;
    readonly label?: string;
    readonly parent?: Draft;
  },
): Ticket {
  book.number += 1;
  const above = about.parent ?? about.epic?.draft;
  const of = draft(
    `PAY-${book.number}`,
    at,
    {
      type: named(about.type),
      status: named('To Do'),
      priority: named('Medium'),
      ...(above === undefined ? {} : { parent: toParent(above) }),
    },
    { components: [`area${about.area}`], ...(about.label === undefined ? {} : { labels: [about.label] }) },
  );
  const ticket: Ticket = {
    draft: of,
    kind,
    epic: about.epic,
    area: about.area,
    total: hours,
    left: hours,
    lastAt: at,
  };
  book.tickets.push(ticket);
  return ticket;
}

/** What comes up in a day on its own: bugs, and requests of customers. */
export function comesUp(backlog: Backlog, way: Way, random: Random, at: Instant, week: number): void {
  if (chance(random, way.bugs(week) / 5)) {
    const area = integer(random, 0, way.areas - 1);
    backlog.bugs.push(newTicket(backlog, 'bug', at, around(random, 6, 0.7), { area, type: 'Bug' }));
  }
  for (let left = way.support(week) / 5; left > 0; left -= 1) {
    if (chance(random, Math.min(1, left))) backlog.support.push(newRequest(backlog, way, random, at));
  }
}

export function newRequest(backlog: Backlog, way: Way, random: Random, at: Instant): Ticket {
  const area = integer(random, 0, way.areas - 1);
  const hours = around(random, way.supportHours, 0.6);
  return newTicket(backlog, 'support', at, hours, { area, type: 'Task', label: 'support' });
}

/** Brings the epics up to date: who is through goes, and what was written down next is opened. */
export function openEpics(backlog: Backlog, way: Way, random: Random, at: Instant, week: number): void {
  if (way.dream !== undefined && week >= way.dream.week && backlog.dream === undefined) {
    backlog.dream = newEpic(backlog, way, random, at, true, way.dream.times);
    backlog.goal = backlog.dream;
  }
  if (backlog.goal.todo.length === 0) {
    backlog.goal = backlog.nextGoal;
    backlog.nextGoal = newEpic(backlog, way, random, at, true);
  }
  const wanted = way.apart(week) ? way.people - 1 : way.streams(week);
  backlog.others = backlog.others.filter(({ todo }) => todo.length > 0).slice(0, Math.max(0, wanted));
  while (backlog.others.length < wanted) {
    backlog.others.push(backlog.nextOther);
    backlog.nextOther = newEpic(backlog, way, random, at, false);
  }
  for (const epic of [backlog.goal, ...backlog.others]) {
    if (epic.openedAt !== undefined) continue;
    epic.openedAt = at;
    set(epic.draft, at, 'status', named('In Progress'));
  }
}
