import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { startEvenkeel } from '#tests/cli/run.ts';
import { serverProcesses, temporaryDataFolder } from '#tests/support/data-folder.ts';

const TOKEN = 'a-token-of-this-test';

test('serve reads its sources by schedule and on request, serves what came of it, and goes on after a kill', async () => {
  await using jira = await createJiraSimulator(simulatedOrganisation().site);
  await using folder = await temporaryDataFolder();
  const cwd = folder.path;
  const yaml = [
    `sources: [ { id: acme, kind: jira, url: "${jira.url}",`,
    `  auth: { email: ${SIMULATED_ACCOUNT.email}, apiToken: "\${JIRA_API_TOKEN}" } } ]`,
    'teams: [ { id: platform, name: Platform, scope: [ { source: acme, projects: [PLT] } ] } ]',
    'server: { tokens: [ "${EVENKEEL_TOKEN}" ] }',
  ];
  await writeFile(join(cwd, 'evenkeel.yaml'), yaml.join('\n'));
  const env = { JIRA_API_TOKEN: SIMULATED_ACCOUNT.apiToken, EVENKEEL_TOKEN: TOKEN };
  const start = async () => {
    const running = startEvenkeel(['serve', '--port', '0'], { cwd, env });
    await expect.poll(() => running.said(), { timeout: 30_000 }).toMatch(/Serving on http/);
    const address = /Serving on (http:\S+)/.exec(running.said())?.[1] ?? '';
    return { running, address };
  };

  const first = await start();
  const headline = async (address: string): Promise<unknown> => {
    const { teams } = (await (await fetch(`${address}/api/v1/teams`)).json()) as {
      readonly teams: readonly { readonly headline?: unknown }[];
    };
    return teams[0]?.headline;
  };
  await expect.poll(() => headline(first.address), { timeout: 30_000 }).toMatchObject({ level: 'unknown' });
  expect((await fetch(`${first.address}/readyz`)).status).toBe(200);
  await first.running.kill();

  const second = await start();
  expect(await headline(second.address)).toMatchObject({ level: 'unknown' });
  const before = jira.requests.length;
  const asked = await fetch(`${second.address}/api/v1/sources/acme/sync`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  expect(asked.status).toBe(202);
  await expect.poll(() => jira.requests.length, { timeout: 30_000 }).toBeGreaterThan(before);
  expect(second.running.said()).not.toContain(TOKEN);
  second.running.interrupt();
  expect((await second.running.ended).code).toBe(0);
  expect(serverProcesses(cwd)).toEqual([]);
});
