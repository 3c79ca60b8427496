import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { linearDigest, linearDigestLines } from '#demo/linear/digest.ts';
import type { LinearHistoryEntry } from '#demo/linear/model.ts';
import {
  ANN,
  BUG,
  CYCLE,
  DOING,
  entry,
  MILESTONE,
  MINUTE,
  OPS,
  PAY,
  PROJECT,
  START,
  smallIssue,
  smallWorkspace,
  TODO,
  URGENT,
  uuid,
} from './small-workspace.ts';

const identity = { sourceId: 'labs', salt: 'pepper' };
// From `printf labs:00000000-0000-4000-8000-0000000000a1 | openssl dgst -sha256 -hmac pepper`, first 16 characters.
const ANN_HASH = 'f9853a718995d5ab';

/** The place, field, from and to of the events that this entry makes. */
function eventsOf(changes: Partial<LinearHistoryEntry>): unknown {
  const [line = '{}'] = linearDigestLines(
    smallWorkspace([smallIssue(1, { history: [entry('71', 5, changes)] })]),
    identity,
  );
  const { events } = JSON.parse(line);
  return events.map((event: readonly unknown[]) => event.slice(2));
}

test('an issue is one line, with null for what is absent, and lists in order', () => {
  const plain = smallIssue(1);
  const full = smallIssue(2, {
    teamId: OPS,
    assigneeId: ANN,
    parentId: uuid('1001'),
    projectMilestoneId: MILESTONE,
    cycleId: CYCLE,
    labelIds: [URGENT, BUG],
    dueDate: '2026-04-01',
    history: [
      entry('72', 9, { fromPriority: 0, toPriority: 2 }),
      entry('71', 9, { fromStateId: DOING, toStateId: TODO }),
      entry('70', 5, { fromStateId: TODO, toStateId: DOING, fromPriority: 1, toPriority: 0 }),
    ],
  });
  const trashed = smallIssue(3, { trashed: true, archivedAt: START });
  const lines = linearDigestLines(smallWorkspace([full, trashed, plain]), identity);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      id: uuid('1001'),
      key: 'PAY-1',
      type: 'Issue',
      createdAt: START + MINUTE,
      statusId: TODO,
      assigneeHash: null,
      parentId: null,
      versions: [],
      labels: [],
      cycles: [],
      dueDate: null,
      events: [],
    },
    {
      id: uuid('1002'),
      key: 'OPS-2',
      type: 'Issue',
      createdAt: START + 2 * MINUTE,
      statusId: TODO,
      assigneeHash: ANN_HASH,
      parentId: uuid('1001'),
      versions: [MILESTONE],
      labels: [BUG, URGENT],
      cycles: [CYCLE],
      dueDate: '2026-04-01',
      events: [
        [START + 5 * MINUTE, uuid('70'), 0, 'status', TODO, DOING],
        [START + 5 * MINUTE, uuid('70'), 6, 'priority', '1', '0'],
        [START + 9 * MINUTE, uuid('71'), 0, 'status', DOING, TODO],
        [START + 9 * MINUTE, uuid('72'), 6, 'priority', '0', '2'],
      ],
    },
  ]);
});

test.each<[string, Partial<LinearHistoryEntry>, unknown]>([
  ['an assignee', { toAssigneeId: ANN }, [[1, 'assignee', null, ANN_HASH]]],
  ['a cycle', { fromCycleId: CYCLE }, [[2, 'cycles', CYCLE, null]]],
  ['a project', { toProjectId: PROJECT }, [[3, 'project', null, PROJECT]]],
  ['a parent', { fromParentId: uuid('1'), toParentId: uuid('2') }, [[4, 'parent', uuid('1'), uuid('2')]]],
  ['a team', { fromTeamId: PAY, toTeamId: OPS }, [[5, 'team', PAY, OPS]]],
  ['an estimate', { fromEstimate: 1, toEstimate: 2.5 }, [[7, 'estimate', '1', '2.5']]],
  ['a due date', { toDueDate: '2026-04-01' }, [[8, 'dueDate', null, '2026-04-01']]],
  ['a title', { fromTitle: 'a', toTitle: 'b' }, [[9, 'title', 'a', 'b']]],
  [
    'a title longer than titles are',
    { fromTitle: 'a', toTitle: 'b'.repeat(256) },
    [[9, 'title', 'a', `sha256:${createHash('sha256').update('b'.repeat(256)).digest('hex')}`]],
  ],
  ['a milestone', { toProjectMilestoneId: MILESTONE }, [[10, 'versions', null, MILESTONE]]],
  ['a delegate', { fromDelegateId: ANN }, [[11, 'delegate', ANN_HASH, null]]],
  ['the archive', { archived: true }, [[12, 'archived', 'false', 'true']]],
  ['the trash and back', { trashed: false }, [[13, 'trashed', 'true', 'false']]],
  ['a service level', { toSlaBreachesAt: START }, [[14, 'sla', null, '2026-03-01T00:00:00.000Z']]],
  ['a description', { updatedDescription: true }, [[15, 'description', null, null]]],
  [
    'labels, those that went first',
    { addedLabelIds: [URGENT], removedLabelIds: [uuid('e9'), BUG] },
    [
      [100, 'labels', BUG, null],
      [101, 'labels', uuid('e9'), null],
      [102, 'labels', null, URGENT],
    ],
  ],
  ['releases', { addedToReleaseIds: [uuid('9')] }, [[300, 'versions', null, uuid('9')]]],
  [
    'relations, in their order',
    {
      relationChanges: [
        { identifier: 'PAY-9', type: 'ab' },
        { identifier: 'PAY-2', type: 'rr' },
      ],
    },
    [
      [500, 'links', null, 'PAY-9'],
      [501, 'links', 'PAY-2', null],
    ],
  ],
  ['a change that ended where it began', { fromStateId: TODO, toStateId: TODO }, []],
])('a change of %s keeps its place in the entry', (_, changes, expected) => {
  expect(eventsOf(changes)).toEqual(expected);
});

test('the digest is the SHA-256 of the lines, each with its newline', () => {
  const workspace = smallWorkspace([smallIssue(1), smallIssue(2)]);
  const text = linearDigestLines(workspace, identity).map((line) => `${line}\n`);
  expect(linearDigest(workspace, identity)).toBe(createHash('sha256').update(text.join('')).digest('hex'));
});
