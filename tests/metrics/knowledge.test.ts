import { describe, expect, test } from 'vitest';
import { knowledge } from '#metrics/knowledge.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

let number = 0;
/** So many items of an area finished by somebody. */
const did = (
  assignee: string,
  area: string,
  count = 3,
  from = '2026-01-05',
  by: 'components' | 'labels' = 'components',
) =>
  Array.from({ length: count }, () => {
    number += 1;
    return issue(`PAY-${number}`, 'In Progress 2d → Done', { from, assignee, [by]: [area] });
  });
const of = (issues: Parameters<typeof view>[2], day = '2026-01-31') => knowledge(view(team(), day, issues));

// a: p1, b: p1 and p2, c: p2, d: p1, e: p3.
const five = [
  ...did('p1', 'a'),
  ...did('p1', 'b'),
  ...did('p2', 'b'),
  ...did('p2', 'c'),
  ...did('p1', 'd'),
  ...did('p3', 'e'),
];

describe('what a team knows', () => {
  test('is mostly lost with two people: without the first 2 of 5 areas, without both 4 of 5 (WX-D4)', () => {
    expect(of(five)).toMatchObject({
      by: 'component',
      areas: { value: 5 },
      truckFactor: { value: 2, unit: 'people', n: 5 },
      singleKnower: { value: 4 },
      singleKnowerShare: { value: 0.8 },
      unknown: { value: 0 },
    });
  });

  test('is not what somebody did twice, nor more than 180 days ago', () => {
    const more = [...did('p3', 'a', 2), ...did('p3', 'c', 3, '2025-01-06')];
    expect(of([...five, ...more])).toMatchObject({ singleKnower: { value: 4 }, areas: { value: 5 } });
  });

  test('by nobody is counted apart: six items of an area, no more than two by one person', () => {
    const spread = [...did('p1', 'f', 2), ...did('p2', 'f', 2), ...did('p3', 'f', 2)];
    expect(of([...five, ...spread])).toMatchObject({ unknown: { value: 1 }, areas: { value: 5 } });
  });

  test('goes by who had an item when it was done', () => {
    const handed = Array.from({ length: 3 }, (_, i) =>
      issue(`PAY-${900 + i}`, 'In Progress 4d → Done', {
        assignee: 'p3 2d → p2 5d → p3',
        components: ['e'],
        from: '2026-01-05',
      }),
    );
    // p2 knows e too now: four areas had a single knower, three are left.
    expect(of([...five, ...handed])).toMatchObject({ singleKnower: { value: 3 } });
  });

  test('is told by labels where there are no components', () => {
    const labelled = (['p1', 'p2', 'p3'] as const).flatMap((person) =>
      did(person, `area of ${person}`, 3, '2026-01-05', 'labels'),
    );
    expect(of(labelled)).toMatchObject({ by: 'label', truckFactor: { value: 2 } });
  });
});

describe('nothing is told', () => {
  test('of two people', () => {
    const two = [...did('p1', 'a'), ...did('p1', 'b'), ...did('p2', 'c')];
    expect(of(two).truckFactor).toEqual({ kind: 'insufficient', have: 2, need: 3, what: 'active people' });
  });

  test('of two areas', () => {
    const two = [...did('p1', 'a'), ...did('p2', 'a'), ...did('p3', 'b')];
    expect(of(two)).toMatchObject({
      by: 'component',
      truckFactor: { kind: 'insufficient', have: 2, need: 3, what: 'areas that somebody knows' },
    });
  });

  test('where the work belongs to no area', () => {
    const bare = ['p1', 'p2', 'p3'].map((assignee, i) =>
      issue(`PAY-${950 + i}`, 'In Progress 2d → Done', { assignee, from: '2026-01-05' }),
    );
    expect(of(bare).truckFactor).toMatchObject({ kind: 'insufficient', have: 0, need: 1 });
  });
});

test('no person and no area is named', () => {
  expect(JSON.stringify(of(five))).not.toMatch(/p[123]|"[a-e]"/);
});
