import { plusDays, workdaysFrom } from '#domain/calendar.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { chanceAtLeast, effortReadings, estimateOf, shareOfEffort } from './effort-share.ts';
import { MIN_DAYS, NOTHING_KNOWN } from './incidents.ts';
import { firstDay, isPartOf, stopsIn } from './line-stops.ts';
import { measuredBy } from './measured.ts';
import { onePersonsTime } from './one-persons-time.ts';
import { effortIn } from './recent-effort.ts';
import { isKnownKind } from './work-kinds.ts';

/** What incidents that stopped the line took in the last quarter. */
export interface IncidentsLately {
  readonly share: Measurement;
  /** The same whoever's time it is: for a computation, never to be told. */
  readonly ofWhoever: Measurement;
  /** How likely it is a twentieth of the quarter or more; undefined where that is not known. */
  readonly notable: number | undefined;
}

/**
 * Their part of the person-days of the last 91 days, by the same rules, with whole weeks drawn again. What has begun to
 * happen shows here months before it shows in the rate of a year.
 */
export function incidentsLately(view: TeamView): IncidentsLately {
  const since = firstDay(view);
  const none = insufficient(0, 1, 'person-days');
  if (since === undefined || isKnownKind(view, 'incident') === undefined)
    return { share: NOTHING_KNOWN, ofWhoever: NOTHING_KNOWN, notable: undefined };
  const { refused, stops } = stopsIn(view, since);
  if (refused !== undefined) return { share: refused, ofWhoever: refused, notable: undefined };
  const first = plusDays(view.day, 1 - MIN_DAYS);
  const quarter = effortIn(view, workdaysFrom(first, view.day, view.team.calendar));
  const isTheirs = isPartOf(view, stops.items);
  const readings = effortReadings(view, quarter, isTheirs);
  const seed = `${view.team.id}|incidentsLately|${view.day}`;
  const share = estimateOf(readings, shareOfEffort, { seed, most: 1 });
  const measured = measuredBy({ n: quarter.days.length, window: quarter.window, confidence: 'medium' });
  const ofWhoever =
    share === undefined ? none : measured(share, 'share', 'person_days_on_incidents_that_stopped_the_line');
  return {
    share: onePersonsTime(quarter, isTheirs) ?? ofWhoever,
    ofWhoever,
    notable: chanceAtLeast(readings, shareOfEffort, NOTABLE_SHARE, seed),
  };
}

/** METRICS D2. */
const NOTABLE_SHARE = 0.05;
