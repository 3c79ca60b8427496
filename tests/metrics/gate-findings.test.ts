import { describe, expect, test } from 'vitest';
import type { DoneEvidence } from '#domain/done-evidence.ts';
import type { Team } from '#domain/team.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { deployment, evidence, kpiValue } from '#tests/builders/evidence.ts';
import { goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const at = Date.UTC(2026, 0, 12);
const issues = [
  issue('PAY-1', 'In Progress 5d → Checked', {
    labels: ['Docs'],
    changes: [{ at: '1d', field: 'links', to: 'PAY-2', toName: 'is documented by' }],
  }),
];
const found = (check: string, changes: Partial<Team>, told: DoneEvidence = evidence({})) =>
  dataQuality(view(team(changes), '2026-01-30', issues, {}, told)).find((finding) => finding.check === check);

describe('names in gates', () => {
  test('that fit nothing are told, each with its place', () => {
    const gates: Team['gates'] = {
      merged: [{ statuses: ['Checkd'], labels: ['doc'] }],
      released: [{ environments: ['eu-1'] }],
      verified: [{ linked: { links: ['tested by'], types: ['Test'], labels: ['qa'] } }],
    };
    expect(found('gate_unmatched', { gates })).toMatchObject({
      count: 6,
      affects: ['basicallyDone'],
      sentence:
        '6 names in gates fit nothing in the data or the records: merged.statuses: Checkd, merged.labels: doc, released.environments: eu-1, verified.linked.links: tested by, verified.linked.types: Test, verified.linked.labels: qa. Until mended, they open no gate.',
    });
  });

  test('that fit something are not, in whatever capitals, and neither is a team without gates', () => {
    const gates: Team['gates'] = {
      merged: [{ statuses: ['checked', 'done'], labels: ['docs'] }],
      released: [{ environments: ['EU-1'] }],
      verified: [{ linked: { links: ['Documented'], types: ['bug'], labels: ['DOCS'] } }],
    };
    const told = evidence({ deployments: [deployment(at, ['PAY-9'], { environment: 'eu-1' })] });
    expect(found('gate_unmatched', { gates }, told)).toBeUndefined();
    expect(found('gate_unmatched', {})).toBeUndefined();
  });
});

describe('a field in a gate', () => {
  const gates: Team['gates'] = {
    verified: [
      { field: { name: 'QA sign-off', values: ['passed', 'Waved'] } },
      { field: { name: 'Reviewed' } },
    ],
  };
  const told = (fields?: readonly { readonly id: string; readonly name: string }[]) => {
    const plain = issue('PAY-1', 'In Progress 5d → Done');
    const custom = { customfield_7: { value: '501', name: 'Passed' } };
    const recorded = plain.events.filter(({ origin }) => origin === 'recorded');
    const filled = withTimeline({ ...plain, current: { ...plain.current, custom } }, recorded);
    const seen = view(team({ gates }), '2026-01-30', [filled], fields === undefined ? {} : { fields });
    return dataQuality(seen).find(({ check }) => check === 'gate_unmatched')?.sentence;
  };

  test('that the tracker does not have is told, and values that it never had', () => {
    expect(told([{ id: 'customfield_7', name: 'QA Sign-off' }])).toContain(
      '2 names in gates fit nothing in the data or the records: verified.field.values: Waved, verified.field: Reviewed.',
    );
    expect(told()).toContain('verified.field: QA sign-off, verified.field.values: passed');
  });
});

test('a KPI of which nobody recorded a value is told', () => {
  const kpis = [{ id: 'migrated', name: 'teams migrated', target: 4, direction: 'up' }] as const;
  const goals = [goal('2026-02-20', { kpis })];
  expect(found('kpi_without_values', { goals })).toMatchObject({
    count: 1,
    sentence:
      '1 KPI of a goal has no recorded value: teams migrated (Checkout is live). Whether the work is taken up is not known.',
  });
  const told = evidence({ kpiValues: [kpiValue(at, 'migrated', 0)] });
  expect(found('kpi_without_values', { goals }, told)).toBeUndefined();
});

test('deployments to places that count as nothing are told with the name of the key', () => {
  const to = (...environments: readonly string[]) =>
    evidence({
      deployments: environments.map((environment) =>
        deployment(at, ['PAY-1'], { id: environment, environment }),
      ),
    });
  expect(found('deployments_elsewhere', {}, to('staging', 'eu-1'))).toMatchObject({
    count: 2,
    sentence:
      'Deployments are told to eu-1, staging only, and none of these counts as released (production, prod, live). Name yours under `gates.released.environments`.',
  });
  expect(found('deployments_elsewhere', {}, to('staging', 'Production'))).toBeUndefined();
  const gates: Team['gates'] = { released: [{ environments: ['eu-1'] }] };
  expect(found('deployments_elsewhere', { gates }, to('eu-1'))).toBeUndefined();
  expect(found('deployments_elsewhere', {})).toBeUndefined();
});
