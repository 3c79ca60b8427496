import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '#demo/jira/digest.ts';
import { documentOf } from '#demo/jira/document.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { linearDigest } from '#demo/linear/digest.ts';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { dayOf } from '#domain/calendar.ts';
import { teamView } from '#domain/team-view.ts';
import { clarity } from '#metrics/clarity.ts';
import { readHinted } from '#pipeline/read-hinted.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { team } from '#tests/builders/team.ts';
import * as jiraSite from '#tests/demo/jira/small-site.ts';
import * as linearSpace from '#tests/demo/linear/small-workspace.ts';
import { query } from '#tests/store/query.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import type { LiveTracker } from '#trackers/tracker.ts';

const SALT = 'the salt of this test';
/** A word that stands in every text here beyond what is quoted, and may stand nowhere in the store. */
const SECRET = 'zanzibar';

let database: TemporaryDatabase;
let store: Store;
beforeAll(async () => {
  database = await temporaryDatabase();
  store = await database.open();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** Every row of every table and view, as text. */
async function everythingStored(): Promise<string> {
  const tables = await query<{ readonly name: string }>(
    database.address,
    `select table_name as name from information_schema.tables where table_schema = '${database.schema}'`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) =>
      query<{ readonly row: string }>(
        database.address,
        `select one::text as row from "${database.schema}"."${name}" as one`,
      ),
    ),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
}

const quotes = (source: string) =>
  query<{ readonly kind: string; readonly id: string; readonly fact: string; readonly quote: string }>(
    database.address,
    `select kind, id, fact, quote from "${database.schema}".goal_text where source = '${source}' order by id, since, fact`,
  );

async function sync(tracker: LiveTracker, options: { readonly full?: boolean } = {}) {
  await using _ = tracker;
  return await syncSource({ tracker, store, now: Date.now }, options);
}

const inJira = (simulator: JiraSimulator, source: string, readsGoals = true, readsClaims = false) =>
  createJiraTracker({
    source,
    url: simulator.url,
    auth: SIMULATED_ACCOUNT,
    salt: SALT,
    readsGoals,
    readsClaims,
    transport: { sleep: () => Promise.resolve() },
  });
const inLinear = (simulator: LinearSimulator, source: string, readsGoals = true) =>
  createLinearTracker({
    source,
    url: simulator.url,
    auth: { apiKey: SIMULATED_API_KEY },
    salt: SALT,
    readsGoals,
    transport: { sleep: () => Promise.resolve() },
  });

describe('descriptions in Jira', () => {
  const { START, MINUTE, smallIssue, smallSite } = jiraSite;
  const ann = { accountId: 'acc-1', displayName: 'Ann Okoro' };
  const reviewer = { accountId: 'acc-2', displayName: 'Li Wei' };
  const text = [
    '## Problem',
    'ask ann or OKORO or wei why they leave',
    SECRET,
    '## Success metric',
    'activation from 20 % to 30 %',
    '## Owner',
    'Ann Okoro',
    '## Notes',
    SECRET,
  ].join('\n');
  const described = (number: number, level: number, description?: string) => {
    const issue = smallIssue(number);
    const issuetype = {
      id: String(7 + level),
      name: level > 0 ? 'Epic' : 'Story',
      subtask: false,
      hierarchyLevel: level,
    };
    return {
      ...issue,
      fields: {
        ...issue.fields,
        issuetype,
        reporter: ann,
        assignee: reviewer,
        ...(description === undefined ? {} : { description: documentOf(description) }),
      },
    };
  };
  const site = () =>
    smallSite(
      [described(1, 1, text), described(2, 0, text), described(3, 1), described(4, 2, 'Owner: TBD')],
      {
        issueTypes: [
          { id: '7', name: 'Story', hierarchyLevel: 0 },
          { id: '8', name: 'Epic', hierarchyLevel: 1 },
          { id: '9', name: 'Initiative', hierarchyLevel: 2 },
        ],
      },
    );
  const texts = async (source: string, id: string) => (await store.storedIssues(source, [id])).get(id)?.texts;

  test('of epics and above leave what they say of a goal, without names, and nothing else of themselves', async () => {
    await using jira = await createJiraSimulator(site());
    await sync(inJira(jira, 'jira-1'));
    const facts = {
      problem: 'ask … or … or … why they leave',
      metric: 'activation from 20 % to 30 %',
      baseline: '20 %',
      target: '30 %',
      owner: 'given',
    };
    expect(await texts('jira-1', '1001')).toEqual([{ since: START + MINUTE, facts }]);
    expect(await texts('jira-1', '1002')).toBeUndefined();
    expect(await texts('jira-1', '1003')).toEqual([{ since: START + 3 * MINUTE, facts: {} }]);
    expect(await texts('jira-1', '1004')).toEqual([{ since: START + 4 * MINUTE, facts: {} }]);
    expect(await quotes('jira-1')).toEqual(
      Object.entries(facts)
        .map(([fact, quote]) => ({ kind: 'issue', id: '1001', fact, quote }))
        .toSorted((a, b) => (a.fact < b.fact ? -1 : 1)),
    );
    expect(await everythingStored()).not.toMatch(/zanzibar|\bann\b|okoro|\bwei\b/i);
    expect(jira.violations).toEqual([]);
  });

  test('are followed as they are rewritten, each since then, and reading twice changes nothing', async () => {
    await using jira = await createJiraSimulator(site());
    const read = () => sync(inJira(jira, 'jira-2'));
    await read();
    jira.clock.advance(3_600_000);
    const at = jira.clock.now();
    jira.edits.update('1001', { description: `Problem: they leave early\n\n${SECRET}` });
    await read();
    const second = { since: at, facts: { problem: 'they leave early' } };
    const told = await texts('jira-2', '1001');
    expect(told).toHaveLength(2);
    expect(told?.at(-1)).toEqual(second);
    // A change of something else leaves the text where it was.
    jira.clock.advance(3_600_000);
    jira.edits.update('1001', { statusId: '5' });
    await read();
    await using tracker = inJira(jira, 'jira-2');
    await readHinted({ tracker, store, now: Date.now }, ['1001']);
    await sync(inJira(jira, 'jira-2'), { full: true });
    expect(await texts('jira-2', '1001')).toEqual(told);
    expect(await everythingStored()).not.toContain(SECRET);
  });

  test.each([
    ['alone', false],
    ['beside comments', true],
  ])('are asked for only where somebody says so, %s, and cost no request', async (_, readsClaims) => {
    await using jira = await createJiraSimulator(site());
    const source = `jira-3-${readsClaims}`;
    await sync(inJira(jira, source, false, readsClaims));
    expect(await quotes(source)).toEqual([]);
    const asked = () => jira.requests.map(({ method, path }) => `${method} ${path}`);
    let before = asked().length;
    await sync(inJira(jira, source, false, readsClaims), { full: true });
    const without = asked().slice(before);
    before = asked().length;
    await sync(inJira(jira, source, true, readsClaims), { full: true });
    expect(asked().slice(before)).toEqual(without);
    expect(await quotes(source)).toHaveLength(5);
  });

  test('that are left alone again are forgotten when everything is read, also those of epics that are gone', async () => {
    await using jira = await createJiraSimulator(site());
    const source = 'jira-4';
    await sync(inJira(jira, source, true, true));
    jira.clock.advance(3_600_000);
    jira.edits.remove('1003');
    await using tracker = inJira(jira, source);
    await readHinted({ tracker, store, now: Date.now }, ['1003']);
    // As long as they are read, reading everything again forgets nothing.
    await sync(inJira(jira, source), { full: true });
    expect(await quotes(source)).toHaveLength(5);
    await sync(inJira(jira, source, false), { full: true });
    expect(await quotes(source)).toEqual([]);
    const left = await store.readIssues(source);
    expect(left.map(({ id }) => id)).toContain('1003');
    expect(left.every(({ texts: some, claims }) => some === undefined && claims === undefined)).toBe(true);
  });
});

describe('descriptions in Linear', () => {
  const { PROJECT, START, smallIssue, smallWorkspace } = linearSpace;
  const workspace = (content: string) => {
    const space = smallWorkspace([smallIssue(1, { description: `Problem: ${SECRET}` })]);
    return {
      ...space,
      projects: space.projects.map((project) => ({ ...project, description: 'Why: they leave', content })),
      initiatives: space.initiatives.map((one) => ({ ...one, description: SECRET, content: SECRET })),
    };
  };
  const project = async (source: string) =>
    (await store.readReference(source))?.projects.find(({ id }) => id === PROJECT);

  test('of projects leave what they say of a goal, and nothing else of themselves', async () => {
    await using linear = await createLinearSimulator(
      workspace(`**KPI:** calls a day from 40 to 10, says ann\n\n${SECRET}`),
    );
    await sync(inLinear(linear, 'linear-1'));
    const facts = {
      problem: 'they leave',
      metric: 'calls a day from 40 to 10, says',
      baseline: '40',
      target: '10',
    };
    expect(await project('linear-1')).toMatchObject({ isLed: true, texts: [{ since: START, facts }] });
    expect((await quotes('linear-1')).map(({ kind, id }) => `${kind} ${id}`)).toEqual(
      Object.keys(facts).map(() => `project ${PROJECT}`),
    );
    expect(await everythingStored()).not.toContain(SECRET);
    expect(linear.violations).toEqual([]);
  });

  test('are followed, each since it was seen to say so', async () => {
    await using linear = await createLinearSimulator(workspace('Impact: fewer calls'));
    const read = () => sync(inLinear(linear, 'linear-2'));
    await read();
    const [before] = linear.workspace.projects;
    if (before === undefined) throw new Error('there is no project');
    linear.clock.advance(3_600_000);
    linear.edits.save('projects', { ...before, health: 'onTrack', updatedAt: linear.clock.now() });
    await read();
    expect((await project('linear-2'))?.texts).toHaveLength(1);
    linear.clock.advance(3_600_000);
    const at = linear.clock.now();
    linear.edits.save('projects', { ...before, content: 'Impact: TBD', updatedAt: at });
    await read();
    await read();
    expect((await project('linear-2'))?.texts).toEqual([
      { since: START, facts: { problem: 'they leave', impact: 'fewer calls' } },
      { since: at, facts: { problem: 'they leave' } },
    ]);
  });

  test('that are left alone again are forgotten when everything is read', async () => {
    await using linear = await createLinearSimulator(workspace('Impact: fewer calls'));
    await sync(inLinear(linear, 'linear-5'));
    expect(await quotes('linear-5')).toHaveLength(2);
    await sync(inLinear(linear, 'linear-5', false), { full: true });
    expect(await quotes('linear-5')).toEqual([]);
    expect(await project('linear-5')).toMatchObject({ id: PROJECT });
    expect(await project('linear-5')).not.toHaveProperty('texts');
  });

  test('are asked for only where somebody says so, and cost no request', async () => {
    const asked = async (source: string, readsGoals: boolean) => {
      await using linear = await createLinearSimulator(workspace('Impact: fewer calls'));
      await sync(inLinear(linear, source, readsGoals));
      linear.clock.advance(3_600_000);
      await sync(inLinear(linear, source, readsGoals));
      return linear.requests.map(({ operation }) => operation);
    };
    expect(await asked('linear-3', true)).toEqual(await asked('linear-4', false));
    expect(await project('linear-4')).not.toHaveProperty('texts');
    expect(await quotes('linear-4')).toEqual([]);
  });
});

describe('the simulated organisation', () => {
  test('says of some goals what they are for, and is stored whole all the same', async () => {
    const { site, workspace, teams } = simulatedOrganisation();
    await using jira = await createJiraSimulator(site);
    await using linear = await createLinearSimulator(workspace, {
      limits: { requests: 1e9, complexity: 1e12 },
    });
    await sync(inJira(jira, 'acme'));
    await sync(inLinear(linear, 'labs'));
    expect(await digestOf(store.digestLines('acme'))).toBe(digest(site, { sourceId: 'acme', salt: SALT }));
    expect(await digestOf(store.digestLines('labs'))).toBe(
      linearDigest(workspace, { sourceId: 'labs', salt: SALT }),
    );

    const sources = await Promise.all(
      ['acme', 'labs'].map(async (source) => {
        const reference = await store.readReference(source);
        if (reference === undefined) throw new Error('nothing is stored');
        return { reference, issues: await store.readIssues(source) };
      }),
    );
    const said = (id: string, scope: object, kind: 'parent' | 'project', name: string) => {
      const { timezone = 'UTC' } = teams.find((one) => one.id === id) ?? {};
      const of = team({
        id,
        scope: [{ source: kind === 'parent' ? 'acme' : 'labs', ...scope }],
        goals: [{ id: 'goal', name, scope: { kind, name } }],
      });
      return clarity(teamView(of, dayOf(site.now, timezone), sources)).goals[0]?.facts;
    };
    expect(said('payments', { projects: ['PAY'] }, 'parent', 'Wallet payouts')).toMatchObject({
      problem: {
        presence: 'present',
        from: 'text',
        quote: 'merchants wait 4 days for their money and ask support where it is',
      },
      impact: { presence: 'present', quote: 'a third of the questions to support would not be asked' },
      metric: { presence: 'present', quote: 'time from sale to payout from 4 days to 1 day' },
      baseline: { presence: 'present', quote: '4 days' },
      target: { presence: 'present', quote: '1 day' },
      owner: { presence: 'present', quote: 'given' },
    });
    expect(said('onboarding', { projects: ['ONB'] }, 'parent', 'Consent centre')).toMatchObject({
      problem: { presence: 'present' },
      impact: { presence: 'not_found' },
      metric: { presence: 'not_found' },
    });
    expect(said('mobile', { teams: ['MOB'] }, 'project', 'Offline basket')).toMatchObject({
      problem: { presence: 'present', quote: 'one in eight baskets is lost when the connection breaks' },
      metric: { presence: 'present', quote: 'lost baskets, currently 12 %, target below 4 %' },
      baseline: { presence: 'present', quote: '12 %' },
      target: { presence: 'present', quote: '4 %' },
      owner: { presence: 'present', from: 'field' },
    });

    // Whoever the trackers show, and whoever a text names.
    const words = [
      ...JSON.stringify(site.issues.map(({ fields }) => fields)).matchAll(/"displayName":"([^"]+)"/g),
    ]
      .map(([, name = '']) => name)
      .concat(
        workspace.users.map(({ name }) => name),
        'Inês Vidal',
      )
      .flatMap((name) => name.split(/[^\p{L}]+/u))
      .filter((word) => word.length > 2);
    const kept = [...(await quotes('acme')), ...(await quotes('labs'))].map(({ quote }) =>
      quote.toLowerCase(),
    );
    expect(kept.length).toBeGreaterThan(10);
    expect(new Set(words).size).toBeGreaterThan(5);
    for (const word of new Set(words)) {
      expect(kept.filter((quote) => quote.split(/[^\p{L}]+/u).includes(word.toLowerCase()))).toEqual([]);
    }
  });
});
