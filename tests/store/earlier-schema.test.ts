import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#store/migrate.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { query } from './query.ts';

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const FOLDER = new URL('../../src/store/migrations/', import.meta.url);

/** The schema as a program of an earlier version left it. */
async function atVersion(version: number): Promise<void> {
  const { address, schema } = database;
  const files = (await readdir(FOLDER)).toSorted().slice(0, version);
  const ledger = `create table migration (
    version integer primary key, name text not null, applied_at timestamptz not null default now()
  );`;
  const applied = await Promise.all(
    files.map(
      async (file, i) =>
        `${await readFile(new URL(file, FOLDER), 'utf8')};
         insert into migration (version, name) values (${i + 1}, '${file.replace('.sql', '')}');`,
    ),
  );
  await query(
    address,
    `create schema "${schema}"; set search_path to "${schema}"; ${ledger} ${applied.join('\n')}`,
  );
}

test('a store from before sources were followed goes on from where its last complete sync began', async () => {
  await atVersion(5);
  const { address, schema } = database;
  const scalars = { key: { value: 'ENG-1' }, team: { value: 'ops' } };
  const events = [
    [1, 'i', '', 0, 'team', null, 'eng'],
    [2, 'r', '7', 0, 'team', 'eng', 'ops'],
    [3, 'r', '8', 0, 'priority', '1', '2'],
  ];
  await query(
    address,
    `set search_path to "${schema}";
     insert into issue (source, id, key, project_ids, created_at, updated_at, current, events)
       values ('labs', '1', 'ENG-1', '{}', 1, 3, '${JSON.stringify({ scalars, sets: {} })}', '${JSON.stringify(events)}');
     insert into sync_state (source, complete_as_of, finished_at) values ('labs', 1000, 2000), ('acme', null, null);
     insert into reference (source, document, observed_at) values
       ('labs', '{"source": "labs", "versions": []}', '2026-03-01'), ('acme', '{"source": "acme"}', '2026-02-01');
     insert into version_observation values ('labs', '12', '2026-01-01T00:00Z', '10', '1.2.0', true, '2026-01-05');`,
  );

  expect(await migrate({ connection: address, schema })).toContain('0006_following');
  await using store = await database.open();
  expect(await store.syncState('labs')).toMatchObject({ cursor: 1000, completeAsOf: 1000 });
  expect((await store.syncState('acme')).cursor).toBeUndefined();
  for (const team of ['eng', 'ops']) {
    expect((await store.readIssues('labs', { teams: [team] })).map(({ id }) => id)).toEqual(['1']);
  }
  expect(await store.inventory('labs')).toMatchObject([{ id: '1', team: 'ops', gone: false }]);
  expect((await store.readReference('labs'))?.versionHistory).toEqual({
    since: Date.parse('2026-01-01T00:00Z'),
    observations: [
      {
        at: Date.parse('2026-01-01T00:00Z'),
        version: { id: '12', projectId: '10', name: '1.2.0', released: true, releaseDay: '2026-01-05' },
      },
    ],
  });
});
