import { describe, expect, test } from 'vitest';
import { digest } from '#demo/jira/digest.ts';
import type { JiraProject } from '#demo/jira/model.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import type { Attempt } from '#trackers/transport-options.ts';

const store = suiteStore();
const SALT = 'pepper';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const PAY: JiraProject = { id: '100', key: 'PAY', name: 'Payments' };
const OPS: JiraProject = { id: '102', key: 'OPS', name: 'Operations' };

/** Forty issues, the first thirty of them in a second project, read completely and counted an hour ago. */
async function counted(source: string, projects?: readonly string[]) {
  const issues = Array.from({ length: 40 }, (_, i) => smallIssue(i + 1));
  const simulator = await createJiraSimulator(smallSite(issues, { projects: [PAY, OPS] }));
  for (let i = 1; i <= 30; i += 1) simulator.edits.moveToProject(String(1000 + i), OPS.id);
  const here = reader(simulator, source, projects);
  await here.poll();
  await here.census();
  simulator.clock.advance(HOUR);
  return { simulator, ...here };
}

/** Reads as one new process after another. */
function reader(
  simulator: JiraSimulator,
  source: string,
  projects?: readonly string[],
  onAttempt: (attempt: Attempt) => void = () => {},
) {
  const connect = () =>
    createJiraTracker({
      source,
      url: simulator.url,
      auth: SIMULATED_ACCOUNT,
      salt: SALT,
      transport: { sleep: () => Promise.resolve(), onAttempt },
      ...(projects === undefined ? {} : { projects }),
    });
  return {
    poll: async () => {
      await using tracker = connect();
      return (await syncSource({ tracker, store: store(), now: Date.now }))?.issues;
    },
    census: async () => {
      await using tracker = connect();
      const census = await reconcileSource({ tracker, store: store(), now: Date.now });
      if (typeof census === 'string') throw new Error(`no census: ${census}`);
      return census;
    },
    isWhole: async () =>
      (await digestOf(store().digestLines(source))) ===
      digest(simulator.site, { sourceId: source, salt: SALT }),
  };
}

describe('an edit that no poll was shown is found by the next census, of', () => {
  const FIRST = '1001';
  const AWAY: readonly (readonly [
    what: string,
    away: (simulator: JiraSimulator, isAway: boolean) => void,
  ])[] = [
    ['an issue that was hidden', ({ edits }, isAway) => edits.hide(FIRST, isAway)],
    ...(['forbidden', 'archived', 'deleted'] as const).map(
      (state) =>
        [
          `a project that was ${state}`,
          ({ edits }: JiraSimulator, isAway: boolean) =>
            edits.save('projects', { ...OPS, state: isAway ? state : 'live' }),
        ] as const,
    ),
  ];
  const orders = ['while it is away', 'just before it goes'] as const;
  test.each(AWAY.flatMap(([what, away]) => orders.map((order) => [what, order, away] as const)))(
    '%s, edited %s',
    async (what, order, away) => {
      const { simulator, poll, census, isWhole } = await counted(`${what}, edited ${order}`);
      await using _ = simulator;
      const { edits, clock } = simulator;
      if (order === 'while it is away') away(simulator, true);
      clock.advance(MINUTE);
      edits.update(FIRST, { statusId: '5', summary: 'Edited' });
      away(simulator, true);
      clock.advance(30 * MINUTE);
      edits.update('1036', { summary: 'Another' });
      expect(await poll()).toBe(1);
      clock.advance(10 * MINUTE);
      away(simulator, false);
      clock.advance(20 * MINUTE);
      edits.update('1036', { summary: 'Another again' });
      await poll();
      expect(await census()).toMatchObject({ edited: 1, found: 0, gone: new Map() });
      expect(await isWhole()).toBe(true);
    },
  );
});

describe('a source whose configuration names fewer projects than it did', () => {
  test('is counted without the others, whose issues stay as they were, and has them read again when they are back', async () => {
    const source = 'narrowed';
    const issues = Array.from({ length: 40 }, (_, i) => smallIssue(i + 1));
    await using simulator = await createJiraSimulator(smallSite(issues, { projects: [PAY, OPS] }));
    for (let i = 1; i <= 30; i += 1) simulator.edits.moveToProject(String(1000 + i), OPS.id);
    const [both, one] = [['PAY', 'OPS'], ['PAY']].map((projects) => reader(simulator, source, projects));
    if (both === undefined || one === undefined) throw new RangeError('two readers');
    await both.poll();
    await one.poll();
    simulator.clock.advance(25 * HOUR);
    simulator.edits.update('1001', { statusId: '5' });
    simulator.edits.remove('1040');
    expect(await one.census()).toMatchObject({ held: 10, gone: new Map([['deleted', 1]]), overlooked: 0 });
    expect(await store().countIssues(source)).toBe(39);
    await both.poll();
    await both.census();
    expect(await both.isWhole()).toBe(true);
  });
});

test('a project that is back from the archive is counted, and followed from then on', async () => {
  const { simulator, poll, census, isWhole } = await counted('back from the archive');
  await using _ = simulator;
  const { edits, clock } = simulator;
  edits.update('1001', { statusId: '5' });
  edits.save('projects', { ...OPS, state: 'archived' });
  clock.advance(25 * HOUR);
  // What the site says of itself is a day old: now the project is none of those that are asked for.
  await poll();
  edits.save('projects', OPS);
  clock.advance(5 * MINUTE);
  expect(await census()).toMatchObject({ held: 40, shown: 40, edited: 1, gone: new Map(), overlooked: 0 });
  expect(await isWhole()).toBe(true);
  edits.update('1002', { summary: 'After it came back' });
  expect(await poll()).toBe(1);
});

test.each(['archived', 'deleted', 'forbidden'] as const)(
  'a project that is %s between the list of projects and its statuses does not keep back the others',
  async (state) => {
    const source = `${state} in between`;
    const issues = Array.from({ length: 40 }, (_, i) => smallIssue(i + 1));
    await using simulator = await createJiraSimulator(smallSite(issues, { projects: [PAY, OPS] }));
    for (let i = 1; i <= 30; i += 1) simulator.edits.moveToProject(String(1000 + i), OPS.id);
    const { poll, isWhole } = reader(simulator, source, undefined, ({ path }) => {
      if (path.endsWith('/project/search')) simulator.edits.save('projects', { ...OPS, state });
    });
    expect(await poll()).toBe(10);
    expect(await isWhole()).toBe(true);
  },
);

test('a project whose issues are all gone is read again by the first census after it is back', async () => {
  const { simulator, poll, census, isWhole } = await counted('gone and back');
  await using _ = simulator;
  const { edits, clock } = simulator;
  edits.save('projects', { ...OPS, state: 'archived' });
  clock.advance(25 * HOUR);
  await poll();
  expect(await census()).toMatchObject({ held: 40, gone: new Map([['archived', 30]]) });
  expect(await isWhole()).toBe(true);
  clock.advance(HOUR);
  edits.save('projects', OPS);
  clock.advance(HOUR);
  expect(await poll()).toBe(0);
  expect(await census()).toMatchObject({ held: 10, shown: 40, found: 30 });
  expect(await isWhole()).toBe(true);
});

test.each(['forbidden', 'archived', 'deleted'] as const)(
  'a project that the configuration names and that is %s is gone by the next census, and whole once it is back',
  async (state) => {
    const { simulator, poll, census, isWhole } = await counted(`named and ${state}`, ['OPS', 'PAY']);
    await using _ = simulator;
    const { edits, clock } = simulator;
    const why = { forbidden: 'access_lost', archived: 'archived', deleted: 'trashed' }[state];
    for (let i = 16; i <= 30; i += 1) edits.moveToProject(String(1000 + i), PAY.id);
    edits.save('projects', { ...OPS, state });
    edits.update('1040', { summary: 'Edited while OPS is away' });
    clock.advance(HOUR);
    expect(await poll()).toBe(16);
    expect(await census()).toMatchObject({ held: 40, shown: 25, gone: new Map([[why, 15]]) });
    clock.advance(26 * HOUR);
    expect(await poll()).toBe(0);
    expect(await census()).toMatchObject({ held: 25, gone: new Map() });
    edits.save('projects', OPS);
    clock.advance(HOUR);
    expect(await census()).toMatchObject({ shown: 40, found: 15 });
    expect(await isWhole()).toBe(true);
    edits.update('1001', { summary: 'Edited when OPS is back' });
    clock.advance(MINUTE);
    expect(await poll()).toBe(1);
  },
);

test.each([
  { how: 'read because everything is', projects: undefined },
  { how: 'named by its former key', projects: ['PAY', 'OPS'] },
])('a project $how has its issues read again once it has another key', async ({ how, projects }) => {
  const { simulator, poll, census, isWhole } = await counted(`rekeyed, ${how}`, projects);
  await using _ = simulator;
  simulator.edits.save('projects', { ...OPS, key: 'OPERATIONS' });
  simulator.edits.update('1001', { summary: 'Edited under the new key' });
  simulator.clock.advance(HOUR);
  expect(await poll()).toBe(1);
  expect(await census()).toMatchObject({ held: 40, shown: 40, rekeyed: 29, gone: new Map() });
  expect(await isWhole()).toBe(true);
  simulator.clock.advance(26 * HOUR);
  await poll();
  expect(await census()).toMatchObject({ rekeyed: 0, gone: new Map() });
  simulator.edits.update('1002', { summary: 'Edited a day later' });
  simulator.clock.advance(MINUTE);
  expect(await poll()).toBe(1);
  expect(await isWhole()).toBe(true);
});
