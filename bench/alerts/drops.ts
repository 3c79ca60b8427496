import { mean, min, range, sum } from 'd3-array';
import { lowCountAlarm } from '#statistics/control-chart.ts';
import { overdispersionOfSums } from '#statistics/level-change.ts';
import { seededRandom } from '#statistics/random.ts';
import { summarizeCounts } from '#statistics/rate.ts';
import { chartSignals } from '#statistics/run-rules.ts';
import type { Pattern } from './patterns.ts';

const [CHART, SPAN, LOOKED] = [26, 4, 8];

/** How often chance alone alarms, and how often a pace that has halved is found, each of so many teams. */
export interface Alarms {
  /** Stretches of 8 weeks of an unchanged team with an alarm of the count test. */
  readonly falseIn8: number;
  /** Half-years of an unchanged team with an alarm of it. */
  readonly falseIn26: number;
  /** Charts of half a year of an unchanged team with any signal of the two rules. */
  readonly chart: number;
  /** Halvings found within 8 weeks by the count test. */
  readonly halving: number;
  /** Both of the risk, which asks more. */
  readonly risk: number;
  readonly riskHalving: number;
  /** How many times the variance of weekly counts is their mean, on average. */
  readonly overdispersion: number;
  readonly teams: number;
}

/** Asked every week as the report would ask, over the last 26 weeks. */
export function alarmsOf(pattern: Pattern, perWeek: number, teams: number): Alarms {
  const random = seededRandom(`${pattern.name}|drops|${perWeek}`);
  const counts = { falseIn8: 0, falseIn26: 0, chart: 0, halving: 0, risk: 0, riskHalving: 0 };
  const spread: number[] = [];
  for (let team = 0; team < teams; team += 1) {
    const calm = pattern.weeks(2 * CHART, perWeek, random);
    spread.push(summarizeCounts(calm)?.overdispersion ?? 1);
    if (hasAlarm(calm, CHART, LOOKED)) counts.falseIn8 += 1;
    if (hasAlarm(calm, CHART, CHART)) counts.falseIn26 += 1;
    if (hasAlarm(calm, CHART, CHART, asRisk)) counts.risk += 1;
    if (chartSignals(calm.slice(0, CHART)).length > 0) counts.chart += 1;
    const halved = [...pattern.weeks(CHART, perWeek, random), ...pattern.weeks(LOOKED, perWeek / 2, random)];
    if (hasAlarm(halved, CHART, LOOKED)) counts.halving += 1;
    if (hasAlarm(halved, CHART, LOOKED, asRisk)) counts.riskHalving += 1;
  }
  return { ...counts, overdispersion: mean(spread) ?? 1, teams };
}

type Ask = (before: readonly number[], recent: number) => boolean;

/** Whether any of the evaluations at the ends of so many weeks alarms. */
function hasAlarm(weeks: readonly number[], from: number, evaluations: number, alarms: Ask = test): boolean {
  return range(from + 1, from + evaluations + 1).some((end) => {
    const seen = weeks.slice(end - CHART, end);
    return alarms(seen.slice(0, -SPAN), sum(seen.slice(-SPAN)));
  });
}

function test(before: readonly number[], recent: number, atLeast = 1): boolean {
  const overdispersion = Math.max(atLeast, summarizeCounts(before)?.overdispersion ?? 1);
  const baseline = { items: sum(before), weeks: before.length, overdispersion };
  return lowCountAlarm(baseline, recent, SPAN)?.alarm === true;
}

/** What the detector asks besides: it knows that good weeks follow good ones, and which four were the least. */
function asRisk(before: readonly number[], recent: number): boolean {
  const sums = range(before.length - SPAN + 1).map((at) => sum(before.slice(at, at + SPAN)));
  if (recent >= (min(sums) ?? 0)) return false;
  return test(before, recent) && test(before, recent, overdispersionOfSums(before, SPAN));
}
