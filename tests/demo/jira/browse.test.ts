import { expect, test } from 'vitest';
import { createJiraSimulator } from '#demo/jira/server.ts';
import { history, smallIssue, smallSite, statusItem } from './small-site.ts';

test('a link in a report leads to a page with the issue and its history, escaped', async () => {
  const plain = smallIssue(1);
  const issue = smallIssue(1, {
    fields: { ...plain.fields, summary: '<img src=x onerror=alert(1)>' },
    histories: [history('9', 5, statusItem('3'))],
  });
  await using jira = await createJiraSimulator(smallSite([issue]));
  const page = await fetch(`${jira.url}/browse/${issue.key}`);
  const text = await page.text();
  expect(page.status).toBe(200);
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(text).not.toContain('<img');
  expect(text).toContain('<td>status</td>');
  expect((await fetch(`${jira.url}/browse/NOPE-1`)).status).toBe(404);
});
