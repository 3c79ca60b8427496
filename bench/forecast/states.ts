import { plusDays } from '#domain/calendar.ts';
import type { Judged } from '#forecast/backtest/judge.ts';
import type { Case } from './cases.ts';

/** States of the work in which a forecast may fail although it is right on average. */
const STATES: Readonly<Record<string, (made: Case) => boolean>> = {
  'slowing down (trend below -0.4)': ({ rates }) => rates.trend < -0.4,
  steady: ({ rates }) => Math.abs(rates.trend) <= 0.4,
  'speeding up (trend above 0.4)': ({ rates }) => rates.trend > 0.4,
  'below 1 item a week': ({ rates }) => rates.perDay182 * 7 < 1,
  'bursts (overdispersion above 8)': ({ rates }) => rates.overdispersion > 8,
  'first year': ({ asOf }) => asOf < 364,
  'last third of its life': ({ asOf, series }) => asOf > (2 / 3) * series.daily.length,
};

/** The forecasts that were made in each state. */
export function byState(
  judged: readonly Judged[],
  cases: readonly Case[],
): readonly (readonly [state: string, judged: readonly Judged[]])[] {
  const made = new Map(
    cases.map((one) => [`${one.series.project} ${plusDays(one.series.from, one.asOf - 1)}`, one]),
  );
  return Object.entries(STATES).map(([state, holds]) => [
    state,
    judged.filter(({ project, asOf }) => {
      const one = made.get(`${project} ${asOf}`);
      return one !== undefined && holds(one);
    }),
  ]);
}
