import { describe, expect, test } from 'vitest';
import { goalLastMile } from '#forecast/goal-last-mile.ts';
import { goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

// The end of Friday 30 January 2026.
const AS_OF = '2026-01-30';
const scope = { kind: 'label', name: 'go' } as const;
const due = (date: string) => team({ stages: { acme: { Review: 'late' } }, goals: [goal(date, { scope })] });

/** Twenty claims of the past that came true after 1, 2 … 20 days: a twentieth a day. */
const past = Array.from({ length: 20 }, (_, i) =>
  issue(`PAY-${i + 1}`, `In Progress 1d → Review ${i + 1}d → Done`, { from: '2025-12-01' }),
);
const inReview = (key: string, since: string) => issue(key, 'Review', { from: since, labels: ['go'] });
const told = (date: string, ...items: readonly ReturnType<typeof issue>[]) =>
  goalLastMile(view(due(date), AS_OF, [...past, ...items]));

describe('the chance that all of a goal’s basically-done items are Done by its date', () => {
  // They have waited for 5 and 10 days.
  const [young, old] = [inReview('PAY-31', '2026-01-26'), inReview('PAY-32', '2026-01-21')];

  test('is that of one item by how long it has waited', () => {
    // Four days ahead: of the 15 that lasted longer than 5 days, 4 took up to 9; of 10, 4 took 11 to 14.
    const [first, second] = [told('2026-02-03', young), told('2026-02-03', old)];
    expect(first).toMatchObject({ kind: 'value', unit: 'probability', confidence: 'medium', n: 21 });
    expect(first).toMatchObject({ value: expect.closeTo(4 / 15, 9) as number });
    expect(second).toMatchObject({ value: expect.closeTo(4 / 10, 9) as number });
  });

  test('is the product of those of several, each watched beside the others', () => {
    // The older one was at risk from day 6 to 9 as well: 4 of 16, times 4 of 10.
    expect(told('2026-02-03', young, old)).toMatchObject({ value: expect.closeTo(0.1, 9) as number });
  });

  test('is at least what is told where nothing was watched for as long', () => {
    // The curve ends with the last three, at day 18: of 10 that lasted longer than ten days, 8 took up to then.
    const far = told('2026-06-30', old);
    expect(far).toMatchObject({ value: expect.closeTo(0.8, 9) as number, bound: '>', confidence: 'low' });
  });

  test('is not known of what has waited for longer than anything else', () => {
    expect(told('2026-02-03', inReview('PAY-33', '2025-12-20'))).toMatchObject({
      kind: 'insufficient',
      have: 0,
      need: 1,
    });
  });

  test('is not told without such items, claims, a goal, or a date ahead', () => {
    const active = issue('PAY-34', 'In Progress', { labels: ['go'] });
    expect(told('2026-02-03', active)).toMatchObject({ what: 'items of the goal that are basically done' });
    for (const over of ['2026-01-20', AS_OF]) {
      expect(told(over, young)).toMatchObject({ what: 'days until the goal is due' });
    }
    expect(goalLastMile(view(due('2026-02-03'), AS_OF, [young]))).toMatchObject({
      what: 'claims that work is nearly done',
    });
    expect(goalLastMile(view(team(), AS_OF, [...past, young]))).toMatchObject({ kind: 'insufficient' });
  });
});
