import { describe, expect, test } from 'vitest';
import { flowDebt } from '#metrics/flow-debt.ts';
import { workItemAge } from '#metrics/work-item-age.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const END = Date.UTC(2026, 6, 1);
const finished = (days: readonly number[]) =>
  days.map((length, i) => issue(`PAY-${i + 1}`, `In Progress ${length}d → Done`, { from: '2026-05-01' }));
const open = (key: string, age: number, path = 'In Progress') =>
  issue(key, path, { from: new Date(END - age * 86_400_000).toISOString() });
const measure = (issues: ReturnType<typeof finished>) => workItemAge(view(team(), '2026-06-30', issues));
const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('open items', () => {
  test('are listed oldest first, with what people need to find them', () => {
    const { items } = measure([
      open('PAY-50', 3, 'To Do 1d → In Progress'),
      open('PAY-51', 9.5),
      open('PAY-52', 4, 'To Do'),
    ]);
    expect(items.map(({ key, ageDays }) => [key, ageDays])).toEqual([
      ['PAY-51', 9.5],
      ['PAY-50', 2],
    ]);
    expect(items[1]).toMatchObject({
      title: 'Title of PAY-50',
      url: 'https://acme.example/browse/PAY-50',
      type: 'Story',
      stage: 'active',
      status: 'In Progress',
      startedOn: '2026-06-29',
    });
  });

  test('keep their age over a pause and a reopening', () => {
    const { items } = measure([
      open('PAY-50', 20, 'In Progress 5d → To Do'),
      open('PAY-51', 12, 'In Progress 8d → Done 3d → In Progress'),
    ]);
    expect(items.map(({ key, stage, ageDays }) => [key, stage, ageDays])).toEqual([
      ['PAY-50', 'todo', 20],
      ['PAY-51', 'active', 12],
    ]);
  });
});

describe('the chance to finish within 14 days', () => {
  test('is that of items which had reached the same age', () => {
    // Finished after 1 to 40 days and one open of 10: 30 went beyond day 10, 14 of them ended by day 24.
    const [item] = measure([...finished(oneTo(40)), open('PAY-50', 10)]).items;
    expect(item?.finishWithin14Days).toMatchObject({
      value: expect.closeTo(14 / 30, 9),
      unit: 'probability',
      n: 30,
    });
    // Log-log limits of S = 16/30 with Greenwood's error .0911: .5333 ^ exp(+-1.645 * .0911 / (.5333 * .6286)).
    const found = item?.finishWithin14Days;
    expect(found?.kind === 'value' && found.interval90).toEqual([
      expect.closeTo(0.331, 3),
      expect.closeTo(0.626, 3),
    ]);
  });

  test('of an item older than nearly all is not told', () => {
    const [item] = measure([...finished(oneTo(20)), open('PAY-50', 12)]).items;
    expect(item?.finishWithin14Days).toEqual({
      kind: 'insufficient',
      have: 0,
      need: 3,
      what: 'items watched until day 26',
    });
  });

  test('is not told from fewer than 5 finished items', () => {
    const [item] = measure([...finished([20, 30, 40, 50]), open('PAY-50', 2)]).items;
    expect(item?.finishWithin14Days).toMatchObject({ kind: 'insufficient', have: 4, need: 5 });
  });
});

describe('an item has aged out', () => {
  const verdict = (days: readonly number[], age: number) =>
    measure([...finished(days), open('PAY-50', age)]).items[0]?.agedOut;

  test('when at most 15 % of items last that long', () => {
    // The open one of 17.5 days is the 18th longest of 21: S(17) = 4/21 at 17.5; one day older, S(18) = 4/21 * 2/3.
    expect(verdict(oneTo(20), 17.5)).toBe(false);
    expect(verdict(oneTo(20), 18.5)).toBe(true);
  });

  test('when it is older than any that finished, and no chance is told for it', () => {
    const [item] = measure([...finished(oneTo(20)), open('PAY-50', 60)]).items;
    expect(item).toMatchObject({ agedOut: true, finishWithin14Days: { kind: 'insufficient' } });
  });

  test('at 12 days where the rest took 2, 3, 3+, 5, 8+ and 9, once there are enough of them to judge by (WX-C6b)', () => {
    const like = (times: number) => {
      const done = Array.from({ length: times }, () => [2, 3, 5, 9]).flat();
      const still = Array.from({ length: 2 * times }, (_, i) => open(`PAY-${60 + i}`, i % 2 === 0 ? 3 : 8));
      return measure([...finished(done), ...still, open('PAY-50', 12)]).items[0];
    };
    expect(like(5)).toMatchObject({
      key: 'PAY-50',
      agedOut: true,
      finishWithin14Days: { kind: 'insufficient', have: 0, need: 3 },
    });
    // The six of the example alone are fewer than the 19 that its own rule for a P85 asks for: no verdict, no chance.
    expect(like(1)).toMatchObject({ key: 'PAY-50', finishWithin14Days: { kind: 'insufficient' } });
    expect(like(1)?.agedOut).toBeUndefined();
  });

  test('is not judged from fewer than 19 finished items', () => {
    expect(verdict(oneTo(18), 60)).toBeUndefined();
    expect(measure([...finished(oneTo(18)), open('PAY-50', 60)]).agedOut).toMatchObject({
      have: 18,
      need: 19,
    });
    expect(measure([...finished(oneTo(19)), open('PAY-50', 60)]).agedOut).toMatchObject({
      kind: 'value',
      value: 1,
    });
  });
});

describe("Little's law", () => {
  test('shows what open work owes: 12 in progress, 1 out every other day, 14 days each (WX-C6)', () => {
    expect(flowDebt({ inProgress: 12, departuresPerDay: 0.5, cycleTime: 14 })).toEqual({
      residual: 5,
      impliedCycleTime: 24,
      flowDebt: 10,
    });
  });

  test('is not asked when nothing departs', () => {
    expect(flowDebt({ inProgress: 12, departuresPerDay: 0, cycleTime: 14 })).toBeUndefined();
  });

  test('owes nothing when everything begun is finished', () => {
    // 10 items of 6 days each, all begun and done within the 61 days since the first start on 1 May.
    const { flowDebt: check } = measure(finished(Array.from({ length: 10 }, () => 6)));
    expect(check).toMatchObject({
      inProgress: { value: expect.closeTo(60 / 61, 9), window: { from: '2026-05-01', to: '2026-06-30' } },
      departuresPerDay: { value: expect.closeTo(10 / 61, 9) },
      cycleTime: { value: 6 },
      residual: { value: expect.closeTo(0, 9) },
      debt: { value: expect.closeTo(0, 9) },
    });
  });

  test('owes the days of the items that lie open', () => {
    // The same, and one item open for all 61 days: L = 121/61, L / lambda = 12.1 days.
    const { flowDebt: check } = measure([
      ...finished(Array.from({ length: 10 }, () => 6)),
      open('PAY-50', 61),
    ]);
    expect(check.debt).toMatchObject({ value: expect.closeTo(6.1, 9), unit: 'days' });
  });
});
