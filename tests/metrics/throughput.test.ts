import { describe, expect, test } from 'vitest';
import { throughput } from '#metrics/throughput.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const doneAt = (key: string, at: string) =>
  issue(key, 'In Progress 1h → Done', { from: new Date(Date.parse(at) - 3_600_000).toISOString() });
const counts = (series: ReturnType<typeof throughput>) =>
  series.weeks.map(({ week, count }) => [week, count]);
/** So many items done on the Wednesday of each week from 2026-W02 on. */
const weekly = (perWeek: readonly number[]) =>
  perWeek.flatMap((count, week) =>
    Array.from({ length: count }, (_, i) => {
      const day = new Date(Date.UTC(2026, 0, 7 + 7 * week, 10)).toISOString();
      return doneAt(`PAY-${100 * (week + 1) + i}`, day);
    }),
  );

describe('weeks', () => {
  test('are those of the team: Sunday evening in New York belongs to the week that ends (WX-C2a)', () => {
    const issues = [doneAt('PAY-1', '2026-03-02T14:00Z'), doneAt('PAY-2', '2026-03-09T03:30Z')];
    const newYork = throughput(view(team({ timezone: 'America/New_York' }), '2026-03-22', issues));
    expect(counts(newYork)).toEqual([
      ['2026-W10', 2],
      ['2026-W11', 0],
      ['2026-W12', 0],
    ]);
    expect(counts(throughput(view(team(), '2026-03-22', issues)))).toEqual([
      ['2026-W10', 1],
      ['2026-W11', 1],
      ['2026-W12', 0],
    ]);
  });

  test('without a finish count as zero, and the one not over yet does not count (WX-C2b)', () => {
    // 2 in W10, 1 in W12, one on the Tuesday of W13; asked on the Wednesday of W13.
    const issues = ['2026-03-03T12:00Z', '2026-03-04T12:00Z', '2026-03-18T12:00Z', '2026-03-24T12:00Z'].map(
      (at, i) => doneAt(`PAY-${i + 1}`, at),
    );
    expect(counts(throughput(view(team(), '2026-03-25', issues)))).toEqual([
      ['2026-W10', 2],
      ['2026-W11', 0],
      ['2026-W12', 1],
    ]);
    expect(counts(throughput(view(team(), '2026-03-29', issues))).at(-1)).toEqual(['2026-W13', 1]);
  });

  test('reach back 26, or to the first activity', () => {
    const old = issue('PAY-1', 'To Do', { from: '2025-01-01' });
    const { weeks } = throughput(view(team(), '2026-06-28', [old]));
    expect(weeks).toHaveLength(26);
    // 26 weeks before Monday 29 June 2026 is Monday 29 December 2025.
    expect(weeks[0]).toEqual({ week: '2026-W01', from: '2025-12-29', count: 0 });
    expect(throughput(view(team(), '2026-06-28', [])).weeks).toEqual([]);
  });
});

describe('the mean', () => {
  test('has an interval that allows for uneven weeks (WX-R-1)', () => {
    // 2, 4, 3, 3, 0, 6: mean 3, variance 4, overdispersion 4/3; 90 % of Gamma(18.5 / phi, 6 / phi).
    const measured = throughput(view(team(), '2026-02-15', weekly([2, 4, 3, 3, 0, 6])));
    expect(measured.perWeek).toMatchObject({
      value: 3,
      unit: 'items_per_week',
      interval90: [expect.closeTo(1.859, 3), expect.closeTo(4.559, 3)],
      n: 6,
      window: { from: '2026-01-05', to: '2026-02-15' },
    });
    expect(measured.overdispersion).toMatchObject({ value: expect.closeTo(4 / 3, 9) });
    expect(measured.total).toMatchObject({ value: 18 });
  });

  test('needs six complete weeks', () => {
    expect(throughput(view(team(), '2026-02-14', weekly([2, 4, 3, 3, 0, 6]))).perWeek).toEqual({
      kind: 'insufficient',
      have: 5,
      need: 6,
      what: 'complete weeks',
    });
  });

  test('of a team that finished nothing is 0, and its interval says how little that proves', () => {
    const { perWeek } = throughput(view(team(), '2026-02-15', [issue('PAY-1', 'To Do')]));
    expect(perWeek).toMatchObject({ value: 0, interval90: [0, expect.closeTo(0.32, 2)] });
  });
});

describe('an item', () => {
  const at = (path: string, options = {}) =>
    counts(throughput(view(team(), '2026-02-15', [issue('PAY-1', path, options)]))).filter(
      ([, count]) => count !== 0,
    );

  test('counts once, in the week it was last done', () => {
    expect(at('In Progress 8d → Done 3d → In Progress 3d → Done')).toEqual([['2026-W04', 1]]);
    expect(at('In Progress 8d → Done 3d → In Progress')).toEqual([]);
  });

  test('counts on its ninth day until it is reopened on the twelfth, and then on its fifteenth only (WX-CT-2)', () => {
    // Begun on Thursday 1 January; weeks are told once they have ended, on Sundays the 11th and the 18th.
    const path = 'In Progress 8d → Done 3d → In Progress 3d → Done';
    const seen = (day: string) =>
      counts(throughput(view(team(), day, [issue('PAY-1', path, { from: '2026-01-01' })]))).slice(1);
    expect(seen('2026-01-11')).toEqual([['2026-W02', 1]]);
    expect(seen('2026-01-12')).toEqual([['2026-W02', 0]]);
    expect(seen('2026-01-18')).toEqual([
      ['2026-W02', 0],
      ['2026-W03', 1],
    ]);
  });

  test('counts when it was done without a start (WX-CT-3), and not when it was dropped', () => {
    expect(at('To Do 2d → Done')).toEqual([['2026-W02', 1]]);
    expect(at('In Progress 2d → Cancelled')).toEqual([]);
    expect(at('In Progress 2d → Closed', { resolution: 'Duplicate' })).toEqual([]);
  });
});

test('closures by tidying up are left out, and counted as such', () => {
  const tidied = Array.from({ length: 14 }, (_, i) => issue(`PAY-${900 + i}`, 'To Do 33d → Done'));
  const dropped = issue('PAY-950', 'In Progress 3d → Cancelled');
  const { total, perWeek } = throughput(
    view(team(), '2026-02-15', [...weekly([1, 1, 1, 1, 1, 1]), ...tidied, dropped]),
  );
  expect(total).toMatchObject({ value: 6 });
  expect(perWeek).toMatchObject({
    value: 1,
    excluded: [
      { reason: 'administrative_closure', count: 14 },
      { reason: 'cancelled', count: 1 },
    ],
  });
});
