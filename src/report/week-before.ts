import type { TeamView } from '#domain/team-view.ts';
import { teamForecast } from '#forecast/team-forecast.ts';
import { teamGoals } from '#forecast/team-goals.ts';
import { basicallyDone } from '#metrics/basically-done.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { workItemAge } from '#metrics/work-item-age.ts';
import { workstreams } from '#metrics/workstreams.ts';
import type { RiskWatch } from '#risks/assess.ts';
import { type ChangedSince, changedSince, comparedDay } from './changed-since.ts';
import type { Compared } from './changes/change-line.ts';
import { passage } from './changes/passage.ts';

/** What changed since the week before: that report is made again from the history, never read from what was published. */
export function sinceTheWeekBefore(view: TeamView, watch: RiskWatch, now: Compared): ChangedSince {
  const before = watch.viewOn(comparedDay(view.day, view.team.timezone));
  return changedSince(comparedOn(before, watch), now, passage(before, view));
}

/** As much of a report as is compared. */
function comparedOn(view: TeamView, watch: RiskWatch): Compared {
  return {
    asOf: view.day,
    headline: watch.levelOn(view.day),
    risks: watch.raisedOn(view.day),
    goals: teamGoals(view),
    basicallyDone: basicallyDone(view),
    metrics: { workItemAge: workItemAge(view) },
    workstreams: workstreams(view),
    forecast: teamForecast(view),
    slos: [serviceLevel(view)],
    dataQuality: dataQuality(view),
  };
}
