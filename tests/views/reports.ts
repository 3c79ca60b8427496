import { MS_PER_DAY, parseDay } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { teamView } from '#domain/team-view.ts';
import { type TeamReport, teamReport } from '#report/team-report.ts';
import { history, team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

export const TODAY = '2026-01-23';
/** Days ago that the first cycle began. */
const FIRST_CYCLE = 180;
const CYCLE_DAYS = 7;
const CYCLES = 26;

/** A team with half a year of steady work, so that every number of its report has a value. */
export function busyReport(): TeamReport {
  const epics = ['Checkout', 'Refunds', 'Invoices'].map((name, i) =>
    issue(`PAY-${i + 1}`, 'In Progress', { type: 'Epic', title: name, from: '2025-07-01' }),
  );
  const finished = Array.from({ length: 90 }, (_, i): Issue => {
    const [key, review] = [`PAY-${100 + i}`, i % 3 === 0 ? ` → Review ${1 + (i % 4)}d` : ''];
    const path = `To Do 1d → In Progress ${2 + (i % 11)}d${review} → Done`;
    const from = 185 - 2 * i;
    return issue(key, path, { ...work(i), ...promised(i, from), from: daysAgo(from) });
  });
  const open = Array.from({ length: 12 }, (_, i): Issue => {
    const key = `PAY-${300 + i}`;
    const path = i % 2 === 0 ? 'To Do 1d → In Progress' : `To Do 1d → In Progress ${1 + i}d → Review`;
    const flagged = i < 2 ? { flagged: '– 6d → Impediment' } : {};
    return issue(key, path, { ...work(i), ...flagged, from: daysAgo(20 + 9 * i) });
  });
  const odd = [
    issue('PAY-400', 'To Do 5d → Done', { from: daysAgo(60) }),
    issue('PAY-401', 'To Do 5d → In Progress 3d → Cancelled', { from: daysAgo(70) }),
    issue('PAY-402', 'In Progress 3d → Done 2d → In Progress', { from: daysAgo(50) }),
    issue('PAY-403', 'In Progress 3d → Verifying', { from: daysAgo(40) }),
    issue('PAY-404', 'In Progress 4d → Done', { from: daysAgo(80), versions: ['v2'] }),
  ];
  const day = parseDay(TODAY);
  if (day === undefined) throw new RangeError('no day');
  const source = history([...epics, ...finished, ...open, ...odd], {
    versions: [
      { id: 'v1', projectId: 'pay', name: '1.0', released: true, releaseDay: parseDay('2025-11-03') ?? day },
      { id: 'v2', projectId: 'pay', name: '2.0', released: false },
    ],
    cycles: Array.from({ length: CYCLES }, (_, i) => {
      const startAt = Date.parse(daysAgo(FIRST_CYCLE - CYCLE_DAYS * i));
      return { id: `s${i}`, name: `Sprint ${i}`, startAt, plannedEndAt: startAt + CYCLE_DAYS * MS_PER_DAY };
    }),
  });
  const of = team({ group: 'Commerce', timezone: 'Europe/Stockholm', workstreamBy: 'parent' });
  return teamReport(teamView(of, day, [source]));
}

/** A report in which every item has another title. */
export function retitled(report: TeamReport, title: string): TeamReport {
  return JSON.parse(JSON.stringify(report), (key, value: unknown) =>
    key === 'title' ? title : value,
  ) as TeamReport;
}

/** A team whose history is too short for any number. */
export function newTeamReport(): TeamReport {
  return teamReport(view(team(), TODAY, [issue('PAY-1', 'To Do 1d → In Progress', { from: '2026-01-20' })]));
}

/** A team that nothing is known of. */
export function emptyReport(): TeamReport {
  return teamReport(view(team(), TODAY, []));
}

function work(i: number) {
  return {
    assignee: `p${i % 5}`,
    parent: `PAY-${1 + (i % 3)}`,
    type: i % 4 === 0 ? 'Bug' : 'Story',
    components: [`area ${i % 4}`],
  };
}

/** Dates that are kept, missed and moved, and cycles that items are put into in time, late, and taken out of again. */
function promised(i: number, from: number) {
  const next = Math.ceil((FIRST_CYCLE - from) / CYCLE_DAYS);
  const cycle = `s${i % 4 === 3 ? next - 1 : next}`;
  const [due, later] = [daysAgo(from - 9), daysAgo(from - 16)];
  const move = { field: 'cycles', at: '9d' } as const;
  return {
    ...(i % 2 === 0 ? { dueDate: i % 6 === 0 ? `${due} 4d → ${later}` : due } : {}),
    ...(i % 7 === 6 ? { flagged: '– 2d → Impediment 1d → –' } : {}),
    changes: [
      { ...move, at: '0.5d', to: cycle },
      ...(i % 3 === 0 ? [{ ...move, to: `s${next + 1}` }] : []),
      ...(i % 9 === 8 ? [{ ...move, from: cycle }] : []),
    ],
  };
}

function daysAgo(days: number): string {
  return new Date(Date.parse(TODAY) - days * MS_PER_DAY).toISOString().slice(0, 10);
}
