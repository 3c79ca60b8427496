import { describe, expect, test } from 'vitest';
import { type CalendarDay, DEFAULT_CALENDAR, parseDay, plusDays } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import type { Member } from '#domain/roster.ts';
import { turnover } from '#metrics/turnover.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const value = (measurement: Measurement) => (measurement.kind === 'value' ? measurement.value : measurement);
const day = (text: string): CalendarDay => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};

/** The last 30 days begin on 1 March. */
const LAST = '2026-03-30';
const works = (person: string, from: string, days: number) =>
  issue(`PAY-${person.charCodeAt(0)}${days}`, `In Progress ${days}d → Done`, { from, assignee: person });

const team5 = [
  ...['a', 'b', 'c'].map((person) => works(person, '2026-01-12', 75)),
  ...['d', 'e'].map((person) => works(person, '2026-01-12', 30)),
  works('f', '2026-03-09', 20),
];

describe('by activity', () => {
  const found = turnover(view(team(), LAST, team5));

  test('five before and four now are two inactive, one new, a turnover of 2/4.5 (WX-D5)', () => {
    expect(value(found.gone)).toBe(2);
    expect(value(found.arrived)).toBe(1);
    expect(value(found.rate)).toBeCloseTo(2 / 4.5, 10);
    expect(found.rate).toMatchObject({ confidence: 'low' });
  });

  test('it says no longer active, since leave and departure look alike, and names nobody', () => {
    expect(found).toMatchObject({ told: 'activity', wording: 'no longer active' });
    expect(found.capacityChange.kind).toBe('insufficient');
    expect(found.coverage.kind).toBe('insufficient');
    expect(JSON.stringify(found)).not.toMatch(/"[a-f]"/);
  });

  test('one day of work in the last month is enough to be there', () => {
    const back = turnover(view(team(), LAST, [...team5, works('d', '2026-03-16', 1)]));
    expect(value(back.gone)).toBe(1);
  });

  test('four days of work are not enough to have been there', () => {
    const guest = turnover(view(team(), LAST, [...team5, works('g', '2026-01-12', 4)]));
    expect(value(guest.gone)).toBe(2);
  });

  test('of seven of whom two are left it tells that five are gone: the worst case is not the quietest', () => {
    const left = ['a', 'b'].map((person) => works(person, '2026-01-12', 75));
    const gone = ['c', 'd', 'e', 'f', 'g'].map((person) => works(person, '2026-01-12', 30));
    const found = turnover(view(team(), LAST, [...left, ...gone]));
    expect([value(found.gone), value(found.arrived)]).toEqual([5, 0]);
    expect(value(found.rate)).toBeCloseTo(5 / 4.5, 10);
  });

  test('who worked on what came here from another team since has not left this one', () => {
    const theirs = ['x', 'y', 'z'].map((person, i) =>
      issue(`OPS-${900 + i}`, 'In Progress 30d → Done', {
        from: '2026-01-12',
        assignee: person,
        changes: [{ at: i === 0 ? '45d' : '60d', field: 'project', from: 'ops', to: 'pay', toName: 'PAY' }],
      }),
    );
    const found = turnover(view(team(), LAST, [...team5, ...theirs]));
    expect([value(found.gone), value(found.arrived)]).toEqual([2, 1]);
    expect(value(found.rate)).toBeCloseTo(2 / 4.5, 10);
  });

  test('nobody has left a team of whom nobody is seen: it rests, or has stopped', () => {
    const all = ['c', 'd', 'e', 'f'].map((person) => works(person, '2026-01-12', 30));
    expect(turnover(view(team(), LAST, all)).gone).toMatchObject({
      have: 0,
      need: 1,
      what: 'people seen in the last 30 days',
    });
    // From 2 to 20 March are holidays, so of the last 30 days six are work days.
    const holidays = Array.from({ length: 19 }, (_, i) => plusDays(day('2026-03-02'), i));
    const calendar = { ...DEFAULT_CALENDAR, holidays };
    expect(turnover(view(team({ calendar }), LAST, team5)).gone).toMatchObject({ have: 6, need: 10 });
  });

  test('of two people nothing is told', () => {
    const two = turnover(view(team(), LAST, team5.slice(0, 2)));
    expect(two.gone).toMatchObject({ kind: 'insufficient', need: 3 });
  });
});

describe('by the roster', () => {
  const member = (id: string, more: Partial<Member> = {}): Member => ({ ids: { acme: id }, fte: 1, ...more });
  const stay = ['a', 'b', 'c'].map((id) => member(id));
  const of = (...members: readonly Member[]) => turnover(view(team({ members }), LAST, team5));

  test('somebody on parental leave has not left, and is missing in the capacity (WX-D5b)', () => {
    const found = of(
      ...stay,
      member('d', { to: day('2026-02-18') }),
      member('d', { fte: 0, from: day('2026-02-19') }),
    );
    expect(value(found.gone)).toBe(0);
    expect(found.capacityChange).toMatchObject({ value: -1, method: 'roster', unit: 'fte' });
    expect(found).toMatchObject({ told: 'roster', wording: 'left' });
  });

  test('who has no entry any more has left, who has a first one has arrived', () => {
    const found = of(
      ...stay,
      member('d', { to: day('2026-02-18') }),
      member('e', { from: day('2026-03-02') }),
    );
    expect(value(found.gone)).toBe(1);
    expect(value(found.arrived)).toBe(1);
    expect(value(found.capacityChange)).toBe(0);
    expect(found.gone).toMatchObject({ confidence: 'high' });
  });

  test('who left more than 90 days ago is history', () => {
    expect(value(of(...stay, member('d', { to: day('2025-12-01') })).gone)).toBe(0);
  });

  test('of two members nothing is told', () => {
    expect(of(...stay.slice(0, 2)).gone).toMatchObject({ kind: 'insufficient', have: 2, need: 3 });
  });
});
