import { expect, test } from 'vitest';
import { parseDay } from '#domain/calendar.ts';
import type { Reference } from '#domain/reference.ts';
import { teamView } from '#domain/team-view.ts';
import { workItemAge } from '#metrics/work-item-age.ts';
import { teamReport } from '#report/team-report.ts';
import { team } from '#tests/builders/team.ts';
import { temporaryDatabase } from '#tests/support/temporary-store.ts';
import { CREATED, HOUR, historyJson, issueJson, normalized } from '#tests/trackers/jira/jira-json.ts';
import { teamReportHtml } from '#views/html/team-page.ts';

// One issue from Jira's JSON to the page, file by file: read this to learn how the house is laid out.
test('one issue walks from Jira’s JSON to the page', async () => {
  // 1. src/trackers/jira/normalize.ts: Jira's JSON becomes our nouns, and people become hashes.
  const issue = normalized(
    issueJson({ assignee: { accountId: 'ann', displayName: 'Ann Example' }, creator: { accountId: 'ann' } }),
    [
      historyJson(24, [
        {
          field: 'status',
          fieldId: 'status',
          from: '1',
          fromString: 'To Do',
          to: '3',
          toString: 'In Progress',
        },
      ]),
    ],
  );
  expect(issue.events.at(-1)).toMatchObject({ at: CREATED + 24 * HOUR, field: 'status', from: '1', to: '3' });
  expect(issue.events[0]).toMatchObject({ origin: 'inferred', field: 'status', to: '1' });
  expect(JSON.stringify(issue)).not.toMatch(/ann/i);

  // 2. src/store/postgres/: one row with its whole timeline; what comes out is what went in.
  await using database = await temporaryDatabase();
  await using store = await database.open();
  await store.saveBatch('acme', [issue]);
  const stored = await store.readIssues('acme');
  expect(stored).toEqual([issue]);

  // 3. src/domain/team-view.ts and work-item.ts: as of a day, under the team's stages. It was created on 1 March
  //    00:00Z and begun a day later; the end of 11 March is ten days after that.
  const day = parseDay('2026-03-11');
  if (day === undefined) throw new RangeError('that is a day');
  const view = teamView(team(), day, [{ reference, issues: stored }]);
  expect(view.items[0]).toMatchObject({ key: 'PAY-1', stage: 'active', startedAt: CREATED + 24 * HOUR });

  // 4. src/metrics/work-item-age.ts: a number, or why there is none.
  const [aging] = workItemAge(view).items;
  expect(aging).toMatchObject({ key: 'PAY-1', ageDays: 10 });
  expect(aging?.finishWithin14Days.kind).toBe('insufficient');

  // 5. src/report/team-report.ts, and from there every form of it.
  const report = teamReport(view);
  expect(report.metrics.workItemAge.items[0]?.key).toBe('PAY-1');
  const page = teamReportHtml(report);
  expect(page).toContain('https://acme.atlassian.net/browse/PAY-1');
  expect(page).toContain('Pay by card');
});

const reference: Reference = {
  source: 'acme',
  siteUrl: 'https://acme.atlassian.net',
  projects: [{ id: '100', key: 'PAY', name: 'Payments' }],
  statuses: [
    { id: '1', name: 'To Do', category: 'todo' },
    { id: '3', name: 'In Progress', category: 'in_progress' },
  ],
  types: [{ id: '7', name: 'Story', level: 0 }],
  versions: [],
  cycles: [],
};
