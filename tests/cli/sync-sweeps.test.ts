import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { temporaryDataFolder } from '#tests/support/data-folder.ts';
import { evenkeel } from './run.ts';

test('whoever moves a date and asks for a sync finds it moved, though no issue tells', async () => {
  const { now } = smallSite([]);
  const sprint = { id: 31, name: 'Now', state: 'active' as const, boardId: 4, startDate: now };
  await using jira = await createJiraSimulator(
    smallSite([smallIssue(1)], { sprints: [{ ...sprint, endDate: now + 86_400_000 }] }),
  );
  await using folder = await temporaryDataFolder();
  const cwd = folder.path;
  const yaml = [
    `sources: [ { id: acme, kind: jira, url: "${jira.url}",`,
    `  auth: { email: ${SIMULATED_ACCOUNT.email}, apiToken: "\${JIRA_API_TOKEN}" } } ]`,
    'teams: [ { id: t, name: T, scope: [ { source: acme } ] } ]',
  ];
  await writeFile(join(cwd, 'evenkeel.yaml'), yaml.join('\n'));
  const env = { JIRA_API_TOKEN: SIMULATED_ACCOUNT.apiToken };
  const sync = async () => {
    const before = jira.requests.length;
    const { code, out, err } = await evenkeel(['sync'], { cwd, env });
    expect(err).not.toContain('Error');
    const asked = jira.requests.slice(before).map(({ path }) => path);
    return { code, lines: out.trimEnd().split('\n'), asked };
  };
  // A first sync reads everything once.
  const first = await sync();
  expect(first.lines).toEqual([expect.stringContaining('1 issues read')]);

  jira.clock.advance(60_000);
  const [version] = jira.site.versions;
  if (version) jira.edits.save('versions', { ...version, releaseDate: '2026-09-09' });
  const second = await sync();
  expect(second.code).toBe(0);
  expect(second.lines).toEqual([
    expect.stringContaining('0 changed issues read'),
    'acme: sprints and versions read again; some moved; requests: 2',
  ]);
  expect(second.asked.slice(1)).toEqual([
    '/rest/agile/1.0/board/4/sprint',
    '/rest/api/3/project/100/version',
  ]);
  jira.clock.advance(60_000);
  expect((await sync()).lines[1]).toBe('acme: sprints and versions read again; none moved; requests: 2');
}, 120_000);
