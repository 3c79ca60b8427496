import { expect, test } from 'vitest';
import { linearDigest } from '#demo/linear/digest.ts';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';

const store = suiteStore();
const HOUR = 3_600_000;
const { workspace } = simulatedOrganisation();
const [ONE, TWO] = workspace.teams;
if (!ONE || !TWO) throw new RangeError('the simulated organisation has two teams in Linear');

/** Reads two teams of a workspace by their keys, as one new process after another. */
function reader(simulator: LinearSimulator, source: string) {
  const connect = () =>
    createLinearTracker({
      source,
      url: simulator.url,
      auth: { apiKey: SIMULATED_API_KEY },
      salt: 'pepper',
      teams: [ONE?.key ?? '', TWO?.key ?? ''],
      transport: { sleep: () => Promise.resolve() },
    });
  return {
    poll: async () => {
      await using tracker = connect();
      return (await syncSource({ tracker, store: store(), now: Date.now }))?.issues;
    },
    census: async () => {
      await using tracker = connect();
      const census = await reconcileSource(
        { tracker, store: store(), now: Date.now },
        { acceptMissing: true },
      );
      if (typeof census === 'string') throw new Error(`no census: ${census}`);
      return census;
    },
    isWhole: async () =>
      (await digestOf(store().digestLines(source))) ===
      linearDigest(simulator.workspace, { sourceId: source, salt: 'pepper' }),
  };
}

const ofTeam = ({ workspace }: LinearSimulator, id: string) =>
  workspace.issues.filter((issue) => issue.teamId === id && issue.trashed !== true);

test('a team that the configuration names and that is there no more keeps nothing of the others back', async () => {
  await using simulator = await createLinearSimulator(workspace);
  const { poll, census } = reader(simulator, 'without a team');
  await poll();
  const lost = ofTeam(simulator, ONE.id);
  const [purged, edited] = ofTeam(simulator, TWO.id);
  for (const { id } of lost) simulator.edits.purge(id);
  simulator.edits.remove('teams', ONE.id);
  simulator.edits.purge(purged?.id ?? '');
  simulator.edits.update(edited?.id ?? '', { title: 'Edited while the other team is away' });
  simulator.clock.advance(26 * HOUR);
  expect(await poll()).toBe(1);
  const { gone } = await census();
  expect(Object.fromEntries(gone)).toEqual({ access_lost: lost.length, deleted: 1 });
  simulator.clock.advance(26 * HOUR);
  expect(await poll()).toBe(0);
  expect((await census()).gone).toEqual(new Map());
});

test('a team that the configuration names by its former key is followed under the new one, and its issues with it', async () => {
  await using simulator = await createLinearSimulator(workspace);
  const { poll, census, isWhole } = reader(simulator, 'renamed team');
  await poll();
  expect(await isWhole()).toBe(true);
  simulator.edits.save('teams', { ...ONE, key: 'NEW' });
  simulator.clock.advance(HOUR);
  await poll();
  const ours = ofTeam(simulator, ONE.id).length;
  expect(await census()).toMatchObject({ rekeyed: ours, gone: new Map() });
  expect(await isWhole()).toBe(true);
  simulator.clock.advance(26 * HOUR);
  await poll();
  expect(await census()).toMatchObject({ rekeyed: 0, gone: new Map() });
  const [some] = ofTeam(simulator, ONE.id);
  simulator.edits.update(some?.id ?? '', { title: 'Edited under the new key' });
  simulator.clock.advance(HOUR);
  expect(await poll()).toBe(1);
  expect(await isWhole()).toBe(true);
});
