import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScopeFilter } from '#domain/team.ts';
import { storedView } from '#pipeline/assess-team.ts';
import type { IssueFilter, Store } from '#store/store.ts';
import { history, team } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';

let database: TemporaryDatabase;
let store: Store;
const NOON = Date.parse('2026-01-20T12:00Z');
const source = 'labs';
const issues = [
  issue('ENG-1', 'In Progress', { source, team: 'team-1' }),
  issue('OPS-1', 'In Progress', { source, team: 'team-2' }),
  issue('PAY-1', 'In Progress', { source }),
];

beforeAll(async () => {
  database = await temporaryDatabase();
  store = await database.open();
  const { reference } = history(issues);
  const teams = [
    { id: 'team-1', key: 'ENG', name: 'Engineering' },
    { id: 'team-2', key: 'OPS', name: 'Operations' },
  ];
  await store.saveReference({ ...reference, teams }, NOON);
  await store.saveBatch(source, issues);
  await store.finishSync(source, NOON, NOON);
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** Which issues are read for a scope, and which of them are the team's. */
async function read(...scope: readonly Omit<ScopeFilter, 'source'>[]) {
  const asked: (IssueFilter | undefined)[] = [];
  const watched: Store = {
    ...store,
    readIssues: (from, filter) => {
      asked.push(filter);
      return store.readIssues(from, filter);
    },
  };
  const of = team({ scope: scope.map((filter) => ({ source, ...filter })) });
  const view = await storedView(watched, of);
  return { read: view.byRef.size, items: view.items.map(({ key }) => key), asked: asked[0] };
}

describe('a team whose scope names', () => {
  test.each(['team-1', 'eng', 'Engineering'])(
    'a team of the tracker (%s) is read without the rest',
    async (name) => {
      expect(await read({ teams: [name] })).toEqual({
        read: 1,
        items: ['ENG-1'],
        asked: { projects: [], teams: ['team-1'] },
      });
    },
  );

  test('a team here and a project there is read from both', async () => {
    expect(await read({ teams: ['ENG'] }, { projects: ['PAY'] })).toMatchObject({
      read: 2,
      items: ['ENG-1', 'PAY-1'],
    });
  });

  test('a team and a project at once is narrowed by the project', async () => {
    expect(await read({ teams: ['ENG'], projects: ['PAY'] })).toMatchObject({ read: 1, items: [] });
  });

  test('a team the source does not name, or a label alone, is looked for everywhere', async () => {
    expect(await read({ teams: ['elsewhere'] })).toMatchObject({ read: 3, items: [], asked: {} });
    expect(await read({ labels: ['x'] })).toMatchObject({ read: 3, items: [] });
  });
});
