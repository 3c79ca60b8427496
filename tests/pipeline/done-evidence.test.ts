import { expect, test } from 'vitest';
import { earlierView } from '#domain/team-view.ts';
import { storedView } from '#pipeline/assess-team.ts';
import { day } from '#tests/builders/day.ts';
import { history, team } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { temporaryDatabase } from '#tests/support/temporary-store.ts';

test('a view of a day holds what was recorded by then of its sources and its team, and so does an earlier one', async () => {
  await using database = await temporaryDatabase();
  await using store = await database.open();
  const issues = [issue('PAY-1', 'To Do 1d → In Progress')];
  const { reference } = history(issues);
  const noon = Date.parse('2026-01-20T12:00Z');
  await store.saveReference(reference, noon);
  await store.saveBatch('acme', issues);
  await store.finishSync('acme', noon, noon);

  const at = Date.parse('2026-01-10T12:00Z');
  const deployment = { kind: 'deployment', issues: ['PAY-1'], environment: 'production', at } as const;
  const value = { kind: 'kpi_value', goal: 'checkout', kpi: 'migrated', value: 1, at } as const;
  const soon = { recordedAt: at + 1 };
  for (const record of [
    { ...deployment, id: 'anywhere', ...soon },
    { ...deployment, id: 'here', source: 'acme', ...soon },
    { ...deployment, id: 'elsewhere', source: 'labs', ...soon },
    { ...deployment, id: 'told late', recordedAt: Date.parse('2026-01-15T12:00Z') },
    { ...value, id: 'own', team: 'payments', ...soon },
    { ...value, id: 'of others', team: 'platform', ...soon },
  ]) {
    await store.recordEvidence(record);
  }

  const view = await storedView(store, team());
  const ids = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id).toSorted();
  expect(ids(view.evidence.deployments)).toEqual(['anywhere', 'here', 'told late']);
  expect(ids(view.evidence.kpiValues)).toEqual(['own']);
  const before = await storedView(store, team(), day('2026-01-14'));
  expect(ids(before.evidence.deployments)).toEqual(['anywhere', 'here']);
  expect(earlierView(view, day('2026-01-14')).evidence).toEqual(before.evidence);
  expect(earlierView(view, day('2026-01-09')).evidence.deployments).toEqual([]);
});
