import { describe, expect, test } from 'vitest';
import { digestLines } from '#demo/jira/digest.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { census, copyOf, linesOf, MINUTE, SALT, SOURCE, served, trackerAt } from './live-site.ts';

const issues = (count: number) => Array.from({ length: count }, (_, i) => smallIssue(i + 1));
const PROJECTS = [
  { id: '100', key: 'PAY', name: 'Payments' },
  { id: '102', key: 'OPS', name: 'Operations' },
];

test('a census costs one request for the projects and one for every 5,000 issues', async () => {
  await using simulator = await served(smallSite(issues(5001)));
  await using tracker = trackerAt(simulator);
  const copy = await copyOf(tracker);
  const before = simulator.requests.length;
  const { shown, parts, missing } = await census(tracker, copy);
  expect(simulator.requests.slice(before).map(({ path }) => path)).toEqual([
    '/rest/api/3/project/search',
    '/rest/api/3/search/jql',
    '/rest/api/3/search/jql',
  ]);
  expect(shown.size).toBe(5001);
  expect([...parts]).toEqual([['100', 'live']]);
  expect(missing).toEqual([]);
}, 30_000);

test('what was deleted, and what is kept from us, is missing when it is asked for by id', async () => {
  await using simulator = await served(smallSite(issues(5)));
  await using tracker = trackerAt(simulator);
  const copy = await copyOf(tracker);
  simulator.edits.remove('1002');
  simulator.edits.hide('1004');
  const { missing } = await census(tracker, copy);
  expect(missing).toEqual(['1002', '1004']);
  expect(linesOf(copy)).toEqual(digestLines(simulator.site, { sourceId: SOURCE, salt: SALT }));

  // Shown again without having changed: only a census can find it.
  simulator.edits.hide('1004', false);
  await census(tracker, copy);
  expect(linesOf(copy)).toEqual(digestLines(simulator.site, { sourceId: SOURCE, salt: SALT }));
});

describe('the state of a project', () => {
  test.each([
    ['archived', 'archived'],
    ['deleted', 'trashed'],
    ['forbidden', 'access_lost'],
  ] as const)('that is %s is %s, and its issues are missing', async (state, told) => {
    await using simulator = await served(smallSite(issues(4), { projects: PROJECTS }));
    simulator.edits.moveToProject('1004', '102');
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    simulator.clock.advance(MINUTE);
    simulator.edits.save('projects', { id: '102', key: 'OPS', name: 'Operations', state });
    const { parts, missing } = await census(tracker, copy);
    expect(parts).toEqual(
      new Map([
        ['100', 'live'],
        ['102', told],
      ]),
    );
    expect(missing).toEqual(['1004']);
  });

  test('is told for one that is not read, but holds an issue of ours; its other issues are not counted', async () => {
    await using simulator = await served(smallSite(issues(4), { projects: PROJECTS }));
    simulator.edits.moveToProject('1004', '102');
    await using tracker = trackerAt(simulator, { projects: ['PAY'] });
    await copyOf(tracker);
    const { parts, pages } = await tracker.census(['100', '102', '777']);
    expect([...parts]).toEqual([
      ['100', 'live'],
      ['102', 'live'],
      ['777', 'access_lost'],
    ]);
    const shown: string[] = [];
    for await (const page of pages) shown.push(...page);
    expect(shown).toEqual(['1001', '1002', '1003']);
  });
});

test('no live project: nothing is asked of its issues, and everything is missing', async () => {
  await using simulator = await served(smallSite(issues(2)));
  await using tracker = trackerAt(simulator);
  const copy = await copyOf(tracker);
  simulator.edits.save('projects', { id: '100', key: 'PAY', name: 'Payments', state: 'archived' });
  const { shown, missing } = await census(tracker, copy);
  expect(shown.size).toBe(0);
  expect(missing).toEqual(['1001', '1002']);
});

test('ids are read in batches of a hundred where Jira allows no more', async () => {
  await using simulator = await served(smallSite(issues(250)));
  await using tracker = trackerAt(simulator);
  const copy = await copyOf(tracker);
  const before = simulator.requests.length;
  const { issues: read, missing } = await tracker.read([...copy.issues.keys(), '1001', '99'], copy.stored);
  expect(read).toHaveLength(250);
  expect(missing).toEqual(['99']);
  expect(simulator.requests.slice(before).map(({ path }) => path.split('/').slice(-2).join('/'))).toEqual([
    'issue/bulkfetch',
    'issue/bulkfetch',
    'issue/bulkfetch',
    'changelog/bulkfetch',
  ]);
});
