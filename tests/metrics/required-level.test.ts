import { describe, expect, test } from 'vitest';
import type { DoneEvidence } from '#domain/done-evidence.ts';
import type { Team } from '#domain/team.ts';
import { requiredLevels } from '#metrics/required-level.ts';
import { deployment, evidence } from '#tests/builders/evidence.ts';
import { goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

/** What is required of PAY-1, on 30 January, beside PAY-2 that is done. */
function required(
  changes: Partial<Team> = {},
  told: DoneEvidence = evidence({}),
  options: IssueOptions = {},
) {
  const issues = [issue('PAY-1', 'In Progress', options), issue('PAY-2', 'In Progress 5d → Done')];
  const seen = view(team(changes), '2026-01-30', issues, {}, told);
  const [first] = seen.items;
  if (first === undefined) throw new Error('PAY-1 is in scope');
  return requiredLevels(seen)(first);
}
const deployed = (at: number, changes = {}) =>
  evidence({ deployments: [deployment(at, ['PAY-2'], changes)] });
const recently = Date.UTC(2026, 0, 12);

describe('where a team does not say what Done means', () => {
  test('work that is deployed has to be, once any of its project was in half a year', () => {
    expect(required()).toBe('merged');
    expect(required({}, deployed(recently))).toBe('released');
    expect(required({}, deployed(recently, { environment: 'staging' }))).toBe('merged');
    expect(required({}, deployed(recently, { source: 'labs' }))).toBe('merged');
  });

  test('it is no less than the highest level it named a gate for, adoption apart', () => {
    const gates: Team['gates'] = { merged: [{ stage: 'late' }], verified: [{ verification: 'passed' }] };
    expect(required({ gates })).toBe('verified');
    expect(required({ gates: { merged: [{ stage: 'late' }] } }, deployed(recently))).toBe('released');
    expect(required({ gates: { adopted: [{ kpis: 'all' }] } })).toBe('merged');
  });

  test('a goal that names who takes it up, and a KPI that shows it, asks for adoption', () => {
    const kpis = [{ id: 'migrated', target: 4, direction: 'up' }] as const;
    const goals = [goal(undefined, { scope: { kind: 'label', name: 'go' }, adopters: ['Web'], kpis })];
    expect(required({ goals }, evidence({}), { labels: ['go'] })).toBe('adopted');
    expect(required({ goals })).toBe('merged');
  });
});

test('what a team says goes before everything', () => {
  const gates: Team['gates'] = { verified: [{ verification: 'passed' }] };
  expect(required({ doneMeans: 'merged', gates }, deployed(recently))).toBe('merged');
});
