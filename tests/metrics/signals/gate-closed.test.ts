import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { Kpi } from '#domain/goal.ts';
import type { Issue } from '#domain/issue.ts';
import type { Team } from '#domain/team.ts';
import { basicallyDone } from '#metrics/basically-done.ts';
import { ledger } from '#metrics/ledger.ts';
import { day } from '#tests/builders/day.ts';
import { deployment, evidence, kpiValue, verification } from '#tests/builders/evidence.ts';
import { goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** Done on Saturday 10 January. */
const done = issue('PAY-1', 'In Progress 5d → Done');
const gates: Team['gates'] = { verified: [{ verification: 'passed' }] };
const verified = (at: number) => evidence({ verifications: [verification(at, 'PAY-1')] });

const lines = (date: string, changes: Partial<Team> = { gates }, told = evidence({}), issues = [done]) =>
  ledger(view(team(changes), date, issues, {}, told)).map(({ line }) => line);

describe('work called done whose evidence is missing', () => {
  test('is listed when the team named what shows it, and work days have passed', () => {
    expect(lines('2026-01-16')).toEqual([]); // Monday 12 to Friday 16
    expect(lines('2026-01-19')).toMatchObject([
      {
        key: 'PAY-1',
        achieved: 'merged',
        required: 'verified',
        missing: ['released', 'verified'],
        lacking: ['a verification that passed'],
        signals: ['gate_closed'],
        confidence: 'high',
      },
    ]);
  });

  test('is not once the gate is open, where less is required, and without a word', () => {
    expect(lines('2026-01-30', { gates }, verified(Date.UTC(2026, 0, 12)))).toEqual([]);
    expect(lines('2026-01-30', { gates, doneMeans: 'merged' })).toEqual([]);
    expect(lines('2026-01-30', {})).toEqual([]);
  });

  test('is listed when the team says that Done means it, surely once any evidence of it was recorded', () => {
    const [line, ...more] = lines('2026-01-19', { doneMeans: 'verified' });
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      key: 'PAY-1',
      required: 'verified',
      lacking: ['a verification that passed'],
      signals: ['gate_closed'],
      confidence: 'low',
    });
    const other = issue('PAY-2', 'In Progress 5d → Done');
    const told = evidence({ verifications: [verification(Date.UTC(2026, 0, 12), 'PAY-2')] });
    expect(lines('2026-01-19', { doneMeans: 'verified' }, told, [done, other])).toMatchObject([
      { key: 'PAY-1', confidence: 'high' },
    ]);
    expect(lines('2026-01-16', { doneMeans: 'verified' })).toEqual([]);
    expect(lines('2026-01-30', { doneMeans: 'verified' }, verified(Date.UTC(2026, 0, 12)))).toEqual([]);
    // Nothing says that a release was to follow: that is found by versions and deployments where there are any.
    expect(lines('2026-01-30', { doneMeans: 'released' })).toEqual([]);
  });

  test('is listed for adoption when the team says that Done means it, unless a KPI has a day for that', () => {
    const adopted = (kpi: Partial<Kpi> = {}, told = evidence({}), changes: Partial<Team> = {}) => {
      const kpis = [{ id: 'migrated', target: 4, direction: 'up', ...kpi }] as const;
      const goals = [goal(undefined, { scope: { kind: 'label', name: 'go' }, kpis })];
      const item = issue('PAY-1', 'In Progress 5d → Done', { labels: ['go'] });
      return lines('2026-01-30', { doneMeans: 'adopted', goals, ...changes }, told, [item]).map(
        ({ signals }) => signals,
      );
    };
    const one = evidence({ kpiValues: [kpiValue(Date.UTC(2026, 0, 12), 'migrated', 1)] });
    expect(adopted({ date: day('2026-01-30') })).toEqual([]);
    expect(adopted({ date: day('2026-01-29') })).toEqual([['gate_closed']]);
    expect(adopted({ date: day('2026-01-29') }, one)).toEqual([['released_not_adopted']]);
    expect(adopted({}, one)).toEqual([['gate_closed']]);
    expect(adopted({ target: 1 }, one)).toEqual([]);
    const gates: Team['gates'] = { adopted: [{ labels: ['in use'] }] };
    expect(adopted({ date: day('2026-02-20') }, one, { gates })).toEqual([['gate_closed']]);
    // What a goal has to be adopted for without the team saying so of all work is its KPI's to tell.
    expect(lines('2026-01-30', { gates: { adopted: [{ kpis: 'all' }] } })).toEqual([]);
  });

  test('is told of a story and not of each of its sub-tasks', () => {
    const part = issue('PAY-2', 'In Progress 5d → Done', { type: 'Sub-task', parent: 'PAY-1' });
    expect(lines('2026-01-30', { gates }, evidence({}), [done, part]).map(({ key }) => key)).toEqual([
      'PAY-1',
    ]);
  });

  test('is not told of what one person closed in bulk', () => {
    const tidied = range(10).map((i) => issue(`PAY-${300 + i}`, 'To Do 5d → Done', { actor: 'admin' }));
    expect(lines('2026-01-30', { gates }, evidence({}), [done, ...tidied]).map(({ key }) => key)).toEqual([
      'PAY-1',
    ]);
  });

  test('is not kept for ever: half a year after it was done it is no longer told', () => {
    expect(lines('2026-07-07')).toHaveLength(1);
    expect(lines('2026-07-08')).toEqual([]);
  });
});

test('a claim comes true when what shows it was recorded', () => {
  // Five claims on the 6th, done on the 8th, verified on the 12th: six days each.
  const stages = { acme: { Review: 'late' } } as const;
  const five = [1, 2, 3, 4, 5].map((n) => issue(`PAY-${n}`, 'In Progress 1d → Review 2d → Done'));
  const told = evidence({
    verifications: five.map((_, i) => verification(Date.UTC(2026, 0, 12), `PAY-${i + 1}`, { id: `v${i}` })),
  });
  const half = (evidenceTold = told) =>
    basicallyDone(view(team({ stages, gates }), '2026-01-30', five, {}, evidenceTold)).halfLife;
  expect(half()).toMatchObject({ value: 6, n: 5 });
  expect(half(evidence({}))).toMatchObject({ kind: 'insufficient', have: 0, what: 'claims that came true' });
});

test('a claim of work that is done waits for the release that the team named', () => {
  // Without a word, work in no version is out when it is done, on the 8th; a gate waits for the deployment on the 12th.
  const stages = { acme: { Review: 'late' } } as const;
  const five = [1, 2, 3, 4, 5].map((n) => issue(`PAY-${n}`, 'In Progress 1d → Review 2d → Done'));
  const half = (changes: Partial<Team>, deployments = [deployment(Date.UTC(2026, 0, 12), five.map(keyOf))]) =>
    basicallyDone(view(team({ stages, ...changes }), '2026-01-30', five, {}, evidence({ deployments })))
      .halfLife;
  const released: Team['gates'] = { released: [{ environments: ['eu-1', 'production'] }] };
  expect(half({ doneMeans: 'released' }, [])).toMatchObject({ value: 2 });
  expect(half({ gates: released })).toMatchObject({ value: 6 });
  expect(half({ gates: released }, [])).toMatchObject({ kind: 'insufficient' });
});

const keyOf = (one: Issue): string => one.current.scalars.key?.value ?? '';
