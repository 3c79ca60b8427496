import { describe, expect, test } from 'vitest';
import {
  ANN,
  BOB,
  DAY,
  DOING,
  DONE,
  MINUTE,
  OPS,
  PAY,
  START,
  smallWorkspace,
  TODO,
  URGENT,
  uuid,
} from '#tests/demo/linear/small-workspace.ts';
import { type Following, following, trackerOf } from './following.ts';
import { issueWith, workspaceOf } from './workspace.ts';

const idsOf = ({ simulator }: Following): readonly string[] => simulator.workspace.issues.map(({ id }) => id);
const id = (live: Following, index: number): string => idsOf(live)[index] ?? '';

/** A workspace that was read whole an hour ago. */
async function synced(count: number): Promise<{ readonly live: Following; readonly since: number }> {
  const live = await following(workspaceOf(count));
  const since = await live.sync();
  live.simulator.clock.advance(60 * MINUTE);
  live.asked();
  return { live, since };
}

describe('a poll', () => {
  test('that finds nothing asks one question, in a process that knows nothing too', async () => {
    const { live, since } = await synced(60);
    await using _ = live;
    const [batch, ...more] = await live.follow(since);
    expect(batch).toEqual({
      issues: [],
      cursor: live.simulator.clock.now(),
      trackerNow: live.simulator.clock.now(),
    });
    expect(more).toEqual([]);
    expect(live.asked()).toEqual(['Poll']);

    await using fresh = trackerOf(live.simulator);
    for await (const { issues } of fresh.changes(since + 50 * MINUTE, live.stored))
      expect(issues).toEqual([]);
    expect(live.asked()).toEqual(['Poll']);
  });

  test('takes one question for a hundred changed issues, however long their histories are', async () => {
    const issues = Array.from({ length: 100 }, (_, i) => issueWith(i + 1, 40));
    await using live = await following(smallWorkspace(issues));
    const since = await live.sync();
    live.simulator.clock.advance(60 * MINUTE);
    live.simulator.edits.update(idsOf(live), { stateId: DONE, priority: 1 }, BOB);
    live.asked();
    const [batch] = await live.follow(since);
    expect(batch?.issues).toHaveLength(100);
    expect(live.asked()).toEqual(['Poll']);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
  });

  test('goes on for more than a hundred, also when they changed in one millisecond, and its cursor never leaps', async () => {
    const { live, since } = await synced(260);
    await using _ = live;
    live.simulator.edits.update(idsOf(live).slice(0, 210), { stateId: DONE }, BOB);
    live.simulator.clock.advance(MINUTE);
    live.simulator.edits.update(idsOf(live).slice(200, 260), { priority: 3 }, ANN);
    live.simulator.clock.advance(MINUTE);
    const batches = await live.follow(since);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
    const cursors = batches.map(({ cursor }) => cursor);
    expect(cursors).toEqual(cursors.toSorted((a, b) => a - b));
    expect(live.asked().length).toBeLessThanOrEqual(6);
  });

  test('shows a second time what the overlap repeats as no news', async () => {
    const { live, since } = await synced(40);
    await using _ = live;
    live.simulator.edits.update(id(live, 0), { stateId: DONE }, BOB);
    const [first] = await live.follow(since);
    expect(first?.issues).toHaveLength(1);
    live.simulator.clock.advance(MINUTE);
    expect((await live.follow(first?.cursor ?? 0))[0]?.issues).toEqual([]);
  });
});

describe('what was read a moment ago', () => {
  test.each([110, 260])('costs the next poll nothing more: %i edited at one go', async (count) => {
    const { live, since } = await synced(260);
    await using _ = live;
    live.simulator.edits.update(idsOf(live).slice(0, count), { stateId: DONE }, BOB);
    const cursor = (await live.follow(since)).at(-1)?.cursor ?? 0;
    live.asked();
    live.simulator.clock.advance(MINUTE);
    expect((await live.follow(cursor)).flatMap(({ issues }) => issues)).toEqual([]);
    expect(live.asked()).toEqual(['Poll']);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
  });

  test('leaves room for a hundred others, and for the same edited again', async () => {
    const { live, since } = await synced(260);
    await using _ = live;
    const { edits, clock, workspace } = live.simulator;
    const there = workspace.issues.filter(({ trashed }) => trashed !== true).map((issue) => issue.id);
    edits.update(there.slice(0, 100), { stateId: DONE }, BOB);
    const cursor = (await live.follow(since)).at(-1)?.cursor ?? 0;
    clock.advance(MINUTE);
    edits.update(there.slice(50, 150), { title: 'Edited again' }, ANN);
    live.asked();
    expect((await live.follow(cursor)).flatMap(({ issues }) => issues)).toHaveLength(100);
    expect(live.asked()).toEqual(['Poll']);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
  });

  test('of the workspace itself is not read again by a process that is told of it', async () => {
    const { live, since } = await synced(10);
    await using _ = live;
    const [project] = live.simulator.workspace.projects;
    if (project === undefined) throw new RangeError('there is a project');
    live.simulator.edits.save('projects', { ...project, health: 'offTrack' });
    const [batch] = await live.follow(since);
    if (batch?.reference === undefined) throw new RangeError('the reference was read');
    live.simulator.clock.advance(MINUTE);
    await using fresh = trackerOf(live.simulator);
    // As a store gives it back.
    fresh.remember?.(JSON.parse(JSON.stringify(batch.reference)));
    live.asked();
    for await (const { reference } of fresh.changes(batch.cursor, live.stored))
      expect(reference).toBeUndefined();
    expect(live.asked()).toEqual(['Poll']);
  });
});

describe('what changed', () => {
  test('is taken in whatever it was: fields, labels, teams, links, the archive and back', async () => {
    const { live, since } = await synced(60);
    await using _ = live;
    const { edits, clock } = live.simulator;
    const created = edits.createIssue({ title: 'New', teamId: PAY, stateId: TODO }, ANN);
    clock.advance(5 * MINUTE);
    edits.update(
      created.id,
      { labelIds: [URGENT], assigneeId: BOB, estimate: 5, dueDate: '2026-05-01' },
      BOB,
    );
    clock.advance(5 * MINUTE);
    edits.moveToTeam(id(live, 1), OPS, ANN);
    edits.relate(created.id, 'blocks', id(live, 2), BOB);
    edits.archive([id(live, 4), id(live, 5)], 'by itself');
    edits.unarchive(id(live, 3), ANN);
    await live.follow(since);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
    const links = live.issues.get(id(live, 2))?.current.sets.links ?? [];
    expect(links).toContainEqual({
      value: `PAY-${created.number}`,
      name: `This issue is blocked by PAY-${created.number}`,
    });
  });

  test('within three minutes is written into one entry, which is replaced, and withdrawn when it was taken back', async () => {
    const { live, since } = await synced(40);
    await using _ = live;
    const { edits, clock } = live.simulator;
    const [one, two] = [id(live, 20), id(live, 21)];
    edits.update([one, two], { stateId: TODO }, BOB);
    const [first] = await live.follow(since);
    clock.advance(MINUTE);
    edits.update(one, { stateId: DONE, priority: 4 }, BOB);
    edits.update(two, { stateId: DOING }, BOB);
    const batches = await live.follow(first?.cursor ?? 0);
    expect(batches[0]?.issues).toHaveLength(2);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
    clock.advance(MINUTE);
    expect((await live.follow(batches[0]?.cursor ?? 0))[0]?.issues).toEqual([]);
  });

  test('behind a history of many new entries is drained when they no longer meet what is stored', async () => {
    const { live, since } = await synced(40);
    await using _ = live;
    const { edits, clock } = live.simulator;
    for (let i = 0; i < 30; i += 1) {
      clock.advance(4 * MINUTE);
      edits.update(id(live, 8), { priority: i % 5, stateId: i % 2 ? TODO : DONE }, BOB);
    }
    live.asked();
    await live.follow(since);
    expect(live.asked()).toEqual(['Poll', 'Tails']);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
  });

  test('of the workspace itself brings its reference along, once', async () => {
    const { live, since } = await synced(10);
    await using _ = live;
    const [project] = live.simulator.workspace.projects;
    if (project === undefined) throw new RangeError('there is a project');
    live.simulator.edits.save('projects', { ...project, health: 'offTrack' });
    const [batch] = await live.follow(since);
    expect(batch?.reference?.projects).toMatchObject([{ id: project.id, health: 'off_track' }]);
    expect(live.asked()).toEqual(['Poll', 'Reference']);
    live.simulator.clock.advance(MINUTE);
    const [next] = await live.follow(batch?.cursor ?? 0);
    expect(next).not.toHaveProperty('reference');
  });

  test('in the trash is taken in when it is ours, and left out when it never was', async () => {
    const { live, since } = await synced(10);
    await using _ = live;
    const { edits } = live.simulator;
    const fresh = edits.createIssue({ title: 'Mistake', teamId: PAY, stateId: TODO }, ANN);
    edits.trash(fresh.id, ANN);
    edits.trash(id(live, 0), ANN);
    const [batch] = await live.follow(since);
    expect(batch?.issues.map((issue) => issue.id)).toEqual([id(live, 0)]);
    expect(batch?.issues[0]?.events.at(-1)).toMatchObject({ field: 'trashed', from: 'false', to: 'true' });
  });
});

test('a team that is followed brings the changes of its own issues alone', async () => {
  await using live = await following(workspaceOf(30), { tracker: { teams: ['ops'] } });
  await live.sync();
  expect(live.issues.size).toBe(0);
  live.simulator.clock.advance(DAY);
  live.simulator.edits.moveToTeam(id(live, 0), OPS, ANN);
  live.simulator.edits.update(id(live, 1), { priority: 1 }, ANN);
  const [batch] = await live.follow(live.simulator.clock.now() - MINUTE);
  expect(batch?.issues.map((issue) => issue.current.scalars.key?.value)).toEqual(['OPS-1']);
});

test.each([
  [25, ['Poll', 'Linked']],
  [52, ['Poll', 'Relations', 'Linked']],
])(
  '%i links that were made without their issues counting as changed are noticed by themselves, once',
  async (count, asked) => {
    const issues = Array.from({ length: 110 }, (_, i) => issueWith(i + 1, i % 9));
    const now = START + 30 * DAY;
    const relations = issues.slice(0, count).map(({ id: issueId }, i) => ({
      id: uuid(`7${i}`),
      createdAt: now - i * 1000,
      updatedAt: now - i * 1000,
      issueId,
      relatedIssueId: issues[i + 55]?.id ?? issueId,
      type: 'blocks' as const,
    }));
    await using live = await following(smallWorkspace(issues, { relations: [] }));
    await live.sync();
    await using linked = await following(smallWorkspace(issues, { relations, now }));
    linked.keep([...live.issues.values()]);
    const [batch] = await linked.follow(now - MINUTE);
    expect(batch?.issues).toHaveLength(2 * count);
    // The poll, the rest of the relations, and the issues with what their histories have beyond a page.
    expect(linked.asked()).toEqual(asked);
    expect(linked.issues.get(issues[0]?.id ?? '')?.current.sets.links).toEqual([
      { value: 'PAY-56', name: 'This issue blocks PAY-56' },
    ]);
    linked.simulator.clock.advance(MINUTE);
    expect((await linked.follow(now))[0]?.issues).toEqual([]);
    expect(linked.asked()).toEqual(['Poll']);
  },
);
