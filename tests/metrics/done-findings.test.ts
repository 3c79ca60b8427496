import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { Deployment, DoneEvidence } from '#domain/done-evidence.ts';
import type { Version } from '#domain/reference.ts';
import type { Team } from '#domain/team.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import type { DataQualityCheck } from '#metrics/finding.ts';
import { ledger } from '#metrics/ledger.ts';
import { day } from '#tests/builders/day.ts';
import { deployment, evidence, kpiValue, verification } from '#tests/builders/evidence.ts';
import { goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

type Seen = ReturnType<typeof view>;
const found = (check: DataQualityCheck, seen: Seen) =>
  dataQuality(seen).find((finding) => finding.check === check);

describe('a release train that stopped', () => {
  /** 1.0 came out on 20 May; 2.0, with four items done from 5 to 8 September, never did. */
  const versions: readonly Version[] = [
    { id: '1.0', name: '1.0', projectId: 'pay', released: true, releaseDay: day('2025-05-20') },
    { id: '2.0', name: '2.0', projectId: 'pay', released: false },
  ];
  const waiting = range(4).map((i) =>
    issue(`PAY-${i + 1}`, 'In Progress 3d → Done', {
      from: new Date(Date.UTC(2025, 8, 2 + i)).toISOString(),
      versions: ['2.0'],
    }),
  );
  const on = (date: string, changes: Partial<Team> = {}) => view(team(changes), date, waiting, { versions });

  test('is told from the day on which its waiting work comes to count as Done', () => {
    // 20 May is 180 days before 16 November.
    const before = on('2025-11-15');
    expect(ledger(before)).toHaveLength(4);
    expect(found('releases_stopped', before)).toBeUndefined();
    const after = on('2025-11-16');
    expect(ledger(after)).toEqual([]);
    expect(found('releases_stopped', after)).toMatchObject({
      count: 4,
      share: 1,
      affects: ['basicallyDone'],
      items: waiting.map((_, i) => ({ key: `PAY-${i + 1}` })),
      sentence:
        '4 items called done wait in versions that are not released, while nothing of the same project came out for 180 days, so that work there now counts as Done once it is merged: PAY since Sun 16 November 2025 (the last came out on Tue 20 May 2025). Where Done means released, say `doneMeans: released`; where it does not, `doneMeans: merged`.',
    });
  });

  test('says the same day later, and ends with the work that it is about: half a year after it was done', () => {
    expect(found('releases_stopped', on('2026-01-30'))?.sentence).toContain('PAY since Sun 16 November 2025');
    // Done at the beginning of 5 September to that of the 8th; 180 days before the end of 3 March is the beginning of the 5th.
    expect(found('releases_stopped', on('2026-03-03'))?.count).toBe(3);
    expect(found('releases_stopped', on('2026-03-06'))).toBeUndefined();
  });

  test('is none where the team says what Done means, or names a gate that asks for as much', () => {
    const released = on('2025-11-16', { doneMeans: 'released' });
    expect(ledger(released)).toHaveLength(4);
    for (const seen of [
      released,
      on('2025-11-16', { doneMeans: 'merged' }),
      on('2025-11-16', { gates: { verified: [{ verification: 'passed' }] } }),
    ]) {
      expect(found('releases_stopped', seen)).toBeUndefined();
    }
  });

  test('is none of work in no version, nor in a project that never released', () => {
    const plain = [issue('PAY-1', 'In Progress 3d → Done', { from: '2025-09-02' })];
    expect(
      found('releases_stopped', view(team(), '2025-11-16', plain, { versions: versions })),
    ).toBeUndefined();
    const planned = { versions: versions.slice(1) };
    expect(found('releases_stopped', view(team(), '2025-11-16', waiting, planned))).toBeUndefined();
  });
});

describe('deployments that stopped', () => {
  /** Two done on 4 July and one deployed on the 6th; two more done on 4 August, of which nothing was. */
  const first = ['PAY-1', 'PAY-2'].map((key) => issue(key, 'In Progress 3d → Done', { from: '2025-07-01' }));
  const rest = ['PAY-3', 'PAY-4'].map((key) => issue(key, 'In Progress 3d → Done', { from: '2025-08-01' }));
  const at = Date.UTC(2025, 6, 6, 12);
  const on = (date: string, told: Partial<Deployment> = {}, issues = [...first, ...rest]) =>
    found(
      'releases_stopped',
      view(team(), date, issues, {}, evidence({ deployments: [deployment(at, ['PAY-1'], told)] })),
    );

  test('are told in the same way, of work that was done after the first', () => {
    // 6 July is 180 days before 2 January; PAY-2 was done before anybody told of deployments.
    expect(on('2026-01-01')).toBeUndefined();
    expect(on('2026-01-02')).toMatchObject({
      count: 2,
      items: [{ key: 'PAY-3' }, { key: 'PAY-4' }],
    });
    expect(on('2026-01-02')?.sentence).toContain(
      '2 items called done wait for a deployment, while nothing of the same project came out for 180 days, so that work there now counts as Done once it is merged: PAY since Fri 2 January 2026 (the last came out on Sun 6 July 2025).',
    );
  });

  test('stopped on the day that was known then, whatever becomes of the deployed work and is told later', () => {
    const reopened = issue('PAY-1', 'In Progress 3d → Done 100d → In Progress', { from: '2025-07-01' });
    expect(on('2026-01-02', {}, [reopened, ...rest])?.sentence).toContain('PAY since Fri 2 January 2026');
    // Told on 10 January, the deployment of 6 July never asked for a release of anything.
    expect(on('2026-01-12', { recordedAt: Date.UTC(2026, 0, 10) })).toBeUndefined();
  });
});

describe('a level that the team says Done means', () => {
  const done = [issue('PAY-1', 'In Progress 5d → Done'), issue('PAY-2', 'In Progress 6d → Done')];
  const never = (
    changes: Partial<Team>,
    told: DoneEvidence = evidence({}),
    versions: readonly Version[] = [],
  ) => found('level_never_recorded', view(team(changes), '2026-01-30', done, { versions }, told));
  const passed = (outcome: 'passed' | 'failed') =>
    evidence({ verifications: [verification(Date.UTC(2026, 0, 12), 'PAY-1', { outcome })] });

  test('is told with what to record where nothing that tells of it ever was', () => {
    expect(never({ doneMeans: 'verified' })).toMatchObject({
      count: 2,
      share: 1,
      affects: ['basicallyDone'],
      sentence:
        'Done means verified here, and no verification of the team’s work was ever recorded: 2 items called done in the last 180 days are not Done. Record verifications (`POST /api/v1/verifications`), name what shows it under `gates.verified`, or say what Done means here under `doneMeans`.',
    });
    expect(never({ doneMeans: 'adopted' })?.sentence).toContain(
      'no value of a KPI of the team’s goals was ever recorded: 2 items called done in the last 180 days are not Done. Record values (`POST /api/v1/teams/{id}/goals/{goal}/kpis/{kpi}/values`)',
    );
    expect(never({ doneMeans: 'released' })?.sentence).toContain(
      'neither a version nor a deployment of the team’s work is known: 2 items called done in the last 180 days count as released as they are. Record deployments (`POST /api/v1/deployments`)',
    );
    expect(never({ doneMeans: 'verified', gates: { verified: [{ labels: ['qa'] }] } })?.sentence).toContain(
      'nothing ever passed the gate `gates.verified`: 2 items called done in the last 180 days are not Done. Mend the gate,',
    );
  });

  test('is not once anything was recorded, whatever it says', () => {
    expect(never({ doneMeans: 'verified' }, passed('passed'))).toBeUndefined();
    expect(never({ doneMeans: 'verified' }, passed('failed'))).toBeUndefined();
    const goals = [goal(undefined, { kpis: [{ id: 'migrated', target: 4, direction: 'up' }] })];
    const one = evidence({ kpiValues: [kpiValue(Date.UTC(2026, 0, 12), 'migrated', 1)] });
    expect(never({ doneMeans: 'adopted', goals }, one)).toBeUndefined();
    const elsewhere = [deployment(Date.UTC(2026, 0, 12), ['PAY-1'])];
    expect(never({ doneMeans: 'released' }, evidence({ deployments: elsewhere }))).toBeUndefined();
  });

  test('is not where the team does not say it, nor where being called done shows it', () => {
    expect(never({})).toBeUndefined();
    expect(never({ doneMeans: 'merged' })).toBeUndefined();
    expect(never({ doneMeans: 'coded' })).toBeUndefined();
  });
});

test('a goal that names who takes it up and no KPI is told, since nothing has to be adopted then', () => {
  const of = (goals: Team['goals'] & object) =>
    found('adopters_without_kpi', view(team({ goals }), '2026-01-30', []));
  expect(of([goal(undefined, { adopters: ['Web'] })])).toMatchObject({
    count: 1,
    sentence:
      '1 goal names who has to take it up and no KPI that would show it: Checkout is live. Until one is named under `kpis`, nothing has to be adopted there.',
  });
  const kpis = [{ id: 'migrated', target: 4, direction: 'up' }] as const;
  expect(of([goal(undefined, { adopters: ['Web'], kpis })])).toBeUndefined();
  expect(of([goal(undefined)])).toBeUndefined();
});
