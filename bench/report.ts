import { parseArgs } from 'node:util';
import type { JiraSite } from '#demo/jira/model.ts';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import type { Team } from '#domain/team.ts';
import { storedView } from '#pipeline/assess-team.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { teamReport } from '#report/team-report.ts';
import { riskWatch } from '#risks/assess.ts';
import { DETECTORS, WITHOUT_RELIEF } from '#risks/detectors.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import type { Store } from '#store/store.ts';
import { day } from '#tests/builders/goal.ts';
import { team } from '#tests/builders/team.ts';
import { multipliedSite } from '#tests/support/multiplied-site.ts';
import { servedJira } from '#tests/support/served/jira.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { temporaryDatabase } from '#tests/support/temporary-store.ts';
import { spread, table } from './figures.ts';

// What a whole report costs, every detector and the week before included, beside reading the team's rows from PostgreSQL
// in the same run. The aim is 3 times that at most for a team of 5,000 issues.
//
// "read rows" is what a report waits for before its work begins: the store's query for the issues of the team's source,
// page by page, and each row decoded into an issue with its whole history. Not counted on either side are what else is
// read (vocabulary, evidence) and the view that is made of both, which has a column of its own. "whole report" begins at
// a view that nobody has asked anything.
//
// A machine that others use as well makes all that waits look longer, and reading waits for the database: so the seconds
// that this process was at work are told beside. Those of the database are not among them, which makes reading look
// cheaper than it is, and the ratio of these seconds the stricter one.
//
//   npm run -s bench:report -- [--issues N] [--runs N]

const { values } = parseArgs({
  options: { issues: { type: 'string', default: '5000' }, runs: { type: 'string', default: '5' } },
});
const [issues, runs] = [Number(values.issues), Number(values.runs)];

interface Case {
  readonly name: string;
  readonly site: JiraSite;
  readonly of: Partial<Team>;
}

const organisation = simulatedOrganisation().site;
const payments = {
  ...organisation,
  projects: organisation.projects.filter(({ key }) => key === 'PAY'),
  issues: organisation.issues.filter(({ key }) => key.startsWith('PAY-')),
};
const goals = [
  {
    id: 'payouts',
    name: 'Wallet payouts',
    scope: { kind: 'parent', name: 'Wallet payouts' },
    date: day('2026-11-06'),
  },
] as const;
const recorded = sharedPath('data/jira-history/DURACLOUD.jsonl.gz');
const [duracloud] = recorded === undefined ? [] : await sitesFromHistory([recorded]);
const cases: readonly Case[] = [
  { name: 'simulated team', site: payments, of: {} },
  { name: 'simulated team with a goal', site: payments, of: { goals } },
  ...(duracloud === undefined
    ? []
    : [{ name: 'DURACLOUD, every date a goal', site: duracloud.site, of: { goals: 'auto' } } as const]),
];

await using database = await temporaryDatabase();
await using store = await database.open();
const rows: Record<string, string>[] = [];
for (const { name, site, of } of cases) {
  const source = name.replaceAll(/[^a-z]+/gi, '-').toLowerCase();
  await using served = await servedJira(multipliedSite(site, issues), {}, true);
  await using tracker = served.connect(source);
  await syncSource({ tracker, store, now: Date.now });
  rows.push(await measured(name, store, source, team({ ...of, scope: [{ source }] })));
}
process.stdout.write(
  `Median (least–most) of ${runs} runs after one that warms up; seconds.\n\n${table(rows)}\n`,
);

async function measured(
  name: string,
  from: Store,
  source: string,
  of: Team,
): Promise<Record<string, string>> {
  const times: {
    readonly read: number;
    readonly view: number;
    readonly risks: number;
    readonly report: number;
    readonly readCpu: number;
    readonly reportCpu: number;
  }[] = [];
  let raised = 0;
  for (let run = 0; run <= runs; run += 1) {
    const read = await timed(() => from.readIssues(source, {}));
    const viewed = await timed(() => storedView(from, of));
    const anew = await storedView(from, of);
    const risks = await timed(() =>
      riskWatch(anew, { detectors: DETECTORS, withoutRelief: WITHOUT_RELIEF, goalAhead }).assessmentOn(
        anew.day,
      ),
    );
    const report = await timed(() => teamReport(viewed.value));
    raised = report.value.risks.length;
    times.push({
      read: read.seconds,
      view: viewed.seconds - read.seconds,
      risks: risks.seconds,
      report: report.seconds,
      readCpu: read.cpuSeconds,
      reportCpu: report.cpuSeconds,
    });
  }
  const of5 = times.slice(1);
  const column = (pick: (one: (typeof times)[number]) => number) => spread(of5.map(pick), 2);
  return {
    team: name,
    issues: String(issues),
    'read rows': column(({ read }) => read),
    view: column(({ view }) => view),
    'risks alone': column(({ risks }) => risks),
    'whole report': column(({ report }) => report),
    'report / read': column(({ read, report }) => report / read),
    'read, at work': column(({ readCpu }) => readCpu),
    'report, at work': column(({ reportCpu }) => reportCpu),
    'report / read, at work': column(({ readCpu, reportCpu }) => reportCpu / readCpu),
    raised: String(raised),
  };
}

async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly value: T; readonly seconds: number; readonly cpuSeconds: number }> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(used);
  return { value, seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1_000_000 };
}
