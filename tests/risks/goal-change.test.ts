import { range, sum } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { Issue } from '#domain/issue.ts';
import { earlierView, type TeamView } from '#domain/team-view.ts';
import { goalBases, goalChance } from '#forecast/goal-forecast.ts';
import { goalChanges } from '#risks/goal-change.ts';
import { day, epicWith, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const [THEN, NOW] = [day('2025-11-23'), day('2025-11-30')];
const epic = epicWith('PAY-1', { open: 20 });

/** Seven items that somebody wrote down under the epic in the last week, and one that was dropped. */
const added = range(7).map((i) => issue(`PAY-${800 + i}`, 'To Do', { parent: 'PAY-1', from: '2025-11-25' }));
const dropped = epic.map((one) =>
  one.id === 'pay1500'
    ? issue('PAY-1500', 'To Do 178d → Cancelled', { parent: 'PAY-1', from: '2025-06-02T09:00Z' })
    : one,
);

function changeOf(issues: readonly Issue[], goals = [goal('2026-02-08')], of = {}) {
  const now: TeamView = view(team({ goals, ...of }), NOW, issues);
  return { now, before: earlierView(now, THEN), changes: goalChanges(earlierView(now, THEN), now) };
}

describe('what became of a goal in a week', () => {
  test('names the items that came in, were finished and were dropped', () => {
    const { changes } = changeOf([...dropped, ...added]);
    const [one, ...more] = changes;
    expect(more).toEqual([]);
    expect(one?.id).toBe('checkout');
    expect(one?.scope.added.map(({ key }) => key)).toEqual(added.map((_, i) => `PAY-${800 + i}`));
    expect(one?.scope.removed.map(({ key }) => key)).toEqual(['PAY-1500']);
    // Two a week are finished.
    expect(one?.scope.finished).toHaveLength(2);
    expect(one?.scope.added[0]).toEqual({
      key: 'PAY-800',
      title: 'Title of PAY-800',
      url: 'https://acme.example/browse/PAY-800',
    });
  });

  test('leads from the chance of then to the chance of now, scope being what costs most', () => {
    const { now, before, changes } = changeOf([...epic, ...added]);
    const chanceOn = (on: TeamView) => {
      const { primary } = goalBases(on);
      return primary === undefined ? undefined : goalChance(primary);
    };
    const { from, to, parts, withinPace } = changes[0]?.chance ?? {
      from: 0,
      to: 0,
      parts: [],
      withinPace: [],
    };
    expect(from).toBeCloseTo(chanceOn(before) ?? Number.NaN, 12);
    expect(to).toBeCloseTo(chanceOn(now) ?? Number.NaN, 12);
    expect(sum(parts, ({ dP }) => dP)).toBeCloseTo(to - from, 12);
    const scope = parts.find(({ cause }) => cause === 'scope');
    expect(scope?.by).toBe(7);
    expect(scope?.dP).toBeLessThan(-0.05);
    expect(Math.min(...parts.map(({ dP }) => dP))).toBe(scope?.dP);
    expect(withinPace).toEqual(['support', 'incident']);
  });

  /** Four people; so many are on support, and one more of them since three weeks. */
  const supportedBy = (count: number) =>
    range(4).flatMap((who) =>
      range(26).map((week) =>
        issue(`PAY-${3000 + 100 * who + week}`, `To Do ${7 * week}d → In Progress 6.5d → Done`, {
          from: '2025-06-02T09:00Z',
          assignee: `p${who}`,
          ...(who < count || (who === count && week > 22) ? { labels: ['support'] } : { parent: 'PAY-1' }),
        }),
      ),
    );

  test('takes support apart from the pace where it is known on both days', () => {
    const { changes } = changeOf([...epic, ...supportedBy(2)], [goal('2025-12-31')]);
    const { parts = [], withinPace } = changes[0]?.chance ?? {};
    const support = parts.find(({ cause }) => cause === 'support');
    // One more of its 20 work days a week: 5 of 20.
    expect(support?.by).toBeCloseTo(0.25, 1);
    expect(support?.dP).toBeLessThan(0);
    expect(withinPace).toEqual(['incident']);
  });

  test('leaves support in the pace where it is one person’s time', () => {
    const { changes } = changeOf([...epic, ...supportedBy(0)], [goal('2025-12-31')]);
    const { parts = [], withinPace } = changes[0]?.chance ?? {};
    expect(parts.map(({ cause }) => cause)).not.toContain('support');
    expect(withinPace).toEqual(['support', 'incident']);
  });

  test('tells no chance where the date has passed, another goal is the primary one, or the goal is new', () => {
    expect(changeOf(epic, [goal('2025-11-27')]).changes[0]).not.toHaveProperty('chance');
    const both = [goal('2025-11-27'), goal('2026-02-08', { id: 'refunds' }, 'PAY-2')];
    const { changes } = changeOf([...epic, ...epicWith('PAY-2', { open: 5 })], both);
    expect(changes.map(({ id, chance }) => [id, chance])).toEqual([
      ['checkout', undefined],
      ['refunds', undefined],
    ]);
    expect(changeOf(epic, [goal('2026-02-08', { from: day('2025-11-25') })]).changes).toEqual([]);
  });
});
