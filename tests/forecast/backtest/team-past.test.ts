import { range, sum } from 'd3-array';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarDay, parseDay, plusDays } from '#domain/calendar.ts';
import { earlierView, teamView } from '#domain/team-view.ts';
import { judge } from '#forecast/backtest/judge.ts';
import { teamPastForecasts } from '#forecast/backtest/team-past.ts';
import { completionsPerDay, firstActivityDay } from '#forecast/completions.ts';
import { outlook } from '#forecast/model.ts';
import { priorAt } from '#forecast/prior.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { ratesOf } from '#forecast/rates.ts';
import { history, team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const start = parseDay('2025-01-06') as CalendarDay;
/** One item every other day, each in progress for two days; every seventh is reopened after 40 days, for a week. */
const issues = range(200).map((i) =>
  issue(
    `PAY-${i}`,
    i % 7 === 0 ? 'In Progress 2d → Done 40d → In Progress 7d → Done' : 'In Progress 2d → Done',
    { from: plusDays(start, 2 * i) },
  ),
);
const whole = view(team(), '2026-02-15', issues);

test('a team’s past forecasts are those it would have got: nothing that came later shows', () => {
  const all = [...teamPastForecasts(whole, [28, 56], SHIPPED_PRIOR)];
  expect(all.length).toBeGreaterThan(10);
  const cut = plusDays(start, 181 + 28 * 3 + 28);
  const then = [...teamPastForecasts(earlierView(whole, cut), [28, 56], SHIPPED_PRIOR)];
  const known = all.filter(({ asOf, days }) => plusDays(asOf, days) <= cut);
  expect(known).toHaveLength(4 + 3);
  expect(then.flatMap(judge)).toEqual(known.flatMap(judge));
});

test('what came of one is counted as known on its last day', () => {
  const [first] = teamPastForecasts(whole, [28], SHIPPED_PRIOR);
  expect(first?.asOf).toBe(plusDays(start, 181));
  // Days 182 to 209: items i = 90 to 103 finish on day 2i + 2, that is 14; reopened ones whose second finish (day
  // 2i + 49) falls in are i = 70 (189), 77 (203): 2 more. None of the 14 is reopened before day 209.
  expect(first?.actual).toBe(16);
  expect(first?.project).toBe('payments');
});

test('each is what a view taken on its day would say, and its outcome what one on its last day counts: on any history', () => {
  const lifeOf = fc.record({
    from: fc.integer({ min: 0, max: 360 }),
    work: fc.integer({ min: 1, max: 30 }),
    reopened: fc.option(
      fc.record({ after: fc.integer({ min: 1, max: 90 }), again: fc.integer({ min: 1, max: 20 }) }),
    ),
    isTouched: fc.boolean(),
  });
  const unlearned = { ...SHIPPED_PRIOR, learning: { rate: 0, caution: 0 } };
  let compared = 0;
  fc.assert(
    fc.property(fc.array(lifeOf, { minLength: 40, maxLength: 120 }), (lives) => {
      const copies = lives.map(({ from, work, reopened, isTouched }, i) => {
        const path = `${isTouched ? 'In Progress' : 'To Do'} ${work}d → Done`;
        const rest = reopened === null ? '' : ` ${reopened.after}d → In Progress ${reopened.again}d → Done`;
        return issue(`PAY-${i}`, path + rest, { from: plusDays(start, from) });
      });
      const past = teamView(team(), plusDays(start, 420), [history(copies)]);
      for (const made of teamPastForecasts(past, [28, 70], unlearned)) {
        const then = earlierView(past, made.asOf);
        const first = firstActivityDay(then);
        if (first === undefined) throw new Error('a forecast without a past');
        expect(made.history).toEqual(completionsPerDay(then, first));
        const rates = ratesOf(made.history);
        const prior = priorAt(SHIPPED_PRIOR, made.days);
        if ('kind' in rates || prior === undefined) throw new Error('a forecast without a rate');
        expect(made.ours.centre).toBeCloseTo(outlook(rates.recent * made.days, rates, prior).centre, 9);
        const last = earlierView(past, plusDays(made.asOf, made.days));
        expect(made.actual).toBe(sum(completionsPerDay(last, plusDays(made.asOf, 1))));
        compared += 1;
      }
    }),
    { numRuns: 12, seed: 7 },
  );
  expect(compared).toBeGreaterThan(80);
});

test('a horizon that was not fitted is forecast as such, not as its neighbour', () => {
  const days = [...teamPastForecasts(whole, [35], SHIPPED_PRIOR)].map((past) => [past.days, past.ours.days]);
  expect(days.length).toBeGreaterThan(3);
  expect(new Set(days.flat())).toEqual(new Set([35]));
});
