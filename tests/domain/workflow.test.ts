import { describe, expect, test } from 'vitest';
import { effectiveStage, type ItemVisits, placeStatuses, type Stage } from '#domain/workflow.ts';
import { STATUSES, slug } from '#tests/builders/vocabulary.ts';

/** The visits of an item that took this way; a repeated status is a move back, which says nothing of order. */
const way = (path: string): ItemVisits => {
  const names = path.split(' → ');
  const visits = names.map((name, i) => {
    const next = names[i + 1];
    const forward = next !== undefined && !names.slice(0, i + 1).includes(next);
    return { statusId: slug(name), name, ...(forward ? { nextForward: slug(next) } : {}) };
  });
  return { visits };
};
const ways = (count: number, path: string) => Array.from({ length: count }, () => way(path));

const placed = (items: readonly ItemVisits[], mapping: Readonly<Record<string, Stage>> = {}) => {
  const map = placeStatuses({ source: 'acme', statuses: STATUSES, mapping, items });
  return Object.fromEntries(map.placements.map(({ name, stage, by }) => [name, `${stage} ${by}`]));
};
const unmatched = (mapping: Readonly<Record<string, Stage>>) =>
  placeStatuses({
    source: 'acme',
    statuses: STATUSES,
    mapping,
    items: [way('To Do → Verifying')],
  }).unmatched.map(({ key }) => key);

describe('a mapping', () => {
  test('names a status in any case', () => {
    expect(placed([way('In Progress → Done')], { 'in progress': 'todo' })['In Progress']).toBe('todo mapped');
  });

  test('by id wins over one by name', () => {
    const mapping = { Review: 'active', 'id:review': 'late' } as const;
    expect(placed([way('Review → Done')], mapping)['Review']).toBe('late mapped');
  });

  test('that names no status is reported; one that names a deleted status is not', () => {
    expect(
      unmatched({ Reviw: 'late', 'id:999': 'late', qa: 'late', 'id:done': 'done', Verifying: 'late' }),
    ).toEqual(['Reviw', 'id:999']);
  });
});

describe('without a mapping', () => {
  test('the category decides, and a name tells a backlog and a cancellation apart', () => {
    expect(placed([way('Backlog → To Do → In Progress → Done'), way('Triage → Cancelled')])).toEqual({
      Backlog: 'backlog category',
      Triage: 'backlog category',
      'To Do': 'todo category',
      'In Progress': 'active category',
      Done: 'done category',
      Cancelled: 'cancelled category',
    });
  });

  test('a status whose name sounds late is late when at least 80 % of the ways out of it lead to the end', () => {
    const four = [...ways(4, 'In Progress → Review → Done'), way('Review → In Progress → Done')];
    expect(placed(four)['Review']).toBe('late name_and_position');
    const three = [...ways(3, 'In Progress → Review → Done'), ...ways(2, 'Review → In Progress → Done')];
    expect(placed(three)['Review']).toBe('active category');
  });

  test('leading to another late status counts as leading to the end', () => {
    const items = ways(5, 'In Progress → Review → QA → Done');
    expect(placed(items)).toMatchObject({ Review: 'late name_and_position', QA: 'late name_and_position' });
  });

  test('a status that only leads to one that turned out not to be late is not late either', () => {
    const items = ways(5, 'Review → QA → In Progress → Done');
    expect(placed(items)).toMatchObject({ Review: 'active category', QA: 'active category' });
  });

  test('moves back, and the ways of items that were never done, prove nothing', () => {
    const items = [
      ...ways(4, 'In Progress → Review → In Progress → Done'),
      ...ways(20, 'Review → In Progress → Blocked'),
    ];
    expect(placed(items)['Review']).toBe('late name_only');
  });

  test('with fewer than 5 moves to go by only the name speaks, and says so', () => {
    expect(placed(ways(4, 'In Progress → Review → Done'))['Review']).toBe('late name_only');
  });

  test('a mapped neighbour counts as what it was mapped to', () => {
    const items = ways(5, 'Review → Blocked → Done');
    expect(placed(items, { Blocked: 'late' })['Review']).toBe('late name_and_position');
    expect(placed(items)['Review']).toBe('active category');
  });

  test('a status that the tracker deleted is placed by its name', () => {
    const items = [way('Icebox → Waiting → Coding → Verifying → Shipped'), way('Abandoned')];
    expect(placed(items)).toEqual({
      Icebox: 'backlog deleted_status',
      Waiting: 'todo deleted_status',
      Coding: 'active deleted_status',
      Verifying: 'late deleted_status',
      Shipped: 'done deleted_status',
      Abandoned: 'cancelled deleted_status',
    });
  });

  test('the answer does not depend on the order of the items', () => {
    const items = [...ways(5, 'In Progress → Review → Done'), way('QA → Verifying → Done'), way('Backlog')];
    expect(placed(items.toReversed())).toEqual(placed(items));
  });
});

test('done with a resolution that means dropped is cancelled; other stages ignore the resolution', () => {
  expect(
    ["Won't Do", 'Duplicate', 'Cannot Reproduce', 'Invalid', 'Abandoned'].map((r) =>
      effectiveStage('done', r),
    ),
  ).toEqual(Array.from({ length: 5 }, () => 'cancelled'));
  expect(['Done', 'Fixed', undefined].map((r) => effectiveStage('done', r))).toEqual([
    'done',
    'done',
    'done',
  ]);
  expect(effectiveStage('active', 'Duplicate')).toBe('active');
});
