import { expect, test } from 'vitest';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { createLinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { dayOf } from '#domain/calendar.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { team } from '#tests/builders/team.ts';
import * as inJira from '#tests/demo/jira/small-site.ts';
import * as inLinear from '#tests/demo/linear/small-workspace.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import type { LiveTracker } from '#trackers/tracker.ts';

const store = suiteStore();
const transport = { sleep: () => Promise.resolve() };
const { MINUTE } = inJira;

async function sync(tracker: LiveTracker): Promise<readonly string[]> {
  await using _ = tracker;
  await syncSource({ tracker, store: store(), now: Date.now });
  const issues = await store().readIssues(tracker.source);
  return issues.flatMap(({ current }) => (current.sets.mirrors ?? []).map(({ value }) => value));
}

test('an issue that Linear keeps the same in Jira is known by that sync, and counts once for a team with both', async () => {
  const site = inJira.smallSite([inJira.smallIssue(1), inJira.smallIssue(2)]);
  await using jira = await createJiraSimulator(site);
  const issues = [1, 2, 3].map((number) => inLinear.smallIssue(number));
  const [one, two, three] = issues;
  const hung = (tail: string, issueId = '', url: string, sourceType?: string) => ({
    ...inLinear.entity(tail, 5),
    issueId,
    title: 'Payments',
    url,
    ...(sourceType === undefined ? {} : { sourceType }),
  });
  const attachments = [
    hung('8a1', one?.id, `${jira.url}/browse/PAY-1`, 'jira'),
    // Somebody pasted an address: that is a link, and no sync.
    hung('8a2', three?.id, `${jira.url}/browse/PAY-2`),
    hung('8a3', three?.id, 'https://github.example/pull/2', 'github'),
  ];
  await using linear = await createLinearSimulator(inLinear.smallWorkspace(issues, { attachments }));
  const readLinear = () =>
    sync(
      createLinearTracker({
        source: 'labs',
        url: linear.url,
        auth: { apiKey: SIMULATED_API_KEY },
        salt: 's',
        transport,
      }),
    );
  await sync(
    createJiraTracker({ source: 'acme', url: jira.url, auth: SIMULATED_ACCOUNT, salt: 's', transport }),
  );
  expect(await readLinear()).toEqual([`${jira.url}/browse/PAY-1`]);

  const both = team({ scope: [{ source: 'acme' }, { source: 'labs' }] });
  const told = async () => {
    const { dataQuality } = await assessTeam(store(), both, dayOf(linear.clock.now(), 'UTC'));
    return dataQuality.find(({ check }) => check === 'mirrored');
  };
  expect(await told()).toMatchObject({ count: 1, items: [{ key: 'PAY-1' }] });

  // The sync of another issue is set up, which need not change the issue.
  linear.clock.advance(60 * MINUTE);
  await readLinear();
  linear.clock.advance(60 * MINUTE);
  const at = linear.clock.now();
  const later = hung('8a4', two?.id, `${jira.url}/browse/PAY-2`, 'jira');
  linear.edits.save('attachments', { ...later, createdAt: at, updatedAt: at });
  linear.clock.advance(MINUTE);
  expect(await readLinear()).toEqual([`${jira.url}/browse/PAY-1`, `${jira.url}/browse/PAY-2`]);
  expect(await told()).toMatchObject({ count: 2 });
  expect(linear.violations).toEqual([]);
});
