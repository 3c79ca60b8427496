import { type CalendarDay, dayOf, daysBetween } from '#domain/calendar.ts';
import type { Goal, Kpi } from '#domain/goal.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { measuredBy } from '#metrics/measured.ts';
import { linearTrend } from '#statistics/linear-trend.ts';

/** What will become of a goal's measure. */
export interface KpiForecast {
  /** That it is at its target on its day. */
  readonly probability: Measurement;
  /** Days after that day until it is there one time in two, and with 85 %; absent where no day within a year is. */
  readonly late50?: number;
  readonly late85?: number;
  /** How many times as fast it would have to move from now on for even odds; absent while it does not move that way. */
  readonly pace?: number;
  /** Days from that day to the last one that was looked at. */
  readonly lookedAt: number;
}

/**
 * How likely a KPI is at its target on its day: a straight line through the values recorded, one a day, with Student's t
 * around it for what the next value may be.
 *
 * "Not enough data" below 5 values, and beyond as many days ahead of the last value as there are between the first and
 * the last: nobody knows that a line goes on for longer than it was seen. It takes what moves the value to go on as it
 * did, steps of a campaign or a release are not foreseen. Chances are told from 5 to 95 %.
 */
export function kpiForecast(view: TeamView, goal: Goal, kpi: Kpi, date: CalendarDay): KpiForecast {
  const values = valuesOf(view, goal, kpi);
  const [first, last] = [values[0], values.at(-1)];
  const ahead = daysBetween(view.day, date);
  const lookedAt = LONGEST - ahead;
  if (first === undefined || last === undefined || values.length < LEAST_VALUES) {
    return { probability: insufficient(values.length, LEAST_VALUES, 'values on different days'), lookedAt };
  }
  const [seen, beyond] = [daysBetween(first.day, last.day), daysBetween(last.day, date)];
  // Towards the target is up.
  const sign = kpi.direction === 'up' ? 1 : -1;
  const trend = linearTrend(
    values.map(({ day, value }) => ({ x: daysBetween(first.day, day), y: sign * value })),
  );
  if (trend === undefined || seen < beyond) {
    return { probability: insufficient(seen, beyond, 'days from the first to the last value'), lookedAt };
  }
  const today = daysBetween(first.day, view.day);
  const chanceIn = (days: number) => trend.chanceAbove(today + days, sign * kpi.target);
  const [missing, gain] = [
    sign * kpi.target - trend.valueAt(today),
    trend.valueAt(today + ahead) - trend.valueAt(today),
  ];
  const chance = chanceIn(ahead);
  const bound = chance <= LEAST ? '<' : chance >= MOST ? '>' : undefined;
  const measured = measuredBy({
    n: values.length,
    window: { from: first.day, to: last.day },
    confidence: 'medium',
  });
  const value = Math.min(MOST, Math.max(LEAST, chance));
  const [late50, late85] = [0.5, 0.85].map((least) => firstDay(ahead, (days) => chanceIn(days) >= least));
  return {
    probability: {
      ...measured({ value, interval: undefined }, 'probability', 'straight_line_through_values'),
      ...(bound === undefined ? {} : { bound }),
    },
    ...(late50 === undefined ? {} : { late50 }),
    ...(late85 === undefined ? {} : { late85 }),
    ...(gain > 0 && missing > 0 ? { pace: missing / gain } : {}),
    lookedAt,
  };
}

/** Two make a line and a third its scatter; with two more the scatter is known to within a factor of about two. */
const LEAST_VALUES = 5;
/** The longest horizon that any forecast here is made for. */
const LONGEST = 364;
const [LEAST, MOST] = [0.05, 0.95];

function firstDay(ahead: number, isReached: (days: number) => boolean): number | undefined {
  for (let days = Math.max(1, ahead); days <= LONGEST; days += 1) if (isReached(days)) return days - ahead;
  return undefined;
}

/** The last value of each day on which there is one; of two at the same time the one recorded last. */
function valuesOf(
  { team, evidence }: TeamView,
  goal: Goal,
  kpi: Kpi,
): readonly { readonly day: CalendarDay; readonly value: number }[] {
  const byDay = new Map<CalendarDay, number>();
  evidence.kpiValues
    .filter((one) => one.team === team.id && one.goal === goal.id && one.kpi === kpi.id)
    .toSorted((a, b) => a.at - b.at || a.recordedAt - b.recordedAt)
    .forEach(({ at, value }) => byDay.set(dayOf(at, team.timezone), value));
  return [...byDay].map(([day, value]) => ({ day, value }));
}
