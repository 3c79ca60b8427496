import { dayOf } from '#domain/calendar.ts';
import { scalarIntervals } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import { type Member, membersOn } from '#domain/roster.ts';
import { fitsAny, membersWithNames } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';

/** Whether somebody had an item in progress at a moment, by an account at a source. */
export function isBusy({ items }: TeamView, source: string, person: string, at: Instant): boolean {
  return items.some(({ issue, stays }) => {
    if (issue.source !== source) return false;
    const stay = stays.findLast(({ from }) => from <= at);
    if (stay === undefined || !isInProgress(stay.stage)) return false;
    return scalarIntervals(issue, 'assignee').findLast(({ from }) => from <= at)?.value?.value === person;
  });
}

/**
 * Whether somebody who was free at a moment knew what an item takes.
 *
 * What it takes are those of its labels, at the end of the view, that the roster names as somebody's skill; one person has
 * to have all of them. Free is a member of that day, not away, with nothing in progress. Always so for an item without
 * such a label: what it takes then nobody says.
 */
export function isWithinReach(view: TeamView): (item: WorkItem, at: Instant) => boolean {
  const { members = [], timezone } = view.team;
  const skills = skillsIn(members);
  if (skills.length === 0) return () => true;
  return (item, at) => {
    const labels = membersWithNames(item.issue, 'labels');
    const takes = skills.filter((skill) => fitsAny([skill], labels));
    if (takes.length === 0) return true;
    return membersOn(members, dayOf(at, timezone)).some(
      (member) => takes.every((skill) => fitsAny([skill], member.skills ?? [])) && isFree(view, member, at),
    );
  };
}

/** The labels that a roster names as skills, each once. */
export function skillsIn(members: readonly Member[]): readonly string[] {
  return [...new Set(members.flatMap(({ skills = [] }) => skills))];
}

function isFree(view: TeamView, { ids, fte }: Member, at: Instant): boolean {
  return fte > 0 && !Object.entries(ids).some(([source, person]) => isBusy(view, source, person, at));
}
