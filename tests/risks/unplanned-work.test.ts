import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { Team } from '#domain/team.ts';
import { unplanned } from '#metrics/unplanned.ts';
import { unplannedGrounds } from '#metrics/unplanned-grounds.ts';
import { unplannedWork } from '#risks/unplanned-work.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';
import { seenBy } from './working-teams.ts';

const LAST = '2026-01-30';
type Issues = Parameters<typeof view>[2];

const old = issue('PAY-1', 'Backlog', { from: '2025-12-01' });
const sudden = (more: IssueOptions = {}) =>
  range(12).map((i) =>
    issue(`PAY-${100 + i}`, 'To Do 1h → In Progress', {
      from: `2026-01-${12 + (i % 5)}`,
      assignee: `p${i % 4}`,
      ...more,
    }),
  );
const plannedOf = (count: number, more: IssueOptions = {}) =>
  range(count).map((i) =>
    issue(`PAY-${200 + i}`, 'To Do 30d → In Progress', {
      from: '2025-12-14',
      assignee: `p${i % 4}`,
      ...more,
    }),
  );

const cycles = [
  { id: 's1', name: 'S', startAt: Date.parse('2026-01-12'), plannedEndAt: Date.parse('2026-01-26') },
];
const IN_CYCLE = { changes: [{ at: '30m', field: 'cycles' as const, to: 's1' }] };
const signalsOf = (issues: Issues, changes: Partial<Team> = {}, facts: object = {}) =>
  unplannedWork(view(team(changes), LAST, issues, facts));

describe('unplanned work is told', () => {
  test('when most of what a team with cycles begins had not been planned', () => {
    const planned = plannedOf(3, { changes: [{ at: '2026-01-12', field: 'cycles', to: 's1' }] });
    const [signal] = signalsOf([old, ...sudden(IN_CYCLE), ...planned], {}, { cycles });
    expect(signal?.statement).toMatch(
      /^80 % of the 15 items begun in the last 20 work days had not been planned\./,
    );
    expect(signal).not.toHaveProperty('relief');
    expect(signal?.probabilityReal).toBeGreaterThan(0.99);
  });

  test('when a team without cycles calls most of it unplanned, with low confidence where that is a guess', () => {
    const called = [old, ...sudden({ labels: ['unplanned'] }), ...plannedOf(3)];
    expect(signalsOf(called)).toMatchObject([{ confidence: { level: 'low' } }]);
    const configured = { work: { unplanned: { labels: ['unplanned'] } } };
    expect(signalsOf(called, configured)).toMatchObject([{ confidence: { level: 'medium' } }]);
  });
});

describe('unplanned work is not held against a team', () => {
  test('that plans just in time, of whose stories as many were written down as they were begun at all times', () => {
    // Four of six stories a week are written down on the Monday and begun that day or the next.
    const weeks = range(26 * 6).map((i) => {
      const [week, k] = [Math.floor(i / 6), i % 6];
      const path = k < 4 ? `To Do ${k < 2 ? 4 : 26}h` : 'Backlog 10d';
      return issue(`PAY-${i + 1}`, `${path} → In Progress 3d → Done`, {
        from: new Date(Date.UTC(2025, 6, 7 + 7 * week, 9)).toISOString(),
        assignee: `p${k}`,
      });
    });
    const seen = view(team(), '2025-12-21', weeks);
    expect(unplanned(seen).mostlyUnplanned).toMatchObject({ value: expect.closeTo(0.94, 1) });
    expect(unplannedWork(seen)).toEqual([]);
  });

  test('that has no cycles, says nothing and has no past to be held against', () => {
    expect(signalsOf([old, ...sudden(), ...plannedOf(3)])).toEqual([]);
  });

  test('that writes down what it does as it begins it', () => {
    expect(signalsOf([old, ...sudden(IN_CYCLE)], {}, { cycles })).toEqual([]);
  });

  test('that has only begun to write things down', () => {
    expect(signalsOf(sudden(IN_CYCLE), {}, { cycles })).toEqual([]);
  });

  test('that planned it', () => {
    expect(signalsOf(plannedOf(12), {}, { cycles })).toEqual([]);
  });
});

describe('where it is more than it used to be', () => {
  /** Five begun a week; before the last four weeks one of them was written down as it was begun, then four. */
  const five = (lately: number) =>
    range(30 * 5).map((i) => {
      const [week, k] = [Math.floor(i / 5), i % 5];
      const isSudden = k < (week >= 26 ? lately : 1);
      return issue(`PAY-${i + 1}`, `${isSudden ? 'To Do 1h' : 'Backlog 10d'} → In Progress 5d → Done`, {
        from: new Date(Date.UTC(2025, 6, 7 + 7 * week - (isSudden ? 0 : 10), 9 + k)).toISOString(),
        assignee: `p${k}`,
      });
    });
  const of = (lately: number) => view(team(), '2026-02-01', five(lately));

  test('is told with what it was, and costs as much as it is more', () => {
    const signal = seenBy(unplannedWork, of(4));
    expect(signal?.statement).toMatch(
      /^80 % of the 20 items begun in the last 20 work days had not been planned, where 20 % had not in the 26 weeks before\. It takes 4 people\.$/,
    );
    // Of four people's time three quarters are more than before, give or take the interval of what was.
    const { before } = unplannedGrounds(of(4));
    const { lower = 0, upper = 1 } = before?.interval ?? {};
    expect(signal?.cost?.fte).toEqual([
      expect.closeTo(4 * (1 - upper / 0.8), 9),
      expect.closeTo(4 * (1 - lower / 0.8), 9),
    ]);
  });

  test('is silent where it is as much as it was', () => {
    expect(unplannedWork(of(1))).toEqual([]);
  });
});
