import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { digest } from '#demo/jira/digest.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { startEvenkeel } from '#tests/cli/run.ts';
import { type DataFolder, serverProcesses, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { multipliedSite } from '#tests/support/multiplied-site.ts';

// One project, so that its batches of 1,000 come one after the other: 25 pages of issues and, behind the 10th, the 20th
// and the last of them, a request for histories.
const PROJECT = 'PAY';
const ISSUES = 2500;
const FULL_WALK = 28;

const SALT = 'the salt of this test';
const env = { JIRA_API_TOKEN: SIMULATED_ACCOUNT.apiToken, EVENKEEL_SALT: SALT };

/** A source of its own for each test, all of them the same tracker, so that each begins with an empty store. */
const SOURCES = ['killed-between', 'killed-twice', 'killed-at-the-end', 'two-at-once'];

let folder: DataFolder;
let jira: JiraSimulator;

beforeAll(async () => {
  const { site } = simulatedOrganisation();
  const issues = site.issues.filter((issue) => issue.key.startsWith(`${PROJECT}-`));
  jira = await createJiraSimulator(multipliedSite({ ...site, issues }, ISSUES), { stallMilliseconds: 300 });
  folder = await temporaryDataFolder();
  const sources = SOURCES.map(
    (id) =>
      `  - { id: ${id}, kind: jira, url: "${jira.url}", projects: [${PROJECT}],\n` +
      `      auth: { email: ${SIMULATED_ACCOUNT.email}, apiToken: "\${JIRA_API_TOKEN}" } }\n`,
  );
  const team = `  - { id: payments, name: Payments, scope: [ { source: ${SOURCES[0]}, projects: [${PROJECT}] } ] }\n`;
  await writeFile(join(folder.path, 'evenkeel.yaml'), `sources:\n${sources.join('')}teams:\n${team}`);
});
afterAll(async () => {
  await jira.close();
  await folder[Symbol.asyncDispose]();
});

/** What is left to do once a third batch was begun, which waits for the first to be committed; the second may be. */
const GONE_ON = [
  { requests: FULL_WALK - 11, read: ISSUES - 1000 },
  { requests: FULL_WALK - 22, read: ISSUES - 2000 },
];

describe('a sync that is killed and started again ends in what the tracker holds', () => {
  test('when killed while one batch is read and the one before it is stored', async () => {
    await killed('killed-between', 13);
    // The first batch was committed just in time, or not at all.
    expect([
      { requests: FULL_WALK, read: ISSUES },
      { requests: FULL_WALK - 11, read: ISSUES - 1000 },
    ]).toContainEqual(await completed('killed-between'));
  });

  test('when killed at its first page, and again in its third batch', async () => {
    await killed('killed-twice', 1);
    await killed('killed-twice', 24);
    expect(GONE_ON).toContainEqual(await completed('killed-twice'));
  });

  test('when killed at its last request', async () => {
    await killed('killed-at-the-end', FULL_WALK);
    expect(GONE_ON).toContainEqual(await completed('killed-at-the-end'));
  });
});

test('of two syncs at once one does the work, and the other says so and ends with code 4', async () => {
  const source = 'two-at-once';
  // Whoever comes first is held up until the other has looked.
  jira.faults.set({ kind: 'rate', rate: 1, seed: 1, faults: ['slow_headers'] });
  const began = jira.requests.length;
  const both = [1, 2].map(() => command(['sync', source]));
  const first = await Promise.race(both.map(({ ended }) => ended));
  jira.faults.set(undefined);
  const results = await Promise.all(both.map(({ ended }) => ended));

  expect(results).toContainEqual(expect.objectContaining({ code: 0 }));
  expect(first).toMatchObject({ code: 4, out: '' });
  expect(first.err).toMatch(/another process is syncing two-at-once now; wait for it to end/);
  expect(issueRequests(began)).toBe(FULL_WALK);
  await expectWhole(source);
});

/** Starts a sync and kills it when it has asked so many times for issues or histories. */
async function killed(source: string, afterRequests: number): Promise<void> {
  const began = jira.requests.length;
  const sync = command(['sync', source]);
  let endedEarly = false;
  void sync.ended.then(() => {
    endedEarly = true;
  });
  const enough = () => endedEarly || issueRequests(began) >= afterRequests;
  await vi.waitUntil(enough, { interval: 1, timeout: 30_000 });
  await sync.kill();
  const { code, err } = await sync.ended;
  // Had it ended before, then with a code.
  expect({ code, err }).toEqual({ code: null, err: expect.stringContaining(`❯ ${source}`) });
  // Nobody was left to stop the database server.
  expect(serverProcesses(folder.path)).not.toEqual([]);
}

/** Starts a sync that nobody kills, and says how many requests for issues and histories and how many issues it took. */
async function completed(source: string): Promise<{ readonly requests: number; readonly read: number }> {
  const began = jira.requests.length;
  const { code, out, err } = await command(['sync', source]).ended;
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(`✔ ${source}`) });
  const requests = issueRequests(began);
  await expectWhole(source);
  const read = Number(/([\d,]+) issues read/.exec(out)?.[1]?.replace(',', ''));
  return { requests, read };
}

/** The store holds what the tracker holds, and the last command took the database server with it. */
async function expectWhole(source: string): Promise<void> {
  expect(serverProcesses(folder.path)).toEqual([]);
  const { code, out } = await command(['digest', source]).ended;
  expect({ code, out }).toEqual({ code: 0, out: `${digest(jira.site, { sourceId: source, salt: SALT })}\n` });
}

function command(args: readonly string[]) {
  const where = ['--config', join(folder.path, 'evenkeel.yaml'), '--data', join(folder.path, 'data')];
  return startEvenkeel([...args, ...where], { cwd: folder.path, env });
}

function issueRequests(since: number): number {
  return jira.requests.slice(since).filter(({ path }) => /\/(search\/jql|changelog\/bulkfetch)$/.test(path))
    .length;
}
