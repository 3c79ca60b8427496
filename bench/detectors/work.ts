import { startOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { integer, type Random, uniform } from '#statistics/random.ts';
import { type Backlog, newRequest, newStory } from './backlog.ts';
import { add, moveTo, named, set } from './draft.ts';
import { atWork, DAY_MS, HOUR_MS, type Hour } from './hours.ts';
import type { CyclePlan, Facts, Person, Ticket } from './ticket.ts';
import { around, chance, type Way } from './way.ts';

/** What goes on in a team, while it is being made up. */
export interface State {
  readonly way: Way;
  readonly random: Random;
  readonly off: ReadonlySet<Hour['day']>;
  readonly people: readonly Person[];
  readonly backlog: Backlog;
  readonly reviews: Ticket[];
  readonly waiting: { readonly ticket: Ticket; readonly person: Person; readonly until: Instant }[];
  readonly cycles: CyclePlan[];
  readonly facts: Facts;
}

/** An hour of a person's work: on what is in hand, else on what is next. */
export function work(state: State, person: Person, hour: Hour): void {
  const { way, facts } = state;
  if (person.current?.kind === 'story' && person.index < way.supporters(hour.week))
    handBack(state, person, person.current, hour);
  const isFree = person.current === undefined;
  if (person.current?.kind === 'story') {
    const request = requestFor(state, person, hour);
    if (request !== undefined) interrupt(state, person, request, hour);
  }
  if (isFree) {
    person.current = person.held.pop();
    const ticket = person.current ?? next(state, person, hour);
    if (ticket === undefined) return;
    if (ticket.begunAt === undefined) begin(state, person, ticket, hour);
    else person.current = ticket;
  }
  const ticket = person.current;
  if (ticket === undefined) return;
  ticket.left -= 0.8 * way.pace(hour.week);
  if (ticket.kind === 'support') facts.supportHours[hour.week] = (facts.supportHours[hour.week] ?? 0) + 1;
  if (chance(state.random, way.reprioritised(hour.week) / 8) && ticket.kind === 'story') {
    const to = ['Low', 'Medium', 'High', 'Highest'][integer(state.random, 0, 3)] ?? 'Low';
    set(ticket.draft, stamp(ticket, moment(state, hour)), 'priority', named(to));
  }
  if (ticket.turn !== undefined && ticket.left <= ticket.turn.left && ticket.left > 0)
    turn(state, person, ticket, hour);
  else if (ticket.left <= 0) hand(state, person, ticket, hour);
}

/** Puts down what is in hand for something that cannot wait. */
export function interrupt(state: State, person: Person | undefined, ticket: Ticket, hour: Hour): void {
  if (person === undefined) return;
  if (person.current !== undefined) person.held.push(person.current);
  begin(state, person, ticket, hour);
}

/** Who does something else from now on gives back what was in hand, for others to take up. */
function handBack(state: State, person: Person, ticket: Ticket, hour: Hour): void {
  const at = stamp(ticket, moment(state, hour));
  person.current = undefined;
  moveTo(ticket.draft, at, 'To Do');
  set(ticket.draft, at, 'assignee', undefined);
  delete ticket.begunAt;
  ticket.epic?.todo.unshift(ticket);
}

/** What customers ask: of those who do nothing else, else of each person in turn for a week. */
function requestFor(
  { way, random, backlog }: State,
  { index }: Person,
  { at, week }: Hour,
): Ticket | undefined {
  const supporters = way.supporters(week);
  if (index < supporters)
    return backlog.support.shift() ?? newRequest(backlog, way, random, at - 2 * HOUR_MS);
  return supporters === 0 && index === week % way.people ? backlog.support.shift() : undefined;
}

function next(state: State, person: Person, hour: Hour): Ticket | undefined {
  const { way, random, backlog } = state;
  const { week, at } = hour;
  const request = requestFor(state, person, hour);
  if (request !== undefined) return request;
  if (backlog.bugs.length > 0 && chance(random, 0.5)) return backlog.bugs.shift();
  const { goal, others } = backlog;
  const beside =
    others[way.apart(week) ? person.index - 1 : integer(random, 0, Math.max(0, others.length - 1))];
  const isOnGoal = way.apart(week) ? person.index === 0 : chance(random, way.goalShare);
  const [first, second] = isOnGoal ? [goal, beside] : [beside ?? goal, goal];
  if (chance(random, way.sudden(week))) return newStory(backlog, way, random, at - 3 * HOUR_MS, first);
  const inCycle = [first, second].map((epic) =>
    epic?.todo.find((one) => one.cycle === state.cycles.length - 1 && fits(way, person, one)),
  );
  const all = [first, second, ...(way.apart(week) ? [] : others), backlog.nextOther, backlog.nextGoal];
  const found =
    inCycle.find((one) => one !== undefined) ??
    all.map((epic) => epic?.todo.find((one) => fits(way, person, one))).find((one) => one !== undefined);
  if (found?.epic === undefined) return newStory(backlog, way, random, at - 30 * HOUR_MS, goal);
  found.epic.todo.splice(found.epic.todo.indexOf(found), 1);
  if (found.epic.hidden > 0 && chance(random, 1.5 * way.discovered)) {
    found.epic.hidden -= 1;
    found.epic.todo.push(newStory(backlog, way, random, at, found.epic));
  }
  return found;
}

function fits({ specialists, people }: Way, { index }: Person, { area }: Ticket): boolean {
  return !specialists || area % people === index;
}

function begin(state: State, person: Person, ticket: Ticket, hour: Hour): void {
  const { way, random, facts, cycles } = state;
  const at = stamp(ticket, moment(state, hour));
  ticket.begunAt = at;
  person.current = ticket;
  moveTo(ticket.draft, at, 'In Progress');
  set(ticket.draft, at, 'assignee', { value: person.hash });
  if (ticket.kind !== 'incident')
    facts.begun.push({ at, sudden: at - ticket.draft.createdAt < 10 * HOUR_MS });
  const cycle = cycles.at(-1);
  if (cycle !== undefined && ticket.cycle === undefined && chance(random, 0.7)) {
    ticket.cycle = cycles.length - 1;
    add(ticket.draft, at, 'cycles', cycle.id);
  }
  if (ticket.kind !== 'story') return;
  const { week } = hour;
  const kinds = [
    ['aside', way.aside(week)],
    ['undecided', way.undecided(week)],
    ['stuck', way.stuck(week)],
    ['put_back', way.putBack(week)],
  ] as const;
  const kind = kinds.find(([, part]) => chance(random, part))?.[0];
  if (kind !== undefined) ticket.turn = { kind, left: ticket.total * (kind === 'put_back' ? 0.3 : 0.6) };
}

/** What keeps an item from being finished as it was begun. */
function turn(state: State, person: Person, ticket: Ticket, hour: Hour): void {
  const { way, random, facts, waiting } = state;
  const at = stamp(ticket, moment(state, hour));
  person.current = undefined;
  const kind = ticket.turn?.kind;
  ticket.turn = { kind: kind ?? 'aside', left: -1 };
  if (kind === 'aside') facts.aside.push({ key: ticket.draft.key, since: at });
  if (kind === 'put_back') {
    moveTo(ticket.draft, at, 'To Do');
    delete ticket.begunAt;
    ticket.left = ticket.total;
    ticket.epic?.todo.push(ticket);
  }
  if (kind !== 'undecided' && kind !== 'stuck') return;
  const days = around(random, way.waitDays(hour.week), 0.5);
  const leaders = kind === 'undecided';
  const until = atWork(at + days * DAY_MS, way.timezone, state.off, random);
  facts.waits.push({ key: ticket.draft.key, since: at, until, leaders });
  if (leaders) {
    set(ticket.draft, at, 'flagged', { value: 'x', name: 'Impediment' });
    add(ticket.draft, at, 'labels', 'needs-decision');
  } else moveTo(ticket.draft, at, 'Blocked');
  waiting.push({ ticket, person, until });
}

/** The work is done; now it is somebody else's turn, who may forget. */
function hand(state: State, person: Person, ticket: Ticket, hour: Hour): void {
  const { way, random, facts, reviews } = state;
  person.current = undefined;
  const at = stamp(ticket, moment(state, hour));
  if (ticket.kind === 'support' || ticket.kind === 'incident') {
    ticket.doneAt = at;
    moveTo(ticket.draft, at, 'Done');
    set(ticket.draft, at, 'resolution', named('Done'));
    return;
  }
  moveTo(ticket.draft, at, 'Review');
  const [median, spread] = way.review;
  const honest = atWork(
    at + way.slow(hour.week) * around(random, median, spread) * DAY_MS,
    way.timezone,
    state.off,
    random,
  );
  const isForgotten = chance(random, way.forgotten(hour.week));
  ticket.reviewEnds = isForgotten
    ? atWork(honest + around(random, 30, 0.4) * DAY_MS, way.timezone, state.off, random)
    : honest;
  if (isForgotten) facts.forgotten.push({ key: ticket.draft.key, since: honest, until: ticket.reviewEnds });
  reviews.push(ticket);
}

/** Within the hour; of teams that work at night, sometimes just before midnight, on Fridays just before Monday. */
export function moment({ way, random }: State, hour: Hour): Instant {
  if (!chance(random, way.nights)) return hour.at + uniform(random) * 0.9 * HOUR_MS;
  const midnight = startOf(hour.day, way.timezone) + DAY_MS;
  return midnight - (1 + 15 * uniform(random)) * 60_000;
}

export function stamp(ticket: Ticket, at: Instant): Instant {
  ticket.lastAt = Math.max(at, ticket.lastAt + 60_000);
  return ticket.lastAt;
}
