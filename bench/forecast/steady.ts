import { range } from 'd3-array';
import type { CalendarDay } from '#domain/calendar.ts';
import { type Judged, judged } from '#forecast/backtest/judge.ts';
import { pastForecasts } from '#forecast/backtest/past-forecast.ts';
import { cumulative } from '#forecast/model.ts';
import type { Prior } from '#forecast/prior.ts';
import { seededRandom, uniform } from '#statistics/random.ts';

/** A team whose pace never changes: chance alone moves its weeks. */
interface SteadyTeam {
  readonly weekly: number;
  /** 1: items are finished one by one. 2: in pairs, which makes the variance of a week twice its mean. */
  readonly overdispersion: 1 | 2;
}

/** What a prior says for teams that keep their pace, judged by what they do: two years of each of so many. */
export function judgedSteady(team: SteadyTeam, days: number, prior: Prior, teams: number): readonly Judged[] {
  return range(teams).flatMap((number) => {
    const project = `${team.weekly} a week, overdispersion ${team.overdispersion}, team ${number}`;
    return pastForecasts({ project, from: START, daily: steadyDaily(project, team) }, days, prior).flatMap(
      (past) => judged(past, 'ours', (items) => cumulative(past.ours, items)),
    );
  });
}

/** Work days alike, nothing at weekends. */
function steadyDaily(seed: string, { weekly, overdispersion }: SteadyTeam): readonly number[] {
  const random = seededRandom(seed);
  const perDay = weekly / 5 / overdispersion;
  return range(7 * WEEKS).map((day) => (day % 7 < 5 ? overdispersion * poisson() : 0));

  /** How many events of a Poisson process fall into one unit of time. */
  function poisson(): number {
    let events = -1;
    for (let time = 0; time < 1; time -= Math.log(1 - uniform(random)) / perDay) events += 1;
    return events;
  }
}

const WEEKS = 104;
const START = '2024-01-01' as CalendarDay;
