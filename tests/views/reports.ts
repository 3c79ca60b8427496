import { parseDay } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { teamView } from '#domain/team-view.ts';
import { type TeamReport, teamReport } from '#report/team-report.ts';
import { history, team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

export const TODAY = '2026-01-23';

/** A team with half a year of steady work, so that every number of its report has a value. */
export function busyReport(title = (key: string) => `Title of ${key}`): TeamReport {
  const epics = ['Checkout', 'Refunds', 'Invoices'].map((name, i) =>
    issue(`PAY-${i + 1}`, 'In Progress', { type: 'Epic', title: name, from: '2025-07-01' }),
  );
  const finished = Array.from({ length: 90 }, (_, i): Issue => {
    const [key, review] = [`PAY-${100 + i}`, i % 3 === 0 ? ` → Review ${1 + (i % 4)}d` : ''];
    const path = `To Do 1d → In Progress ${2 + (i % 11)}d${review} → Done`;
    return issue(key, path, { ...work(i), from: daysAgo(185 - 2 * i), title: title(key) });
  });
  const open = Array.from({ length: 12 }, (_, i): Issue => {
    const key = `PAY-${300 + i}`;
    const path = i % 2 === 0 ? 'To Do 1d → In Progress' : `To Do 1d → In Progress ${1 + i}d → Review`;
    return issue(key, path, { ...work(i), from: daysAgo(20 + 9 * i), title: title(key) });
  });
  const odd = [
    issue('PAY-400', 'To Do 5d → Done', { from: daysAgo(60), title: title('PAY-400') }),
    issue('PAY-401', 'To Do 5d → In Progress 3d → Cancelled', { from: daysAgo(70), title: title('PAY-401') }),
    issue('PAY-402', 'In Progress 3d → Done 2d → In Progress', {
      from: daysAgo(50),
      title: title('PAY-402'),
    }),
    issue('PAY-403', 'In Progress 3d → Verifying', { from: daysAgo(40), title: title('PAY-403') }),
    issue('PAY-404', 'In Progress 4d → Done', {
      from: daysAgo(80),
      versions: ['v2'],
      title: title('PAY-404'),
    }),
  ];
  const day = parseDay(TODAY);
  if (day === undefined) throw new RangeError('no day');
  const source = history([...epics, ...finished, ...open, ...odd], {
    versions: [
      { id: 'v1', projectId: 'pay', name: '1.0', released: true, releaseDay: parseDay('2025-11-03') ?? day },
      { id: 'v2', projectId: 'pay', name: '2.0', released: false },
    ],
  });
  const of = team({ group: 'Commerce', timezone: 'Europe/Stockholm', workstreamBy: 'parent' });
  return teamReport(teamView(of, day, [source]));
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
  return { assignee: `p${i % 5}`, parent: `PAY-${1 + (i % 3)}`, type: i % 4 === 0 ? 'Bug' : 'Story' };
}

function daysAgo(days: number): string {
  return new Date(Date.parse(TODAY) - days * 86_400_000).toISOString().slice(0, 10);
}
