import { mean, range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { doneSizes, undiscovered } from '#forecast/undiscovered.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const epic = { type: { id: 'epic', name: 'Epic', level: 1 } };
const sizes = (ofTeam: readonly number[], ofAll = ofTeam) => ({ ofTeam: () => ofTeam, ofAll: () => ofAll });

describe('what is yet to be found', () => {
  test('is drawn from the sizes of done parents, exactly', () => {
    const { items, unsplit, unknown } = undiscovered([epic], sizes([2, 2, 2, 2, 2, 2, 2, 10]));
    expect({ unsplit, unknown }).toEqual({ unsplit: 1, unknown: undefined });
    expect(mean(items)).toBeCloseTo(3, 9);
    // Seven in eight are of 2: the first 17 of 20 parts.
    expect(items.slice(0, 17)).toEqual(range(17).map(() => 2));
    expect(items.at(-1)).toBe(10);
  });

  test('of several is the sum of independent draws', () => {
    const { items, unsplit } = undiscovered([epic, epic, epic], sizes([1, 1, 1, 1, 5, 5, 5, 5]));
    expect(unsplit).toBe(3);
    expect(mean(items)).toBeCloseTo(9, 9);
    // All three of 1 has a chance of 1/8.
    expect(items.slice(0, 2)).toEqual([3, 3]);
    expect(items.at(-1)).toBe(15);
  });

  test('is learned from all teams where the team has fewer than 8 done parents', () => {
    const eight = range(8).map(() => 4);
    expect(undiscovered([epic], sizes([1, 1, 1, 1, 1, 1, 1], eight)).items).toEqual(range(20).map(() => 4));
  });

  test('is not known where nobody has 8, and then counts for one each, not for none', () => {
    const { items, unknown } = undiscovered([epic, epic], sizes([9, 9, 9]));
    expect(unknown).toEqual({
      kind: 'insufficient',
      have: 3,
      need: 8,
      what: 'done parents of that level to learn from',
    });
    expect(mean(items)).toBeCloseTo(2, 12);
  });

  test('is nothing where every parent has parts', () => {
    expect(undiscovered([], sizes([]))).toEqual({ items: [0], unsplit: 0 });
  });
});

test('the size of a done parent is its items at any depth, dropped ones left out, and at least itself', () => {
  const done = (key: string, parent?: string, type = 'Story') =>
    issue(key, 'In Progress 1d → Done', { type, ...(parent === undefined ? {} : { parent }) });
  const { ofTeam, ofAll } = doneSizes(
    view(team(), '2026-02-20', [
      done('PAY-1', undefined, 'Epic'),
      done('PAY-2', 'PAY-1'),
      done('PAY-3', 'PAY-2', 'Sub-task'),
      issue('PAY-4', 'To Do', { parent: 'PAY-1' }),
      issue('PAY-5', 'Cancelled', { parent: 'PAY-1' }),
      done('PAY-6', undefined, 'Epic'),
      issue('PAY-7', 'To Do', { type: 'Epic' }),
      done('PAY-8', undefined, 'Initiative'),
      done('OPS-1', undefined, 'Epic'),
      done('OPS-2', 'OPS-1'),
      done('OPS-3', 'OPS-1'),
    ]),
  );
  expect(ofTeam(1)).toEqual([3, 1]);
  expect(ofTeam(2)).toEqual([1]);
  expect(ofTeam(3)).toEqual([]);
  expect([...ofAll(1)].toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
});
