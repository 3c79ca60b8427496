import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDay } from '#domain/calendar.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import type { Store } from '#store/store.ts';
import { history, team } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';

let database: TemporaryDatabase;
let store: Store;
const of = team({ scope: [{ source: 'acme' }, { source: 'labs' }] });

beforeAll(async () => {
  database = await temporaryDatabase();
  store = await database.open();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

async function sync(source: string, upTo: string): Promise<void> {
  const issues = [issue('PAY-1', 'In Progress 2d → Done', { source, from: '2026-01-05', assignee: 'p1' })];
  const at = Date.parse(upTo);
  await store.saveReference(history(issues, { source }).reference, at);
  await store.saveBatch(source, issues);
  await store.finishSync(source, at, at);
}
const checks = async (day?: string) =>
  (await assessTeam(store, of, day === undefined ? undefined : parseDay(day))).dataQuality.map(
    ({ check }) => check,
  );

test('a team over two sources is told which of them was not read of late, until it is', async () => {
  await sync('acme', '2026-01-20T12:00Z');
  await sync('labs', '2026-01-14T12:00Z');
  expect(await checks()).toContain('source_behind');
  expect(await checks('2026-01-14')).not.toContain('source_behind');
  await sync('labs', '2026-01-20T12:05Z');
  expect(await checks()).not.toContain('source_behind');
});

test('each item counts, though their keys are the same', async () => {
  const report = await assessTeam(store, of);
  expect(report.metrics.cycleTime.finished).toMatchObject({ kind: 'value', value: 2 });
  expect(report.workstreams.people).toMatchObject({
    kind: 'insufficient',
    what: 'lists of members that match people across the sources',
  });
});
