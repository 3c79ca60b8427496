import { describe, expect, test } from 'vitest';
import { cycleTime } from '#metrics/cycle-time.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const DAY = '2026-06-30';
const finished = (days: readonly number[], options = {}, first = 1) =>
  days.map((length, i) =>
    issue(`PAY-${first + i}`, `In Progress ${length}d → Done`, { from: '2026-05-01', ...options }),
  );
const openFor = (days: readonly number[], first: number) =>
  // Begun so many days before the end of the view, which is 2026-07-01T00:00Z.
  days.map((age, i) =>
    issue(`PAY-${first + i}`, 'In Progress', {
      from: new Date(Date.UTC(2026, 6, 1) - age * 86_400_000).toISOString(),
    }),
  );
const measure = (issues: ReturnType<typeof finished>, of = team()) => cycleTime(view(of, DAY, issues));
const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('percentiles', () => {
  test('of finished work alone are the nearest ranks', () => {
    // 1 to 20 days: rank 10 of 20 is day 10, rank 17 is day 17.
    const { p50, p85, completedOnly } = measure(finished(oneTo(20)));
    expect([p50, p85]).toMatchObject([{ value: 10 }, { value: 17 }]);
    // Ranks 14 and 20 bound the P85 of 20.
    expect(completedOnly.p85).toMatchObject({
      value: 17,
      interval90: [14, 20],
      n: 20,
      method: 'completed_in_window',
    });
  });

  test('are told from 5, 19 and 59 finished items on', () => {
    const kinds = (n: number) => {
      const { p50, p85, p95 } = measure(finished(oneTo(n)));
      return [p50, p85, p95].map(({ kind }) => kind);
    };
    expect(kinds(4)).toEqual(['insufficient', 'insufficient', 'insufficient']);
    expect(kinds(5)).toEqual(['value', 'insufficient', 'insufficient']);
    expect(kinds(18)).toEqual(['value', 'insufficient', 'insufficient']);
    expect(kinds(19)).toEqual(['value', 'value', 'insufficient']);
    expect(kinds(58)).toEqual(['value', 'value', 'insufficient']);
    expect(kinds(59)).toEqual(['value', 'value', 'value']);
    expect(measure(finished(oneTo(7))).p85).toEqual({
      kind: 'insufficient',
      have: 7,
      need: 19,
      what: 'finished items with a recorded start',
    });
  });

  test('count open items as having lasted until now', () => {
    // 2, 3, 3+, 4, 5, 8+, 9: S(2) = 6/7, S(3) = 5/7, S(4) = 5/7 * 3/4 = .54, S(5) = .54 * 2/3 = .36.
    const { p50, completedOnly, open } = measure([...finished([2, 3, 4, 5, 9]), ...openFor([3, 8], 50)]);
    expect(p50).toMatchObject({ value: 5, n: 5, method: 'kaplan_meier_delayed_entry' });
    expect(completedOnly.p50).toMatchObject({ value: 4 });
    expect(open).toMatchObject({ value: 2 });
  });

  test('that open work keeps out of reach are "more than", with an open end', () => {
    // 6 finished and 30 older than any of them: most have not ended by the last age observed.
    const { p50 } = measure([
      ...finished([2, 3, 4, 5, 6, 7]),
      ...openFor(
        Array.from({ length: 30 }, () => 40),
        50,
      ),
    ]);
    expect(p50).toMatchObject({ kind: 'value', bound: '>', value: 40, interval90: [null, null] });
  });

  test('measure from the first start over a reopening to the last finish', () => {
    const [item] = measure([issue('PAY-1', 'In Progress 8d → Done 3d → In Progress 3d → Done')]).items;
    expect(item).toMatchObject({ key: 'PAY-1', startedOn: '2026-01-05', finishedOn: '2026-01-19', days: 14 });
  });
});

describe('the window of 180 days', () => {
  test('lets an item begun before it enter late, instead of counting the days nobody looked', () => {
    // Finished 10 days before the window: gone. Finished in it after 200 days: counted at 200 days.
    const before = issue('PAY-90', 'In Progress 10d → Done', { from: '2025-12-01' });
    const across = issue('PAY-91', 'In Progress 200d → Done', { from: '2025-12-01' });
    const { items, p50 } = measure([...finished([1, 2, 3, 4, 5]), before, across]);
    expect(items.map(({ key }) => key)).toEqual(['PAY-91', 'PAY-5', 'PAY-4', 'PAY-3', 'PAY-2', 'PAY-1']);
    expect(p50).toMatchObject({ n: 6, window: { from: '2026-01-02', to: '2026-06-30' }, value: 3 });
  });
});

describe('what is left out', () => {
  test('is told with its count', () => {
    const tidied = Array.from({ length: 10 }, (_, i) =>
      issue(`PAY-${70 + i}`, 'To Do 40d → Done', { actor: 'p1', from: '2026-05-01' }),
    );
    const skipped = issue('PAY-90', 'To Do 4d → Done', { from: '2026-05-01' });
    expect(measure([...finished(oneTo(12)), ...tidied, skipped]).p50).toMatchObject({
      n: 12,
      confidence: 'high',
      excluded: [
        { reason: 'administrative_closure', count: 10 },
        { reason: 'no_recorded_start', count: 1 },
      ],
    });
  });

  test('makes confidence low when more than a fifth of the finished has no recorded start', () => {
    const skipped = (n: number) =>
      finished(oneTo(n)).map((_, i) => issue(`PAY-${200 + i}`, 'To Do 3d → Done', { from: '2026-05-01' }));
    expect(measure([...finished(oneTo(12)), ...skipped(3)]).p50).toMatchObject({ confidence: 'high' });
    expect(measure([...finished(oneTo(12)), ...skipped(4)]).p50).toMatchObject({ confidence: 'low' });
  });

  test('is said when a team never records a start', () => {
    const skipped = oneTo(30).map((i) => issue(`PAY-${i}`, `To Do ${i}d → Done`, { from: '2026-05-01' }));
    expect(measure(skipped).p50).toEqual({
      kind: 'insufficient',
      have: 0,
      need: 5,
      what: 'finished items with a recorded start (30 of 30 were done without one: starts are not tracked)',
    });
  });
});

describe('dropped items', () => {
  const dropped = (count: number) =>
    oneTo(count).map((i) => issue(`PAY-${300 + i}`, 'In Progress 6d → Cancelled', { from: '2026-05-01' }));

  test('up to 5 % of the endings count as no longer observed', () => {
    const { p50, cancelledShare } = measure([...finished(oneTo(19)), ...dropped(1)]);
    expect(p50).toMatchObject({ method: 'kaplan_meier_delayed_entry', n: 19 });
    // 1 of 20; Jeffreys 90 % from Beta(1.5, 19.5).
    expect(cancelledShare).toMatchObject({ value: 0.05, n: 20 });
  });

  test('above 5 % compete: a share that is never delivered is not reached', () => {
    const { p50, p85 } = measure([...finished(oneTo(20)), ...dropped(5)]);
    // 20 of 25 finish, so 50 % do (the 13th of 25) and 85 % never will.
    expect(p50).toMatchObject({ method: 'aalen_johansen_delayed_entry', value: 13 });
    expect(p85).toMatchObject({ bound: '>' });
  });
});

describe('the gap to what most tools count', () => {
  test('is explained when it is more than 15 %', () => {
    const { gap } = measure([
      ...finished(oneTo(19)),
      ...openFor(
        Array.from({ length: 12 }, () => 50),
        100,
      ),
    ]);
    expect(gap).toMatch(
      /^Of the items finished in the window 85 % took at most 17\.0 days; .* the slow ones are not finished yet\.$/,
    );
  });

  test('is silent when there is none', () => {
    expect(measure(finished(oneTo(20)))).not.toHaveProperty('gap');
  });
});

describe('families of types', () => {
  test('are told apart when there are several with enough finished items', () => {
    const { byTypeFamily } = measure([
      ...finished([5, 5, 5, 5, 5]),
      ...finished([1, 1, 1, 1, 1], { type: 'Bug' }, 20),
      ...finished([9], { type: 'Sub-task' }, 40),
    ]);
    expect(
      byTypeFamily.map(({ family, types, p50 }) => [family, types, p50.kind === 'value' && p50.value]),
    ).toEqual([
      ['bug', ['Bug'], 1],
      ['feature', ['Story'], 5],
    ]);
  });

  test('hold every type that stands for the same kind of work, so that few of each are enough together', () => {
    const { byTypeFamily } = measure([
      ...finished([5, 5, 5]),
      ...finished([7, 7], { type: 'New Feature' }, 10),
      ...finished([1, 1, 1], { type: 'Bug' }, 20),
      ...finished([2, 2], { type: 'Incident' }, 30),
    ]);
    expect(byTypeFamily).toMatchObject([
      { family: 'bug', types: ['Bug', 'Incident'], p50: { value: 1 } },
      { family: 'feature', types: ['New Feature', 'Story'], p50: { value: 5 } },
    ]);
  });

  test('are not told when there is only one', () => {
    expect(measure(finished([1, 2, 3, 4, 5])).byTypeFamily).toEqual([]);
    const alike = [...finished([5, 5, 5, 5, 5]), ...finished([1, 1, 1, 1, 1], { type: 'New Feature' }, 20)];
    expect(measure(alike).byTypeFamily).toEqual([]);
  });
});

test("another team's work changes nothing", () => {
  const mine = finished(oneTo(20));
  expect(measure([...mine, issue('OPS-1', 'In Progress 90d → Done')])).toEqual(measure(mine));
});
