import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { range, sum } from 'd3-array';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { randomDaily } from '#tests/forecast/series.ts';
import { type DataFolder, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { evenkeel, startEvenkeel } from './run.ts';

const FORECASTS = 'project,asOf,horizonDays,method,atLeast85,lo90,hi90,actual';
const MILESTONES = 'project,asOf,horizonDays,method,items,probability,happened';
const METHODS = 9;

let folder: DataFolder;
beforeAll(async () => {
  folder = await temporaryDataFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

/** The day so many days after the first of January 2024. */
function dayAt(days: number): string {
  return new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10);
}

/** Lines for the days with completions, as exports have them. */
function linesOf(project: string, daily: readonly number[]): readonly string[] {
  return daily.flatMap((done, day) => (done > 0 ? [`${project},${dayAt(day)},${done}`] : []));
}

async function file(name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, ['project,date,done', ...lines, ''].join('\n'));
  return path;
}

function backtest(args: readonly string[]) {
  return evenkeel(['backtest', ...args], { cwd: folder.path });
}

/** The two tables of the CSV form, as the cells of their rows. */
function tablesOf(csv: string) {
  const [forecasts = '', milestones = '', ...more] = csv.split('\n\n');
  expect(more).toEqual([]);
  const rows = (table: string, header: string) => {
    const [first, ...lines] = table.trimEnd().split('\n');
    expect(first).toBe(header);
    return lines.map((line) => line.split(','));
  };
  return { forecasts: rows(forecasts, FORECASTS), milestones: rows(milestones, MILESTONES) };
}

// Every day something, so that each series is as long as its days.
const busy = randomDaily('busy', 420, 4).map((done) => done + 1);
const slow = randomDaily('slow', 420, 1).map((done, day) => (day === 0 || day === 419 ? 1 : done));

describe('bare completions', () => {
  test('of one item a day come out as anyone can work out by hand', async () => {
    const path = await file(
      'even.csv',
      linesOf(
        'Even',
        range(400).map(() => 1),
      ),
    );
    const { code, out, err } = await backtest(['--completions', path, '--format', 'csv', '--horizons', '28']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { forecasts, milestones } = tablesOf(out);
    // As of days 181 (the 182nd), 209 … 349: 28 more days lie within the 400 up to day 371.
    expect(forecasts).toHaveLength(7 * METHODS);
    const constant = forecasts.filter(([, , , method]) => method === 'constant_rate');
    expect(constant).toEqual(
      range(7).map((k) => ['Even', dayAt(181 + 28 * k), '28', 'constant_rate', '28', '28', '28', '28']),
    );
    expect(
      milestones.filter(([, asOf, , method]) => asOf === dayAt(181) && method === 'constant_rate'),
    ).toEqual(
      [17, 22, 28, 34, 39].map((items) => [
        'Even',
        dayAt(181),
        '28',
        'constant_rate',
        String(items),
        items <= 28 ? '1.000000' : '0.000000',
        items <= 28 ? '1' : '0',
      ]),
    );
  });

  test('give one row for each forecast and milestone, its outcome the sum of the file’s own lines', async () => {
    const path = await file('two.csv', [...linesOf('Busy', busy), ...linesOf('Slow', slow)]);
    const { out } = await backtest(['--completions', path, '--format', 'csv', '--horizons', '84,28']);
    const { forecasts, milestones } = tablesOf(out);
    const keys = forecasts.map((row) => row.slice(0, 4).join());
    expect(new Set(keys).size).toBe(keys.length);
    // Busy: 182 + 28k + 28 <= 420 for k up to 7, + 84 up to 5.
    expect(forecasts.filter(([project]) => project === 'Busy')).toHaveLength((8 + 6) * METHODS);
    const actuals = new Map(forecasts.map((row) => [row.slice(0, 4).join(), Number(row[7])]));
    for (const [project, asOf = '', days, , atLeast85, lo90, hi90, actual] of forecasts) {
      const daily = project === 'Busy' ? busy : slow;
      const first = (Date.parse(asOf) - Date.UTC(2024, 0, 1)) / 86_400_000 + 1;
      expect(Number(actual)).toBe(sum(daily.slice(first, first + Number(days))));
      expect(Number(lo90)).toBeLessThanOrEqual(Number(atLeast85));
      expect(Number(atLeast85)).toBeLessThanOrEqual(Number(hi90));
    }
    const milestoneKeys = milestones.map((row) => row.slice(0, 5).join());
    expect(new Set(milestoneKeys).size).toBe(milestoneKeys.length);
    expect(new Set(milestones.map((row) => row.slice(0, 4).join()))).toEqual(new Set(keys));
    for (const row of milestones) {
      const [, , , , items, , happened] = row;
      expect(happened).toBe((actuals.get(row.slice(0, 4).join()) ?? 0) >= Number(items) ? '1' : '0');
    }
    const claims = milestones.filter(([, , , method]) => method === 'ours').map((row) => Number(row[5]));
    expect(Math.min(...claims)).toBeGreaterThan(0);
    expect(Math.max(...claims)).toBeLessThan(1);
  });

  test('never look ahead: rows of dates before T are the same bytes when everything after T + H is another', async () => {
    const cut = 182 + 28 * 4;
    const other = randomDaily('other', 420, 60).map((done) => done + 1);
    const changed = [...busy.slice(0, cut + 28), ...other.slice(cut + 28)];
    const before = async (name: string, daily: readonly number[]) => {
      const path = await file(name, linesOf('Busy', daily));
      const { out } = await backtest(['--completions', path, '--format', 'csv', '--horizons', '28']);
      const lines = out.split('\n');
      return { early: lines.filter((line) => (line.split(',')[1] ?? '') < dayAt(cut)), all: lines };
    };
    const [first, second] = [await before('as-it-was.csv', busy), await before('as-it-is.csv', changed)];
    // Five dates, and for each method a row and at least four milestones; the headers and the empty lines.
    expect(first.early.length).toBeGreaterThan(5 * METHODS * 5);
    expect(second.early).toEqual(first.early);
    expect(second.all).not.toEqual(first.all);
  });

  test('say the same gzipped, with the line ends of Windows, and in any order', async () => {
    const lines = [...linesOf('Busy', busy), ...linesOf('Slow', slow)];
    const path = await file('plain.csv', lines);
    const text = ['\uFEFFproject,date,done', ...lines.filter((line) => line.startsWith('Busy')).toReversed()];
    const rest = lines.filter((line) => line.startsWith('Slow'));
    const zipped = join(folder.path, 'zipped.csv.gz');
    await writeFile(zipped, gzipSync([...text, ...rest, ''].join('\r\n')));
    const tell = async (of: string) => (await backtest(['--completions', of, '--horizons', '28'])).out;
    const out = await tell(path);
    expect(await tell(zipped)).toBe(out);
    expect(out).toContain('2 projects, replayed every 28 days as of Sun 30 June 2024');
    expect(out).toContain('Not enough data: 16 past forecasts that do not overlap, 20 needed');
    // Where no score is told, no difference of scores is.
    expect(out).not.toContain('Ours less');
    expect(out.match(/^\| ours \|.*\|$/gm)).toHaveLength(2);
    expect(out).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  test('give the scores as JSON too, and say when mass closures were cut down', async () => {
    const long = randomDaily('long', 1400, 4).map((done) => done + 1);
    const bulk = long.map((done, day) => (day === 300 ? 400 : done));
    const path = await file('bulk.csv', [...linesOf('Bulk', bulk), ...linesOf('Long', long)]);
    const args = ['--completions', path, '--horizons', '56', '--format', 'json'];
    const counted = JSON.parse((await backtest(args)).out);
    expect(counted).toMatchObject({ projects: 2, horizons: [56] });
    expect(counted.scores).toHaveLength(METHODS);
    expect(counted.scores[0]).toMatchObject({
      method: 'ours',
      projects: 2,
      coverage85: {
        kind: 'value',
        value: expect.any(Number),
        interval90: [expect.any(Number), expect.any(Number)],
        unit: 'share',
      },
      elsewhere: { days: 56, projects: 23, coverage85: expect.any(Number) },
    });
    const told = (method: string) => counted.scores.find((one: { method: string }) => one.method === method);
    for (const method of ['daily_30', 'daily_90', 'daily_all', 'weekly_12', 'blocks_26']) {
      expect(told(`classic_${method}`).elsewhere.coverage85).toBeLessThan(0.8);
    }
    expect(told('constant_rate')).not.toHaveProperty('elsewhere');
    expect(counted.againstClassic).toEqual([
      expect.objectContaining({
        horizonDays: 56,
        pinball: { value: expect.any(Number), interval95: [expect.any(Number), expect.any(Number)] },
      }),
    ]);
    expect(counted.asOf).toEqual(['2024-06-30', expect.any(String)]);
    const page = (await backtest(['--completions', path, '--horizons', '56'])).out;
    // Every form of the classic simulation has its measured calibration in its row.
    expect(page.match(/^\| classic_\w+ \|.* \d\d\.\d % \(\d\d\.\d–\d\d\.\d\) at 56 days \|$/gm)).toHaveLength(
      5,
    );
    expect(counted.remarks).toEqual([expect.stringMatching(/^1 days? of mass closure .* count in full/)]);
    const capped = JSON.parse((await backtest([...args, '--cap-bulk'])).out);
    expect(capped.remarks).toEqual([expect.stringMatching(/cut down .* too/)]);
    expect(capped.scores[0].pinball.value).toBeLessThan(counted.scores[0].pinball.value);
  });

  test('too short for any forecast say so', async () => {
    const path = await file('short.csv', linesOf('Short', busy.slice(0, 200)));
    const { code, out } = await backtest(['--completions', path]);
    expect(code).toBe(0);
    expect(out).toContain('Not enough data');
    const csv = await backtest(['--completions', path, '--format', 'csv']);
    expect(csv.out).toBe(`${FORECASTS}\n\n${MILESTONES}\n`);
  });
});

test('a project that our method was fitted on is named to be flattering it, among however many others', async () => {
  const [known = ''] = SHIPPED_PRIOR.provenance.names;
  const path = await file('mixed.csv', [...linesOf(known, busy), ...linesOf('Slow', slow)]);
  const { out } = await backtest(['--completions', path, '--horizons', '28']);
  expect(out).toContain('Our method was fitted on 1 of these 2 projects, by their names');
});

test('takes no longer for millions of items a day than for a hundred', async () => {
  const daily = randomDaily('millions', 400, 100).map((done) => 20_000 * done + 1);
  const path = await file('millions.csv', linesOf('Millions', daily));
  const startedAt = performance.now();
  const { code, out } = await backtest(['--completions', path, '--format', 'csv']);
  expect(performance.now() - startedAt).toBeLessThan(20_000);
  expect(code).toBe(0);
  expect(out).not.toMatch(/NaN|Infinity/);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'is stopped within a second by %s, as other commands are, in the middle of a project',
  async (signal) => {
    const path = await file('endless.csv', linesOf('Endless', randomDaily('endless', 9000, 40)));
    const started = startEvenkeel(['backtest', '--completions', path, '--horizons', '84,364'], {
      cwd: folder.path,
    });
    await setTimeout(4000);
    const stoppedAt = performance.now();
    started.interrupt(signal);
    const { code, out, err } = await started.ended;
    expect(performance.now() - stoppedAt).toBeLessThan(1500);
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toMatch(/^Stopped/);
  },
);

test('a broken line ends with code 1, and nothing is told of the lines before it', async () => {
  const path = await file('broken.csv', [...linesOf('Busy', busy), 'Busy,2025-13-01,1']);
  const { code, out, err } = await backtest(['--completions', path, '--format', 'csv']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/broken\.csv, line 422: expected a date .*, found "2025-13-01"/);
});

test('a history that is not there is named', async () => {
  const { code, err } = await backtest(['--history', join(folder.path, 'nowhere.jsonl')]);
  expect(code).toBe(1);
  expect(err).toMatch(/nowhere\.jsonl: it cannot be read/);
});

describe('wrong usage ends with code 2:', () => {
  test.each([
    [['--horizons', '0'], /--horizons takes whole numbers of days from 1 to 364/],
    [['--horizons', '28,soon'], /not "28,soon"/],
    [['--horizons', '365'], /from 1 to 364/],
    [['--format', 'pdf'], /Allowed choices are md, csv, json/],
  ])('%s', async (args, message) => {
    const path = await file('usage.csv', linesOf('Busy', busy));
    const { code, out, err } = await backtest(['--completions', path, ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });
});

const histories = sharedPath('data/jira-history/CB.jsonl.gz');
describe.skipIf(histories === undefined)(
  'a recorded history (skipped where none lies beside the project)',
  () => {
    test('is read as a tracker’s and replayed, twice to the same bytes, and leaves nothing behind', async () => {
      const args = ['--history', histories ?? '', '--format', 'csv', '--horizons', '28'];
      const first = await backtest(args);
      expect(first.code).toBe(0);
      const { forecasts } = tablesOf(first.out);
      expect(forecasts.length).toBeGreaterThan(10 * METHODS);
      expect(new Set(forecasts.map(([project]) => project))).toEqual(new Set(['cb']));
      expect(first.err).toMatch(/^cb: \d+ issues read\n$/);
      expect((await backtest(args)).out).toBe(first.out);
    });
  },
);

const throughput = sharedPath('data/throughput/done-per-day.csv.gz');
describe.skipIf(throughput === undefined)(
  'the completions of real projects (skipped where they do not lie beside the project)',
  () => {
    test('are replayed in one go, and ours keeps what it promises better than repeating the past does', async () => {
      const { code, out } = await backtest([
        '--completions',
        throughput ?? '',
        '--horizons',
        '14',
        '--format',
        'json',
      ]);
      expect(code).toBe(0);
      const { projects, scores, remarks } = JSON.parse(out);
      expect(projects).toBe(23);
      expect(remarks.join()).toContain('fitted on these very projects');
      const [ours, ...others] = scores;
      const gap = (one: typeof ours) => Math.abs(one.coverage85.value - 0.85);
      expect(others).toHaveLength(METHODS - 1);
      for (const other of others) expect(gap(ours)).toBeLessThan(gap(other));
    });
  },
);
