import { expect, test } from 'vitest';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { dayOf, MS_PER_DAY } from '#domain/calendar.ts';
import { setNow } from '#domain/field-values.ts';
import { storedView } from '#pipeline/assess-team.ts';
import { teamReport } from '#report/team-report.ts';
import { team } from '#tests/builders/team.ts';
import { firstSync, polled } from '#tests/support/served/readings.ts';
import { aPartOf, serve } from '#tests/support/served/trackers.ts';
import { suiteStore } from '#tests/support/suite-store.ts';

const store = suiteStore();
const site = aPartOf(simulatedOrganisation().site, 40);
const SOURCE = 'renamed';

test('a label with another name is the same label, for those who followed and for those who come anew', async () => {
  await using served = await serve('linear', site);
  await firstSync(served, store(), SOURCE);
  const day = dayOf(served.clock.now(), 'UTC');
  const labels = async () => (await store().readReference(SOURCE))?.labels ?? [];
  const viewOf = (label: string) =>
    storedView(
      store(),
      team({ scope: [{ source: SOURCE, labels: [label] }], work: { support: { labels: [label] } } }),
      day,
    );
  const used = new Set((await store().readIssues(SOURCE)).flatMap((issue) => setNow(issue, 'labels')));
  const before = (await labels()).map(({ name }) => name);
  const at = (await labels()).findIndex(({ id }) => used.has(id));
  const [old = '', id = ''] = [before[at], (await labels())[at]?.id];
  const known = await viewOf(old);
  expect(known.items.length).toBeGreaterThan(3);

  served.clock.advance(MS_PER_DAY);
  for (let n = 0; n < before.length; n += 1) served.happenings['a label gets another name']?.(n);
  const { issues } = await polled(served, store(), SOURCE);
  expect(issues).toBe(0);
  const now = (await labels()).find((label) => label.id === id);
  expect(now).toMatchObject({ id, formerNames: [old] });
  expect(now?.name).not.toBe(old);

  // What the team wrote means what it meant, and so does what it may write from now on.
  expect(JSON.stringify(teamReport(await viewOf(old)))).toBe(JSON.stringify(teamReport(known)));
  const followed = await store().readIssues(SOURCE);
  const [byName, byId] = [await viewOf(now?.name ?? ''), await viewOf(id)];
  expect(byName.items.map(({ key }) => key)).toEqual(known.items.map(({ key }) => key));
  expect(byId.items.map(({ key }) => key)).toEqual(known.items.map(({ key }) => key));

  await firstSync(served, store(), SOURCE);
  expect(await store().readIssues(SOURCE)).toEqual(followed);
  expect(JSON.stringify(teamReport(await viewOf(now?.name ?? '')))).toBe(JSON.stringify(teamReport(byName)));
});
