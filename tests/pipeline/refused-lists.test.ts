import { expect, test } from 'vitest';
import { createLinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { entity } from '#tests/demo/linear/small-workspace.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { bodyOf, json, localServer } from '#tests/trackers/transport-support.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';

const store = suiteStore();
const HOUR = 3_600_000;

/** The simulated organisation behind a server that refuses some lists as long as it is told to. */
async function refusing() {
  const { workspace } = simulatedOrganisation();
  const simulator = await createLinearSimulator({
    ...workspace,
    releasePipelines: [{ ...entity('91'), name: 'Web', isProduction: true }],
    releases: [{ ...entity('9a1'), pipelineId: entity('91').id, name: 'Spring' }],
  });
  const asked: string[] = [];
  const state = { refused: [] as readonly string[] };
  const server = await localServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      asked.push(/query (\w+)/.exec(body)?.[1] ?? '');
      const path = state.refused.find((list) => body.includes(`${list}(`));
      if (path !== undefined) {
        return json(response, {
          errors: [{ message: 'Forbidden', path: [path], extensions: { code: 'FORBIDDEN' } }],
        });
      }
      const headers = { 'content-type': 'application/json', authorization: SIMULATED_API_KEY };
      const answer = await fetch(simulator.url, { method: 'POST', body, headers });
      return json(response, await answer.json(), answer.status, { date: answer.headers.get('date') ?? '' });
    });
  });
  /** A process of its own, after some hours. */
  const run = async (source: string, hours: number, work: 'sync' | 'full' | 'census' = 'sync') => {
    simulator.clock.advance(hours * HOUR);
    asked.length = 0;
    await using tracker = createLinearTracker({
      source,
      url: server.url,
      auth: { apiKey: SIMULATED_API_KEY },
      salt: 's',
      transport: { sleep: () => Promise.resolve(), random: () => 0 },
    });
    const dependencies = { tracker, store: store(), now: Date.now };
    if (work === 'census') await reconcileSource(dependencies);
    else await syncSource(dependencies, { full: work === 'full' });
    const { initiatives, updates = [], versions = [] } = (await store().readReference(source)) ?? {};
    return {
      initiatives: initiatives?.map(({ id, projectIds }) => [id, ...projectIds]).toSorted(),
      updates: updates.map(({ id }) => id).toSorted(),
      versions: versions.map(({ id }) => id).toSorted(),
    };
  };
  return {
    state,
    run,
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

test('what Linear refuses for a day stays known, and is asked for again whenever the workspace is read', async () => {
  await using linear = await refusing();
  const { run, state } = linear;
  const before = await run('refused once', 0);
  expect(before.initiatives?.length).toBeGreaterThan(0);
  expect(before.versions).toContain(entity('9a1').id);
  const { length } = before.updates;

  state.refused = ['initiatives', 'releases'];
  expect(await run('refused once', 25)).toEqual(before);
  // Polls go on with what was refused last, for one request.
  expect(await run('refused once', 1)).toEqual(before);
  expect(linear.asked()).toEqual(['Poll']);
  for (const work of ['sync', 'full', 'census'] as const) {
    expect(await run('refused once', 25, work)).toEqual(before);
  }

  state.refused = [];
  expect(await run('refused once', 25)).toEqual(before);
  expect(linear.asked()).toEqual(['Poll', 'Reference']);
  expect(await run('refused once', 1)).toMatchObject({ updates: { length } });
  expect(linear.asked()).toEqual(['Poll']);
  const { notes } = (await store().readReference('refused once')) ?? {};
  expect(notes).toMatchObject({ withInitiatives: true, withReleases: true });
});

test('a plan that never offered initiatives is asked for them when the workspace is read, and they come when it does', async () => {
  await using linear = await refusing();
  const { run, state } = linear;
  state.refused = ['initiatives'];
  expect(await run('never offered', 0)).toMatchObject({ initiatives: undefined });
  const inFull = ['Poll', 'Reference', 'Reference'];
  await run('never offered', 25);
  expect(linear.asked()).toEqual(inFull);
  await run('never offered', 1);
  expect(linear.asked()).toEqual(['Poll']);
  state.refused = [];
  expect((await run('never offered', 25)).initiatives?.length).toBeGreaterThan(0);
});
