import { mean } from 'd3-array';
import type { Instant } from '#domain/issue.ts';
import { integer, seededRandom, uniform } from '#statistics/random.ts';
import { comesUp, firstBacklog, newTicket, openEpics, usualRate } from './backlog.ts';
import { add, moveTo, named, remove, set } from './draft.ts';
import { atWork, DAY_MS, HOUR_MS, type Hour, workHours } from './hours.ts';
import type { CyclePlan, Life, Person, Ticket } from './ticket.ts';
import { chance, type Way } from './way.ts';
import { interrupt, moment, type State, stamp, work } from './work.ts';

/**
 * The life of a team, hour by hour: people take the next piece of work, do it, have it reviewed and go on. Pure: the
 * same way and seed live the same life. What troubles there are is said by the way; what came of it is in the facts.
 */
export function live(way: Way): Life {
  const random = seededRandom(`life ${way.seed}`);
  const off = new Set([...way.declared, ...way.undeclared]);
  const hours = workHours(way.from, way.weeks, way.timezone, off);
  const begin = hours[0]?.at ?? 0;
  const state: State = {
    way,
    random,
    off,
    people: Array.from({ length: way.people }, (_, index) => ({ index, hash: `h${index}`, held: [] })),
    backlog: firstBacklog(way, random, begin),
    reviews: [],
    waiting: [],
    cycles: [],
    facts: { forgotten: [], aside: [], supportHours: [], begun: [], waits: [], stops: [] },
  };
  for (const hour of hours) {
    if (hour.opensDay) openDay(state, hour);
    settle(state, hour);
    for (const person of state.people) if (isThere(way, person, hour.week)) work(state, person, hour);
  }
  const { tickets, epics } = state.backlog;
  return { tickets, epics, cycles: state.cycles, facts: state.facts };
}

function isThere({ vacations, lastWeek }: Way, { index }: Person, week: number): boolean {
  return week <= (lastWeek[index] ?? week) && vacations[index]?.includes(week) !== true;
}

function openDay(state: State, hour: Hour): void {
  const { way, random, backlog } = state;
  comesUp(backlog, way, random, hour.at + uniform(random) * 6 * HOUR_MS, hour.week);
  openEpics(backlog, way, random, hour.at, hour.week);
  if (hour.opensWeek && way.cycleWeeks !== undefined && hour.week % way.cycleWeeks === 0)
    openCycle(state, hour);
  if (hour.opensWeek && way.stops.includes(hour.week)) stopTheLine(state, hour);
  if (hour.opensWeek && way.mishaps.includes(hour.week)) {
    interrupt(state, state.people[integer(random, 0, way.people - 1)], incident(state, hour, 3), hour);
  }
}

/** Most of the team works on one incident for a day or two. */
function stopTheLine(state: State, hour: Hour): void {
  const there = state.people.filter((person) => isThere(state.way, person, hour.week));
  const crew = there.slice(0, Math.max(2, Math.ceil(0.7 * there.length)));
  const hours = 10 + 10 * uniform(state.random);
  state.facts.stops.push(hour.at);
  const main = incident(state, hour, hours);
  crew.forEach((person, i) => {
    interrupt(state, person, i === 0 ? main : incident(state, hour, hours, main), hour);
  });
}

function incident({ backlog, way, random }: State, { at }: Hour, hours: number, part?: Ticket): Ticket {
  return newTicket(backlog, 'incident', at, hours, {
    area: integer(random, 0, way.areas - 1),
    type: part === undefined ? 'Bug' : 'Sub-task',
    label: 'incident',
    ...(part === undefined ? {} : { parent: part.draft }),
  });
}

/** What is unfinished of the last cycle goes on, and as much is added as the team thinks it will finish. */
function openCycle(state: State, hour: Hour): void {
  const { way, backlog, cycles } = state;
  const length = (way.cycleWeeks ?? 2) * 7 * DAY_MS;
  const startAt = hour.at + HOUR_MS;
  const done = cycles
    .slice(-3)
    .map(
      ({ startAt: from }) =>
        backlog.tickets.filter(
          ({ kind, doneAt = 0 }) => kind === 'story' && doneAt > from && doneAt <= from + length,
        ).length,
    );
  const usual = mean(done) ?? way.people * usualRate(way) * (way.cycleWeeks ?? 2);
  const target = Math.round(way.commit(hour.week) * usual);
  const left = cycles.at(-1)?.committed.filter(({ doneAt }) => doneAt === undefined) ?? [];
  const under = backlog.tickets.filter(
    ({ begunAt, doneAt, turn, kind }) =>
      begunAt !== undefined && doneAt === undefined && turn?.kind !== 'aside' && kind === 'story',
  );
  const next = [backlog.goal, ...backlog.others].flatMap(({ todo }) => todo);
  const all = [...new Set([...left, ...under, ...next])].slice(0, Math.max(left.length, target));
  const plan: CyclePlan = {
    id: String(500 + cycles.length),
    startAt,
    endAt: startAt + length - 2 * HOUR_MS,
    committed: all,
  };
  for (const ticket of all) {
    ticket.cycle = cycles.length;
    add(ticket.draft, Math.max(startAt - HOUR_MS / 2, ticket.draft.createdAt + 1), 'cycles', plan.id);
  }
  cycles.push(plan);
}

/** Reviews that are over, and waits that have ended. */
function settle(state: State, hour: Hour): void {
  const { way, random, reviews, waiting, backlog } = state;
  for (const ticket of reviews.filter(({ reviewEnds = 0 }) => reviewEnds <= hour.at)) {
    reviews.splice(reviews.indexOf(ticket), 1);
    const at = stamp(ticket, Math.max(ticket.reviewEnds ?? 0, moment(state, hour) - HOUR_MS));
    ticket.doneAt = at;
    moveTo(ticket.draft, at, 'Done');
    set(ticket.draft, at, 'resolution', named('Done'));
    finishIn(state, ticket, at);
  }
  for (const one of waiting.filter(({ until }) => until <= hour.at)) {
    waiting.splice(waiting.indexOf(one), 1);
    const { ticket, person } = one;
    const at = stamp(ticket, one.until);
    if (ticket.turn?.kind === 'undecided') {
      set(ticket.draft, at, 'flagged', undefined);
      if (chance(random, 0.5)) remove(ticket.draft, at, 'labels', 'needs-decision');
    } else moveTo(ticket.draft, at, 'In Progress');
    person.held.push(ticket);
  }
  if (hour.opensDay) openEpics(backlog, way, random, hour.at, hour.week);
}

function finishIn(state: State, ticket: Ticket, at: Instant): void {
  const { epic } = ticket;
  if (epic === undefined) return;
  epic.open -= 1;
  if (epic.open > 0 || epic.todo.length > 0) return;
  epic.doneAt = at;
  const closed = atWork(at + uniform(state.random) * 2 * DAY_MS, state.way.timezone, state.off, state.random);
  moveTo(epic.draft, closed, 'Done');
}
