import { type CalendarDay, plusDays, startOf } from '#domain/calendar.ts';
import type { DoneEvidence } from '#domain/done-evidence.ts';
import type { Goal } from '#domain/goal.ts';
import type { Instant, Issue } from '#domain/issue.ts';
import type { IssueType, Reference, StatusCategory } from '#domain/reference.ts';
import type { Member } from '#domain/roster.ts';
import { TEAM_DEFAULTS, type Team } from '#domain/team.ts';
import { type TeamView, teamView } from '#domain/team-view.ts';
import { integer, seededRandom } from '#statistics/random.ts';
import { type Draft, issueOf, named, SOURCE } from './draft.ts';
import { DAY_MS, HOUR_MS } from './hours.ts';
import { alternativesOf, goalsOf, promise, release, wait } from './promises.ts';
import type { Life } from './ticket.ts';
import { chance, type Way } from './way.ts';

/** What a team says of itself and its goals, and what goes on around it. */
export interface Setting {
  readonly hasGoal: boolean;
  /** Whether it says who is in it. */
  readonly hasRoster: boolean;
  /** Until which week somebody says how it is going; absent where nobody ever does. */
  readonly updatesUntil?: number;
  /** The part of stories that wait for another team's, and whether both serve one epic. */
  readonly foreign: number;
  readonly isShared: (week: number) => boolean;
  /** Two epics are alternatives, of which one is to be chosen by the end of that week. */
  readonly alternatives?: { readonly from: number; readonly decideIn: number };
  /** Whether the goals' texts say how success is measured; absent where texts are not read. */
  readonly says?: 'all' | 'no_metric';
  /** More issues, and what a team is said to be, on top. */
  readonly more?: Partial<Team>;
}

export const PLAIN: Setting = { hasGoal: true, hasRoster: false, foreign: 0, isShared: () => true };

/** A team that was made up, as one can be asked about it at the end of any day. */
export interface MadeUp {
  readonly way: Way;
  readonly life: Life;
  readonly team: Team;
  readonly reference: Reference;
  readonly issues: readonly Issue[];
  readonly goals: readonly Goal[];
  /** What people and pipelines told of it; absent where nobody does. */
  readonly evidence?: DoneEvidence;
  /** The last Sunday of a week: its weekly report. */
  readonly endOfWeek: (week: number) => CalendarDay;
  readonly weekOf: (at: Instant) => number;
}

export function madeUp(way: Way, setting: Setting, life: Life, more: readonly Draft[] = []): MadeUp {
  const random = seededRandom(`team ${way.seed}`);
  const versions = release(way, life);
  promise(way, life);
  const others = wait(way, setting, life);
  const goals = goalsOf(way, life);
  const goalIds = new Set(life.epics.filter(({ isGoal }) => isGoal).map(({ draft: of }) => of));
  if (setting.says !== undefined) {
    for (const of of goalIds)
      of.texts.push({ since: of.createdAt, facts: setting.says === 'all' ? SAID : UNSAID });
  }
  const drafts = [
    ...life.tickets.map((one) => one.draft),
    ...life.epics.map((one) => one.draft),
    ...others,
    ...more,
  ];
  const alternatives = alternativesOf(way, setting, life);
  const team: Team = {
    ...TEAM_DEFAULTS,
    id: way.seed,
    name: 'Payments',
    timezone: way.timezone,
    calendar: { ...TEAM_DEFAULTS.calendar, holidays: way.declared },
    scope: [{ source: SOURCE, projects: ['PAY'] }],
    workstreamBy: chance(random, 0.5) ? 'parent' : 'auto',
    ...(chance(random, 0.5)
      ? { work: { support: { labels: ['support'] }, incident: { labels: ['incident'] } } }
      : {}),
    ...(setting.hasRoster ? { members: membersOf(way) } : {}),
    ...(setting.hasGoal ? { goals } : {}),
    ...(alternatives === undefined ? {} : { alternatives: [alternatives] }),
    ...setting.more,
  };
  return {
    way,
    life,
    team,
    goals,
    reference: { ...VOCABULARY, versions, cycles: cyclesOf(life), ...updatesOf(way, setting) },
    issues: drafts.map(issueOf),
    endOfWeek: (week) => plusDays(way.from, 7 * week + 6),
    weekOf: (at) => Math.floor((at - startOf(way.from, way.timezone)) / (7 * DAY_MS)),
  };
}

export function viewOf({ team, reference, issues, evidence }: MadeUp, day: CalendarDay): TeamView {
  return teamView(team, day, [{ reference, issues }], evidence);
}

const SAID = {
  problem: 'they leave',
  impact: 'fewer leave',
  metric: 'leavers a week',
  owner: 'given',
  date: 'June',
};
const UNSAID = { problem: 'they leave', impact: 'fewer leave', owner: 'given', date: 'June' };

const statuses = (category: StatusCategory, names: readonly string[]) =>
  names.map((name) => ({ id: named(name).value, name, category }));
const types = (level: number, names: readonly string[]): readonly IssueType[] =>
  names.map((name) => ({ id: named(name).value, name, level }));

const VOCABULARY: Omit<Reference, 'versions' | 'cycles'> = {
  source: SOURCE,
  siteUrl: 'https://acme.example',
  projects: [
    { id: 'pay', key: 'PAY', name: 'Payments' },
    { id: 'ops', key: 'OPS', name: 'Operations' },
  ],
  statuses: [
    ...statuses('todo', ['To Do']),
    ...statuses('in_progress', ['In Progress', 'Review', 'Blocked', 'Spec Review']),
    ...statuses('done', ['Done', 'Cancelled']),
  ],
  types: [...types(-1, ['Sub-task']), ...types(0, ['Story', 'Bug', 'Task']), ...types(1, ['Epic'])],
};

function membersOf({ people, lastWeek, from }: Way): readonly Member[] {
  return Array.from({ length: people }, (_, i): Member => {
    const last = lastWeek[i];
    return {
      ids: { [SOURCE]: `h${i}` },
      fte: 1,
      ...(last === undefined ? {} : { to: plusDays(from, 7 * last + 4) }),
    };
  });
}

function cyclesOf({ cycles }: Life): Reference['cycles'] {
  return cycles.map(({ id, startAt, endAt }, i) => ({
    id,
    name: `Sprint ${i + 1}`,
    startAt,
    plannedEndAt: endAt,
    endedAt: endAt,
  }));
}

function updatesOf(way: Way, { updatesUntil }: Setting): Pick<Reference, 'updates'> {
  if (updatesUntil === undefined) return {};
  const random = seededRandom(`updates ${way.seed}`);
  const begin = startOf(way.from, way.timezone);
  return {
    updates: Array.from({ length: updatesUntil }, (_, week) => ({
      id: `u${week}`,
      about: { kind: 'project' as const, id: 'pay' },
      at: begin + (7 * week + integer(random, 2, 4)) * DAY_MS + 15 * HOUR_MS,
    })).filter(() => !chance(random, 0.15)),
  };
}
