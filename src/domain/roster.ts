import { sum } from 'd3-array';
import type { CalendarDay } from './calendar.ts';
import type { PersonHash } from './issue.ts';

/** For some time somebody works in a team; without an end they still do. With 0 they are away and still belong to it. */
export interface Member {
  /** By source: the same hashes as in its issues. */
  readonly ids: Readonly<Record<string, PersonHash>>;
  /** Which part of a full week they work here. */
  readonly fte: number;
  /** Labels of work that they know how to do; absent: nobody says. */
  readonly skills?: readonly string[];
  /** The first and the last day. */
  readonly from?: CalendarDay;
  readonly to?: CalendarDay;
}

/** How many people worked here from a day on. */
export interface DatedHeadcount {
  readonly from?: CalendarDay;
  readonly people: number;
}

/** What a team says of its own size; without any of it only who is seen at work counts. */
export interface Roster {
  readonly headcount?: number | readonly DatedHeadcount[];
  readonly members?: readonly Member[];
}

/**
 * How many full-time people a team says it had on a day: its members of that day, else the headcount that held.
 * undefined when it says nothing.
 *
 * @example declaredPeople({ headcount: [{ people: 5 }, { from: '2026-02-01', people: 6 }] }, '2026-01-23') // => 5
 * @example declaredPeople({ members: [{ ids: {}, fte: 1 }, { ids: {}, fte: 0.5, to: '2025-12-31' }] }, '2026-01-23') // => 1
 */
export function declaredPeople({ headcount, members }: Roster, day: CalendarDay): number | undefined {
  if (members !== undefined) return sum(membersOn(members, day), ({ fte }) => fte);
  if (headcount === undefined || typeof headcount === 'number') return headcount;
  const holds = headcount.filter(({ from }) => from === undefined || from <= day);
  return holds.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1)).at(-1)?.people;
}

/**
 * The person-days a team had on some days: of the people it says it had, or of those seen at work where these are more.
 *
 * @example capacityDays({ headcount: 5 }, ['2026-01-22', '2026-01-23'], 3) // => 10
 */
export function capacityDays(roster: Roster, days: readonly CalendarDay[], seen: number): number {
  return sum(days, (day) => Math.max(declaredPeople(roster, day) ?? 0, seen));
}

/** The entries of a roster that hold on a day. */
export function membersOn(members: readonly Member[], day: CalendarDay): readonly Member[] {
  return members.filter(
    ({ from, to }) => (from === undefined || from <= day) && (to === undefined || to >= day),
  );
}

/**
 * Who a person of a source is in the team: the same for all the accounts of one member, in whatever source. Somebody
 * who is not in the roster stays who they are there.
 */
export function personIn({ members = [] }: Roster): (source: string, hash: PersonHash) => PersonHash {
  const known = new Map<string, PersonHash>();
  // The entries that name more accounts join those that name fewer.
  for (const { ids } of members.toSorted((a, b) => Object.keys(b.ids).length - Object.keys(a.ids).length)) {
    const accounts = Object.entries(ids);
    const person =
      accounts.map(([source, hash]) => known.get(`${source}/${hash}`)).find((one) => one !== undefined) ??
      accounts[0]?.[1];
    for (const [source, hash] of accounts) if (person !== undefined) known.set(`${source}/${hash}`, person);
  }
  return (source, hash) => known.get(`${source}/${hash}`) ?? hash;
}
