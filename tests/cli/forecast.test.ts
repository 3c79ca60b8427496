import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { type DataFolder, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { evenkeel } from './run.ts';

let folder: DataFolder;
beforeAll(async () => {
  folder = await temporaryDataFolder();
  const { code, err } = await evenkeel(['demo', '--once'], { cwd: folder.path });
  if (code !== 0) throw new Error(`there is no team to forecast for: ${err}`);
});
afterAll(() => folder[Symbol.asyncDispose]());

function forecast(args: readonly string[]) {
  return evenkeel(['forecast', ...args], { cwd: folder.path });
}

async function asJson(args: readonly string[]) {
  const { code, out } = await forecast([...args, '--format', 'json']);
  expect(code).toBe(0);
  return JSON.parse(out);
}

describe('a forecast', () => {
  test('by a date says how many with 85, 50 and 15 %, in order, and that its calibration is unknown', async () => {
    const { answer, asOf, calibration } = await asJson(['payments', '--by', '2026-11-25']);
    expect(asOf).toBe('2026-09-30');
    expect(answer).toMatchObject({ kind: 'items_by_date', days: 56, confidence: 'medium' });
    const [sure, even, hopeful] = answer.atLeast.map(({ items }: { items: number }) => items);
    expect(answer.atLeast.map(({ chance }: { chance: number }) => chance)).toEqual([0.85, 0.5, 0.15]);
    expect(answer.range90[0]).toBeLessThan(sure);
    expect(sure).toBeLessThan(even);
    expect(even).toBeLessThan(hopeful);
    expect(hopeful).toBeLessThan(answer.range90[1]);
    expect(calibration.verdict).toBe('insufficient');

    const { out } = await forecast(['payments', '--by', '2026-11-25']);
    expect(out).toContain('As of the end of Wed 30 September 2026.');
    expect(out).toContain(`| 85 % | at least ${sure} |`);
    expect(out).toMatch(/Calibration unknown \(\d+ past forecasts that do not overlap, 20 needed\)/);
    expect(out).not.toMatch(/NaN|undefined|null|\b100 %|\b0 %/);
  });

  test('of items names dates, and is the other side of the same statement', async () => {
    const { answer } = await asJson(['payments', '--items', '20']);
    expect(answer.kind).toBe('dates_of_items');
    const dates: readonly { chance: number; date: string; days: number }[] = answer.dates;
    expect(dates.map(({ chance }) => chance)).toEqual([0.15, 0.5, 0.85]);
    expect(dates.map(({ days }) => days)).toEqual(dates.map(({ days }) => days).toSorted((a, b) => a - b));
    const late = dates[2];
    const eve = new Date(Date.parse(late?.date ?? '') - 86_400_000).toISOString().slice(0, 10);
    const [then, before] = await Promise.all([
      asJson(['payments', '--by', late?.date ?? '']),
      asJson(['payments', '--by', eve]),
    ]);
    // 85 % sure of 20 by that day, and not yet on the day before.
    expect(then.answer.atLeast[0].items).toBeGreaterThanOrEqual(20);
    expect(before.answer.atLeast[0].items).toBeLessThan(20);
  });

  test('by the usual simulation stands beside what that was worth, and never is more than low in confidence', async () => {
    const args = ['payments', '--by', '2026-11-25', '--method', 'classic'];
    const [classic, ours] = await Promise.all([asJson(args), asJson(args.slice(0, 3))]);
    expect([classic.method, ours.method]).toEqual(['classic', 'drift']);
    expect(classic.answer).toMatchObject({ kind: 'items_by_date', days: 56, confidence: 'low' });
    expect(classic.calibration.verdict).toBe('insufficient');
    // Measured where our own was measured, by the script that writes the table.
    const measured = SHIPPED_PRIOR.heldOut.find(({ days }) => days === 56);
    expect(classic.elsewhere).toMatchObject({ days: 56, ...measured?.classic.daily_90 });
    expect(classic.elsewhere.coverage85).toBeLessThan(ours.elsewhere.coverage85);
    const { out } = await forecast(args);
    expect(out).toMatch(/Calibration unknown/);
    expect(out).toMatch(
      /Measured on 23 real projects: "85 % sure of at least" came true in 6\d % \(6\d % to 7\d %\)/,
    );
    expect(out).toContain('for comparison only');
  });

  test('of items by the usual simulation is the other side of the same statement, too', async () => {
    const classic = ['--method', 'classic'];
    const { answer } = await asJson(['payments', '--items', '20', ...classic]);
    const late: { date: string } = answer.dates[2];
    const eve = new Date(Date.parse(late.date) - 86_400_000).toISOString().slice(0, 10);
    const [then, before] = await Promise.all([
      asJson(['payments', '--by', late.date, ...classic]),
      asJson(['payments', '--by', eve, ...classic]),
    ]);
    expect(then.answer.atLeast[0].items).toBeGreaterThanOrEqual(20);
    expect(before.answer.atLeast[0].items).toBeLessThan(20);
    const far = await asJson(['payments', '--by', '2028-01-01', ...classic]);
    expect(far.answer).toMatchObject({ kind: 'insufficient', have: 364 });
    expect(far).not.toHaveProperty('elsewhere');
  });

  test('as of a past day is the same bytes every time, and other than today’s', async () => {
    const args = ['platform', '--items', '30', '--as-of', '2026-05-31'];
    const [first, again, today] = await Promise.all([
      forecast(args),
      forecast(args),
      forecast(['platform', '--items', '30']),
    ]);
    expect(first.code).toBe(0);
    expect(first.out).toContain('As of the end of Sun 31 May 2026.');
    expect(again.out).toBe(first.out);
    expect(today.out).not.toBe(first.out);
  });

  test('says what is missing: too little history, and too far ahead', async () => {
    const early = await forecast(['payments', '--by', '2025-12-31', '--as-of', '2025-10-15']);
    expect(early.code).toBe(0);
    expect(early.out).toMatch(/Not enough data: \d+ (weeks of history|items finished)/);
    const far = await asJson(['payments', '--by', '2028-01-01']);
    expect(far.answer).toMatchObject({ kind: 'insufficient', have: 364 });
    const many = await forecast(['payments', '--items', '20000']);
    expect(many.out).toContain('| 85 % | not known: more than 364 days ahead');
  });
});

test('a backtest of a team reads what is stored', async () => {
  const args = ['backtest', '--team', 'payments', '--horizons', '28', '--format', 'csv'];
  const { code, out } = await evenkeel(args, { cwd: folder.path });
  expect(code).toBe(0);
  const rows = out.split('\n').filter((line) => line.startsWith('payments,'));
  expect(rows.length).toBeGreaterThan(9);
  // Sundays: a forecast is made when the week has ended.
  expect(rows.every((row) => new Date(row.split(',')[1] ?? '').getUTCDay() === 0)).toBe(true);
  const nobody = await evenkeel(['backtest', '--team', 'nobody'], { cwd: folder.path });
  expect(nobody.code).toBe(2);
  expect(nobody.err).toMatch(/There is no team "nobody"/);
});

describe('wrong usage ends with code 2:', () => {
  test.each([
    [['payments'], /Ask one thing: --items N .* or --by DATE/],
    [['payments', '--items', '5', '--by', '2026-11-25'], /Ask one thing/],
    [['payments', '--items', '0'], /a whole number of 1 or more, not "0"/],
    [['payments', '--by', 'soon'], /"soon" is no date\. Write --by as YYYY-MM-DD/],
    [['payments', '--by', '2026-09-30'], /--by 2026-09-30 is past/],
    [['payments', '--items', '5', '--as-of', '2031-01-01'], /up to 2026-09-30/],
    [['nobody', '--items', '5'], /There is no team "nobody"/],
  ])('%s', async (args, message) => {
    const { code, out, err } = await forecast(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });
});
