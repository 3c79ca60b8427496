import { expect, test } from 'vitest';
import type { Reference } from '#domain/reference.ts';
import { retained as retainedAt } from '#domain/retained.ts';
import { referenceAsOf } from '#domain/version-history.ts';
import { history } from '#tests/builders/team.ts';

const { reference: plain } = history([]);
const pay = { id: '1', key: 'PAY', name: 'Payments' };
const ops = { id: '2', key: 'OPS', name: 'Operations' };
const retained = (earlier: Reference, now: Reference, at = 100) => retainedAt(earlier, now, at);
const before: Reference = {
  ...plain,
  projects: [pay, ops],
  statuses: [{ id: '9', name: 'Parked', category: 'todo' }],
  cycles: [
    { id: '1', name: 'Sprint 1', startAt: 1 },
    { id: '2', name: 'Sprint 2' },
  ],
};

test('what a source no longer names stays known as it was last named, behind what it names', () => {
  const now: Reference = { ...before, projects: [{ ...ops, name: 'Run' }], statuses: [], cycles: [] };
  const both = retained(before, now);
  expect(both.projects).toEqual([{ ...ops, name: 'Run' }, pay]);
  expect(both.statuses).toEqual(before.statuses);
});

test('a cycle that never began and was deleted is forgotten', () => {
  expect(retained(before, { ...before, cycles: [] }).cycles).toEqual([
    { id: '1', name: 'Sprint 1', startAt: 1 },
  ]);
});

test('teams stay known where a source has any, and are not made up where it has none', () => {
  const eng = { id: 't1', key: 'ENG', name: 'Engineering' };
  expect(retained({ ...before, teams: [eng] }, { ...before, teams: [] }).teams).toEqual([eng]);
  expect(retained(before, before)).toEqual(before);
});

test('what the text of a project said before is kept, and one that says the same again has stood since then', () => {
  const said = (since: number, quote?: string) => ({
    since,
    facts: quote === undefined ? {} : { problem: quote },
  });
  const saying = (...texts: readonly ReturnType<typeof said>[]): Reference => ({
    ...before,
    projects: [{ ...pay, texts }, ops],
  });
  const texts = (reference: Reference) => reference.projects.find(({ id }) => id === pay.id)?.texts;
  const first = retained(before, saying(said(10, 'they leave')));
  expect(texts(first)).toEqual([said(10, 'they leave')]);
  const second = retained(first, saying(said(20, 'they leave')));
  expect(texts(second)).toEqual([said(10, 'they leave')]);
  const third = retained(second, saying(said(30)));
  expect(texts(third)).toEqual([said(10, 'they leave'), said(30)]);
  expect(texts(retained(third, before))).toEqual(texts(third));
  expect(third.projects.find(({ id }) => id === ops.id)).toEqual(ops);
});

test('what people said of how it goes, and initiatives, are known to reports of before they were gone', () => {
  const about = { kind: 'project', id: pay.id } as const;
  const [kept, deleted] = ['u1', 'u2'].map((id) => ({ id, about, at: 10 }));
  const takenBack = { id: 'u3', about, at: 10, goneSince: 40 };
  if (!kept || !deleted) throw new RangeError('two');
  const initiative = { id: 'i1', name: 'Grow', projectIds: [pay.id] };
  const said: Reference = { ...before, updates: [kept, deleted, takenBack], initiatives: [initiative] };
  const later = retained(said, { ...before, updates: [kept, takenBack], initiatives: [] }, 100);
  const idsAsOf = (moment: number, reference = later) => {
    const { updates = [], initiatives = [] } = referenceAsOf(reference, moment);
    return [...updates, ...initiatives].map(({ id }) => id).toSorted();
  };
  expect(idsAsOf(40)).toEqual(['i1', 'u1', 'u2', 'u3']);
  expect(idsAsOf(100)).toEqual(['i1', 'u1', 'u2']);
  expect(idsAsOf(101)).toEqual(['u1']);
  // However often it is read after that; and one that is back was never gone.
  const again = retained(later, { ...before, updates: [kept], initiatives: [initiative] }, 200);
  expect(idsAsOf(100, again)).toEqual(['i1', 'u1', 'u2']);
  expect(idsAsOf(201, again)).toEqual(['i1', 'u1']);
});
