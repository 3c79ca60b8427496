import { describe, expect, test } from 'vitest';
import { growthOf } from '#forecast/growth.ts';
import { chanceOfDone, type ScopeModel } from '#forecast/scope-forecast.ts';
import { acceptMeans } from '#risks/acceptance.ts';
import { team, view } from '#tests/builders/team.ts';
import { goal, model } from './worked-support.ts';

const seen = view(team(), '2026-01-23', []);
const growing = growthOf([1, 0, 2, 1, 0, 1, 2, 1]);
const accepting = (changed: Partial<ScopeModel>) =>
  acceptMeans(seen, { ...goal, model: { ...model, ...changed } }, {});
const promised = (text: string) => Number(/^(\d+) items? by/.exec(text)?.[1] ?? 0);

describe('what is safe to promise of a goal', () => {
  test('are as many items as would have a chance of 85 % with what comes in beside them', () => {
    const safe = promised(accepting({ growth: growing }));
    const chance = (open: number) => chanceOfDone({ ...model, growth: growing, open }, goal.days) ?? 0;
    expect(safe).toBeGreaterThan(0);
    expect(chance(safe)).toBeGreaterThanOrEqual(0.85);
    expect(chance(safe + 1)).toBeLessThan(0.85);
    // Without growth ten are (WX-CF-1).
    expect(safe).toBeLessThan(10);
  });

  test('are never more than are open, and not all of them where the whole is less likely than 85 %', () => {
    for (let open = 1; open <= 24; open += 1) {
      const chance = chanceOfDone({ ...model, growth: growing, open }, goal.days) ?? 0;
      const safe = promised(accepting({ growth: growing, open }));
      expect(safe).toBeLessThanOrEqual(open);
      expect(safe === open).toBe(chance >= 0.85);
    }
  });

  test('is nothing where more comes in than is finished', () => {
    expect(accepting({ growth: growthOf([9, 8, 9, 10, 8, 9, 9, 10]) })).toMatch(
      /^None of its items is safe to promise by 20 March \(85 %\); no day within a year has even odds for all of it\./,
    );
  });
});
