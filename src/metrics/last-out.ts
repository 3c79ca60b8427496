import { type CalendarDay, dayOf, plusDays } from '#domain/calendar.ts';
import { setNow } from '#domain/field-values.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { releaseEnvironments } from './gates/progress.ts';
import { deploymentsNaming } from './gates/recorded.ts';
import { projectRef } from './item-project.ts';
import { FLOW_DAYS } from './lookback.ts';
import { isRelease } from './release.ts';

/**
 * On which day something of each project last came out, by project: in a version with a date, or by a deployment of the
 * team's work to where it is used. A release of a pipeline is of no project, but of those of the team's work in it.
 *
 * A deployment stays one whatever becomes of the work. One that was told so late that half a year had passed does not count:
 * on no day did anybody know of it who asks for the half year before. Release dates are today's.
 */
export const lastOut: (view: TeamView) => ReadonlyMap<string, CalendarDay> = oncePerView((view) => {
  const out = new Map<string, CalendarDay>();
  const add = (project: string, day: CalendarDay) => {
    const known = out.get(project);
    if (known === undefined || known < day) out.set(project, day);
  };
  const ofPipelines = new Map<string, CalendarDay>();
  for (const { source, versions, projects } of view.references.values()) {
    const known = new Set(projects.map(({ id }) => id));
    for (const { id, projectId, released, releaseDay } of versions.filter(isRelease)) {
      if (!released || releaseDay === undefined || releaseDay > view.day) continue;
      if (known.has(projectId)) add(issueRef(source, projectId), releaseDay);
      else ofPipelines.set(issueRef(source, id), releaseDay);
    }
  }
  const { timezone } = view.team;
  const deployments = deploymentsNaming(view, releaseEnvironments(view));
  for (const item of view.items) {
    for (const id of ofPipelines.size === 0 ? [] : setNow(item.issue, 'versions')) {
      const day = ofPipelines.get(issueRef(item.issue.source, id));
      if (day !== undefined) add(projectRef(item), day);
    }
    for (const { at, recordedAt } of deployments(item)) {
      const day = dayOf(at, timezone);
      if (dayOf(recordedAt, timezone) < releasesUntil(day)) add(projectRef(item), day);
    }
  }
  return out;
});

/** The first day on which what came out on a day no longer says that work of its project is released. */
export function releasesUntil(day: CalendarDay): CalendarDay {
  return plusDays(day, FLOW_DAYS);
}
