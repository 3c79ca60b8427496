import { describe, expect, test } from 'vitest';
import { workItemAge } from '#metrics/work-item-age.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const END = Date.UTC(2026, 6, 1);
const finished = (days: readonly number[]) =>
  days.map((length, i) => issue(`PAY-${i + 1}`, `In Progress ${length}d → Done`, { from: '2026-05-01' }));
const open = (ages: readonly number[]) =>
  ages.map((age, i) =>
    issue(`PAY-${i + 101}`, 'In Progress', { from: new Date(END - age * 86_400_000).toISOString() }),
  );
const oneTo20 = Array.from({ length: 20 }, (_, i) => i + 1);
const chances = (done: readonly number[], ages: readonly number[]) =>
  new Map(
    workItemAge(view(team(), '2026-06-30', [...finished(done), ...open(ages)])).items.map((item) => [
      item.ageDays,
      item.finishWithin14Days,
    ]),
  );

describe('the chance of an item to finish within 14 days', () => {
  test('of 0 is bounded by those that were watched all the while', () => {
    // The curve stops at 60, where fewer than 3 are left. Of age 40 none finished by 54, and three got there.
    expect(chances(oneTo20, [40, 45, 60, 61, 62]).get(40)).toMatchObject({
      value: 0,
      interval90: [0, expect.closeTo(0.444, 3)],
      method: 'kaplan_meier_delayed_entry',
    });
  });

  test('of 0 has no bound when nobody was watched all the while', () => {
    // Those of 47 and 48 days leave in between; those of 226 were first looked at when they were 46, half a year ago.
    expect(chances(oneTo20, [40, 47, 47.5, 48, 226, 226.5, 227]).get(40)).toMatchObject({
      value: 0,
      interval90: [0, null],
    });
  });

  test('is that of similar ages where too few were watched as long, and says so', () => {
    // The curve stops at 61. At 55 the band is 27.5 to 138, with 161 days of six items and none finished:
    // 1 - (161 / 175) ^ .5, and up to 1 - exp(-14 * 1.92073 / 161).
    expect(chances(oneTo20, [40, 45, 55, 61, 62, 63]).get(55)).toMatchObject({
      kind: 'value',
      value: expect.closeTo(0.04083, 5),
      interval90: [0, expect.closeTo(0.1538, 4)],
      n: 6,
      confidence: 'low',
      method: 'rate_at_similar_ages',
    });
  });

  test('is not told of the oldest, nor of the young when few were watched', () => {
    // The ages 2, 3, 3+, 5, 8+ and 9, each twice, and one older than all.
    const found = chances([2, 2, 3, 3, 5, 5, 9, 9], [3, 3.1, 8, 8.1, 12]);
    expect(found.get(3)).toMatchObject({ kind: 'insufficient', need: 3 });
    expect(found.get(12)).toMatchObject({ kind: 'insufficient', have: 0, need: 3 });
  });
});
