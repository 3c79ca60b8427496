import { describe, expect, test } from 'vitest';
import { FAULT_KINDS } from '#demo/faults.ts';
import { digestLines } from '#demo/jira/digest.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import type { IssueBatch } from '#trackers/tracker.ts';
import { issueJson } from './jira-json.ts';
import { HISTORIES, jiraServer, SEARCH, trackerOf } from './jira-server.ts';
import { copyOf, follow, linesOf, MINUTE, SALT, SOURCE, served, trackerAt } from './live-site.ts';

const issues = (count: number) => Array.from({ length: count }, (_, i) => smallIssue(i + 1));

describe('a site that gives a thousand issues at once', () => {
  test('is read in a request for 5,000 ids, and two for every thousand issues', async () => {
    await using simulator = await served(smallSite(issues(2345)), { isWide: true });
    await using tracker = trackerAt(simulator);
    await tracker.overview();
    const before = simulator.requests.length;
    const batches: IssueBatch[] = [];
    for await (const batch of tracker.walk({ id: '100', name: 'PAY', expected: 2345 })) batches.push(batch);
    expect(batches.map((batch) => batch.issues.length)).toEqual([1000, 1000, 345]);
    expect(simulator.requests.length - before).toBe(1 + 3 + 3);
  });

  test('is probed once: the answer is remembered', async () => {
    await using simulator = await served(smallSite(issues(1)), { isWide: true });
    await using tracker = trackerAt(simulator);
    const probes = () => simulator.requests.filter(({ path }) => path.endsWith('issue/bulkfetch')).length;
    await tracker.overview();
    const { reference } = await tracker.overview();
    expect(probes()).toBe(1);
    expect(reference.notes).toMatchObject({ isWide: true });
  });

  test('is read by a search where that costs no more', async () => {
    await using simulator = await served(smallSite(issues(200)), { isWide: true });
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    expect(copy.issues.size).toBe(200);
    expect(simulator.requests.filter(({ path }) => path.endsWith('search/jql'))).toHaveLength(2);
  });

  test('resumes behind any batch, and starts over where its place is unknown', async () => {
    await using simulator = await served(smallSite(issues(2345)), { isWide: true });
    await using tracker = trackerAt(simulator);
    await tracker.overview();
    const part = { id: '100', name: 'PAY', expected: 2345 };
    const walk = async (resume?: string) => {
      const ids: string[] = [];
      const places: string[] = [];
      for await (const batch of tracker.walk(part, resume)) {
        ids.push(...batch.issues.map(({ id }) => id));
        if (batch.resume !== undefined) places.push(batch.resume);
      }
      return { ids, places };
    };
    const whole = await walk();
    expect((await walk(whole.places[0])).ids).toEqual(whole.ids.slice(1000));
    expect((await walk(whole.places[1])).ids).toEqual(whole.ids.slice(2000));
    // The last issue of the batch was deleted meanwhile.
    simulator.edits.remove(whole.ids[999] ?? '');
    expect((await walk(whole.places[0])).ids).toEqual(whole.ids.filter((_, i) => i !== 999));
    expect((await walk('ids 1005 no-token-of-ours')).ids).toHaveLength(2344);
  });

  test('that has changed its mind is read the long way', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => String(10_001 + i));
    const BULK = 'POST /rest/api/3/issue/bulkfetch';
    await using server = await jiraServer({
      [BULK]: ({ body }, times) => {
        const asked = body['issueIdsOrKeys'] as readonly string[];
        if (times === 1) return { issues: [] };
        return asked.length > 100 ? 400 : { issues: asked.map((id) => issueJson({}, id)) };
      },
      [SEARCH]: () => ({ issues: ids.map((id) => ({ id })), isLast: true }),
    });
    await using tracker = trackerOf(server);
    await tracker.overview();
    let read = 0;
    for await (const batch of tracker.walk({ id: '100', name: 'PAY' })) read += batch.issues.length;
    expect(read).toBe(250);
    expect([server.count(BULK), server.count(SEARCH), server.count(HISTORIES)]).toEqual([1 + 1 + 3, 1, 1]);
  });

  test.each(FAULT_KINDS)('is read whole though %s happens to every sixth request', async (kind) => {
    await using simulator = await served(smallSite(issues(1203)), { isWide: true });
    simulator.faults.set({ kind: 'rate', rate: 0.17, seed: 3, faults: [kind] });
    await using tracker = trackerAt(simulator, {
      transport: { sleep: () => Promise.resolve(), timeouts: { headersMs: 200, bodyMs: 200 } },
    });
    const copy = await copyOf(tracker);
    simulator.clock.advance(MINUTE);
    simulator.edits.update([...copy.issues.keys()].slice(0, 150), { statusId: '5' });
    await follow(tracker, copy);
    expect(linesOf(copy)).toEqual(digestLines(simulator.site, { sourceId: SOURCE, salt: SALT }));
  });
});
