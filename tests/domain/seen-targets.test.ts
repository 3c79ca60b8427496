import { expect, test } from 'vitest';
import type { Project, Reference } from '#domain/reference.ts';
import { retained } from '#domain/retained.ts';
import { referenceAsOf } from '#domain/version-history.ts';
import { day } from '#tests/builders/day.ts';
import { history } from '#tests/builders/team.ts';

const { reference: plain } = history([]);
const pay: Project = { id: '1', key: 'PAY', name: 'Payments' };
const withTarget = (text?: string): Reference => {
  const target = text === undefined ? {} : { targetDay: day(text) };
  return {
    ...plain,
    projects: [{ ...pay, ...target }],
    initiatives: [{ id: 'i1', name: 'Grow', projectIds: [pay.id], ...target }],
  };
};
const targetsAsOf = (reference: Reference, moment: number) => {
  const { projects, initiatives = [] } = referenceAsOf(reference, moment);
  return [projects[0]?.targetDay, initiatives[0]?.targetDay];
};

test('a target that moved is known as it was seen on each day, of projects and of initiatives', () => {
  const [march, june] = [day('2026-03-31'), day('2026-06-30')];
  const first = withTarget('2026-03-31');
  const same = retained(first, withTarget('2026-03-31'), 100);
  expect(same.projects).toEqual(first.projects);
  const moved = retained(same, withTarget('2026-06-30'), 200);
  const dropped = retained(moved, withTarget(), 300);
  const read = retained(dropped, withTarget(), 400);
  expect(targetsAsOf(read, 50)).toEqual([march, march]);
  expect(targetsAsOf(read, 200)).toEqual([march, march]);
  expect(targetsAsOf(read, 201)).toEqual([june, june]);
  expect(targetsAsOf(read, 300)).toEqual([june, june]);
  expect(targetsAsOf(read, 301)).toEqual([undefined, undefined]);
});

test('a target that never moved is as it is, also of one that is new', () => {
  const now = withTarget('2026-03-31');
  expect(targetsAsOf(retained(plain, now, 100), 1)).toEqual([day('2026-03-31'), day('2026-03-31')]);
});
