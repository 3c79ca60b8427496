import { readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { createProgram } from '#cli/program.ts';
import type { JiraSite } from '#demo/jira/model.ts';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { createLinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import type { TeamReport } from '#report/team-report.ts';
import { openEmbeddedPostgres } from '#store/embedded.ts';
import { evenkeel, startEvenkeel } from '#tests/cli/run.ts';
import { openSite } from '#tests/http/site.ts';
import { query } from '#tests/store/query.ts';
import { type DataFolder, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { withKnownPeople } from '#tests/support/known-people.ts';
import { type Identity, identitiesIn, type Leak, leakFinder } from '#tests/support/leaks.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { fromJira, fromLinear } from '#tests/trackers/signed-delivery.ts';
import { teamSummary } from '#views/summary.ts';

/**
 * No output of any kind holds a person of the input: no account id, display name or e-mail from the identity fields that
 * the trackers serve. Titles, and names of labels, versions and the like, are written by people and shown as they are: a
 * person named there is out of reach. The coined people of the simulated organisation are named in none of these. Of the
 * recorded histories a name is left out of the search only when it stands, as whole words, in such a text of its own
 * history; which ones, is stated below.
 */

/** Written into titles, where a person is out of reach: whatever shows a title shows this one, and is seen to be searched. */
const PLANTED: Identity = {
  accountIds: [],
  names: ['Zanzibar Quillfeather'],
  emails: ['zanzibar@people.example'],
};

const TOKEN = 'a-token-of-this-test';
const [JIRA_SECRET, LINEAR_SECRET] = ['a-secret-of-jira-in-this-test', 'a-secret-of-linear-in-this-test'];

interface Output {
  readonly where: string;
  readonly text: string;
}

const unnamed = simulatedOrganisation();
const organisation = withKnownPeople(unnamed);
const { workspace } = organisation;
const site = withTitles(organisation.site);
const titled = {
  ...workspace,
  issues: workspace.issues.map((issue) => ({ ...issue, title: planted(issue.title) })),
};

const HISTORIES = ['CB', 'DURACLOUD', 'ISLANDORA'].map((name) =>
  sharedPath(`data/jira-history/${name}.jsonl.gz`),
);
const recordedFiles = HISTORIES.filter((file) => file !== undefined);
const recorded = await sitesFromHistory(recordedFiles);

/** The account that reads is a person, too. */
const READER: Identity = { accountIds: [], names: [], emails: [SIMULATED_ACCOUNT.email] };
const people: readonly Identity[] = [
  ...identitiesIn(site),
  ...identitiesIn(titled),
  // As a demo serves them.
  ...identitiesIn([unnamed.site, unnamed.workspace]),
  ...recorded.flatMap(({ site: one }) => withoutNamed(identitiesIn(one), one)),
  READER,
];

const teams = [
  ...organisation.teams.map(({ id, name, timezone, headcount, members, projectKey, teamKey, goal }) => ({
    id,
    name,
    timezone,
    ...(members === undefined
      ? { headcount }
      : {
          members: members.map(({ jira, linear }) => ({
            ids: { ...(jira ? { acme: jira } : {}), ...(linear ? { labs: linear } : {}) },
          })),
        }),
    goal: {
      id: 'next',
      name: goal.epic,
      milestone:
        teamKey !== undefined && projectKey === undefined ? { project: goal.epic } : { parent: goal.epic },
      date: goal.date,
      kpis: [{ id: 'activation', target: 30 }],
    },
    scope: [
      ...(projectKey === undefined ? [] : [{ source: 'acme', projects: [projectKey] }]),
      ...(teamKey === undefined ? [] : [{ source: 'labs', teams: [teamKey] }]),
    ],
  })),
  ...recorded.map(({ sourceId }) => ({ id: sourceId, name: sourceId, scope: [{ source: sourceId }] })),
];
const env = {
  EVENKEEL_SALT: 'the salt of this test',
  TRACKER_TOKEN: SIMULATED_ACCOUNT.apiToken,
  LINEAR_KEY: SIMULATED_API_KEY,
  EVENKEEL_TOKEN: TOKEN,
  JIRA_SECRET,
  LINEAR_SECRET,
};

/**
 * What each address is asked, by method and path; where nothing else is said, an address of a team of every team. An
 * address that is not here makes the test fail: it is an output that nobody searched.
 */
const ADDRESSES: Readonly<Record<string, readonly Ask[]>> = {
  'GET /': [{}],
  'GET /sources': [{}],
  'GET /teams/:id': [
    // As the API answers of every team, of one of each kind of tracker.
    { path: '/teams/payments' },
    { path: '/teams/mobile' },
    { path: '/teams/lending' },
    { path: '/teams/payments?asOf=2026-06-30' },
    { path: '/teams/payments?asOf=soon' },
    { path: '/teams/nobody' },
  ],
  'GET /api/v1/teams': [{}],
  'GET /api/v1/teams/:id/report': [{}, { path: '/api/v1/teams/mobile/report?asOf=2026-06-30' }],
  'GET /api/v1/risks': [{}, { path: '/api/v1/risks?team=payments&status=open' }],
  'GET /api/v1/risks/:id': [
    { path: '/api/v1/risks/payments%2Fcarry_over' },
    { path: '/api/v1/risks/payments%2Fnothing' },
  ],
  'POST /api/v1/risks/:id/escalations': [
    {
      path: '/api/v1/risks/payments%2Fcarry_over/escalations',
      body: { id: 'of-this-test', note: 'for the review' },
    },
    { path: '/api/v1/risks/nobody%2Fsilence/escalations', body: {} },
  ],
  'POST /api/v1/escalations/:id/decision': [
    {
      path: '/api/v1/escalations/of-this-test/decision',
      body: { decision: 'accept', by: 'the people at the top', until: '2999-12-31' },
    },
  ],
  'GET /api/v1/forecasts/track-record': [{}, { path: '/api/v1/forecasts/track-record?team=payments' }],
  'GET /api/v1/sources': [{}],
  'GET /api/v1/queues': [{}],
  'GET /healthz': [{}],
  'GET /readyz': [{}],
  'GET /metrics': [{}],
  'GET /openapi.json': [{}],
  'GET /docs': [{}],
  'GET /docs/': [{}],
  'GET /docs/static/index.html': [{}],
  'GET /docs/static/swagger-initializer.js': [{}],
  'GET /docs/*': [{ path: '/docs/static/swagger-ui.css' }],
  'GET /docs/json': [{}],
  'GET /docs/yaml': [{}],
  'POST /api/v1/deployments': [
    { body: { at: '2026-09-01T00:00:00Z', issues: ['PAY-1'], environment: 'production' } },
  ],
  'POST /api/v1/verifications': [
    { body: { at: '2026-09-01T00:00:00Z', issue: 'PAY-1', by: 'the people at the desk' } },
    { body: { at: 'soon' } },
  ],
  'POST /api/v1/teams/:id/goals/:goal/kpis/:kpi/values': [
    {
      path: '/api/v1/teams/payments/goals/next/kpis/activation/values',
      body: { at: '2026-09-01T00:00:00Z', value: 21 },
    },
  ],
  'POST /api/v1/sources/:id/sync': [
    { path: '/api/v1/sources/acme/sync' },
    { path: '/api/v1/sources/labs/sync' },
  ],
  'POST /webhooks/:source': [
    { path: '/webhooks/acme', delivery: () => fromJira(toldByJira(), { secret: JIRA_SECRET, id: 'one' }) },
    {
      path: '/webhooks/labs',
      delivery: () => fromLinear(toldByLinear(), { secret: LINEAR_SECRET, id: 'two' }),
    },
    { path: '/webhooks/acme', delivery: () => fromJira(toldByJira(), { secret: 'another' }) },
  ],
};

interface Ask {
  /** In place of the address itself. */
  readonly path?: string;
  readonly body?: object;
  readonly delivery?: () => ReturnType<typeof fromJira>;
}

/** What each command is run with; `serve` runs all the time. A command or a format that is not here fails the test. */
const COMMANDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  demo: [],
  serve: [],
  sync: [['sync'], ['sync', 'acme', '--full'], ['sync', 'nobody']],
  report: [
    ['report', 'payments', '--format', 'md'],
    ['report', 'lending', '--format', 'html'],
    ['report', 'mobile', '--format', 'json'],
    ['report', 'nobody'],
  ],
  risks: [
    ['risks', 'payments', '--format', 'md'],
    ['risks', 'mobile', '--format', 'json'],
    ['risks', 'nobody'],
  ],
  escalate: [
    ['escalate', 'payments/carry_over', '--note', 'for the review'],
    ['escalate', 'payments/nothing'],
  ],
  decide: [
    ['decide', 'e-0', '--accept', '--by', 'the people at the top', '--until', '2999-12-31'],
    ['decide', 'e-0', '--address', '--by', 'the people at the top', '--until', 'soon'],
  ],
  forecast: [
    ['forecast', 'payments', '--items', '20', '--format', 'md'],
    ['forecast', 'mobile', '--by', '2026-12-31', '--format', 'json', '--method', 'drift'],
    ['forecast', 'payments', '--items', '20', '--method', 'classic'],
    ['forecast', 'payments', '--milestone', organisation.teams[0]?.goal.epic ?? ''],
  ],
  backtest: [
    ['backtest', '--team', 'payments', '--format', 'md'],
    ['backtest', '--team', 'mobile', '--format', 'csv'],
    ['backtest', '--team', 'lending', '--format', 'json'],
  ],
  digest: [
    ['digest', 'acme'],
    ['digest', 'acme', '--lines'],
    ['digest', 'labs', '--lines'],
  ],
  migrate: [['migrate']],
};

let folder: DataFolder;
let outputs: readonly Output[] = [];
let found: readonly Leak[] = [];
beforeAll(async () => {
  folder = await temporaryDataFolder();
  outputs = await everything(folder.path);
  const find = leakFinder([...people, PLANTED]);
  found = outputs.flatMap(({ where, text }) => find(where, text));
}, 400_000);
afterAll(() => folder[Symbol.asyncDispose]());

describe('who is in the identity fields of the trackers', () => {
  test('is nowhere in what comes out', () => {
    expect(found.filter((leak) => !isPlanted(leak))).toEqual([]);
  });

  test('is searched for under every name and in every output that shows what trackers hold', () => {
    expect(new Set(people.flatMap(({ names }) => names)).size).toBeGreaterThan(25);
    expect(new Set(people.flatMap(({ emails }) => emails)).size).toBeGreaterThan(25);
    const showing = found.filter(isPlanted).map(({ where }) => where);
    expect(showing).toEqual(expect.arrayContaining(SHOWING));
    expect(showing.some((where) => where.startsWith('summary of'))).toBe(true);
    for (const { where, text } of outputs) expect([where, text.length > 0]).toEqual([where, true]);
  });

  test('would be found if it were let through, however it is written', () => {
    const find = leakFinder(people);
    const everybody = new Set(
      people.flatMap(({ accountIds, names, emails }) => [...accountIds, ...names, ...emails]),
    );
    const missed = [...everybody].flatMap((what) =>
      Object.entries(WRITTEN)
        .filter(([, write]) => find('planted', `<li>${write(what)}, and</li>`).length === 0)
        .map(([how]) => `${how}: ${what}`),
    );
    expect(missed).toEqual([]);
  });
});

describe('the search', () => {
  test('covers every address that is served', async () => {
    await using served = await openSite();
    const server = await served.serve();
    const addresses = addressesIn(server.printRoutes({ commonPrefix: false }));
    await server.close();
    expect(addresses.toSorted()).toEqual(Object.keys(ADDRESSES).toSorted());
  });

  test('covers every command, in every format it has', () => {
    const program = createProgram({
      environment: {},
      out: () => {},
      note: () => {},
      signal: new AbortController().signal,
    });
    expect(program.commands.map((command) => command.name()).toSorted()).toEqual(
      Object.keys(COMMANDS).toSorted(),
    );
    for (const command of program.commands) {
      const said = COMMANDS[command.name()]?.flat() ?? [];
      const choices = command.options.flatMap((option) =>
        option.long === '--role' ? [] : (option.argChoices ?? []),
      );
      expect(said).toEqual(expect.arrayContaining(choices));
    }
  });

  test.skipIf(recordedFiles.length < HISTORIES.length)(
    'covers recorded histories, without any name left out (skipped where none lie beside the project)',
    () => {
      expect(recorded).toHaveLength(HISTORIES.length);
      for (const { site: one } of recorded) {
        const all = identitiesIn(one);
        expect(all.length).toBeGreaterThan(100);
        expect(withoutNamed(all, one)).toEqual(all);
      }
    },
  );
});

function isPlanted({ what }: Leak): boolean {
  return [...PLANTED.names, ...PLANTED.emails].some((one) => one.toLowerCase() === what);
}

/** Outputs that hold titles: each is seen to be searched by what is planted there. */
const SHOWING = [
  'evenkeel report payments --format md',
  'evenkeel report lending --format html',
  'evenkeel report mobile --format json',
  'GET /teams/payments',
  'GET /api/v1/teams/payments/report',
  'GET /teams/mobile',
  'GET /api/v1/risks',
  'table evenkeel.issue',
  'table evenkeel.published_report',
];

const WRITTEN: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  'in JSON': (text) => JSON.stringify(text),
  'in JSON, all escaped': (text) =>
    Array.from(text, (c) => (/\w/.test(c) ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)).join(
      '',
    ),
  'in HTML': (text) => text.replaceAll(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`),
  'in Markdown': (text) => text.replaceAll(/[\\`*_[\]~$!#@]/g, String.raw`\$&`),
  'in an address': encodeURIComponent,
  'in hex': (text) => Buffer.from(text.toLowerCase()).toString('hex'),
};

/** Reads it all with the real commands, and gives everything that comes out of them. */
async function everything(cwd: string): Promise<readonly Output[]> {
  await using cleanup = new AsyncDisposableStack();
  const jira = cleanup.use(await createJiraSimulator(site));
  const linear = cleanup.use(
    await createLinearSimulator(titled, { limits: { requests: 1e9, complexity: 1e12 } }),
  );
  const histories = await Promise.all(
    recorded.map(async (one) => ({
      id: one.sourceId,
      url: cleanup.use(await createJiraSimulator(one.site)).url,
    })),
  );
  const reads = { comments: 'claims', descriptions: 'goals' };
  const auth = { email: SIMULATED_ACCOUNT.email, apiToken: '${TRACKER_TOKEN}' };
  const config = {
    sources: [
      { id: 'acme', kind: 'jira', url: jira.url, auth, webhookSecret: '${JIRA_SECRET}', ...reads },
      {
        id: 'labs',
        kind: 'linear',
        url: linear.url,
        auth: { apiKey: '${LINEAR_KEY}' },
        webhookSecret: '${LINEAR_SECRET}',
        ...reads,
      },
      ...histories.map(({ id, url }) => ({ id, kind: 'jira', url, auth, ...reads })),
    ],
    teams,
    server: { tokens: ['${EVENKEEL_TOKEN}'] },
  };
  await writeFile(join(cwd, 'evenkeel.yaml'), stringify(config));

  const demo = evenkeel(['demo', '--once'], { cwd: cleanup.use(await temporaryDataFolder()).path, env });
  const serving = startEvenkeel(['serve', '--port', '0'], { cwd, env });
  cleanup.defer(async () => {
    serving.interrupt('SIGTERM');
    await serving.ended;
  });
  await vi.waitFor(() => expect(serving.said()).toMatch(/Serving on http/), 60_000);
  const address = /Serving on (http:\S+)/.exec(serving.said())?.[1] ?? '';
  await vi.waitFor(async () => expect(await unread(address)).toEqual([]), {
    timeout: 180_000,
    interval: 500,
  });

  const found: Output[] = [];
  const wrong = { ...env, TRACKER_TOKEN: 'a-wrong-token' };
  found.push(await run(['sync', 'acme'], { cwd, env: wrong }));
  found.push(...(await inTwos(Object.values(COMMANDS).flat(), (args) => run(args, { cwd, env }))));
  const answered = await answers(address);
  found.push(...answered, ...summaries(answered));
  await vi.waitFor(async () => expect(await unfinished(address)).toBe(0), { timeout: 60_000, interval: 300 });
  found.push(...(await stored(cwd)));
  serving.interrupt('SIGTERM');
  const { out, err } = await serving.ended;
  found.push({ where: 'evenkeel serve', text: `${out}${err}` });
  const demoed = await demo;
  found.push({ where: 'evenkeel demo --once', text: `${demoed.out}${demoed.err}` });
  return [...found, ...leftBehind(join(cwd, '.evenkeel'))];
}

/** Two at a time: as many as a small machine has processors. */
async function inTwos<In, Out>(all: readonly In[], work: (one: In) => Promise<Out>): Promise<readonly Out[]> {
  const waiting = [...all];
  const done: Out[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) done.push(await work(next));
  };
  await Promise.all([worker(), worker()]);
  return done;
}

async function run(
  args: readonly string[],
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Output> {
  const { out, err } = await evenkeel(args, place);
  return { where: `evenkeel ${args.join(' ')}`, text: `${out}${err}` };
}

/** The teams that were not reported on yet. */
async function unread(address: string): Promise<readonly string[]> {
  const { teams: all } = (await (await fetch(`${address}/api/v1/teams`)).json()) as {
    readonly teams: readonly { readonly id: string; readonly headline?: unknown }[];
  };
  return all.filter(({ headline }) => headline === undefined).map(({ id }) => id);
}

async function unfinished(address: string): Promise<number> {
  const text = await (await fetch(`${address}/api/v1/queues`)).text();
  return [...text.matchAll(/"(?:active|waiting)": ?(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0);
}

async function answers(address: string): Promise<readonly Output[]> {
  const found: Output[] = [];
  for (const [route, asks] of Object.entries(ADDRESSES)) {
    const [method = 'GET', pattern = '/'] = route.split(' ');
    for (const ask of asks) {
      const paths =
        ask.path === undefined && pattern.includes(':id')
          ? teams.map(({ id }) => pattern.replace(':id', id))
          : [ask.path ?? pattern];
      for (const path of paths) {
        const answer = await fetch(`${address}${path}`, { method, ...sent(ask) });
        const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
        found.push({
          where: `${method} ${path}`,
          text: `${answer.status}\n${headers}\n\n${await answer.text()}`,
        });
      }
    }
  }
  return found;
}

function sent({ body, delivery }: Ask): RequestInit {
  const authorization = `Bearer ${TOKEN}`;
  if (delivery !== undefined) {
    const told = delivery();
    return { headers: told.headers, body: new Uint8Array(told.body) };
  }
  return body === undefined
    ? { headers: { authorization } }
    : { headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** What a terminal shows of each report that was answered. */
function summaries(answered: readonly Output[]): readonly Output[] {
  return teams.map(({ id }) => {
    const { text = '' } = answered.find(({ where }) => where === `GET /api/v1/teams/${id}/report`) ?? {};
    const body = text.slice(text.indexOf('\n\n'));
    return { where: `summary of ${id}`, text: teamSummary(JSON.parse(body) as TeamReport) };
  });
}

/** Every row of every table, of all columns: whatever their type, as text. */
async function stored(cwd: string): Promise<readonly Output[]> {
  await using database = await openEmbeddedPostgres({ dataDir: join(cwd, '.evenkeel') });
  const tables = await query<{ schema: string; name: string }>(
    database.connection,
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found: Output[] = [];
  for (const { schema, name } of tables) {
    const rows = await query<{ text: string }>(
      database.connection,
      `select t::text as text from "${schema}"."${name}" t`,
    );
    found.push({
      where: `table ${schema}.${name}`,
      text: `${name}\n${rows.map(({ text }) => text).join('\n')}`,
    });
  }
  return found;
}

/** What lies in the data folder beside the database's own files: logs, salts, notes. */
function leftBehind(path: string): readonly Output[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\/(base|global|pg_\w+)(\/|$)/.test(`${entry.parentPath}/`))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size > 0)
    .map((file) => ({ where: `file ${file.slice(path.length + 1)}`, text: readFileSync(file, 'latin1') }));
}

/** What a webhook tells names the person who did it, with everything there is of them. */
function toldByJira(): string {
  const issue = site.issues[0];
  const user = issue?.fields.assignee ?? issue?.fields.creator;
  return JSON.stringify({
    timestamp: Date.now(),
    webhookEvent: 'jira:issue_updated',
    issue: { id: issue?.id, key: issue?.key, fields: { assignee: user, creator: user } },
    user,
    changelog: {
      id: '1',
      items: [{ field: 'assignee', from: null, to: user?.accountId, toString: user?.displayName }],
    },
    comment: { author: user, body: `done, says ${user?.displayName}` },
  });
}

function toldByLinear(): string {
  const [issue] = titled.issues;
  const [user] = titled.users;
  return JSON.stringify({
    webhookTimestamp: Date.now(),
    action: 'update',
    type: 'Issue',
    actor: user,
    data: { id: issue?.id, assignee: user, assigneeId: user?.id, creator: user },
    updatedFrom: { assigneeId: user?.id },
  });
}

/** The addresses of a router, from the tree that it prints. */
function addressesIn(tree: string): readonly string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part = '', methods = ''] = /^([│ ]*)[├└]── (\S*) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (indent === undefined) return [];
    const depth = indent.length / 4;
    above.splice(depth, Number.POSITIVE_INFINITY, part);
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${above.join('')}`);
  });
}

function planted(title: string): string {
  return `${PLANTED.names.join(' ')} ${PLANTED.emails.join(' ')}: ${title}`;
}

/** Epics keep their titles: goals are found by them. */
function withTitles(of: JiraSite): JiraSite {
  return {
    ...of,
    issues: of.issues.map((issue) =>
      issue.fields.issuetype.hierarchyLevel > 0
        ? issue
        : { ...issue, fields: { ...issue.fields, summary: planted(issue.fields.summary) } },
    ),
  };
}

/** Identities without the names that stand in what people wrote in the same history. */
function withoutNamed(all: readonly Identity[], of: JiraSite): readonly Identity[] {
  const written = JSON.stringify([
    of.projects.map(({ key, name }) => [key, name]),
    of.versions.map(({ name }) => name),
    of.sprints.map(({ name }) => name),
    of.issues.map(({ fields: { summary, labels, components } }) => [summary, labels, components]),
  ]);
  const named = new Set(
    leakFinder(all.map(({ names }) => ({ accountIds: [], names, emails: [] })))('titles', written).map(
      ({ what }) => what,
    ),
  );
  return all.map((one) => ({ ...one, names: one.names.filter((name) => !named.has(name.toLowerCase())) }));
}
