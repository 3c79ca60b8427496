import { expect, test } from 'vitest';
import { evidenceAsOf, NO_EVIDENCE } from '#domain/done-evidence.ts';

test('of a day counts what had happened and was recorded before it ended', () => {
  const value = { team: 'a', goal: 'b', kpi: 'c', value: 1 };
  const kpiValues = [
    { ...value, id: 'known', at: 5, recordedAt: 9 },
    { ...value, id: 'recorded later', at: 5, recordedAt: 10 },
    { ...value, id: 'yet to come', at: 10, recordedAt: 6 },
  ];
  const deployments = kpiValues.map(({ id, at, recordedAt }) => ({
    id,
    at,
    recordedAt,
    issues: ['PAY-1'],
    environment: 'production',
  }));
  const verifications = kpiValues.map(({ id, at, recordedAt }) => ({
    id,
    at,
    recordedAt,
    issue: 'PAY-1',
    outcome: 'passed' as const,
    by: 'Ada',
  }));
  const known = evidenceAsOf({ deployments, verifications, kpiValues }, 10);
  expect(Object.values(known).map((some: readonly { id: string }[]) => some.map(({ id }) => id))).toEqual([
    ['known'],
    ['known'],
    ['known'],
  ]);
  expect(evidenceAsOf(NO_EVIDENCE, 10)).toEqual(NO_EVIDENCE);
});
