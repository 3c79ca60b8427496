import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { digest } from '#demo/jira/digest.ts';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { linearDigest } from '#demo/linear/digest.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { evenkeel, startEvenkeel } from '#tests/cli/run.ts';
import { type DataFolder, serverProcesses, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { sharedPath } from '#tests/support/shared.ts';

const env = { EVENKEEL_SALT: 'the salt of this test' };

let folder: DataFolder;
beforeAll(async () => {
  folder = await temporaryDataFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('a newcomer’s first minutes', () => {
  test('a demo prints the summary of every team and leaves nothing running', async () => {
    const { code, out, err } = await evenkeel(['demo', '--once'], { cwd: folder.path, env });
    expect(err).toMatch(/acme: complete up to 2026-09-30T09:00:00\.000Z; 1,306 issues read, 1,306 stored/);
    expect(err).toMatch(/labs: complete up to 2026-09-30T09:00:00\.000Z; 566 issues read, 566 stored/);
    expect(code).toBe(0);
    expect([...out.matchAll(/^(\w+) · /gm)].map(([, name]) => name)).toEqual([
      'Payments',
      'Onboarding',
      'Platform',
      'Lending',
      'Mobile',
    ]);
    expect(out).not.toMatch(/NaN|undefined|null/);
    expect(serverProcesses(folder.path)).toEqual([]);
  });

  test('another run says the same', async () => {
    const first = await evenkeel(['demo', '--once'], { cwd: folder.path, env });
    const second = await evenkeel(['demo', '--once'], { cwd: folder.path, env });
    expect(second.out).toBe(first.out);
  });

  test('what the demo read can be asked for without a configuration, and equals what the tracker holds', async () => {
    const { site, workspace, planted } = simulatedOrganisation();
    const salt = env.EVENKEEL_SALT;
    const stored = await evenkeel(['digest', 'acme'], { cwd: folder.path, env });
    expect(stored.out).toBe(`${digest(site, { sourceId: 'acme', salt })}\n`);
    const linear = await evenkeel(['digest', 'labs'], { cwd: folder.path, env });
    expect(linear.out).toBe(`${linearDigest(workspace, { sourceId: 'labs', salt })}\n`);
    const lines = await evenkeel(['digest', 'acme', '--lines'], { cwd: folder.path, env });
    expect(lines.out.split('\n')).toHaveLength(site.issues.length + 1);
    const report = await evenkeel(['report', 'platform', '--as-of', '2026-06-30'], { cwd: folder.path, env });
    expect(report.out).toContain('# Platform');
    const kept: unknown = JSON.parse(
      await readFile(join(folder.path, '.evenkeel/demo/planted.json'), 'utf8'),
    );
    expect(kept).toEqual(planted);
  });

  test('a team in Linear is told as much of as one in Jira, and so is one in both whose people are matched', async () => {
    const [mobile, payments, lending] = await Promise.all(
      ['mobile', 'payments', 'lending'].map(async (team) => {
        const { out } = await evenkeel(['report', team, '--format', 'json'], { cwd: folder.path, env });
        return reportSchema.parse(JSON.parse(out));
      }),
    );
    if (mobile === undefined || payments === undefined || lending === undefined) throw new Error('no report');
    expect(valuesIn(mobile)).toEqual(expect.arrayContaining(valuesIn(payments).filter(isOfEveryTeam)));
    expect(mobile.workstreams.by).toBe('project');
    expect(mobile.forecast.milestones.map(({ key }) => key)).toContain('Offline basket Offline beta');
    // The three of each half are five people.
    expect(lending.workstreams.people).toMatchObject({ kind: 'value', value: 5 });
    expect(lending.metrics.sayDo).toMatchObject({ sayDo: { kind: 'value' } });
    const sources = lending.definitions.stages.map(({ source }) => source);
    expect(new Set(sources)).toEqual(new Set(['acme', 'labs']));
  });

  test('a second demo on one folder is refused, and Ctrl-C ends the first in good order', async () => {
    const first = startEvenkeel(['demo', '--port', '0'], { cwd: folder.path, env });
    await expect.poll(() => first.said(), { timeout: 30_000 }).toMatch(/is served at http/);
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(first.said())?.[0] ?? '';
    const page = await fetch(`${address}/teams/payments`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Payments is not set up for success');
    // Whatever a report points to is there to be opened.
    for (const team of ['payments', 'mobile', 'lending']) {
      const report = await (await fetch(`${address}/api/v1/teams/${team}/report`)).text();
      const links = new Set([...report.matchAll(/"url": ?"(http[^"]+)"/g)].map(([, url]) => url ?? ''));
      expect(links.size).toBeGreaterThan(10);
      const some = [...links].filter((url) => !/\/(browse|issue)\//.test(url)).concat([...links].slice(0, 5));
      for (const url of some) expect([url, (await fetch(url)).status]).toEqual([url, 200]);
    }

    const second = await evenkeel(['demo', '--once'], { cwd: folder.path, env });
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/Another demo is running on .*--data DIR/s);

    first.interrupt();
    expect((await first.ended).code).toBe(0);
    expect(serverProcesses(folder.path)).toEqual([]);
  });
});

const reportSchema = z.looseObject({
  metrics: z.looseObject({ sayDo: z.unknown() }),
  workstreams: z.looseObject({ by: z.string(), people: z.unknown() }),
  forecast: z.looseObject({ milestones: z.array(z.looseObject({ key: z.string() })) }),
  definitions: z.looseObject({ stages: z.array(z.object({ source: z.string() })) }),
});

/** The paths of all numbers that are told, list places aside. */
function valuesIn(document: unknown, path = ''): readonly string[] {
  if (Array.isArray(document)) return [...new Set(document.flatMap((one) => valuesIn(one, `${path}[]`)))];
  if (typeof document !== 'object' || document === null) return [];
  if (Reflect.get(document, 'kind') === 'value') return [path];
  return Object.entries(document).flatMap(([key, value]) => valuesIn(value, `${path}.${key}`));
}

/** Linear has no types of items; how often dates move, when a goal lands and how long its items wait is of the team alone. */
function isOfEveryTeam(path: string): boolean {
  return !/byType|dueDates\.slip|goalByDate|^\.definitions|^\.goals|^\.risks/.test(path);
}

const history = sharedPath('data/jira-history/CB.jsonl.gz');
describe.skipIf(history === undefined)(
  'a recorded history (skipped where none lies beside the project)',
  () => {
    test('becomes a tracker of its own and is reported on as of its own end, beside what was read before', async () => {
      const { code, out } = await evenkeel(['demo', '--once', '--history', history ?? ''], {
        cwd: folder.path,
        env,
      });
      expect(code).toBe(0);
      expect(out).toContain('As of the end of Sun 25 January 2015');
      const report = (args: readonly string[]) => evenkeel(['report', ...args], { cwd: folder.path, env });
      expect((await report(['cb', '--format', 'json'])).out).toBe(
        (await report(['cb', '--format', 'json'])).out,
      );
      expect((await report(['payments', '--format', 'html'])).out).toContain('<!doctype html>');
    });
  },
);

test('Ctrl-C in the middle of a sync ends with code 4 and leaves nothing running', async () => {
  const { site } = simulatedOrganisation();
  await using jira = await createJiraSimulator(site, { stallMilliseconds: 5_000 });
  jira.faults.set({ kind: 'at', request: 12, fault: 'slow_headers' });
  await using place = await temporaryDataFolder();
  const cwd = place.path;
  const yaml = [
    `sources: [ { id: acme, kind: jira, url: "${jira.url}",`,
    `  auth: { email: ${SIMULATED_ACCOUNT.email}, apiToken: "\${JIRA_API_TOKEN}" } } ]`,
    'teams: [ { id: t, name: T, scope: [ { source: acme } ] } ]',
  ];
  await writeFile(join(cwd, 'evenkeel.yaml'), yaml.join('\n'));
  const running = startEvenkeel(['sync'], {
    cwd,
    env: { ...env, JIRA_API_TOKEN: SIMULATED_ACCOUNT.apiToken },
  });
  await expect.poll(() => jira.requests.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(12);
  running.interrupt();
  const { code, err } = await running.ended;
  expect(code).toBe(4);
  expect(err).toMatch(/Stopped\. What was stored until then stands/);
  expect(serverProcesses(cwd)).toEqual([]);
});
