import { range, sum } from 'd3-array';
import { type CalendarDay, plusWeeks, startOf, startOfWeek } from '#domain/calendar.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { type MarkedWeek, shortfallInterval, shortfallOfMarked } from '#statistics/matched-weeks.ts';
import { seededRandom } from '#statistics/random.ts';
import { administrativeClosures } from './administrative.ts';
import type { IsGoalItem } from './goal-items.ts';
import type { Measured } from './measured.ts';
import { workKindsOf } from './work-kinds.ts';

/** What was finished in each complete week, and whether the line stood in it. */
export function stoppedWeeks(
  view: TeamView,
  since: CalendarDay,
  stopDays: ReadonlySet<CalendarDay>,
  isGoal: IsGoalItem | undefined,
): readonly MarkedWeek[] {
  const { timezone } = view.team;
  const kindsOf = workKindsOf(view);
  const administrative = administrativeClosures(view);
  const ends = startOfWeek(view.asOf, timezone);
  const begins = range(52, 0, -1)
    .map((ago) => plusWeeks(ends, -ago, timezone))
    .filter((from) => from >= startOf(since, timezone));
  const weekOf = (at: number) => startOfWeek(at, timezone);
  const finished = Map.groupBy(
    view.items.filter(
      (item) =>
        item.finishedAt !== undefined &&
        !administrative.has(issueRef(item.issue.source, item.issue.id)) &&
        (isGoal === undefined ? !kindsOf(item).includes('incident') : isGoal(item)),
    ),
    ({ finishedAt = 0 }) => weekOf(finishedAt),
  );
  const stopped = new Set([...stopDays].map((day) => weekOf(startOf(day, timezone))));
  return begins.map((from) => ({ count: finished.get(from)?.length ?? 0, isMarked: stopped.has(from) }));
}

/** What an incident that stops the line costs in finished work. */
export interface StopCost {
  /** How many fewer items are finished in a week with an incident than in the weeks around it. */
  readonly shortfall: Measurement;
  /** How many times as much would be finished without that. */
  readonly paceWithout: Measurement;
}

export function stopCost(weeks: readonly MarkedWeek[], measured: Measured, seed: string): StopCost {
  const marked = weeks.filter(({ isMarked: is }) => is).length;
  const fewest = Math.min(marked, weeks.length - marked);
  const value = shortfallOfMarked(weeks);
  const interval = shortfallInterval(seededRandom(seed), weeks, DRAWS);
  const total = sum(weeks, ({ count }) => count);
  if (fewest < MIN_WEEKS || value === undefined || interval === undefined || total === 0) {
    const few = insufficient(fewest, MIN_WEEKS, 'weeks with an incident and as many without');
    return { shortfall: few, paceWithout: few };
  }
  const pace = (lost: number) => (total + Math.max(0, lost) * marked) / total;
  return {
    shortfall: measured({ value, interval }, 'items_per_week', 'weeks_around_less_weeks_with_an_incident'),
    paceWithout: measured(
      { value: pace(value), interval: { lower: pace(interval.lower), upper: pace(interval.upper) } },
      'ratio',
      'finished_and_fallen_short_over_finished',
    ),
  };
}

const MIN_WEEKS = 3;
const DRAWS = 2000;
