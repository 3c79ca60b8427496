import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue } from '#domain/issue.ts';
import { mergeIssues, withTimeline } from '#domain/whole-timeline.ts';

/** A copy of the issue at an age, with those of its history entries that were read, each as it stood at that age. */
function copy(age: number, read: ReadonlyMap<string, number>): Issue {
  const current = { scalars: { title: { value: `at ${age}` } }, sets: {} };
  const events = [...read].flatMap(([eventId, items]) =>
    Array.from({ length: items }, (_, itemIndex) => ({
      at: Number(eventId),
      eventId,
      itemIndex,
      field: 'priority',
      to: `${eventId} at ${age}`,
      origin: 'recorded' as const,
    })),
  );
  return withTimeline({ source: 'acme', id: '1', createdAt: 0, updatedAt: age, current }, events);
}

/** Copies of one issue at different ages: parts of its history, in which entries gained and lost items since. */
const copies = fc
  .uniqueArray(
    fc.record({ age: fc.integer({ min: 1, max: 9 }), read: fc.array(entry(), { maxLength: 5 }) }),
    {
      minLength: 1,
      maxLength: 6,
      selector: ({ age }) => age,
    },
  )
  .map((some) => some.map(({ age, read }) => copy(age, new Map(read))));

function entry(): fc.Arbitrary<readonly [string, number]> {
  return fc.tuple(fc.constantFrom('11', '12', '13', '14'), fc.integer({ min: 1, max: 3 }));
}

const joined = (some: readonly Issue[]) => some.reduce((stored, read) => mergeIssues(stored, read));
const itemsOf = (issue: Issue | undefined, id: string) =>
  (issue?.events ?? [])
    .filter(({ eventId }) => eventId === id)
    .map(({ at, itemIndex, to }) => ({ at, itemIndex, to }));

describe('history entries that a tracker goes on writing in', () => {
  test('are those of the newest copy that has them, in whatever order and however often copies are read', () => {
    fc.assert(
      fc.property(
        copies.chain((some) =>
          fc.record({
            some: fc.constant(some),
            again: fc.array(fc.constantFrom(...some), { maxLength: 6 }),
            seed: fc.infiniteStream(fc.nat()),
          }),
        ),
        ({ some, again, seed }) => {
          const byAge = some.toSorted((a, b) => a.updatedAt - b.updatedAt);
          const mixed = [...some, ...again]
            .map((one) => ({ one, place: seed.next().value }))
            .toSorted((a, b) => a.place - b.place)
            .map(({ one }) => one);
          const inOrder = joined(byAge);
          expect(joined(mixed)).toEqual(inOrder);
          expect(joined([...mixed, ...byAge.toReversed()])).toEqual(inOrder);
          for (const id of ['11', '12', '13', '14']) {
            const newest = byAge.findLast((one) => itemsOf(one, id).length > 0);
            expect(itemsOf(inOrder, id)).toEqual(itemsOf(newest, id));
          }
        },
      ),
    );
  });

  test('lose the items that the newer copy no longer has in them', () => {
    const [older, newer] = [copy(1, new Map([['11', 3]])), copy(2, new Map([['11', 1]]))];
    expect(mergeIssues(older, newer)).toEqual(newer);
    expect(mergeIssues(newer, older)).toEqual(newer);
  });

  test('are kept when a newer copy does not have them, with the age of the copy they are from', () => {
    const both = mergeIssues(copy(1, new Map([['11', 1]])), copy(2, new Map([['12', 1]])));
    expect(both.events.slice(-2).map(({ eventId, copyUpdatedAt }) => [eventId, copyUpdatedAt])).toEqual([
      ['11', 1],
      ['12', undefined],
    ]);
  });

  test('are corrected by reading the same copy again', () => {
    const [first, again] = [copy(1, new Map([['11', 2]])), copy(1, new Map([['11', 1]]))];
    expect(mergeIssues(first, again)).toEqual(again);
  });
});
