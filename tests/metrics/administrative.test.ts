import { describe, expect, test } from 'vitest';
import { administrativeClosures } from '#metrics/administrative.ts';
import { throughput } from '#metrics/throughput.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const many = (count: number, first: number, path: string, options = {}) =>
  Array.from({ length: count }, (_, i) => issue(`PAY-${first + i}`, path, options));
const reasons = (issues: ReturnType<typeof many>, day = '2026-06-30') => {
  const found = [...administrativeClosures(view(team(), day, issues)).values()];
  return Object.fromEntries(
    [...Map.groupBy(found, (reason) => reason)].map(([reason, all]) => [reason, all.length]),
  );
};

describe('a day with far more closures than usual', () => {
  // On 30 days three items are done each; the P95 of positive days is 3, so the cap is max(12, 9) = 12.
  const usual = Array.from({ length: 30 }, (_, day) =>
    many(3, 1000 + 3 * day, `To Do ${day + 1}d → In Progress 1d → Done`, { from: '2026-01-01' }),
  ).flat();

  test('takes the 38 items nobody touched for a month out of 40, and leaves the 2 that were worked on (WX-BULK-1)', () => {
    // Work on the 38 ended 31 days before, on the two 28.
    const untouched = many(38, 1, 'In Progress 69d → To Do 31d → Done', { from: '2026-01-01' });
    const worked = many(2, 101, 'To Do 70d → In Progress 2d → To Do 28d → Done', { from: '2026-01-01' });
    expect(reasons([...usual, ...untouched, ...worked])).toEqual({ bulk_day: 38 });
    // Nothing else was done in the week of Saturday 11 April.
    const { weeks, total } = throughput(view(team(), '2026-06-30', [...usual, ...untouched, ...worked]));
    expect(weeks.find(({ week }) => week === '2026-W15')).toMatchObject({ count: 2 });
    expect(total).toMatchObject({ excluded: [{ reason: 'administrative_closure', count: 38 }] });
  });

  test('counts at most 12 as usual for any team', () => {
    expect(reasons([...usual, ...many(12, 1, 'To Do 100d → Done', { from: '2026-01-01' })])).toEqual({});
    expect(reasons([...usual, ...many(13, 1, 'To Do 100d → Done', { from: '2026-01-01' })])).toEqual({
      bulk_day: 13,
    });
  });

  test('is a real batch when less than half of it was untouched', () => {
    const untouched = many(9, 1, 'To Do 100d → Done', { from: '2026-01-01' });
    const worked = many(10, 101, 'To Do 98d → In Progress 2d → Done', { from: '2026-01-01' });
    expect(reasons([...usual, ...untouched, ...worked])).toEqual({});
  });

  test('is not more than usual for a team that often closes many', () => {
    // Five items on each of 30 days: the cap is 15.
    const busy = Array.from({ length: 30 }, (_, day) =>
      many(5, 1000 + 5 * day, `To Do ${day + 1}d → In Progress 1d → Done`, { from: '2026-01-01' }),
    ).flat();
    expect(reasons([...busy, ...many(15, 1, 'To Do 100d → Done', { from: '2026-01-01' })])).toEqual({});
    expect(reasons([...busy, ...many(16, 1, 'To Do 100d → Done', { from: '2026-01-01' })])).toEqual({
      bulk_day: 16,
    });
  });

  test('is a day of the team: a batch over midnight UTC is one in New York', () => {
    const late = many(7, 1, 'To Do 100d → Done', { from: '2026-01-01T23:30Z' });
    const early = many(7, 101, 'To Do 100d → Done', { from: '2026-01-02T00:30Z' });
    expect(reasons([...late, ...early])).toEqual({});
    const newYork = administrativeClosures(
      view(team({ timezone: 'America/New_York' }), '2026-06-30', [...late, ...early]),
    );
    expect(newYork.size).toBe(14);
  });
});

describe('ten closures by one actor within ten minutes', () => {
  const spread = (count: number, actor: (i: number) => string, minutes: number) =>
    Array.from({ length: count }, (_, i) =>
      issue(`PAY-${i + 1}`, `To Do ${60 * 24 * 40 + i * minutes}m → Done`, { actor: actor(i) }),
    );

  test('are tidying up when nobody had worked on them', () => {
    expect(reasons(spread(10, () => 'p1', 1))).toEqual({ bulk_by_one_actor: 10 });
  });

  test('do not take along an item that was in progress in the month before', () => {
    const worked = issue('PAY-50', 'To Do 39d → In Progress 1d → Done', { actor: 'p1' });
    expect(reasons([...spread(10, () => 'p1', 1), worked])).toEqual({ bulk_by_one_actor: 10 });
  });

  test('take along what an import moved through all stages at once: nobody works for less than five minutes', () => {
    const passing = (minutes: number) =>
      Array.from({ length: 10 }, (_, i) =>
        issue(`PAY-${i + 1}`, `In Progress ${minutes}m → Done`, { actor: 'p1', from: '2026-01-12T09:00Z' }),
      );
    expect(reasons(passing(1))).toEqual({ bulk_by_one_actor: 10 });
    expect(reasons(passing(5))).toEqual({});
  });

  test('count work that ended 31 days before as none', () => {
    const paused = (days: number) =>
      issue('PAY-50', `In Progress 9d → To Do ${days}d → Done`, { actor: 'p1', from: '2026-01-01' });
    const rest = Array.from(
      { length: 9 },
      (_, i) => (days: number) =>
        issue(`PAY-${i + 1}`, `To Do ${9 + days}d → Done`, { actor: 'p1', from: '2026-01-01' }),
    );
    expect(reasons([paused(31), ...rest.map((make) => make(31))])).toEqual({ bulk_by_one_actor: 10 });
    expect(reasons([paused(29), ...rest.map((make) => make(29))])).toEqual({ bulk_by_one_actor: 9 });
  });

  test('are not, when they are nine, by two actors, or over a longer time', () => {
    expect(reasons(spread(9, () => 'p1', 1))).toEqual({});
    expect(reasons(spread(10, (i) => `p${i % 2}`, 1))).toEqual({});
    expect(reasons(spread(10, () => 'p1', 2))).toEqual({});
  });
});

describe('a dropped item', () => {
  test('is no delivery, whether its status or its resolution says so', () => {
    expect(reasons([issue('PAY-1', 'In Progress 2d → Cancelled')])).toEqual({ cancelled: 1 });
    expect(reasons([issue('PAY-1', 'In Progress 2d → Closed', { resolution: "Won't Do" })])).toEqual({
      cancelled: 1,
    });
    expect(reasons([issue('PAY-1', 'In Progress 2d → Closed', { resolution: 'Fixed' })])).toEqual({});
  });

  test('counts again when it is taken up again', () => {
    expect(reasons([issue('PAY-1', 'In Progress 2d → Cancelled 3d → In Progress 1d → Done')])).toEqual({});
  });
});
