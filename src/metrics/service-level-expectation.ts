import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import { type Insufficient, insufficient, type Measurement, type Value } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { earlierView, type TeamView } from '#domain/team-view.ts';
import { flowSample } from './flow-sample.ts';
import { observedPercentiles } from './percentiles.ts';

export interface ServiceLevelExpectation {
  readonly quarterBegan: CalendarDay;
  /** Days on the clock of the team's definition of cycle time. */
  readonly expectation: Value | Insufficient;
}

/**
 * The days within which an item is expected to finish: the 85 % cycle time, by the team's definition of it, as it was
 * known when the quarter of the view began, in the team's zone. Fixed for the quarter, or the target would follow what it is to judge.
 *
 * @example serviceLevelExpectation(view(team(), '2026-05-23', [issue('PAY-1', 'In Progress 8d → Done')])).quarterBegan
 *   // => '2026-04-01'
 */
export function serviceLevelExpectation(view: TeamView): ServiceLevelExpectation {
  return expectationOf(view);
}

// The view of the day before takes longest to make of all that a report needs, and two parts of it ask.
const expectationOf = oncePerView((view): ServiceLevelExpectation => {
  const quarterBegan = quarterOf(view.day);
  const before = earlierView(view, plusDays(quarterBegan, -1));
  return { quarterBegan, expectation: reachedOnly(observedPercentiles(flowSample(before)).p85) };
});

/** "More than a number of days" is no expectation that an item could be held to. */
function reachedOnly(p85: Measurement): Value | Insufficient {
  if (p85.kind === 'insufficient') {
    return insufficient(p85.have, p85.need, `${p85.what}, before the quarter began`);
  }
  if (p85.bound === undefined) return p85;
  return insufficient(0, 1, 'cycle times that 85 % of items stayed within, before the quarter began');
}

/** The first day of the quarter that a day lies in. */
export function quarterOf(day: CalendarDay): CalendarDay {
  const [year, month = '01'] = day.split('-');
  const first = 3 * Math.floor((Number(month) - 1) / 3) + 1;
  return `${year}-${String(first).padStart(2, '0')}-01` as CalendarDay;
}
