import { expect, test } from 'vitest';
import type { Version } from '#domain/reference.ts';
import { storedView } from '#pipeline/assess-team.ts';
import { day } from '#tests/builders/day.ts';
import { history, team } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { temporaryDatabase } from '#tests/support/temporary-store.ts';

const at = (text: string) => Date.parse(text);
const planned: Version = {
  id: '12',
  projectId: 'pay',
  name: '1.2',
  released: false,
  releaseDay: day('2026-01-12'),
};
const moved: Version = { ...planned, releaseDay: day('2026-02-12') };
const released: Version = { ...moved, released: true };

test('a report of a past day knows the versions that were seen by then, and of days before that the first', async () => {
  await using database = await temporaryDatabase();
  await using store = await database.open();
  const issues = [issue('PAY-1', 'To Do 1d → In Progress', { from: '2026-01-05', versions: ['12'] })];
  const { reference } = history(issues);
  await store.saveBatch('acme', issues);
  for (const [when, version] of [
    ['2026-01-07T08:00Z', planned],
    ['2026-01-09T08:00Z', planned],
    ['2026-01-10T08:00Z', moved],
    ['2026-02-13T08:00Z', released],
  ] as const) {
    await store.saveReference({ ...reference, versions: [version] }, at(when));
  }
  await store.finishSync('acme', at('2026-02-14T08:00Z'), at('2026-02-14T08:00Z'));

  const versionsOn = async (text: string) =>
    (await storedView(store, team(), day(text))).references.get('acme')?.versions;
  expect(await versionsOn('2026-01-05')).toEqual([planned]);
  expect(await versionsOn('2026-01-09')).toEqual([planned]);
  expect(await versionsOn('2026-01-10')).toEqual([moved]);
  expect(await versionsOn('2026-02-12')).toEqual([moved]);
  expect(await versionsOn('2026-02-14')).toEqual([released]);
});
