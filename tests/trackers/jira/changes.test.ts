import { describe, expect, test } from 'vitest';
import { digestLines } from '#demo/jira/digest.ts';
import type { JiraSimulator } from '#demo/jira/server.ts';
import { START, smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { trackerErrorOf } from '../transport-support.ts';
import { copyOf, follow, HOUR, linesOf, MINUTE, SALT, SOURCE, served, trackerAt } from './live-site.ts';

const issues = (count: number) => Array.from({ length: count }, (_, i) => smallIssue(i + 1));
const ids = (count: number, from = 1) => Array.from({ length: count }, (_, i) => String(1000 + from + i));

const witness = (simulator: JiraSimulator) => digestLines(simulator.site, { sourceId: SOURCE, salt: SALT });

/** How many requests `work` makes. */
async function requestsOf(simulator: JiraSimulator, work: () => Promise<unknown>): Promise<number> {
  const before = simulator.requests.length;
  await work();
  return simulator.requests.length - before;
}

describe('what a poll costs', () => {
  test('nothing changed: one request, in a fresh process too', async () => {
    await using simulator = await served(smallSite(issues(30)));
    await using first = trackerAt(simulator);
    const copy = await copyOf(first);
    simulator.clock.advance(HOUR);
    expect(await requestsOf(simulator, () => follow(first, copy))).toBe(1);

    await using fresh = trackerAt(simulator);
    if (copy.reference !== undefined) {
      // As a store gives it back.
      fresh.remember(JSON.parse(JSON.stringify(copy.reference)));
    }
    expect(await requestsOf(simulator, () => follow(fresh, copy))).toBe(1);
    expect(simulator.requests.at(-1)?.path).toBe('/rest/api/3/search/jql');
  });

  test('99 changed issues: two requests, and none of them is asked for again by the next poll', async () => {
    await using simulator = await served(smallSite(issues(300)));
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    for (const id of ids(99)) {
      simulator.clock.advance(1000);
      simulator.edits.update(id, { statusId: '5' });
    }
    simulator.clock.advance(MINUTE);
    const came: string[] = [];
    expect(await requestsOf(simulator, async () => came.push(...(await follow(tracker, copy))))).toBe(2);
    expect(came).toEqual(ids(99));
    expect(await requestsOf(simulator, () => follow(tracker, copy))).toBe(1);
    expect(linesOf(copy)).toEqual(witness(simulator));
  });

  test('850 changed issues: a search for every hundred and one question for their histories', async () => {
    await using simulator = await served(smallSite(issues(850)));
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    for (const id of ids(850)) {
      simulator.clock.advance(100);
      simulator.edits.update(id, { statusId: '5' });
    }
    expect(await requestsOf(simulator, () => follow(tracker, copy))).toBeLessThanOrEqual(10);
    expect(linesOf(copy)).toEqual(witness(simulator));
  });

  test('a tracker that remembers nothing finds out first, and reads the same', async () => {
    await using simulator = await served(smallSite(issues(3)));
    await using first = trackerAt(simulator);
    const copy = await copyOf(first);
    simulator.edits.update('1002', { labels: ['late'] });
    await using fresh = trackerAt(simulator);
    expect(await follow(fresh, copy)).toEqual(['1002']);
    expect(linesOf(copy)).toEqual(witness(simulator));
  });
});

describe('what was read in a busy quarter of an hour', () => {
  const EVERY = 5 * MINUTE;

  test.each([130, 1000])(
    'costs the polls after it nothing more: %i in one millisecond',
    async (count) => {
      await using simulator = await served(smallSite(issues(1050)));
      await using tracker = trackerAt(simulator);
      const copy = await copyOf(tracker);
      simulator.clock.advance(HOUR);
      simulator.edits.update(ids(count), { labels: ['sorted-out'] });
      expect(await follow(tracker, copy)).toHaveLength(count);
      for (const after of [EVERY, EVERY, EVERY, HOUR, 48 * HOUR]) {
        simulator.clock.advance(after);
        expect(await requestsOf(simulator, () => follow(tracker, copy))).toBe(1);
      }
      expect(linesOf(copy)).toEqual(witness(simulator));
    },
    30_000,
  );

  test('costs the polls within it two requests for forty changes in five minutes, however many went before', async () => {
    await using simulator = await served(smallSite(issues(300)));
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    for (let round = 0; round < 8; round += 1) {
      for (const id of ids(40, 1 + ((40 * round) % 240))) {
        simulator.clock.advance(EVERY / 40);
        simulator.edits.update(id, { labels: [`round-${round}`] });
      }
      const came: string[] = [];
      expect(await requestsOf(simulator, async () => came.push(...(await follow(tracker, copy))))).toBe(2);
      expect(came).toHaveLength(40);
    }
    expect(linesOf(copy)).toEqual(witness(simulator));
  });

  test('does not hide what the index shows late: the rest of a bulk edit, and an issue edited again', async () => {
    await using simulator = await served(smallSite(issues(200)), { indexLagSeconds: 240 });
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    simulator.clock.advance(HOUR);
    simulator.edits.update(ids(150), { labels: ['together'] });
    // A webhook told of the first half of them, and of a later edit, before the index knew of any.
    const told = await tracker.read([...ids(75), '1190'], copy.stored);
    for (const issue of told.issues) copy.issues.set(issue.id, issue);
    simulator.clock.advance(1000);
    simulator.edits.update('1003', { statusId: '5' });
    simulator.clock.advance(1000);
    simulator.edits.update('1199', { summary: 'Told by itself' });
    for (const issue of (await tracker.read(['1199'], copy.stored)).issues) copy.issues.set(issue.id, issue);
    expect(await follow(tracker, copy)).toEqual([]);
    simulator.clock.advance(EVERY);
    const came = await follow(tracker, copy);
    expect(came.toSorted()).toEqual([...ids(75, 76), '1003'].toSorted());
    expect(linesOf(copy)).toEqual(witness(simulator));
  });

  test('is shown once more where Jira refuses to have an issue named that is gone', async () => {
    await using simulator = await served(smallSite(issues(40)));
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    simulator.clock.advance(HOUR);
    simulator.edits.update(ids(30), { labels: ['sorted-out'] });
    await follow(tracker, copy);
    simulator.edits.remove('1002');
    simulator.edits.update('1001', { statusId: '5' });
    const came: string[] = [];
    // The search that is refused, the one without names, and the histories.
    expect(await requestsOf(simulator, async () => came.push(...(await follow(tracker, copy))))).toBe(3);
    expect(came).toEqual(['1001']);
  });
});

describe('nothing is lost', () => {
  test.each([99, 100, 101, 250, 1100])('of %i changes in one millisecond', async (count) => {
    await using simulator = await served(smallSite(issues(1200)));
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    simulator.clock.advance(MINUTE);
    simulator.edits.update('2200', { summary: 'a little before' });
    simulator.clock.advance(7);
    simulator.edits.update(ids(count), { labels: ['sorted-out'] });
    simulator.clock.advance(9);
    simulator.edits.update('2199', { summary: 'a little later' });
    const came = await follow(tracker, copy);
    expect(came.toSorted()).toEqual([...ids(count), '2199', '2200'].toSorted());
    expect(linesOf(copy)).toEqual(witness(simulator));
    expect(await follow(tracker, copy)).toEqual([]);
  });

  test('when the index is ten minutes behind', async () => {
    await using simulator = await served(smallSite(issues(20)), { indexLagSeconds: 600 });
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    simulator.edits.update('1001', { statusId: '5' });
    simulator.clock.advance(MINUTE);
    expect(await follow(tracker, copy)).toEqual([]);
    // Seen late: by now something younger may have moved the cursor on.
    simulator.clock.advance(8 * MINUTE);
    simulator.edits.update('1002', { statusId: '5' });
    expect(await follow(tracker, copy)).toEqual([]);
    simulator.clock.advance(2 * MINUTE);
    expect(await follow(tracker, copy)).toEqual(['1001']);
    simulator.clock.advance(9 * MINUTE);
    expect(await follow(tracker, copy)).toEqual(['1002']);
    expect(linesOf(copy)).toEqual(witness(simulator));
  });

  test('when a busy issue moves past while pages are read, and others move up over the edge', async () => {
    await using simulator = await served(smallSite(issues(450)));
    let round = Number.POSITIVE_INFINITY;
    await using tracker = trackerAt(simulator, {
      transport: {
        sleep: () => Promise.resolve(),
        // After every answer an issue of the pages before changes again.
        onAttempt: () => {
          if (round > 6) return;
          round += 1;
          simulator.clock.advance(10);
          simulator.edits.update(String(1000 + round), { labels: [`again-${round}`] });
        },
      },
    });
    const copy = await copyOf(tracker);
    for (const id of ids(450)) {
      simulator.clock.advance(10);
      simulator.edits.update(id, { labels: [id] });
    }
    round = 0;
    await follow(tracker, copy);
    expect([...copy.issues.values()].map(({ current }) => current.sets.labels?.length)).not.toContain(0);
    // The last edit may have come behind the only search of that.
    await follow(tracker, copy);
    await follow(tracker, copy);
    expect(round).toBe(7);
    expect(linesOf(copy)).toEqual(witness(simulator));
  });

  test.each([-HOUR, HOUR])('when our clock is %i ms off theirs', async (skew) => {
    // Everything goes by the tracker's clock; ours stands somewhere else.
    await using simulator = await served(smallSite(issues(5), { now: Date.now() + skew }));
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    expect(copy.cursor).toBe(Math.floor(simulator.clock.now() / 1000) * 1000);
    simulator.clock.advance(5 * MINUTE);
    simulator.edits.update('1003', { statusId: '5' });
    expect(await follow(tracker, copy)).toEqual(['1003']);
    expect(linesOf(copy)).toEqual(witness(simulator));
  });

  test('of an issue that changed while the site was read for the first time', async () => {
    await using simulator = await served(smallSite(issues(3)));
    await using tracker = trackerAt(simulator);
    const overview = await tracker.overview();
    simulator.clock.advance(10);
    simulator.edits.update('1001', { statusId: '5' });
    const copy = await copyOf(trackerAt(simulator));
    copy.issues.delete('1001');
    copy.cursor = overview.trackerNow;
    expect(await follow(tracker, copy)).toEqual(['1001']);
  });
});

test('a following that is killed at any of its requests goes on from what was kept', async () => {
  await using simulator = await served(smallSite(issues(1100)));
  await using first = trackerAt(simulator);
  const copy = await copyOf(first);
  for (const id of ids(1100)) {
    simulator.clock.advance(10);
    simulator.edits.update(id, { labels: ['new'] });
  }
  simulator.edits.update(ids(250), { statusId: '5' });
  const cursors: number[] = [];
  let whole = false;
  for (let request = 1; !whole; request += 1) {
    let left = request;
    const stop = new AbortController();
    await using tracker = trackerAt(simulator, {
      transport: {
        sleep: () => Promise.resolve(),
        onAttempt: () => {
          left -= 1;
          if (left === 0) stop.abort(new Error('killed'));
        },
      },
    });
    if (copy.reference !== undefined) tracker.remember(copy.reference);
    whole = await follow(tracker, copy, stop.signal).then(
      () => true,
      () => false,
    );
    cursors.push(copy.cursor);
  }
  expect(cursors.length).toBeGreaterThan(3);
  expect(cursors.toSorted((a, b) => a - b)).toEqual(cursors);
  expect(linesOf(copy)).toEqual(witness(simulator));
});

test('a search is asked for without an upper bound, by milliseconds, fifteen minutes back', async () => {
  const asked: string[] = [];
  await using simulator = await served(smallSite(issues(1)));
  await using tracker = trackerAt(simulator, {
    transport: { sleep: () => Promise.resolve(), onAttempt: ({ path }) => asked.push(path) },
  });
  const copy = await copyOf(tracker);
  copy.cursor = START;
  asked.length = 0;
  const batches: unknown[] = [];
  for await (const batch of tracker.changes(START, copy.stored)) batches.push(batch);
  expect(asked).toEqual(['/rest/api/3/search/jql']);
  // The issue is younger than the cursor and stored as it is: nothing to give, and the cursor stands at Jira's clock.
  const trackerNow = simulator.clock.now();
  expect(batches).toEqual([{ issues: [], cursor: trackerNow, trackerNow }]);
});

describe('an issue that moves', () => {
  const projects = [
    { id: '100', key: 'PAY', name: 'Payments' },
    { id: '102', key: 'OPS', name: 'Operations' },
    { id: '103', key: 'SEC', name: 'Secret', state: 'forbidden' as const },
  ];

  test('to another project that is read keeps its id and its history under a new key', async () => {
    await using simulator = await served(smallSite(issues(3), { projects }));
    await using tracker = trackerAt(simulator);
    const copy = await copyOf(tracker);
    simulator.clock.advance(MINUTE);
    simulator.edits.moveToProject('1002', '102');
    expect(await follow(tracker, copy)).toEqual(['1002']);
    expect(copy.issues.get('1002')?.current.scalars).toMatchObject({
      key: { value: 'OPS-1' },
      project: { value: '102', name: 'Operations' },
    });
    expect(copy.issues.get('1002')?.events.map(({ field, from, to }) => [field, from, to])).toEqual(
      expect.arrayContaining([
        ['key', 'PAY-2', 'OPS-1'],
        ['project', '100', '102'],
      ]),
    );
    expect(linesOf(copy)).toEqual(witness(simulator));
  });

  test('to a project that is not read comes with its new place when it is asked for', async () => {
    await using simulator = await served(smallSite(issues(3), { projects }));
    await using tracker = trackerAt(simulator, { projects: ['PAY'] });
    const copy = await copyOf(tracker);
    simulator.clock.advance(MINUTE);
    simulator.edits.moveToProject('1002', '102');
    expect(await follow(tracker, copy)).toEqual([]);
    const { issues: read, missing } = await tracker.read(['1002'], copy.stored);
    expect(missing).toEqual([]);
    expect(read.map(({ current }) => current.scalars.project?.value)).toEqual(['102']);
  });

  test('in a project that is not read, and was never stored, is none of ours', async () => {
    await using simulator = await served(smallSite(issues(3), { projects }));
    await using tracker = trackerAt(simulator, { projects: ['OPS'] });
    const copy = await copyOf(tracker);
    expect(copy.issues.size).toBe(0);
    expect(await tracker.read(['1002', '9999'], copy.stored)).toEqual({ issues: [], missing: ['9999'] });
  });
});

describe('a project that is there no more', () => {
  const projects = [
    { id: '100', key: 'PAY', name: 'Payments' },
    { id: '102', key: 'OPS', name: 'Operations' },
  ];

  async function withOps(state: 'archived' | 'deleted' | 'forbidden', named: boolean) {
    const simulator = await served(smallSite(issues(4), { projects }));
    simulator.edits.moveToProject('1004', '102');
    simulator.clock.advance(MINUTE);
    const tracker = trackerAt(simulator, named ? { projects: ['PAY', 'OPS'] } : {});
    const copy = await copyOf(tracker);
    simulator.edits.save('projects', { id: '102', key: 'OPS', name: 'Operations', state });
    simulator.edits.update('1001', { statusId: '5' });
    return { simulator, tracker, copy };
  }

  test.each(['archived', 'deleted'] as const)(
    '%s does not keep the changes of the others back',
    async (state) => {
      const { simulator, tracker, copy } = await withOps(state, true);
      await using _ = simulator;
      await using _tracker = tracker;
      expect(await follow(tracker, copy)).toEqual(['1001']);
      // Its name stays known, so that what was its can still be told.
      const { reference, parts } = await tracker.overview();
      expect(reference.projects.map(({ key }) => key)).toEqual(['PAY', 'OPS']);
      expect(parts.map(({ name }) => name)).toEqual(['PAY']);
      expect(await follow(tracker, copy)).toEqual([]);
    },
  );

  test('forbidden does not keep the changes of the others back, and its name stays known', async () => {
    const { simulator, tracker, copy } = await withOps('forbidden', true);
    await using _ = simulator;
    await using _tracker = tracker;
    expect(await follow(tracker, copy)).toEqual(['1001']);
    const { reference, parts } = await tracker.overview();
    expect(reference.projects.map(({ key }) => key)).toEqual(['PAY', 'OPS']);
    expect(parts.map(({ name }) => name)).toEqual(['PAY']);
  });

  test('forbidden are named as an error when nothing is left to read of what the configuration names', async () => {
    const { simulator, tracker, copy } = await withOps('forbidden', true);
    await using _ = simulator;
    await using _tracker = tracker;
    simulator.edits.save('projects', { id: '100', key: 'PAY', name: 'Payments', state: 'forbidden' });
    const error = await trackerErrorOf(follow(tracker, copy));
    expect(error).toMatchObject({ kind: 'not_found' });
    expect(error.message).toContain('acme shows no project OPS, PAY to its user');
    expect((await trackerErrorOf(tracker.overview())).message).toContain('acme shows no project PAY, OPS');
  });

  test('forbidden is no error where all that can be seen is read', async () => {
    const { simulator, tracker, copy } = await withOps('forbidden', false);
    await using _ = simulator;
    await using _tracker = tracker;
    expect(await follow(tracker, copy)).toEqual(['1001']);
  });
});
