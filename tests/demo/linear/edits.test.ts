import { describe, expect, test } from 'vitest';
import { linearDigestLines } from '#demo/linear/digest.ts';
import type { LinearIssue } from '#demo/linear/model.ts';
import { createLinearSimulator, type LinearSimulator } from '#demo/linear/server.ts';
import {
  ANN,
  BOB,
  BUG,
  CYCLE,
  DAY,
  DOING,
  DONE,
  MINUTE,
  OPS,
  OPS_DOING,
  PAY,
  START,
  smallIssue,
  smallWorkspace,
  TODO,
  URGENT,
  uuid,
} from './small-workspace.ts';

const NOW = START + 30 * DAY;
const ID = uuid('1001');

async function served(...issues: readonly LinearIssue[]): Promise<LinearSimulator> {
  return createLinearSimulator(smallWorkspace(issues.length === 0 ? [smallIssue(1)] : issues));
}

function issueIn({ workspace }: LinearSimulator, id: string = ID): LinearIssue {
  const issue = workspace.issues.find((candidate) => candidate.id === id);
  if (issue === undefined) throw new Error(`No issue ${id}`);
  return issue;
}

/** An issue's history without ids and times. */
function told(linear: LinearSimulator, id: string = ID): readonly object[] {
  return issueIn(linear, id).history.map(
    ({ id: _id, createdAt: _created, updatedAt: _updated, ...rest }) => rest,
  );
}

describe('a change', () => {
  test('is told in the history, moves `updatedAt`, and dates what began', async () => {
    await using linear = await served();
    linear.clock.advance(MINUTE);
    linear.edits.update(ID, { stateId: DOING, cycleId: CYCLE, labelIds: [BUG], title: 'New' }, BOB);
    expect(told(linear)).toEqual([
      {
        actorId: BOB,
        fromStateId: TODO,
        toStateId: DOING,
        toCycleId: CYCLE,
        addedLabelIds: [BUG],
        fromTitle: 'Issue 1',
        toTitle: 'New',
      },
    ]);
    const at = NOW + MINUTE;
    expect(issueIn(linear)).toMatchObject({ updatedAt: at, startedAt: at, addedToCycleAt: at, title: 'New' });
    expect(issueIn(linear).history).toMatchObject([{ createdAt: at, updatedAt: at }]);
  });

  test('of many issues at one go bears one millisecond', async () => {
    await using linear = await served(smallIssue(1), smallIssue(2), smallIssue(3));
    linear.edits.update([ID, uuid('1002')], { priority: 2 });
    expect(linear.workspace.issues.map(({ updatedAt }) => updatedAt)).toEqual([NOW, NOW, START + 3 * MINUTE]);
    expect(told(linear, uuid('1002'))).toEqual([{ fromPriority: 0, toPriority: 2 }]);
  });

  test('to the end and back keeps the beginning and forgets the end', async () => {
    await using linear = await served();
    linear.edits.update(ID, { stateId: DOING });
    linear.clock.advance(DAY);
    linear.edits.update(ID, { stateId: DONE });
    expect(issueIn(linear)).toMatchObject({ startedAt: NOW, completedAt: NOW + DAY });
    linear.clock.advance(DAY);
    linear.edits.update(ID, { stateId: TODO });
    expect(issueIn(linear)).toMatchObject({ startedAt: NOW });
    expect(issueIn(linear)).not.toHaveProperty('completedAt');
  });

  test('clears a field with `undefined`', async () => {
    await using linear = await served(smallIssue(1, { estimate: 3, dueDate: '2026-04-01' }));
    linear.edits.update(ID, { estimate: undefined, dueDate: undefined });
    expect(issueIn(linear)).not.toHaveProperty('estimate');
    expect(told(linear)).toEqual([{ fromEstimate: 3, fromDueDate: '2026-04-01' }]);
  });

  test('of an issue that is not there is a mistake', async () => {
    await using linear = await served();
    expect(() => {
      linear.edits.update('nope', { priority: 1 });
    }).toThrow('The simulated workspace has no issue nope.');
  });
});

describe('the first three minutes', () => {
  const fields = { title: 'Fresh', teamId: PAY, stateId: TODO };

  test('of an issue: what its creator changes is part of its creation, and in no history', async () => {
    await using linear = await served();
    const { id, number } = linear.edits.createIssue(fields, ANN);
    linear.clock.advance(3 * MINUTE - 1);
    linear.edits.update(id, { stateId: DOING }, ANN);
    expect([number, told(linear, id)]).toEqual([2, []]);
    expect(issueIn(linear, id)).toMatchObject({ stateId: DOING, updatedAt: NOW + 3 * MINUTE - 1 });
    linear.clock.advance(1);
    linear.edits.update(id, { stateId: DONE }, ANN);
    expect(told(linear, id)).toEqual([{ actorId: ANN, fromStateId: DOING, toStateId: DONE }]);
  });

  test('of an issue: what another changes is told', async () => {
    await using linear = await served();
    const { id } = linear.edits.createIssue(fields, ANN);
    linear.edits.update(id, { stateId: DOING }, BOB);
    expect(told(linear, id)).toEqual([{ actorId: BOB, fromStateId: TODO, toStateId: DOING }]);
  });

  test('of an entry: what the same person changes is written into it, under the same id', async () => {
    await using linear = await served();
    linear.edits.update(ID, { stateId: DOING, labelIds: [BUG] }, ANN);
    const [first] = issueIn(linear).history;
    linear.clock.advance(MINUTE);
    linear.edits.update(ID, { stateId: DONE, priority: 1, labelIds: [URGENT] }, ANN);
    expect(issueIn(linear).history).toEqual([
      {
        id: first?.id,
        actorId: ANN,
        createdAt: NOW,
        updatedAt: NOW + MINUTE,
        fromStateId: TODO,
        toStateId: DONE,
        fromPriority: 0,
        toPriority: 1,
        addedLabelIds: [URGENT],
      },
    ]);
    linear.edits.update(ID, { stateId: TODO, labelIds: [] }, ANN);
    // Back where it began: the entry says so, and no label came or went.
    expect(told(linear)).toEqual([
      { actorId: ANN, fromStateId: TODO, toStateId: TODO, fromPriority: 0, toPriority: 1 },
    ]);
    linear.clock.advance(2 * MINUTE);
    linear.edits.update(ID, { stateId: DOING }, ANN);
    expect(told(linear)).toHaveLength(2);
  });

  test('of an entry: what another changes is an entry of its own, and so is an automation', async () => {
    await using linear = await served();
    linear.edits.update(ID, { priority: 1 }, ANN);
    linear.edits.update(ID, { priority: 2 }, BOB);
    linear.edits.update(ID, { priority: 3 });
    linear.edits.update(ID, { priority: 4 });
    expect(told(linear)).toHaveLength(4);
  });
});

describe('an issue that is put away', () => {
  test('into the archive keeps its `updatedAt`, and takes its history along', async () => {
    await using linear = await served(smallIssue(1), smallIssue(2));
    linear.edits.archive([ID, uuid('1002')], 'by itself');
    expect(issueIn(linear)).toMatchObject({
      updatedAt: START + MINUTE,
      archivedAt: NOW,
      autoArchivedAt: NOW,
    });
    expect(told(linear)).toEqual([{ archived: true, autoArchived: true, archivedAt: NOW }]);
    linear.clock.advance(DAY);
    linear.edits.unarchive(ID, ANN);
    expect(issueIn(linear)).not.toHaveProperty('archivedAt');
    expect(issueIn(linear).updatedAt).toBe(NOW + DAY);
    expect(told(linear)).toEqual([
      { archived: true, autoArchived: true },
      { actorId: ANN, archived: false },
    ]);
  });

  test('into the trash keeps its `updatedAt` and leaves the digest, until it is restored', async () => {
    await using linear = await served();
    const lines = (): number => linearDigestLines(linear.workspace, { sourceId: 'labs', salt: 's' }).length;
    linear.edits.trash(ID, ANN);
    expect(issueIn(linear)).toMatchObject({ updatedAt: START + MINUTE, archivedAt: NOW, trashed: true });
    expect([told(linear), lines()]).toEqual([[{ actorId: ANN, trashed: true, archivedAt: NOW }], 0]);
    linear.edits.restore(ID, ANN);
    expect([issueIn(linear).trashed, lines()]).toEqual([undefined, 1]);
  });

  test('for good is gone with all that hung on it', async () => {
    await using linear = await served(smallIssue(1), smallIssue(2));
    linear.edits.relate(ID, 'blocks', uuid('1002'));
    linear.edits.save('comments', { id: uuid('77'), createdAt: NOW, updatedAt: NOW, issueId: ID, body: 'x' });
    linear.edits.purge(ID);
    const { issues, relations, comments } = linear.workspace;
    expect([issues.length, relations.length, comments.length]).toEqual([1, 0, 0]);
  });

  test('for good leaves what belonged to it without a parent, and counts that as no change of it', async () => {
    const child = smallIssue(2, { parentId: ID });
    await using linear = await served(smallIssue(1), child);
    linear.clock.advance(MINUTE);
    linear.edits.purge(ID);
    const { parentId: _, ...orphan } = child;
    expect(linear.workspace.issues).toEqual([orphan]);
  });
});

test('a move to another team changes the identifier, finds a like state and leaves the cycle', async () => {
  await using linear = await served(
    smallIssue(1, { stateId: DOING, cycleId: CYCLE }),
    smallIssue(7, { teamId: OPS }),
  );
  linear.edits.moveToTeam(ID, OPS, ANN);
  expect(issueIn(linear)).toMatchObject({
    id: ID,
    number: 8,
    teamId: OPS,
    stateId: OPS_DOING,
    previousIdentifiers: ['PAY-1'],
    addedToTeamAt: NOW,
  });
  expect(told(linear)).toEqual([
    {
      actorId: ANN,
      fromTeamId: PAY,
      toTeamId: OPS,
      fromStateId: DOING,
      toStateId: OPS_DOING,
      fromCycleId: CYCLE,
    },
  ]);
});

test('a relation is told to both ends, when it comes and when it goes', async () => {
  await using linear = await served(smallIssue(1), smallIssue(2));
  const { id } = linear.edits.relate(ID, 'blocks', uuid('1002'), ANN);
  linear.edits.unrelate(id, BOB);
  expect([told(linear), told(linear, uuid('1002'))]).toEqual([
    [
      { actorId: ANN, relationChanges: [{ identifier: 'PAY-2', type: 'ax' }] },
      { actorId: BOB, relationChanges: [{ identifier: 'PAY-2', type: 'rx' }] },
    ],
    [
      { actorId: ANN, relationChanges: [{ identifier: 'PAY-1', type: 'ab' }] },
      { actorId: BOB, relationChanges: [{ identifier: 'PAY-1', type: 'rb' }] },
    ],
  ]);
});

test('other entities can be added, replaced and removed', async () => {
  await using linear = await served();
  const label = { id: uuid('e7'), createdAt: NOW, updatedAt: NOW, name: 'new' };
  linear.edits.save('labels', label);
  linear.clock.advance(MINUTE);
  linear.edits.save('labels', { ...label, name: 'renamed' });
  expect(linear.workspace.labels.at(-1)).toEqual({ ...label, name: 'renamed', updatedAt: NOW + MINUTE });
  linear.edits.remove('labels', label.id);
  expect(linear.workspace.labels).toHaveLength(2);
});
