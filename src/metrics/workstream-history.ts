import { mean } from 'd3-array';
import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { earlierView, type TeamView } from '#domain/team-view.ts';
import { measuredBy } from './measured.ts';
import { effectiveDraws } from './stream-spread.ts';
import { type Workstreams, workstreams } from './workstreams.ts';

/** How spread a team was some weeks ago, and whether it is more so now. */
export interface EarlierSpread
  extends Pick<Workstreams, 'effective' | 'peoplePerEffective' | 'onePersonShare'> {
  readonly weeksAgo: number;
  readonly day: CalendarDay;
  /** How likely it is that the effort is spread over more workstreams now. */
  readonly moreNow: Measurement;
}

/**
 * How thinly the same team was spread 13 and 26 weeks ago, counted as today from what was known then.
 *
 * A team is compared with its own past and with nobody else's. That there are more effective workstreams now is as
 * likely as weeks drawn again from both times say, of equal ones the half. What workstreams are made of is found for
 * each day anew, so a team that is counted otherwise now is told as insufficient.
 */
export function workstreamHistory(view: TeamView): readonly EarlierSpread[] {
  const now = workstreams(view);
  return WEEKS_AGO.map((weeksAgo): EarlierSpread => {
    const earlier = earlierView(view, plusDays(view.day, -7 * weeksAgo));
    const then = workstreams(earlier);
    const { effective, peoplePerEffective, onePersonShare } = then;
    return {
      weeksAgo,
      day: earlier.day,
      effective,
      peoplePerEffective,
      onePersonShare,
      moreNow: growth(view, earlier, now, then),
    };
  });
}

const WEEKS_AGO = [13, 26] as const;

function growth(view: TeamView, earlier: TeamView, now: Workstreams, then: Workstreams): Measurement {
  if (now.effective.kind === 'insufficient') return now.effective;
  if (then.effective.kind === 'insufficient') return then.effective;
  if (now.by !== then.by) return insufficient(0, 1, 'kinds of workstream that both times have');
  const [later, before] = [effectiveDraws(view), effectiveDraws(earlier)];
  const chance = mean(later, (streams, i) => {
    const past = before[i] ?? streams;
    return streams === past ? 0.5 : streams > past ? 1 : 0;
  });
  if (chance === undefined || before.length === 0) return insufficient(1, 2, 'weeks');
  return measuredBy({
    n: now.effective.n + then.effective.n,
    window: { from: then.effective.window.from, to: now.effective.window.to },
    confidence: now.effective.confidence,
  })({ value: chance, interval: undefined }, 'probability', 'weeks_of_both_times_drawn_again');
}
