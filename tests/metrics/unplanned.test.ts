import { describe, expect, test } from 'vitest';
import type { Measurement } from '#domain/measurement.ts';
import { sayDo } from '#metrics/say-do.ts';
import { unplanned, unplannedItems } from '#metrics/unplanned.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const value = (measurement: Measurement) => (measurement.kind === 'value' ? measurement.value : measurement);
const LAST = '2026-01-30';
/** Two weeks from Monday 12 January. */
const cycles = [
  {
    id: 's1',
    name: 'Sprint 1',
    startAt: Date.parse('2026-01-12T08:00Z'),
    plannedEndAt: Date.parse('2026-01-23T16:00Z'),
  },
];

const isUnplanned = (...issues: readonly ReturnType<typeof issue>[]) => {
  const seen = view(team(), LAST, issues, { cycles });
  return seen.items.map(unplannedItems(seen));
};

describe('an item is unplanned', () => {
  test('when it was created after the cycle began and begun at once; added scope is not (WX-D3b)', () => {
    const a = issue('PAY-1', 'To Do 6h → In Progress', { from: '2026-01-12T09:00Z', cycles: ['s1'] });
    const b = issue('PAY-2', 'Backlog 30d → In Progress', {
      from: '2025-12-15',
      changes: [{ at: '2026-01-14', field: 'cycles', to: 's1' }],
    });
    expect(isUnplanned(a, b)).toEqual([true, false]);
    expect(sayDo(view(team(), LAST, [a, b], { cycles })).cycles).toMatchObject([{ committed: 1, added: 1 }]);
  });

  test('when it was created after the cycle began that it was begun in, however long it waited', () => {
    const waited = issue('PAY-1', 'To Do 7d → In Progress', { from: '2026-01-13', cycles: ['s1'] });
    const before = issue('PAY-2', 'To Do 7d → In Progress', { from: '2026-01-09', cycles: ['s1'] });
    expect(isUnplanned(waited, before)).toEqual([true, false]);
  });

  test('when it was begun by the end of the next work day, also without any cycle', () => {
    const overTheWeekend = issue('PAY-1', 'To Do 3d → In Progress', { from: '2026-01-09T16:00Z' });
    const twoDaysOn = issue('PAY-2', 'To Do 2d → In Progress', { from: '2026-01-06T16:00Z' });
    expect(isUnplanned(overTheWeekend, twoDaysOn)).toEqual([true, false]);
  });

  test('when the team says so', () => {
    const old = issue('PAY-1', 'To Do 20d → In Progress', { labels: ['unplanned'] });
    expect(isUnplanned(old)).toEqual([true]);
  });
});

describe('the share of it', () => {
  const planned = (i: number) =>
    issue(`PAY-${i}`, 'Backlog 20d → In Progress 2d → Done', { from: '2025-12-20', assignee: `p${i % 3}` });
  const sudden = (i: number) =>
    issue(`PAY-${100 + i}`, 'To Do 1h → In Progress 2d → Done', {
      from: `2026-01-${12 + (i % 3)}`,
      assignee: `p${i % 3}`,
    });
  const numbers = (k: number, of: (i: number) => ReturnType<typeof issue>) =>
    Array.from({ length: k }, (_, i) => of(i + 1));

  test('is 9 of 24, .375 with at least the interval of Jeffreys (WX-P-2)', () => {
    const { share } = unplanned(view(team(), LAST, [...numbers(15, planned), ...numbers(9, sudden)]));
    expect(value(share)).toBeCloseTo(0.375, 10);
    const [low, high] = share.kind === 'value' ? share.interval90 : [];
    expect(share).toMatchObject({ n: 24 });
    expect((high ?? 0) - (low ?? 0)).toBeGreaterThanOrEqual(0.5423 - 0.2289);
  });

  test('leaves out the parts of items, which are written down as one begins', () => {
    const parts = numbers(9, (i) =>
      issue(`PAY-${200 + i}`, 'To Do 1h → In Progress', {
        type: 'Sub-task',
        parent: 'PAY-1',
        from: '2026-01-13',
      }),
    );
    expect(unplanned(view(team(), LAST, [...numbers(6, planned), ...parts])).share).toMatchObject({
      n: 6,
      value: 0,
    });
  });

  test('leaves out what an import wrote as created, begun and done in one moment', () => {
    const imported = numbers(12, (i) =>
      issue(`PAY-${400 + i}`, 'To Do 1m → In Progress 1m → Done', {
        from: '2026-01-13T20:00Z',
        actor: 'admin',
      }),
    );
    expect(unplanned(view(team(), LAST, [...numbers(6, planned), ...imported])).share).toMatchObject({
      n: 6,
      value: 0,
    });
  });

  test('needs five items', () => {
    expect(unplanned(view(team(), LAST, numbers(4, planned))).share).toMatchObject({ have: 4, need: 5 });
  });

  test('tells the effort of three people or more', () => {
    const all = [...numbers(6, planned), ...numbers(3, sudden)];
    expect(unplanned(view(team(), LAST, all)).effortShare.kind).toBe('insufficient');
    const busy = ['p0', 'p1', 'p2'].map((person, i) =>
      issue(`PAY-${300 + i}`, 'In Progress', { assignee: person }),
    );
    const { effortShare, fte } = unplanned(view(team(), LAST, [...all, ...busy]));
    expect(value(effortShare)).toBeGreaterThan(0);
    expect(value(fte)).toBeGreaterThan(0);
  });
});
