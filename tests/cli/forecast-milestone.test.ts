import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataFolder, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { evenkeel } from './run.ts';

let folder: DataFolder;
beforeAll(async () => {
  folder = await temporaryDataFolder();
  const { code, err } = await evenkeel(['demo', '--once'], { cwd: folder.path });
  if (code !== 0) throw new Error(`there is no team to forecast for: ${err}`);
});
afterAll(() => folder[Symbol.asyncDispose]());

const forecast = (...args: readonly string[]) =>
  evenkeel(['forecast', 'payments', ...args], { cwd: folder.path });

async function asJson(...args: readonly string[]) {
  const { code, out, err } = await forecast(...args, '--format', 'json');
  expect({ code, err }).toMatchObject({ code: 0 });
  return JSON.parse(out);
}

/** A milestone of the report that is under way, whatever the demo calls it. */
async function underWay(): Promise<{ readonly key: string; readonly title: string }> {
  const { out } = await evenkeel(['report', 'payments', '--format', 'json'], { cwd: folder.path });
  const { milestones } = JSON.parse(out).forecast;
  return milestones.find(
    (one: { state: string; within50: { kind: string } }) =>
      one.state !== 'date_passed' && one.within50.kind === 'value',
  );
}

describe('the forecast of a milestone', () => {
  test('is asked for by key or title, for a date, and its chance grows with the date', async () => {
    const { key, title } = await underWay();
    const [soon, late] = await Promise.all([
      asJson('--milestone', key, '--by', '2026-10-20'),
      asJson('--milestone', title.toUpperCase(), '--by', '2027-03-20'),
    ]);
    expect(soon).toMatchObject({
      team: { id: 'payments' },
      asOf: '2026-09-30',
      milestone: { key, dateFrom: 'asked' },
    });
    expect(late.milestone).toMatchObject({
      key,
      scope: soon.milestone.scope,
      within85: soon.milestone.within85,
    });
    expect(late.milestone.probability.value).toBeGreaterThan(soon.milestone.probability.value);

    const { out } = await forecast('--milestone', key, '--by', '2026-10-20');
    expect(out).toContain('As of the end of Wed 30 September 2026: [');
    expect(out).toMatch(
      /Done by the end of Tue 20 October 2026: (less than |more than )?\d+ % \(confidence: \w+\)\./,
    );
    expect(out).toMatch(/\| 85 % \(realistic\) \| (\w{3} \d+ \w+ \d{4}, \d+ days ahead|not known)/);
    expect(out).not.toMatch(/NaN|undefined|null/);
  });

  test('whose date has passed with something left says so', async () => {
    const { milestone } = await asJson('--milestone', 'Instant refunds GA');
    expect(milestone).toMatchObject({
      kind: 'version',
      state: 'date_passed',
      probability: { kind: 'value', value: 0, method: 'date_passed' },
    });
    const { out } = await forecast('--milestone', 'Instant refunds GA');
    expect(out).toMatch(/Its date, .* 2026, has passed with \d+ items? open\./);
  });

  test.each([
    [['--milestone', 'no such thing'], /has no milestone "no such thing": .* There are: "PAY-/],
    [['--milestone', ' '], /--milestone takes the name of a version/],
    [['--milestone', 'PAY-1', '--items', '5'], /Ask one thing/],
    [['--milestone', 'PAY-1', '--method', 'classic'], /--method classic answers --items and --by/],
    [['--milestone', 'Instant refunds GA', '--by', '2026-09-30'], /--by 2026-09-30 is past/],
    [['--milestone', 'Instant refunds GA', '--by', 'soon'], /"soon" is no date/],
  ])('wrong usage ends with code 2: %s', async (args, message) => {
    const { code, out, err } = await forecast(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });
});
