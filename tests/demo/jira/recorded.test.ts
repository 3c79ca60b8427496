import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestLines } from '#demo/jira/digest.ts';
import { HistoryFileError } from '#demo/jira/history-file-error.ts';
import type { JiraSite } from '#demo/jira/model.ts';
import { siteFromLines, sitesFromHistory } from '#demo/jira/recorded.ts';
import { sharedPath } from '#tests/support/shared.ts';

const person = { name: 'jdoe', key: 'jdoe', displayName: 'J. Doe', active: true };
const done = { id: '6', name: 'Closed', statusCategory: { id: 3, key: 'done', name: 'Complete' } };
const sprint =
  'com.atlassian.greenhopper.service.sprint.Sprint@1b[rapidViewId=12,state=CLOSED,name=Big, id of 7,' +
  'startDate=2014-05-15T22:22:55.250Z,endDate=2014-06-11T22:22:00.000Z,completeDate=<null>,id=31]';

const statusWithoutText: object = {
  field: 'status',
  fieldtype: 'jira',
  from: '10001',
  fromString: 'Received',
  to: '6',
};
const recordedIssue = {
  id: '12567',
  key: 'DC-4',
  fields: {
    summary: 'Log',
    created: '2009-11-24T08:59:52.319+0000',
    updated: '2010-01-01T00:00:00.000+0100',
    project: { id: '10090', key: 'DC', name: 'DuraCloud' },
    issuetype: { id: '11', name: 'Story', subtask: false },
    status: done,
    assignee: person,
    customfield_10023: 8,
    customfield_10290: [sprint],
    customfield_10400: 'DC-9',
    issuelinks: [
      {
        id: '1',
        inwardIssue: {
          id: '5',
          key: 'DC-5',
          fields: { status: { id: '2', name: 'Nowhere', statusCategory: null } },
        },
      },
    ],
  },
  changelog: {
    histories: [
      {
        id: '20',
        author: person,
        created: '2010-03-01T00:00:00.000+0000',
        items: [
          { field: 'Key', fieldtype: 'jira', from: null, fromString: 'PRIV-7', to: null, toString: 'DC-4' },
          {
            field: 'Project',
            fieldtype: 'jira',
            from: '10132',
            fromString: 'Private',
            to: '10090',
            toString: 'DuraCloud',
          },
        ],
      },
      {
        id: '10',
        created: '2010-02-01T00:00:00.000+0000',
        items: [
          {
            field: 'Story Points',
            fieldtype: 'custom',
            from: null,
            fromString: '5',
            to: null,
            toString: '8',
          },
          statusWithoutText,
          {
            field: 'Fix Version',
            fieldtype: 'jira',
            from: null,
            fromString: null,
            to: '77',
            toString: '0.4',
          },
        ],
      },
    ],
  },
};
const epic = {
  id: '9',
  key: 'DC-9',
  fields: {
    summary: 'Epic',
    created: '2009-11-24T08:59:52.319+0000',
    project: recordedIssue.fields.project,
    issuetype: { id: '12', name: 'Epic', subtask: false },
    status: { id: '3', name: 'Doing', statusCategory: { id: 4, key: 'indeterminate' } },
  },
};

const siteOf = async (...issues: readonly unknown[]): Promise<JiraSite> =>
  siteFromLines(
    issues.map((issue) => JSON.stringify(issue)),
    'DC.jsonl',
  );

describe('a recorded history becomes a Cloud-shaped site', () => {
  test('whose clock starts a day after the last event, wherever that is', async () => {
    const site = await siteOf(recordedIssue, epic);
    // The newest event is the history of 1 March 2010; `updated` is older, as after a migration.
    expect(new Date(site.now).toISOString()).toBe('2010-03-02T00:00:00.000Z');
    expect(site.baseName).toBe('dc');
  });

  test('with people by account id, instants as numbers and histories oldest first', async () => {
    const [issue] = (await siteOf(recordedIssue)).issues;
    expect(issue?.fields.assignee).toEqual({ accountId: 'jdoe', displayName: 'J. Doe', active: true });
    // 2010-01-01T00:00 at +01:00 is 2009-12-31T23:00Z.
    expect(issue?.updated).toBe(Date.UTC(2009, 11, 31, 23));
    expect(issue?.histories.map(({ id, author }) => [id, author?.accountId])).toEqual([
      ['10', undefined],
      ['20', 'jdoe'],
    ]);
  });

  test('with field ids in histories where Cloud has them, and none where it has not', async () => {
    const [issue] = (await siteOf(recordedIssue)).issues;
    const ids = issue?.histories.flatMap(({ items }) => items.map(({ field, fieldId }) => [field, fieldId]));
    expect(ids).toEqual([
      ['Story Points', 'customfield_10023'],
      ['status', 'status'],
      ['Fix Version', 'fixVersions'],
      ['Key', undefined],
      ['Project', 'project'],
    ]);
  });

  test('whose items have a toString only when they were recorded with one', async () => {
    const [issue] = (await siteOf(recordedIssue)).issues;
    const status = issue?.histories[0]?.items[1];
    expect(status).toEqual({
      field: 'status',
      fieldtype: 'jira',
      fieldId: 'status',
      from: '10001',
      fromString: 'Received',
      to: '6',
    });
    expect(Object.hasOwn(status ?? {}, 'toString')).toBe(false);
  });

  test('with sprints as objects, even when a name holds commas', async () => {
    const site = await siteOf(recordedIssue);
    expect(site.issues[0]?.fields['customfield_10290']).toEqual([
      {
        id: 31,
        name: 'Big, id of 7',
        state: 'closed',
        boardId: 12,
        startDate: '2014-05-15T22:22:55.250Z',
        endDate: '2014-06-11T22:22:00.000Z',
      },
    ]);
    expect(site.sprints.map(({ id, boardId, startDate }) => [id, boardId, startDate])).toEqual([
      [31, 12, Date.UTC(2014, 4, 15, 22, 22, 55, 250)],
    ]);
    expect(site.boards.map(({ id, estimationFieldId }) => [id, estimationFieldId])).toEqual([
      [12, 'customfield_10023'],
    ]);
  });

  test('whose custom fields have a type from their values and a name from the histories', async () => {
    const custom = (await siteOf(recordedIssue)).fields.filter(({ schema }) => schema.custom !== undefined);
    expect(
      custom.map(({ id, name, schema }) => [id, name, schema.type, schema.custom?.split(':')[1]]),
    ).toEqual([
      ['customfield_10023', 'Story Points', 'number', 'float'],
      ['customfield_10290', 'Sprint', 'array', 'gh-sprint'],
      ['customfield_10400', 'Epic Link', 'any', 'gh-epic-link'],
    ]);
  });

  test('with the epic as parent when it is known by id, and without any trace of it when not', async () => {
    const [issue] = (await siteOf(recordedIssue, epic)).issues;
    expect(issue?.fields.parent).toEqual({ id: '9', key: 'DC-9' });
    const [orphan] = (await siteOf(recordedIssue)).issues;
    expect(orphan?.fields.parent).toBeUndefined();
    expect(orphan?.fields['customfield_10400']).toBeUndefined();
    const item = { field: 'Epic Link', fieldtype: 'custom', from: null, to: '9', toString: 'DC-9' };
    const histories = [{ id: '1', created: '2010-01-01T00:00:00.000+0000', items: [item] }];
    const [linked] = (await siteOf({ ...recordedIssue, changelog: { histories } })).issues;
    expect(linked?.fields.parent).toEqual({ id: '9', key: 'DC-9' });
  });

  test('with the statuses issues are in, and not those only histories remember', async () => {
    const { statuses } = await siteOf(recordedIssue, epic);
    expect(statuses).toEqual([
      { id: '6', name: 'Closed', category: 'done' },
      { id: '2', name: 'Nowhere', category: 'new' },
      { id: '3', name: 'Doing', category: 'indeterminate' },
    ]);
  });

  test('with the projects and versions that histories name', async () => {
    const { projects, versions } = await siteOf(recordedIssue);
    expect(projects.map(({ id, key, name }) => [id, key, name])).toEqual([
      ['10090', 'DC', 'DuraCloud'],
      ['10132', 'PRIV', 'Private'],
    ]);
    expect(versions).toEqual([
      { id: '77', projectId: '10090', name: '0.4', released: false, archived: false },
    ]);
  });

  test('that holds an issue recorded twice once, in its newer state', async () => {
    const newer = {
      ...epic,
      fields: { ...epic.fields, summary: 'New', updated: '2012-01-01T00:00:00.000+0000' },
    };
    const { issues } = await siteOf(newer, epic);
    expect(issues.map(({ fields }) => fields.summary)).toEqual(['New']);
  });
});

describe('history files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'histories-'));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  async function write(name: string, content: string | Buffer): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  const line = JSON.stringify(epic);

  test('become one source each, named after the file, plain or compressed', async () => {
    const plain = await write('ONE.jsonl', `${line}\n\n`);
    const packed = await write('Two.jsonl.gz', gzipSync(`${line}\r\n${JSON.stringify(recordedIssue)}`));
    const sources = await sitesFromHistory([plain, packed]);
    expect(sources.map(({ sourceId, site }) => [sourceId, site.issues.length])).toEqual([
      ['one', 1],
      ['two', 2],
    ]);
  });

  test.each([
    ['cut off', `${line}\n{"id":"1","key`, 2, 'it is not JSON'],
    ['without an id', `${line}\n${line}\n{"key":"A-1","fields":{}}`, 3, '"id"'],
    ['without a key', '{"id":"1","fields":{}}', 1, '"key"'],
    ['without fields', '{"id":"1","key":"A-1"}', 1, '"fields"'],
    ['that is no object', '[1]', 1, 'expected an issue'],
    ['with a date that is none', line.replace('2009-11-24T', 'some day '), 1, '"fields.created"'],
  ])(
    'with a line %s are refused with file, line, what was expected and what to do',
    async (_, text, number, part) => {
      const path = await write('broken.jsonl', text);
      const failure = await sitesFromHistory([path]).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(HistoryFileError);
      expect(failure).toMatchObject({ code: 'HISTORY_FILE', file: path, line: number });
      expect(String(failure)).toContain(part);
      expect(String(failure)).toContain('Mend or remove the line');
    },
  );

  test('that are missing, cut off, empty or share a name are refused', async () => {
    const whole = gzipSync(`${line}\n`.repeat(50));
    const cut = await write('cut.jsonl.gz', whole.subarray(0, whole.length - 10));
    const empty = await write('empty.jsonl', '');
    const one = await write('same.jsonl', line);
    const two = await write('same.jsonl.gz', gzipSync(line));
    await expect(sitesFromHistory([join(folder, 'none.jsonl')])).rejects.toThrow(/cannot be read \(ENOENT/);
    await expect(sitesFromHistory([cut])).rejects.toThrow(/cannot be read .*Check the path/);
    await expect(sitesFromHistory([empty])).rejects.toThrow('no issue is in it');
    await expect(sitesFromHistory([one, two])).rejects.toThrow('both called "same"');
  });
});

const HISTORIES = ['CB', 'DURACLOUD', 'ISLANDORA'].map((name) =>
  sharedPath(`data/jira-history/${name}.jsonl.gz`),
);
const recordings = HISTORIES.filter((path) => path !== undefined);

describe.skipIf(recordings.length < HISTORIES.length)(
  'three real histories (skipped when ../shared/data/jira-history is absent)',
  () => {
    test('are read whole: every issue, every history and a digest line for each', async () => {
      const sources = await sitesFromHistory(recordings);
      const counts = sources.map(({ sourceId, site }) => [
        sourceId,
        site.issues.length,
        site.issues.reduce((sum, { histories }) => sum + histories.length, 0),
        digestLines(site, { sourceId, salt: 's' }).length,
      ]);
      // Issues as the data's provenance states them; histories counted with another program.
      expect(counts).toEqual([
        ['cb', 211, 562, 211],
        ['duracloud', 739, 4693, 739],
        ['islandora', 981, 3063, 981],
      ]);
    });

    test('leave no server form behind', async () => {
      const text = JSON.stringify(await sitesFromHistory(recordings));
      expect(text).not.toContain('com.atlassian.greenhopper.service');
      expect(text).not.toMatch(/"key":"person-/);
    });
  },
);
