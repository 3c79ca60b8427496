import { describe, expect, test } from 'vitest';
import type { Issue } from '#domain/issue.ts';
import { priorAt } from '#forecast/prior.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { watch } from '#risks/seen.ts';
import { unstableThroughput } from '#risks/unstable-throughput.ts';
import { probabilityFallen } from '#statistics/level-change.ts';
import { jeffreysRate } from '#statistics/rate.ts';
import { day } from '#tests/builders/day.ts';
import { goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';
import { seenBy } from './working-teams.ts';

/** So many items done in each week, one after the other on its work days; the last week ends on Sunday 28 June 2026. */
const weekly = (
  counts: readonly number[],
  of = {},
  more: readonly Issue[] = [],
  options: IssueOptions = {},
) =>
  view(team(of), '2026-06-28', [
    ...more,
    issue('PAY-1', 'To Do', { from: start(counts).toISOString() }),
    ...counts.flatMap((count, week) =>
      Array.from({ length: count }, (_, i) =>
        issue(`PAY-${100 * (week + 1) + i}`, 'In Progress 1h → Done', {
          from: new Date(start(counts).getTime() + (7 * week + (i % 5)) * 86_400_000).toISOString(),
          ...options,
        }),
      ),
    ),
  ]);
const start = (counts: readonly number[]) => new Date(Date.UTC(2026, 5, 29) - 7 * counts.length * 86_400_000);
const weeks = (count: number, each: number) => Array.from({ length: count }, () => each);

describe('a pace that has fallen', () => {
  const signal = seenBy(unstableThroughput, weekly([...weeks(22, 6), 2, 2, 2, 2]));

  test('is seen: 8 items in four weeks where 24 were to be expected', () => {
    expect(signal?.statement).toBe(
      '8 items were finished in the last 4 weeks, where the 22 weeks before let expect 24.',
    );
    expect(signal?.evidence.map(({ metric }) => metric)).toEqual([
      'stability.recent.finished',
      'stability.recent.expected',
      'stability.recent.probability',
      // Weeks below the lower limit of the chart.
      'stability.chart.lower',
    ]);
  });

  test('is as likely as the posterior says whose prior is how far real projects stray', () => {
    const spread = Math.sqrt(priorAt(SHIPPED_PRIOR, 28)?.drift ?? Number.NaN);
    expect(signal?.probabilityReal).toBe(
      probabilityFallen({ items: 132, weeks: 22, overdispersion: 1 }, 8, { span: 4, spread }),
    );
    expect(signal?.probabilityReal).toBeGreaterThan(0.99);
  });

  test('would be worth the earlier pace over the one that forecasts go by', () => {
    const ratio = signal?.relief?.kind === 'pace' ? signal.relief.ratio : [0, 0];
    // 132 items in 22 weeks are 5.2 to 6.9 a week; forecasts, which weigh the last weeks most, go by about 3.9.
    expect(ratio[0]).toBeGreaterThan(1.2);
    expect(ratio[0]).toBeLessThan(6 / 3.9);
    expect(ratio[1]).toBeGreaterThan(6 / 3.9);
  });

  test('costs, without a goal, the weeks of the earlier pace that are lost in the four', () => {
    const [before, now] = [jeffreysRate(132, 22, 1), jeffreysRate(8, 4, 1)];
    // 8 items are 1.3 weeks of 6: of four weeks 2.7 are lost, by the ends of both paces 1.3 to 3.4.
    expect(signal?.cost?.weeks).toEqual([
      4 * (1 - now.upper / before.lower),
      4 * (1 - now.lower / before.upper),
    ]);
    expect(signal?.cost?.weeks?.[0]).toBeCloseTo(1.3, 1);
    expect(signal?.cost?.weeks?.[1]).toBeCloseTo(3.4, 1);
    const seen = weekly([...weeks(22, 6), 2, 2, 2, 2]);
    const [one] = watch(seen, { detectors: [unstableThroughput], goalAhead: () => undefined }).seenOn(
      seen.day,
    );
    expect(one?.isRaised).toBe(true);
  });

  test('costs so little, where it may be a small fall, that nothing is raised without a goal', () => {
    const seen = weekly([...weeks(22, 6), 3, 3, 3, 3]);
    const [one] = watch(seen, { detectors: [unstableThroughput], goalAhead: () => undefined }).seenOn(
      seen.day,
    );
    expect(one?.impact.weeks?.[0]).toBeLessThan(1);
    expect(one?.isRaised).toBe(false);
  });

  test('costs a goal ahead what its chance says, and nothing beside it', () => {
    const goals = [goal('2026-09-30', {}, 'PAY-9')];
    const under = { parent: 'PAY-9' };
    const open = Array.from({ length: 30 }, (_, i) => issue(`PAY-${9000 + i}`, 'To Do', under));
    const epic = issue('PAY-9', 'To Do', { type: 'Epic' });
    const seen = weekly([...weeks(22, 6), 2, 2, 2, 2], { goals }, [epic, ...open], under);
    expect(seenBy(unstableThroughput, seen)).not.toHaveProperty('cost');
  });

  test('is told of one item in the singular, and takes none of the weeks of the fall for a holiday', () => {
    expect(seenBy(unstableThroughput, weekly([...weeks(22, 6), 0, 0, 1, 0]))?.statement).toBe(
      '1 item was finished in the last 4 weeks, where the 22 weeks before let expect 24.',
    );
  });

  test('shows the items of the four weeks, the latest first', () => {
    const items = signal?.evidence[0]?.items ?? [];
    expect(items).toHaveLength(8);
    expect(items[0]).toMatchObject({
      why: 'finished 2026-06-23',
      url: expect.stringContaining('/browse/PAY-'),
    });
  });
});

describe('it is not seen', () => {
  test.each([
    ['in a pace that only varies', [...weeks(22, 6), 4, 5, 3, 5]],
    ['in one that has risen', [...weeks(22, 6), 14, 15, 13, 15]],
    [
      'where four weeks as slow as these have been before',
      [...weeks(9, 7), 2, 2, 2, 2, ...weeks(9, 7), 2, 2, 2, 2],
    ],
    ['below 12 weeks', [6, 6, 6, 6, 6, 6, 6, 1, 1, 1, 1]],
    ['when two of the weeks were a holiday nobody entered', [...weeks(22, 6), 6, 0, 0, 5]],
    [
      'after a week into which years of closed work were imported',
      [...weeks(8, 6), 60, ...weeks(13, 6), 6, 5, 6, 6],
    ],
  ])('%s', (_, counts) => {
    expect(unstableThroughput(weekly(counts))).toEqual([]);
  });

  test('when the calendar says that two days of each week were no work days', () => {
    const holidays = ['01', '02', '08', '09', '15', '16', '22', '23'].map((date) => day(`2026-06-${date}`));
    const counts = [...weeks(22, 6), 3, 3, 3, 3];
    expect(unstableThroughput(weekly(counts))).toHaveLength(1);
    expect(unstableThroughput(weekly(counts, { calendar: { workdays: [1, 2, 3, 4, 5], holidays } }))).toEqual(
      [],
    );
  });

  test('by clearing out a backlog', () => {
    const tidied = Array.from({ length: 60 }, (_, i) =>
      issue(`PAY-${9000 + i}`, 'To Do 100d → Done', { from: '2026-01-05' }),
    );
    expect(
      unstableThroughput(
        view(team(), '2026-06-28', [
          ...tidied,
          ...weeks(26, 6).flatMap((count, week) =>
            Array.from({ length: count }, (_, i) =>
              issue(`PAY-${100 * (week + 1) + i}`, 'In Progress 1h → Done', {
                from: new Date(Date.UTC(2025, 11, 29) + (7 * week + (i % 5)) * 86_400_000).toISOString(),
              }),
            ),
          ),
        ]),
      ),
    ).toEqual([]);
  });
});

test('a team that stands still for three weeks of four has stopped, and is no holiday', () => {
  expect(seenBy(unstableThroughput, weekly([...weeks(22, 6), 3, 0, 0, 0]))?.statement).toMatch(/^3 items/);
});
