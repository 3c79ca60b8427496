import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import type { Store } from '#store/store.ts';
import { day } from '#tests/builders/goal.ts';
import { team } from '#tests/builders/team.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';

let database: TemporaryDatabase;
let store: Store;
beforeAll(async () => {
  database = await temporaryDatabase();
  store = await database.open();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const QA = 'customfield_10070';
const done = (number: number, held?: unknown) => {
  const issue = smallIssue(number);
  const status = { id: '5', name: 'Done' };
  return {
    ...issue,
    fields: { ...issue.fields, status, ...(held === undefined ? {} : { [QA]: held }) },
  };
};
const site = () => {
  const small = smallSite([done(1, { id: '501', value: 'Passed' }), done(2)]);
  const custom = 'com.atlassian.jira.plugin.system.customfieldtypes:select';
  return {
    ...small,
    fields: [...small.fields, { id: QA, name: 'QA sign-off', schema: { type: 'option', custom } }],
  };
};
const signed = team({ gates: { verified: [{ field: { name: 'QA sign-off', values: ['Passed'] } }] } });

test('a field that a gate names anew is known once everything was read again', async () => {
  await using simulator = await createJiraSimulator(site());
  const sync = async (fields: readonly string[], full = false) => {
    await using tracker = createJiraTracker({
      source: 'acme',
      url: simulator.url,
      auth: SIMULATED_ACCOUNT,
      salt: 'the salt of this test',
      fields,
      transport: { sleep: () => Promise.resolve() },
    });
    await syncSource({ tracker, store, now: Date.now }, { full });
  };
  const waiting = async () => {
    const { basicallyDone, dataQuality } = await assessTeam(store, signed, day('2026-03-20'));
    return {
      items: basicallyDone.items.map(({ key, lacking }) => [key, lacking]),
      unmatched: dataQuality.find(({ check }) => check === 'gate_unmatched')?.count ?? 0,
    };
  };
  const lacking = ['the field QA sign-off set to Passed'];
  const both = [
    ['PAY-1', lacking],
    ['PAY-2', lacking],
  ];

  await sync([]);
  expect(await waiting()).toEqual({ items: both, unmatched: 2 });
  await sync(['QA sign-off'], true);
  expect(await waiting()).toEqual({ items: [['PAY-2', lacking]], unmatched: 0 });
});
