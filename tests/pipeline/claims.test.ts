import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personHash } from '#demo/digest.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { asOf } from '#domain/timeline.ts';
import { readHinted } from '#pipeline/read-hinted.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import type { Store } from '#store/store.ts';
import * as jiraSite from '#tests/demo/jira/small-site.ts';
import * as linearSpace from '#tests/demo/linear/small-workspace.ts';
import { query } from '#tests/store/query.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import type { LiveTracker } from '#trackers/tracker.ts';

const SALT = 'the salt of this test';
/** Words that stand in every comment here, and may stand nowhere in the store. */
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

interface StoredClaim {
  readonly issue_id: string;
  readonly comment_id: string;
  readonly at: Date;
  readonly phrase: string;
  readonly author_hash: string | null;
  readonly url: string;
}

const claims = (source: string) =>
  query<StoredClaim>(
    database.address,
    `select issue_id, comment_id, at, phrase, author_hash, url from "${database.schema}".claim
     where source = '${source}' order by at`,
  );
const said = async (source: string) =>
  (await claims(source)).map(({ comment_id, phrase }) => `${comment_id} ${phrase}`);

/** Every row of every table and view, as text. */
async function everythingStored(): Promise<string> {
  const tables = await query<{ readonly name: string }>(
    database.address,
    `select table_name as name from information_schema.tables where table_schema = '${database.schema}'`,
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) =>
      (
        await query<{ readonly row: string }>(
          database.address,
          `select one::text as row from "${database.schema}"."${name}" as one`,
        )
      )
        .map(({ row }) => row)
        .join('\n'),
    ),
  );
  return texts.join('\n');
}

async function sync(tracker: LiveTracker, options: { readonly full?: boolean } = {}) {
  await using _ = tracker;
  return await syncSource({ tracker, store, now: Date.now }, options);
}

describe('comments of Jira', () => {
  const author = { accountId: 'acc-1', displayName: 'Ann' };
  const document = (...lines: readonly string[]) => ({
    type: 'doc',
    version: 1,
    content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  });
  const comment = (id: string, minute: number, ...lines: readonly string[]) => ({
    id,
    created: jiraSite.START + minute * jiraSite.MINUTE,
    updated: jiraSite.START + minute * jiraSite.MINUTE,
    author,
    body: document(...lines, SECRET),
  });
  const site = () =>
    jiraSite.smallSite([
      jiraSite.smallIssue(1, {
        comments: [
          comment('1', 10, 'This is not almost done'),
          comment('2', 20, `almost done, just needs docs for ${SECRET}`),
        ],
      }),
      jiraSite.smallIssue(2, {
        comments: Array.from({ length: 130 }, (_, i) =>
          comment(String(100 + i), 30 + i, i === 117 ? 'Ready to merge' : 'Hm.'),
        ),
      }),
      jiraSite.smallIssue(3),
    ]);
  const trackerOf = (simulator: JiraSimulator, source: string, readsClaims = true) =>
    createJiraTracker({
      source,
      url: simulator.url,
      auth: SIMULATED_ACCOUNT,
      salt: SALT,
      readsClaims,
      transport: { sleep: () => Promise.resolve() },
    });

  test('leave their claims in the store, and nothing else of themselves', async () => {
    await using jira = await createJiraSimulator(site());
    await sync(trackerOf(jira, 'jira-1'));
    expect(await claims('jira-1')).toEqual([
      {
        issue_id: '1001',
        comment_id: '2',
        at: new Date(jiraSite.START + 20 * jiraSite.MINUTE),
        phrase: 'nearly_done',
        author_hash: personHash('acc-1', { sourceId: 'jira-1', salt: SALT }),
        url: `${jira.url}/browse/PAY-1?focusedCommentId=2`,
      },
      expect.objectContaining({ issue_id: '1002', comment_id: '217', phrase: 'ready_to' }),
    ]);
    const stored = await everythingStored();
    expect(stored).toContain('nearly_done');
    expect(stored).not.toMatch(/zanzibar|not almost|just needs docs|Hm\./i);
  });

  test('count from when they were written', async () => {
    await using jira = await createJiraSimulator(site());
    await sync(trackerOf(jira, 'jira-2'));
    const issue = (await store.storedIssues('jira-2', ['1001'])).get('1001');
    if (issue === undefined) throw new Error('nothing is stored');
    const at = jiraSite.START + 20 * jiraSite.MINUTE;
    expect(asOf(issue, at)?.claims).toEqual([]);
    expect(asOf(issue, at + 1)?.claims).toMatchObject([{ commentId: '2' }]);
  });

  test('are followed as they are written, rewritten and deleted, and reading twice changes nothing', async () => {
    await using jira = await createJiraSimulator(site());
    const read = () => sync(trackerOf(jira, 'jira-3'));
    await read();
    const edit = (id: string, ...lines: readonly string[]) => {
      jira.clock.advance(3_600_000);
      jira.edits.comment('1003', {
        id,
        author,
        ...(lines.length > 0 ? { body: document(...lines, SECRET) } : {}),
      });
    };
    edit('900', '90% there');
    await read();
    expect(await said('jira-3')).toEqual(['2 nearly_done', '217 ready_to', '900 ninety_percent']);
    await read();
    expect(await said('jira-3')).toHaveLength(3);
    edit('900', 'Done except for the tests');
    await read();
    expect(await said('jira-3')).toContain('900 done_except');
    edit('900', 'I was wrong: this is far from basically done');
    await read();
    expect(await said('jira-3')).toHaveLength(2);
    edit('901', 'essentially finished');
    edit('902', 'only the docs are left');
    await read();
    expect(await said('jira-3')).toEqual(expect.arrayContaining(['901 nearly_done', '902 only_left']));
    edit('901');
    await using tracker = trackerOf(jira, 'jira-3');
    await readHinted({ tracker, store, now: Date.now }, ['1003']);
    expect(await said('jira-3')).not.toContain('901 nearly_done');
    expect(await everythingStored()).not.toContain(SECRET);
  });

  test('are not asked for unless somebody says so, and cost what is said when they are', async () => {
    await using jira = await createJiraSimulator(site());
    await sync(trackerOf(jira, 'jira-4', false));
    const asked = () => jira.requests.map(({ path }) => path);
    expect(await claims('jira-4')).toEqual([]);
    expect(asked().filter((path) => path.includes('/comment'))).toEqual([]);
    const before = asked().length;
    const result = await sync(trackerOf(jira, 'jira-4'), { full: true });
    // Of the issues only the one with 130 comments needs requests of its own: two pages of a hundred.
    expect(
      asked()
        .slice(before)
        .filter((path) => path.includes('/comment')),
    ).toHaveLength(2);
    expect(result?.issueRequests).toBe(4);
    expect(await claims('jira-4')).toHaveLength(2);
    // Whoever says so no more keeps them until everything is read without.
    await sync(trackerOf(jira, 'jira-4', false));
    expect(await claims('jira-4')).toHaveLength(2);
    await sync(trackerOf(jira, 'jira-4', false), { full: true });
    expect(await claims('jira-4')).toEqual([]);
  });
});

describe('comments of Linear', () => {
  const { ANN, smallIssue, smallWorkspace, uuid, START, MINUTE } = linearSpace;
  const comment = (tail: string, issue: number, minute: number, body: string) => ({
    ...linearSpace.entity(tail, minute),
    issueId: uuid(String(1000 + issue)),
    userId: ANN,
    body: `${body}\n\n${SECRET}`,
  });
  const workspace = () =>
    smallWorkspace(
      [1, 2, 3].map((number) => smallIssue(number)),
      {
        comments: [
          comment('501', 1, 10, 'This is not almost done'),
          comment('502', 1, 20, '**almost** done, just needs docs'),
          comment('503', 2, 30, '> almost done\n\nI doubt that'),
          ...Array.from({ length: 300 }, (_, i) =>
            comment(String(6000 + i), 2, 40 + i, i === 290 ? 'Ready to ship' : 'Hm.'),
          ),
        ],
      },
    );
  const trackerOf = (simulator: LinearSimulator, source: string, readsClaims = true) =>
    createLinearTracker({
      source,
      url: simulator.url,
      auth: { apiKey: SIMULATED_API_KEY },
      salt: SALT,
      readsClaims,
      transport: { sleep: () => Promise.resolve() },
    });

  test('leave their claims in the store, and nothing else of themselves', async () => {
    await using linear = await createLinearSimulator(workspace());
    await sync(trackerOf(linear, 'linear-1'));
    expect(await claims('linear-1')).toEqual([
      {
        issue_id: uuid('1001'),
        comment_id: uuid('502'),
        at: new Date(START + 20 * MINUTE),
        phrase: 'nearly_done',
        author_hash: personHash(ANN, { sourceId: 'linear-1', salt: SALT }),
        url: expect.stringMatching(/^http.*\/issue\/PAY-1#comment-/),
      },
      expect.objectContaining({ comment_id: uuid('6290'), phrase: 'ready_to' }),
    ]);
    expect(await everythingStored()).not.toMatch(/zanzibar|just needs docs|Hm\./i);
    expect(linear.violations).toEqual([]);
    // 303 comments in pages of 250.
    const asked = linear.requests.filter(({ operation }) => operation === 'Comments');
    expect(asked).toHaveLength(2);
    expect(Math.max(...asked.map(({ complexity }) => complexity))).toBeLessThan(1_000);
  });

  test('are followed though their issues do not change, in the question of the poll', async () => {
    await using linear = await createLinearSimulator(workspace());
    const read = () => sync(trackerOf(linear, 'linear-2'));
    await read();
    linear.clock.advance(3_600_000);
    await read();
    let before = linear.requests.length;
    await read();
    expect(linear.requests.slice(before).map(({ operation }) => operation)).toEqual(['Poll']);

    const write = (tail: string, body: string) => {
      linear.clock.advance(3_600_000);
      const made = comment(tail, 3, 0, body);
      const rewritten = linear.workspace.comments.some(({ id }) => id === made.id);
      linear.edits.save('comments', {
        ...made,
        createdAt: linear.clock.now(),
        ...(rewritten ? { editedAt: linear.clock.now() } : {}),
      });
    };
    write('701', '95 % there');
    before = linear.requests.length;
    await read();
    expect(await said('linear-2')).toContain(`${uuid('701')} ninety_percent`);
    // The overlap shows it again, which is no news.
    for (const wait of [0, 20_000, 60_000]) {
      linear.clock.advance(wait);
      expect((await read())?.hasNews).toBe(false);
    }
    expect(new Set(linear.requests.slice(before).map(({ operation }) => operation))).toEqual(
      new Set(['Poll']),
    );
    expect(linear.requests.slice(before)).toHaveLength(4);
    expect(await said('linear-2')).toHaveLength(3);
    write('701', 'It is not 95 % there');
    await read();
    expect(await said('linear-2')).toHaveLength(2);
    write('702', 'done but for the docs');
    await read();
    linear.edits.remove('comments', uuid('702'));
    await using tracker = trackerOf(linear, 'linear-2');
    await readHinted({ tracker, store, now: Date.now }, [uuid('1003')]);
    expect(await said('linear-2')).toHaveLength(2);
    linear.edits.remove('comments', uuid('502'));
    await sync(trackerOf(linear, 'linear-2'), { full: true });
    expect(await said('linear-2')).toEqual([`${uuid('6290')} ready_to`]);
    expect(linear.violations).toEqual([]);
    expect(await everythingStored()).not.toContain(SECRET);
  });

  test('are followed in any number, also of issues that are new or were never listened to', async () => {
    await using linear = await createLinearSimulator(workspace());
    await sync(trackerOf(linear, 'linear-4', false));
    linear.clock.advance(3_600_000);
    const made = linear.edits.createIssue(
      { title: 'New', teamId: linearSpace.PAY, stateId: linearSpace.TODO },
      ANN,
    );
    const write = (tail: string, issueId: string, body: string) => {
      linear.edits.save('comments', { ...comment(tail, 3, 0, body), issueId, createdAt: linear.clock.now() });
    };
    write('801', made.id, '95 % there');
    for (let i = 0; i < 70; i += 1) write(String(9000 + i), uuid('1003'), i === 3 ? 'Ready to ship' : 'Hm.');
    write('803', uuid('1001'), 'Hm.');
    const before = linear.requests.length;
    await sync(trackerOf(linear, 'linear-4'));
    // Seventy-two comments are more than a poll brings, and two issues were never looked through.
    expect(linear.requests.slice(before).map(({ operation }) => operation)).toEqual([
      'Poll',
      'Comments',
      'Comments',
    ]);
    expect((await said('linear-4')).toSorted()).toEqual([
      `${uuid('502')} nearly_done`,
      `${uuid('801')} ninety_percent`,
      `${uuid('9003')} ready_to`,
    ]);
    linear.clock.advance(30_000);
    expect((await sync(trackerOf(linear, 'linear-4')))?.hasNews).toBe(false);
  });

  test('are not asked for unless somebody says so', async () => {
    await using linear = await createLinearSimulator(workspace());
    await sync(trackerOf(linear, 'linear-3', false));
    linear.clock.advance(3_600_000);
    await sync(trackerOf(linear, 'linear-3', false));
    expect(await claims('linear-3')).toEqual([]);
    expect(linear.requests.filter(({ operation }) => operation?.startsWith('Comment'))).toEqual([]);
  });
});
