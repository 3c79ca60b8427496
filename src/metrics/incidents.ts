import { daysBetween } from '#domain/calendar.ts';
import {
  exactCount,
  type Insufficient,
  insufficient,
  type Measurement,
  type Window,
} from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { garwood, probabilityRateAtLeast } from '#statistics/rate.ts';
import { effortReadings, estimateOf, shareOfEffort } from './effort-share.ts';
import { goalItems } from './goal-items.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { firstDay, isPartOf, stopsIn } from './line-stops.ts';
import { type Measured, measuredBy } from './measured.ts';
import { onePersonsTime } from './one-persons-time.ts';
import type { RecentEffort } from './recent-effort.ts';
import { type StopCost, stopCost, stoppedWeeks } from './stopped-weeks.ts';
import { isKnownKind } from './work-kinds.ts';

export interface Incidents extends StopCost {
  /** Incidents that stopped the line, in a quarter. */
  readonly perQuarter: Measurement;
  /** How likely it is that there are two or more in a quarter. */
  readonly twoOrMore: Measurement;
  /** Work days on which the line stood. */
  readonly days: Measurement;
  /** The part of the team's effort that went into them. */
  readonly share: Measurement;
  readonly items: readonly ItemRef[];
  readonly told: 'configured' | 'guessed' | 'unknown';
}

/**
 * How often incidents stop a team's line, and what that costs.
 *
 * Over the last year, or since the team's first activity. An incident stops the line on a work day on which two or more
 * people, and at least half of those with anything in progress, are on incidents; or when it has the label
 * `stop-the-line`. What an incident is says `work.incident`, else names. Garwood's interval for the rate; the chance of
 * two or more from Jeffreys' posterior. The shortfall compares weeks with such a day to those up to four weeks around
 * without one, in items of the goal (all that are no incidents, without a goal), with a permutation interval.
 *
 * Left out: parts of an incident that is counted itself. Insufficient under a quarter of history, for the shortfall
 * under 3 weeks of each kind, and for what people's days say with fewer than 3 active people; the share also where it is
 * one person's time.
 */
export function incidents(view: TeamView): Incidents {
  return incidentsIn(view).told;
}

/** The part of the team's effort that went into them, whoever's it is: for a computation, never to be told. */
export function incidentShare(view: TeamView): Measurement {
  return incidentsIn(view).share;
}

const incidentsIn = oncePerView((view): { readonly told: Incidents; readonly share: Measurement } => {
  const basis = isKnownKind(view, 'incident');
  const since = firstDay(view);
  const history = since === undefined ? 0 : daysBetween(since, view.day) + 1;
  const few = insufficient(history, MIN_DAYS, 'days of history');
  if (basis === undefined) return { told: nothing(NOTHING_KNOWN, 'unknown'), share: NOTHING_KNOWN };
  if (since === undefined || history < MIN_DAYS) return { told: nothing(few, basis.by), share: few };

  const { year, refused, stops } = stopsIn(view, since);
  const window: Window = { from: since, to: view.day };
  const quarters = history / DAYS_PER_QUARTER;
  const count = stops.items.length;
  const measured = measuredBy({
    n: count,
    window,
    confidence: basis.by === 'guessed' ? 'low' : quarters >= 2 ? 'high' : 'medium',
  });
  const weeks = stoppedWeeks(view, since, stops.days, goalItems(view));
  const share = refused ?? shareOf(view, year, stops.items, measured);
  const told: Incidents = {
    perQuarter: measured(
      { value: count / quarters, interval: garwood(count, quarters, 0.9) },
      'per_quarter',
      'incidents_that_stopped_the_line',
    ),
    twoOrMore: measured(
      { value: probabilityRateAtLeast(count, quarters, 2), interval: undefined },
      'probability',
      'jeffreys_posterior_of_the_rate',
    ),
    days: exactCount(stops.days.size, 'work_days', window, 'work_days_on_which_the_line_stood'),
    share: refused ?? onePersonsTime(year, isPartOf(view, stops.items)) ?? share,
    ...stopCost(weeks, measured, `${view.team.id}|incidents|${view.day}`),
    items: stops.items.map((item) => itemRef(view, item)),
    told: basis.by,
  };
  return { told, share };
});

const DAYS_PER_QUARTER = 365.25 / 4;
/** Under a quarter nothing is said of a rate in a quarter. */
export const MIN_DAYS = 91;
export const NOTHING_KNOWN = insufficient(
  0,
  1,
  'kinds of issue known to be incidents (`work.incident` says which)',
);

function shareOf(
  view: TeamView,
  year: RecentEffort,
  items: readonly WorkItem[],
  measured: Measured,
): Measurement {
  const share = estimateOf(effortReadings(view, year, isPartOf(view, items)), shareOfEffort, {
    seed: `${view.team.id}|incidents|${view.day}`,
    most: 1,
  });
  return share === undefined
    ? insufficient(0, 1, 'person-days')
    : measured(share, 'share', 'person_days_on_incidents_that_stopped_the_line');
}

function nothing(why: Insufficient, told: Incidents['told']): Incidents {
  return {
    perQuarter: why,
    twoOrMore: why,
    days: why,
    share: why,
    shortfall: why,
    paceWithout: why,
    items: [],
    told,
  };
}
