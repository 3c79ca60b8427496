import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { type DataFolder, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { evenkeel } from './run.ts';

const env = { JIRA_API_TOKEN: SIMULATED_ACCOUNT.apiToken };

let folder: DataFolder;
let jira: JiraSimulator;

beforeAll(async () => {
  folder = await temporaryDataFolder();
  jira = await createJiraSimulator(smallSite([smallIssue(1), smallIssue(2)]));
});
afterAll(async () => {
  await jira.close();
  await folder[Symbol.asyncDispose]();
});

/** A configuration for one team on one source, in a folder of its own. */
async function place(name: string, changes: (yaml: string) => string = (yaml) => yaml): Promise<string> {
  const cwd = join(folder.path, name);
  await mkdir(cwd);
  const project = jira.site.projects[0]?.key ?? '';
  const yaml = [
    'sources:',
    '  - id: acme',
    '    kind: jira',
    `    url: ${jira.url}`,
    `    auth: { email: ${SIMULATED_ACCOUNT.email}, apiToken: "\${JIRA_API_TOKEN}" }`,
    'teams:',
    '  - id: pay',
    '    name: Pay',
    `    scope: [ { source: acme, projects: [${project}] } ]`,
    '',
  ].join('\n');
  await writeFile(join(cwd, 'evenkeel.yaml'), changes(yaml));
  return cwd;
}

describe('a configuration with a mistake ends with code 3, and', () => {
  test('malformed YAML says where', async () => {
    const cwd = await place('malformed', (yaml) => yaml.replace('teams:', 'teams: ['));
    const { code, err, out } = await evenkeel(['sync'], { cwd, env });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/evenkeel\.yaml:\d+ {2}this is not YAML/);
  });

  test('unknown keys and two teams with one id are named together', async () => {
    const cwd = await place(
      'mistakes',
      (yaml) => `${yaml}  - { id: pay, name: Again, scope: [ { source: acme } ] }\ncolour: blue\n`,
    );
    const { code, err } = await evenkeel(['report', 'pay'], { cwd, env });
    expect(code).toBe(3);
    expect(err).toMatch(/2 mistakes/);
    expect(err).toMatch(/colour: this key is not known here/);
    expect(err).toMatch(/two teams have the id "pay"; rename one/);
  });

  test('a token that is not set is named', async () => {
    const cwd = await place('no-token');
    const { code, err } = await evenkeel(['sync'], { cwd });
    expect(code).toBe(3);
    expect(err).toMatch(/JIRA_API_TOKEN is not set/);
  });

  test('no configuration at all says how to get one', async () => {
    const { code, err } = await evenkeel(['sync'], { cwd: folder.path, env });
    expect(code).toBe(3);
    expect(err).toMatch(/evenkeel\.yaml.*cannot be read/s);
  });
});

describe('a source that cannot be read completely ends with code 4, and', () => {
  test('a wrong token is refused at once and the variable to check is named', async () => {
    const cwd = await place('wrong-token');
    const before = jira.requests.length;
    const { code, err, out } = await evenkeel(['sync'], { cwd, env: { JIRA_API_TOKEN: 'wrong-one' } });
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toMatch(/apiToken/);
    expect(err).not.toContain('wrong-one');
    expect(err).toMatch(/^acme: used since \d{4}-\d\d-\d\d: 1 requests$/m);
    expect(jira.requests.length - before).toBe(1);
  });

  test('a project that cannot be seen is named, with those that can', async () => {
    const cwd = await place('unknown-project', (yaml) =>
      yaml.replace(/projects: \[\w+\]/, 'projects: [GONE]'),
    );
    const { code, err } = await evenkeel(['sync'], { cwd, env });
    expect(code).toBe(4);
    expect(err).toMatch(/GONE/);
    expect(err).toContain(jira.site.projects[0]?.key);
  });

  test('what was stored before still stands', async () => {
    const cwd = await place('then-broken');
    expect((await evenkeel(['sync'], { cwd, env })).code).toBe(0);
    const before = await evenkeel(['digest', 'acme'], { cwd, env });
    expect((await evenkeel(['sync', '--full'], { cwd, env: { JIRA_API_TOKEN: 'wrong-one' } })).code).toBe(4);
    const after = await evenkeel(['digest', 'acme'], { cwd, env });
    expect(after).toEqual(before);
    expect(after.out).toMatch(/^[0-9a-f]{64}\n$/);
    const report = await evenkeel(['report', 'pay', '--format', 'json'], { cwd, env });
    expect(report.code).toBe(0);
    expect(JSON.parse(report.out)).toMatchObject({ team: { id: 'pay' }, asOf: '2026-03-31' });
  });
});

describe('a command that asks for what is not there ends with code 2:', () => {
  test.each([
    [['report', 'nobody'], /There is no team "nobody"\. There are: pay\./],
    [['report', 'pay', '--as-of', 'yesterday'], /"yesterday" is no date/],
    [['report', 'pay', '--format', 'pdf'], /Allowed choices are json, md, html/],
    [['digest', 'nothing'], /There is no source "nothing"\. There are: acme\./],
    [['sync', 'nothing'], /There is no source "nothing"/],
    [['serve', '--port', '99999'], /a port is a whole number/],
    [['dance'], /unknown command 'dance'/],
  ])('%s', async (args, message) => {
    const cwd = await place(`usage-${args.join('-').replaceAll('/', '')}`);
    const { code, err, out } = await evenkeel(args, { cwd, env });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });
});

describe('something else in the way ends with code 1:', () => {
  test('a team of a source that was never read says what to run', async () => {
    const cwd = await place('never-read');
    const { code, err } = await evenkeel(['report', 'pay'], { cwd, env });
    expect(code).toBe(1);
    expect(err).toMatch(/Run `evenkeel sync acme` first/);
  });

  test('a port in use', async () => {
    const cwd = await place('port');
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, err } = await evenkeel(['serve', '--role', 'web', '--port', String(port)], { cwd, env });
    other.close();
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is in use by another program`));
  });

  test('a data folder that cannot be written to', async () => {
    const cwd = await place('data');
    await writeFile(join(cwd, 'a-file'), '');
    const { code, err } = await evenkeel(['report', 'pay', '--data', join(cwd, 'a-file', 'data')], {
      cwd,
      env,
    });
    expect(code).toBe(1);
    expect(err).toMatch(/data folder .*a-file.* --data/s);
  });

  test('a data folder of another PostgreSQL major version, which is left as it is', async () => {
    const cwd = await place('old');
    await evenkeel(['migrate'], { cwd, env });
    const version = join(cwd, '.evenkeel', 'postgres', 'PG_VERSION');
    await writeFile(version, '9\n');
    const { code, err } = await evenkeel(['report', 'pay'], { cwd, env });
    expect(code).toBe(1);
    expect(err).toMatch(/PostgreSQL 9/);
    expect(await readFile(version, 'utf8')).toBe('9\n');
  });

  test('a history file with a broken line, named with its number', async () => {
    const file = join(folder.path, 'BROKEN.jsonl');
    await writeFile(file, '{"id":"1","key":"A-1","fields":{}}\n{"id":"2",\n');
    const { code, err } = await evenkeel(
      ['demo', '--once', '--history', file, '--data', join(folder.path, 'd')],
      {
        cwd: folder.path,
      },
    );
    expect(code).toBe(1);
    expect(err).toMatch(/BROKEN\.jsonl/);
    expect(err).toMatch(/line [12]/);
  });

  test('an issue with more history than is stored, at once and not after five tries', async () => {
    const file = join(folder.path, 'HUGE.jsonl');
    const histories = Array.from({ length: 20_001 }, (_, i) => ({
      id: String(i),
      created: '2026-01-01T00:00:00.000+0000',
      items: [{ field: 'Rank', from: null, fromString: null, to: null, toString: 'ranked higher' }],
    }));
    const issue = {
      id: '1',
      key: 'HUGE-1',
      fields: {
        summary: 'Never at rest',
        created: '2025-12-01T00:00:00.000+0000',
        project: { id: '7', key: 'HUGE' },
        status: { id: '1', name: 'Open', statusCategory: { key: 'new' } },
        issuetype: { id: '1', name: 'Bug' },
      },
      changelog: { total: histories.length, histories },
    };
    await writeFile(file, `${JSON.stringify(issue)}\n`);
    const { code, err } = await evenkeel(
      ['demo', '--once', '--history', file, '--data', join(folder.path, 'h')],
      {
        cwd: folder.path,
      },
    );
    expect(code).toBe(4);
    expect(err).toMatch(/HUGE-1 .* has 20\d\d\d events and at most 20000 are stored/);
  });

  test('a recording that was cut off', async () => {
    const file = join(folder.path, 'CUT.jsonl');
    const issue = {
      id: '1',
      key: 'CUT-1',
      fields: {
        created: '2025-12-01T00:00:00.000+0000',
        project: { id: '7', key: 'CUT' },
        status: { id: '1', name: 'Open' },
        issuetype: { id: '1', name: 'Bug' },
      },
      changelog: { total: 2, histories: [] },
    };
    await writeFile(file, `${JSON.stringify(issue)}\n`);
    const { code, err } = await evenkeel(
      ['demo', '--once', '--history', file, '--data', join(folder.path, 'c')],
      {
        cwd: folder.path,
      },
    );
    expect(code).toBe(1);
    expect(err).toMatch(/CUT\.jsonl.*fewer histories than the total it names/s);
  });
});
