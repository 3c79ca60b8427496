import type { CalendarDay } from '#domain/calendar.ts';
import { scalarNow } from '#domain/field-values.ts';
import type { GatedLevel } from '#domain/gate.ts';
import { goalsOf } from '#domain/goal-items.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { longDay } from '#domain/wording.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { counted, type Finding, shareOf, someNames, someRefs } from './finding.ts';
import { isNamed } from './gates/progress.ts';
import { projectRef } from './item-project.ts';
import { lastOut, releasesUntil } from './last-out.ts';
import { isLevelRecorded } from './level-recorded.ts';
import { releases } from './release.ts';
import { reaches, requiredLevels } from './required-level.ts';
import { hasToBeDeployed } from './sent-out.ts';

/** Where what Done means, as somebody said it or as it was found, goes by what nobody records or no longer records. */
export function doneFindings(view: TeamView, items: readonly WorkItem[]): readonly Finding[] {
  const administrative = administrativeClosures(view);
  const done = items.filter(
    ({ finishedAt, type, issue }) =>
      finishedAt !== undefined &&
      type.level >= 0 &&
      !isBulk(administrative.get(issueRef(issue.source, issue.id))),
  );
  return [releasesStopped(view, done), neverRecorded(view, done), adoptersWithoutKpi(view)];
}

/** Done work that waits for a release where none came for so long that none is waited for any more. */
function releasesStopped(view: TeamView, done: readonly WorkItem[]): Finding {
  const required = requiredLevels(view);
  const releaseOf = releases(view);
  const hasToBe = hasToBeDeployed(view);
  const last = lastOut(view);
  const waiting =
    view.team.doneMeans === undefined
      ? done.filter((item) => {
          if (!last.has(projectRef(item)) || reaches(required(item), 'released')) return false;
          const { kind } = releaseOf(item);
          return kind === 'unreleased' || (kind === 'untracked' && hasToBe(item));
        })
      : [];
  const inVersions = waiting.filter((item) => releaseOf(item).kind === 'unreleased').length;
  const waitsFor = [
    ...(inVersions > 0 ? ['in versions that are not released'] : []),
    ...(inVersions < waiting.length ? ['for a deployment'] : []),
  ].join(' or ');
  const stopped = [...Map.groupBy(waiting, projectRef).values()].flatMap(([item]) => {
    const day = item && last.get(projectRef(item));
    return item === undefined || day === undefined ? [] : [`${projectName(view, item)} ${sinceWhen(day)}`];
  });
  return {
    check: 'releases_stopped',
    count: waiting.length,
    ...shareOf(waiting.length, done.length),
    items: someRefs(view, waiting),
    affects: ['basicallyDone'],
    sentence: `${counted(waiting.length, 'item called done waits', 'items called done wait')} ${waitsFor}, while nothing of the same project came out for 180 days, so that work there now counts as Done once it is merged: ${someNames(stopped)}. Where Done means released, say \`doneMeans: released\`; where it does not, \`doneMeans: merged\`.`,
  };
}

function sinceWhen(day: CalendarDay): string {
  return `since ${longDay(releasesUntil(day))} (the last came out on ${longDay(day)})`;
}

function projectName(view: TeamView, { issue }: WorkItem): string {
  const projects = view.references.get(issue.source)?.projects ?? [];
  const id = scalarNow(issue, 'project')?.value;
  return projects.find((project) => project.id === id)?.key ?? id ?? '';
}

/** A level that the team says Done means, and that nothing recorded tells of. */
function neverRecorded(view: TeamView, done: readonly WorkItem[]): Finding {
  const { doneMeans: level = 'coded' } = view.team;
  const isLacking =
    (level === 'released' || level === 'verified' || level === 'adopted') && !isLevelRecorded(view, level);
  const count = isLacking ? done.length : 0;
  const called = `${counted(count, 'item', 'items')} called done in the last 180 days`;
  const so = level === 'released' && !isNamed(view, level) ? 'count as released as they are' : 'are not Done';
  const { what, remedy } = isLacking ? lackOf(view, level) : { what: '', remedy: '' };
  return {
    check: 'level_never_recorded',
    count,
    ...shareOf(count, done.length),
    items: [],
    affects: ['basicallyDone'],
    sentence: `Done means ${level} here, and ${what}: ${called} ${so}. ${remedy}, or say what Done means here under \`doneMeans\`.`,
  };
}

function lackOf(view: TeamView, level: Exclude<GatedLevel, 'merged'>) {
  return isNamed(view, level)
    ? {
        what: `nothing ever passed the gate \`gates.${level}\``,
        remedy: 'Mend the gate, or record what it asks for',
      }
    : {
        what: NEVER[level],
        remedy: `Record ${RECORDS[level]}, name what shows it under \`gates.${level}\``,
      };
}

const NEVER = {
  released: 'neither a version nor a deployment of the team’s work is known',
  verified: 'no verification of the team’s work was ever recorded',
  adopted: 'no value of a KPI of the team’s goals was ever recorded',
} as const;

const RECORDS = {
  released: 'deployments (`POST /api/v1/deployments`)',
  verified: 'verifications (`POST /api/v1/verifications`)',
  adopted: 'values (`POST /api/v1/teams/{id}/goals/{goal}/kpis/{kpi}/values`)',
} as const;

/** Goals that say who has to take them up, and nothing that would show it. */
function adoptersWithoutKpi(view: TeamView): Finding {
  const unasked = goalsOf(view).filter(
    ({ adopters = [], kpis = [] }) => adopters.length > 0 && kpis.length === 0,
  );
  return {
    check: 'adopters_without_kpi',
    count: unasked.length,
    items: [],
    affects: ['basicallyDone'],
    sentence: `${counted(unasked.length, 'goal names', 'goals name')} who has to take it up and no KPI that would show it: ${someNames(unasked.map(({ name }) => name))}. Until one is named under \`kpis\`, nothing has to be adopted there.`,
  };
}
