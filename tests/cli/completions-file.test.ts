import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CompletionsFileError, readCompletions } from '#cli/completions-file.ts';
import { type DataFolder, temporaryDataFolder } from '#tests/support/data-folder.ts';

let folder: DataFolder;
beforeAll(async () => {
  folder = await temporaryDataFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

test('completions run from the first line of a project to its last, zeros between', async () => {
  const path = join(folder.path, 'good.csv');
  await writeFile(path, 'project,date,done\nA,2024-02-27,2\nB,2020-01-01,7\n\nA,2024-03-01,1\n');
  expect(readCompletions(path)).toEqual([
    // 2024 has a 29 February.
    { project: 'A', from: '2024-02-27', daily: [2, 0, 0, 1] },
    { project: 'B', from: '2020-01-01', daily: [7] },
  ]);
});

test('quotes, spaces, other columns and another order of columns change nothing', async () => {
  const path = join(folder.path, 'wide.csv');
  const lines = [
    '\uFEFFDate,team,"project",done',
    '2024-01-01,x,"A, and ""B""", 2 ',
    '2024-01-03,y,"A, and ""B""",1',
    '',
  ];
  await writeFile(path, lines.join('\r\n'));
  expect(readCompletions(path)).toEqual([{ project: 'A, and "B"', from: '2024-01-01', daily: [2, 0, 1] }]);
});

test('a thousand projects of two years are read in a moment', async () => {
  const lines = Array.from({ length: 1000 }, (_, project) =>
    Array.from({ length: 104 }, (_, week) => {
      const day = new Date(Date.UTC(2020, 0, 1 + 7 * week)).toISOString().slice(0, 10);
      return `P${project},${day},${week % 5}`;
    }),
  ).flat();
  const path = join(folder.path, 'thousand.csv.gz');
  await writeFile(path, gzipSync(['project,date,done', ...lines].join('\n')));
  const began = performance.now();
  const series = readCompletions(path);
  expect(series).toHaveLength(1000);
  expect(series.every(({ daily }) => daily.length === 103 * 7 + 1)).toBe(true);
  expect(performance.now() - began).toBeLessThan(5000);
});

describe('a file that is not understood is refused as a whole, naming the line and what was expected:', () => {
  test.each([
    ['no header', 'Busy,2024-01-01,1\n', /line 1: expected the header "project,date,done", found "Busy,/],
    [
      'a date that is none',
      'project,date,done\nBusy,2024-01-01,1\nBusy,2024-02-30,1\n',
      /line 3: expected a date/,
    ],
    ['a year of five digits', 'project,date,done\nBusy,12024-01-01,1\n', /line 2: expected a date/],
    [
      'part of an item',
      'project,date,done\nBusy,2024-01-01,1.5\n',
      /line 2: expected a whole number.*"1\.5"/,
    ],
    ['fewer than none', 'project,date,done\nBusy,2024-01-01,-1\n', /line 2: expected a whole number/],
    ['no count', 'project,date,done\nBusy,2024-01-01\n', /line 2: expected a whole number/],
    [
      'a comma too many',
      'project,date,done\nBusy,2024-01-01,1,2\n',
      /line 2: expected a project, a date and a count/,
    ],
    ['a column missing', 'project,date\nB,2024-01-01\n', /line 1: expected the header/],
    ['quotes that do not end', 'project,date,done\n"B,2024-01-01,1\n', /line 2: expected a project/],
    ['no project', 'project,date,done\n,2024-01-01,1\n', /line 2: expected a project/],
    ['a day twice', 'project,date,done\nB,2024-01-01,1\nB,2024-01-01,2\n', /line 3: .*B on 2024-01-01 again/],
    ['nothing', 'project,date,done\n', /it holds no completions/],
    ['another format', '\u0000\u0001', /line 1: expected the header/],
    [
      'half a gzip',
      gzipSync('project,date,done\nB,2024-01-01,1\n').subarray(0, 30),
      /cannot be read as text/,
    ],
  ])('%s', async (name, text, message) => {
    const path = join(folder.path, `${name.replaceAll(' ', '-')}.csv`);
    await writeFile(path, text);
    expect(() => readCompletions(path)).toThrow(CompletionsFileError);
    expect(() => readCompletions(path)).toThrow(message);
    expect(() => readCompletions(path)).toThrow(path);
  });

  test('a file that is not there', () => {
    expect(() => readCompletions(join(folder.path, 'nowhere.csv'))).toThrow(
      /nowhere\.csv: it cannot be read/,
    );
  });
});
