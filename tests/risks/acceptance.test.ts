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
  test('are as many items as are finished with a chance of 85 % if they come before what else comes in', () => {
    // Ten are (WX-CF-1), whatever is added beside them.
    expect(accepting({})).toMatch(/^10 items by 20 March are safe to promise \(85 %\); all 24 land/);
    expect(accepting({ growth: growing })).toMatch(
      /^10 items by 20 March are safe to promise \(85 %\) if done before what else comes in; /,
    );
  });

  test('are never more than are open, and all of them exactly where these alone have that chance', () => {
    for (let open = 1; open <= 24; open += 1) {
      const chance = chanceOfDone({ ...model, open }, goal.days) ?? 0;
      const safe = promised(accepting({ growth: growing, open }));
      expect(safe).toBe(Math.min(open, 10));
      expect(safe === open).toBe(chance >= 0.85);
    }
  });

  test('is nothing where not even one is', () => {
    expect(acceptMeans(seen, { ...goal, days: 1 }, {})).toMatch(
      /^None of its items is safe to promise by 24 January \(85 %\); all 24 land/,
    );
  });
});

describe('what is accepted of a risk that costs the goal nothing which could be worked out', () => {
  const own = 'What is meant for a cycle takes 1.1 to 5.9 weeks longer.';

  test('is what it goes on costing, and not the goal’s chance', () => {
    expect(acceptMeans(seen, goal, { weeks: [1.1, 5.9] }, own)).toBe(
      'It stays so: what is meant for a cycle takes 1.1 to 5.9 weeks longer.',
    );
  });
});
