import { expect, test } from 'vitest';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { dayOf, MS_PER_DAY } from '#domain/calendar.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { team } from '#tests/builders/team.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';

const store = suiteStore();
const { workspace } = simulatedOrganisation();

const DOINGS: Readonly<Record<string, (linear: LinearSimulator) => void>> = {
  'updates are deleted': ({ edits, workspace: { projectUpdates } }) => {
    for (const { id } of projectUpdates) edits.remove('projectUpdates', id);
  },
  'updates are archived': ({ edits, clock, workspace: { projectUpdates } }) => {
    for (const one of projectUpdates) edits.save('projectUpdates', { ...one, archivedAt: clock.now() });
  },
  'initiatives are deleted': ({ edits, workspace: { initiatives } }) => {
    for (const { id } of initiatives) edits.remove('initiatives', id);
  },
};

test.each(Object.entries(DOINGS))('no report of before changes when %s', async (what, doIt) => {
  await using linear = await createLinearSimulator(workspace);
  const source = `labs, ${what}`;
  const sync = async () => {
    await using tracker = createLinearTracker({
      source,
      url: linear.url,
      auth: { apiKey: SIMULATED_API_KEY },
      salt: 's',
      transport: { sleep: () => Promise.resolve() },
    });
    await syncSource({ tracker, store: store(), now: Date.now });
  };
  await sync();
  const [one] = workspace.teams;
  const ours = team({ scope: [{ source, teams: [one?.key ?? ''] }] });
  const report = (ago: number) => assessTeam(store(), ours, dayOf(workspace.now + ago * MS_PER_DAY, 'UTC'));
  const before = await report(-9);
  expect(before.metrics.updates.sinceLast.kind).toBe('value');
  linear.clock.advance(MS_PER_DAY);
  doIt(linear);
  linear.clock.advance(2 * MS_PER_DAY);
  await sync();
  expect(JSON.stringify(await report(-9)) === JSON.stringify(before)).toBe(true);
});
