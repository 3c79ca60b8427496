import { describe, expect, test } from 'vitest';
import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import { capacityDays, declaredPeople, membersOn, personIn } from '#domain/roster.ts';

const day = (text: string): CalendarDay => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};

describe('how many people a team says it has', () => {
  test('is the headcount that held on the day, in whatever order they were written', () => {
    const headcount = [{ from: day('2026-03-01'), people: 6 }, { people: 4 }];
    expect(declaredPeople({ headcount }, day('2026-02-28'))).toBe(4);
    expect(declaredPeople({ headcount }, day('2026-03-01'))).toBe(6);
  });

  test('is nothing before the first headcount, and without one', () => {
    expect(
      declaredPeople({ headcount: [{ from: day('2026-03-01'), people: 6 }] }, day('2026-02-28')),
    ).toBeUndefined();
    expect(declaredPeople({}, day('2026-02-28'))).toBeUndefined();
  });

  test('is the members of the day, whatever the headcount says; who is away counts 0', () => {
    const members = [
      { ids: { acme: 'a' }, fte: 1 },
      { ids: { acme: 'b' }, fte: 0.5, from: day('2026-02-01'), to: day('2026-02-28') },
      { ids: { acme: 'c' }, fte: 0, from: day('2026-02-15') },
    ];
    expect(declaredPeople({ headcount: 9, members }, day('2026-02-28'))).toBe(1.5);
    expect(declaredPeople({ headcount: 9, members }, day('2026-03-01'))).toBe(1);
    expect(membersOn(members, day('2026-02-28'))).toHaveLength(3);
  });

  test('never makes the days fewer than those of the people seen at work', () => {
    const two = [day('2026-01-22'), day('2026-01-23')];
    expect(capacityDays({ headcount: 2 }, two, 3)).toBe(6);
    expect(capacityDays({ headcount: 4.5 }, two, 3)).toBe(9);
    expect(capacityDays({}, two, 3)).toBe(6);
  });
});

describe('who a person is', () => {
  const who = personIn({
    members: [
      { ids: { labs: 'l1' }, fte: 1, to: day('2025-12-31') },
      { ids: { acme: 'a1', labs: 'l1' }, fte: 1, from: day('2026-01-01') },
    ],
  });

  test('is the same for all accounts of a member, in every entry', () => {
    expect(who('acme', 'a1')).toBe(who('labs', 'l1'));
  });

  test('is what the source says for somebody who is not in the roster', () => {
    expect(who('acme', 'x')).toBe('x');
    expect(who('acme', 'l1')).toBe('l1');
  });
});
