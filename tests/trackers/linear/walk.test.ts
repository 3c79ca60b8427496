import { describe, expect, test } from 'vitest';
import { FAULT_KINDS } from '#demo/faults.ts';
import type { LinearRequest } from '#demo/linear/server.ts';
import {
  ANN,
  BOB,
  DONE,
  MINUTE,
  START,
  smallIssue,
  smallWorkspace,
  uuid,
} from '#tests/demo/linear/small-workspace.ts';
import { trackerErrorOf } from '../transport-support.ts';
import { batchesOf, following, trackerOf } from './following.ts';
import { issueWith, workspaceOf } from './workspace.ts';

const named = (requests: readonly LinearRequest[], operation: string): readonly LinearRequest[] =>
  requests.filter((request) => request.operation === operation);

describe('a walk', () => {
  test('ends with what the workspace holds, to the byte, for a request for every 137 issues and tails', async () => {
    await using live = await following(workspaceOf(300));
    await live.sync();
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
    const { requests, violations } = live.simulator;
    expect(named(requests, 'Walk').length).toBeLessThanOrEqual(Math.ceil(300 / 137));
    expect(named(requests, 'Reference')).toHaveLength(1);
    expect(named(requests, 'Relations')).toHaveLength(1);
    // Two of three histories are longer than what comes with an issue; fifty of them share a question.
    expect(named(requests, 'Tails').length).toBeLessThanOrEqual(6);
    expect(Math.max(...requests.map(({ complexity }) => complexity))).toBeLessThanOrEqual(10_000);
    expect(violations).toEqual([]);
  }, 30_000);

  test('goes through a thousand issues that changed in one millisecond', async () => {
    const at = START + 500 * MINUTE;
    const issues = Array.from({ length: 1000 }, (_, i) => smallIssue(i + 1, { updatedAt: at }));
    await using live = await following(smallWorkspace(issues));
    const { parts } = await live.tracker.overview();
    const [part] = parts;
    if (part === undefined) throw new RangeError('the workspace is one part');
    const batches = await batchesOf(live.tracker.walk(part));
    const ids = batches.flatMap((batch) => batch.issues.map((issue) => issue.id));
    expect(ids.length).toBe(1000);
    expect(new Set(ids).size).toBe(1000);
    expect(named(live.simulator.requests, 'Walk')).toHaveLength(Math.ceil(1000 / 137));
    // To resume inside the tie would leave out the rest of it.
    expect(new Set(batches.slice(0, -1).map(({ resume }) => resume))).toEqual(
      new Set([new Date(at).toISOString()]),
    );
  }, 30_000);

  test('drains histories of hundreds of entries', async () => {
    await using live = await following(smallWorkspace([issueWith(1, 700), issueWith(2, 6), issueWith(3, 7)]));
    await live.sync();
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
    expect(named(live.simulator.requests, 'Tails')).toHaveLength(3);
  });

  test('leaves out what is deleted before its history could be read to the end', async () => {
    const issues = [issueWith(1, 700), issueWith(2, 30), issueWith(3, 2)];
    let purged = false;
    await using live = await following(smallWorkspace(issues), {
      tracker: {
        transport: {
          sleep: () => Promise.resolve(),
          onAttempt: () => {
            const { requests, edits } = live.simulator;
            if (purged || requests.at(-1)?.operation !== 'Walk') return;
            edits.purge(issues[0]?.id ?? '');
            purged = true;
          },
        },
      },
    });
    await live.sync();
    expect(live.issues.size).toBe(2);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
  });

  test('resumes in another process where a batch was stored, whatever moved meanwhile', async () => {
    await using live = await following(workspaceOf(300));
    const { parts } = await live.tracker.overview();
    const [part] = parts;
    if (part === undefined) throw new RangeError('the workspace is one part');
    let resume: string | undefined;
    for await (const batch of live.tracker.walk(part)) {
      live.keep(batch.issues);
      resume = batch.resume;
      break;
    }
    const before = live.issues.size;
    const { edits, clock, workspace } = live.simulator;
    clock.advance(MINUTE);
    // The issue at the place of resumption moves to the end; one that was read is edited, one is archived, one is new.
    edits.update(
      workspace.issues.slice(100, 140).map(({ id }) => id),
      { stateId: DONE },
      BOB,
    );
    edits.archive(workspace.issues[2]?.id ?? '');
    edits.createIssue({ title: 'Late', teamId: workspace.teams[0]?.id ?? '', stateId: DONE }, ANN);

    await using second = trackerOf(live.simulator);
    await second.overview();
    for await (const batch of second.walk(part, resume)) live.keep(batch.issues);
    expect(before).toBeLessThan(live.issues.size);
    await live.follow(clock.now() - 2 * MINUTE);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
  }, 30_000);

  test('catches what is archived while it goes on, though archiving changes no issue', async () => {
    await using live = await following(workspaceOf(200));
    const { parts } = await live.tracker.overview();
    const [part] = parts;
    if (part === undefined) throw new RangeError('the workspace is one part');
    let batches = 0;
    for await (const batch of live.tracker.walk(part)) {
      live.keep(batch.issues);
      if (batches === 0) live.simulator.edits.archive(batch.issues[0]?.id ?? '', 'by itself');
      batches += 1;
    }
    expect(batches).toBe(3);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
  }, 30_000);

  test('keeps what is archived, and leaves out what is in the trash', async () => {
    await using live = await following(
      smallWorkspace([
        smallIssue(1, { archivedAt: START + MINUTE }),
        smallIssue(2, { archivedAt: START + MINUTE, trashed: true }),
      ]),
    );
    await live.sync();
    expect([...live.issues.keys()]).toEqual([uuid('1001')]);
  });

  test('of the teams that are named goes part by part', async () => {
    await using live = await following(workspaceOf(5), { tracker: { teams: ['pay', 'Operations'] } });
    const { parts } = await live.tracker.overview();
    expect(parts.map(({ name }) => name)).toEqual(['PAY', 'OPS']);
    await live.sync();
    expect(live.issues.size).toBe(5);
    expect(named(live.simulator.requests, 'Relations')).toHaveLength(1);
  });

  test('of a team that is not shown is an error that names those that are', async () => {
    await using live = await following(workspaceOf(1), { tracker: { teams: ['PAY', 'LAB'] } });
    const error = await trackerErrorOf(live.tracker.overview());
    expect(error.message).toBe(
      'labs shows no team LAB to the user of its key, who can see PAY, OPS. ' +
        'Correct the key of the team, or let that user join it if it is private.',
    );
  });
});

describe.each(FAULT_KINDS)('with the fault %s', (kind) => {
  test('wherever it strikes, nothing is missing in the end', async () => {
    await using live = await following(workspaceOf(160), { stallMilliseconds: 5 });
    for (const request of [1, 2, 3, 4, 5]) {
      live.simulator.faults.set({ kind: 'at', request, fault: kind });
      live.issues.clear();
      const since = await live.sync();
      live.simulator.clock.advance(MINUTE);
      live.simulator.edits.update(
        live.simulator.workspace.issues[request]?.id ?? '',
        { priority: request % 5 },
        BOB,
      );
      live.simulator.faults.set({ kind: 'at', request: 1, fault: kind });
      await live.follow(since);
      const [ours, theirs] = live.digests();
      expect(ours).toEqual(theirs);
    }
    expect(live.simulator.faults.injected.length).toBeGreaterThan(0);
  }, 60_000);
});

test('half of all answers going wrong, in every way there is, costs time and nothing else', async () => {
  await using live = await following(workspaceOf(160), { stallMilliseconds: 5 });
  live.simulator.faults.set({ kind: 'rate', rate: 0.5, seed: 7 });
  await live.sync();
  const [ours, theirs] = live.digests();
  expect(ours).toEqual(theirs);
}, 60_000);

test('an allowance that is used up ends the walk at once, with the wait that Linear states', async () => {
  const waits: number[] = [];
  await using live = await following(workspaceOf(300), {
    limits: { requests: 3, complexity: 3_000_000 },
    tracker: {
      transport: {
        sleep: (ms) => {
          waits.push(ms);
          return Promise.resolve();
        },
      },
    },
  });
  const error = await trackerErrorOf(live.sync());
  expect(error.kind).toBe('rate_limited');
  expect(error.retryAfterMs).toBeGreaterThan(60_000);
  expect(waits).toEqual([]);
}, 30_000);

test('a key that Linear does not know is tried once, and the error names the value to check', async () => {
  for (const unauthenticatedStatus of [400, 401] as const) {
    await using live = await following(workspaceOf(1), {
      unauthenticatedStatus,
      tracker: { auth: { apiKey: 'lin_api_of_somebody_else' } },
    });
    const error = await trackerErrorOf(live.sync());
    expect(error).toMatchObject({ kind: 'unauthorized', status: unauthenticatedStatus });
    expect(error.message).toContain('Check auth.apiKey of this source');
    expect(error.message).not.toContain('somebody_else');
    expect(live.simulator.requests).toHaveLength(1);
  }
});
