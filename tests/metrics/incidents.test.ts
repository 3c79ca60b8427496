import { describe, expect, test } from 'vitest';
import { dayOf, plusDays } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import type { Team } from '#domain/team.ts';
import { incidents } from '#metrics/incidents.ts';
import { incidents as stopsTheLine } from '#risks/incidents.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const value = (measurement: Measurement) => (measurement.kind === 'value' ? measurement.value : measurement);

type Issues = Parameters<typeof view>[2];
const EPOCH = dayOf(Date.UTC(2025, 0, 6), 'UTC');
const onDay = (offset: number) => plusDays(EPOCH, offset);

const said: Partial<Team> = { work: { incident: { labels: ['sev1'] } } };
const of = (issues: Issues, day: string, changes: Partial<Team> = said) =>
  incidents(view(team(changes), day, issues));

/** Four people at work all along, in items of their own, from the first day on. */
const work = ['p1', 'p2', 'p3', 'p4'].map((person, i) =>
  issue(`PAY-${i + 1}`, 'In Progress', { from: EPOCH, assignee: person }),
);

/** An incident of three days that one person holds. */
const incident = (key: string, person: string, offset: number, more: IssueOptions = {}) =>
  issue(key, 'In Progress 3d → Done', { from: onDay(offset), assignee: person, labels: ['sev1'], ...more });

describe('how often the line stops', () => {
  // Two people on one incident each, in two stops: Mondays of the 3rd and the 20th week.
  const four = [
    incident('PAY-11', 'p1', 14),
    incident('PAY-12', 'p2', 14),
    incident('PAY-13', 'p1', 133),
    incident('PAY-14', 'p3', 133),
  ];

  test('is 2.0 in a quarter with 4 incidents in 2 quarters (WX-R-2)', () => {
    // 183 days from 6 January: 2.004 quarters.
    const found = of([...work, ...four], onDay(182));
    expect(value(found.perQuarter)).toBeCloseTo(2, 1);
    expect(value(found.twoOrMore)).toBeCloseTo(0.534, 2);
    expect(found.items.map(({ key }) => key)).toEqual(['PAY-11', 'PAY-12', 'PAY-13', 'PAY-14']);
    // Monday to Wednesday, twice.
    expect(value(found.days)).toBe(6);
  });

  test('is 0 with none in 3 quarters, and two or more are out of the question (WX-D2b)', () => {
    const found = of([...work, issue('PAY-9', 'To Do', { labels: ['sev1'], from: onDay(100) })], onDay(273));
    expect(value(found.perQuarter)).toBe(0);
    expect(value(found.twoOrMore)).toBeCloseTo(0.0005, 4);
    expect(found.perQuarter).toMatchObject({ interval90: [0, expect.closeTo(1, 1)] });
    const none = [...work, issue('PAY-9', 'To Do', { labels: ['sev1'], from: onDay(100) })];
    expect(stopsTheLine(view(team(said), onDay(273), none))).toEqual([]);
  });

  test('does not count an incident that one of four people works on', () => {
    expect(value(of([...work, incident('PAY-11', 'p1', 14)], onDay(182)).days)).toBe(0);
  });

  test('counts one that is marked as stopping the line, whoever is on it', () => {
    const marked = incident('PAY-11', 'p1', 14, { labels: ['sev1', 'stop-the-line'] });
    const found = of([...work, marked], onDay(182));
    expect(value(found.days)).toBe(3);
    expect(found.items).toHaveLength(1);
  });

  test('does not count the parts of an incident beside it', () => {
    const whole = incident('PAY-11', 'p1', 14);
    const part = incident('PAY-12', 'p2', 14, { type: 'Sub-task', parent: 'PAY-11' });
    expect(of([...work, whole, part], onDay(182)).items.map(({ key }) => key)).toEqual(['PAY-11']);
  });

  test('takes effort: its part of the person-days of the time', () => {
    // On six work days each of two people splits the day between the incident and their own item.
    const found = of([...work, ...four], onDay(182));
    // 27 weeks have 131 work days by 7 July, of 4 people.
    expect(value(found.share)).toBeCloseTo(6 / (131 * 4), 5);
  });
});

describe('what incidents cost', () => {
  /** Eight items are finished in every week, one in those of the incidents. */
  const weeks = Array.from({ length: 26 }, (_, week) => week);
  const stops = [4, 11, 18];
  const finished = weeks.flatMap((week) =>
    Array.from({ length: stops.includes(week) ? 1 : 8 }, (_, i) =>
      issue(`PAY-${100 + 10 * week + i}`, 'In Progress 4d → Done', {
        from: onDay(7 * week),
        assignee: `p${1 + (i % 4)}`,
      }),
    ),
  );
  const incidentsOfWeeks = stops.flatMap((week) =>
    ['p1', 'p2', 'p3', 'p4'].map((person, i) => incident(`PAY-${500 + 10 * week + i}`, person, 7 * week)),
  );
  const found = of([...finished, ...incidentsOfWeeks], onDay(26 * 7 - 1));

  test('is what the weeks around them finish more', () => {
    expect(found.shortfall).toMatchObject({ value: 7, unit: 'items_per_week' });
    const { shortfall } = found;
    expect(shortfall.kind === 'value' && (shortfall.interval90[0] ?? 0)).toBeGreaterThan(0);
  });

  test('is a pace that would be higher without them', () => {
    // 23 × 8 + 3 finished, 21 fallen short.
    expect(value(found.paceWithout)).toBeCloseTo(208 / 187, 10);
  });
});

describe('nothing is told', () => {
  test('under a quarter of history', () => {
    expect(of([...work, incident('PAY-11', 'p1', 14)], onDay(59)).perQuarter).toEqual({
      kind: 'insufficient',
      have: 60,
      need: 91,
      what: 'days of history',
    });
  });

  test('where nothing is known to be an incident', () => {
    expect(of(work, onDay(182), {})).toMatchObject({ perQuarter: { have: 0, need: 1 }, told: 'unknown' });
  });

  test('of the days of two people', () => {
    const two = [...work.slice(0, 2), incident('PAY-11', 'p1', 14), incident('PAY-12', 'p2', 14)];
    const found = of(two, onDay(182));
    expect(found.share).toMatchObject({ kind: 'insufficient', have: 2, need: 3 });
    expect(value(found.days)).toBe(0);
  });
});
