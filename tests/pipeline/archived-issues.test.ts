import { expect, test } from 'vitest';
import { linearDigest } from '#demo/linear/digest.ts';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { dayOf, MS_PER_DAY } from '#domain/calendar.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import { team } from '#tests/builders/team.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';

const store = suiteStore();
const { workspace } = simulatedOrganisation();
const [one] = workspace.teams;
if (!one) throw new RangeError('the simulated organisation has a team in Linear');

function issuesIn({ workspace }: LinearSimulator, type: string): readonly string[] {
  const states = new Set(workspace.states.filter((state) => state.type === type).map(({ id }) => id));
  return workspace.issues
    .filter(({ teamId, stateId, archivedAt }) => teamId === one?.id && states.has(stateId) && !archivedAt)
    .map(({ id }) => id);
}

test('unfinished work that was archived in Linear is out of sight until it is taken out again, and the past stays', async () => {
  await using linear = await createLinearSimulator(workspace);
  const source = 'archived';
  /** A process of its own, and a census with it; what the store holds is what the workspace does. */
  const read = async () => {
    await using tracker = createLinearTracker({
      source,
      url: linear.url,
      auth: { apiKey: SIMULATED_API_KEY },
      salt: 's',
      transport: { sleep: () => Promise.resolve() },
    });
    const dependencies = { tracker, store: store(), now: Date.now };
    await syncSource(dependencies);
    const census = await reconcileSource(dependencies);
    expect(census).toMatchObject({ gone: new Map(), found: 0 });
    const theirs = linearDigest(linear.workspace, { sourceId: source, salt: 's' });
    expect(await digestOf(store().digestLines(source))).toBe(theirs);
  };
  const ours = team({ scope: [{ source, teams: [one.key] }] });
  const report = async (at = linear.clock.now()) => {
    const { metrics, dataQuality } = await assessTeam(store(), ours, dayOf(at, 'UTC'));
    const outOfSight = dataQuality.find(({ check }) => check === 'out_of_sight')?.count;
    return { metrics, outOfSight };
  };
  await read();
  const before = await report();
  const started = issuesIn(linear, 'started');
  const finished = issuesIn(linear, 'completed');
  expect(started.length).toBeGreaterThan(10);
  const dayOfArchiving = linear.clock.now();

  linear.clock.advance(MS_PER_DAY);
  linear.edits.archive(started, 'by hand');
  linear.edits.archive(finished.slice(0, 20), 'by itself');
  linear.clock.advance(2 * MS_PER_DAY);
  await read();
  const after = await report();
  expect(after.outOfSight).toBe((before.outOfSight ?? 0) + started.length);
  expect(after.metrics.cycleTime.open).toMatchObject({ value: 0 });
  expect(JSON.stringify(await report(dayOfArchiving)) === JSON.stringify(before)).toBe(true);

  for (const id of started) linear.edits.unarchive(id);
  linear.clock.advance(2 * MS_PER_DAY);
  await read();
  const back = await report();
  expect(back.outOfSight).toBe(before.outOfSight);
  expect(back.metrics.cycleTime.open).toEqual({
    ...before.metrics.cycleTime.open,
    window: expect.anything(),
  });
});
