import { expect, test } from 'vitest';
import { digestLine } from '#domain/digest.ts';
import { scalarIntervals, setIntervals } from '#domain/field-values.ts';
import type { Issue, IssueEvent } from '#domain/issue.ts';
import { withToldChanges } from '#domain/told-changes.ts';
import { issue } from '#tests/builders/timeline.ts';

const START = Date.parse('2026-01-05');
const at = (seconds: number) => START + seconds * 1000;

function told(
  seconds: number,
  field: string,
  from: string | undefined,
  to: string | undefined,
  eventId = `webhook:${seconds}`,
): IssueEvent {
  return {
    at: at(seconds),
    eventId,
    itemIndex: 0,
    field,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    origin: 'inferred',
  };
}

const statuses = (one: Issue) =>
  scalarIntervals(one, 'status').map(({ from, value }) => [(from - START) / 1000, value?.value]);

const plain = issue('ENG-1', 'In Progress 5d → Done', { assignee: 'p1', labels: ['bug'] });

test('a change that the history keeps silent about shows, and the issue began with the value before it', () => {
  const whole = withToldChanges(plain, [told(60, 'status', 'triage', 'in-progress')]);
  expect(statuses(whole)).toEqual([
    [0, 'triage'],
    [60, 'in-progress'],
    [5 * 86_400, 'done'],
  ]);
  expect(statuses(plain)[0]).toEqual([0, 'in-progress']);
});

test('several lead one to the other, in whatever order they were told, once however often', () => {
  const [first, second] = [told(30, 'status', 'triage', 'to-do'), told(90, 'status', 'to-do', 'in-progress')];
  const inOrder = withToldChanges(plain, [first, second]);
  expect(statuses(inOrder)).toEqual([
    [0, 'triage'],
    [30, 'to-do'],
    [90, 'in-progress'],
    [5 * 86_400, 'done'],
  ]);
  expect(withToldChanges(plain, [second, first])).toEqual(inOrder);
  expect(withToldChanges(inOrder, [first, second])).toEqual(inOrder);
  const again = { ...second, eventId: 'webhook:the-same-from-another-webhook' };
  expect(statuses(withToldChanges(plain, [first, second, again]))).toEqual(statuses(inOrder));
});

test('what does not lead to what the tracker says is left out', () => {
  // The change from review to in-progress never reached us.
  const gap = [told(30, 'status', 'triage', 'review')];
  expect(withToldChanges(plain, gap)).toEqual(plain);
  const known = withToldChanges(plain, [...gap, told(90, 'status', 'to-do', 'in-progress')]);
  expect(statuses(known).slice(0, 2)).toEqual([
    [0, 'to-do'],
    [90, 'in-progress'],
  ]);
});

test('a change that the tracker recorded itself is not told twice', () => {
  const recorded = issue('ENG-2', 'To Do 1m → In Progress');
  const same = told(60, 'status', 'to-do', 'in-progress');
  expect(withToldChanges(recorded, [same])).toEqual(recorded);
  expect(withToldChanges(recorded, [{ ...same, at: same.at - 5 }])).toEqual(recorded);
  expect(withToldChanges(recorded, [told(61, 'status', 'in-progress', 'to-do')])).toEqual(recorded);
});

test('what was set, cleared, added and removed is taken back to before it', () => {
  const changes = [
    told(10, 'assignee', undefined, 'p1'),
    told(20, 'labels', 'chore', undefined),
    told(20, 'labels', undefined, 'bug', 'webhook:20b'),
    told(30, 'dueDate', '2026-02-01', undefined),
  ];
  const whole = withToldChanges(plain, changes);
  expect(scalarIntervals(whole, 'assignee').map(({ value }) => value?.value)).toEqual(['p1']);
  expect(scalarIntervals(whole, 'assignee')[0]?.from).toBe(at(10));
  expect(setIntervals(whole, 'labels').map(({ value }) => value)).toEqual([['chore'], ['bug']]);
  expect(scalarIntervals(whole, 'dueDate').map(({ value }) => value?.value)).toEqual([
    '2026-02-01',
    undefined,
  ]);
  // Cleared by its own account, and yet it holds: the tracker is right.
  expect(withToldChanges(plain, [told(10, 'assignee', 'p2', undefined)])).toEqual(plain);
});

test('nothing of it is recorded, so the digest stays the tracker’s', () => {
  const whole = withToldChanges(plain, [told(60, 'status', 'triage', 'in-progress')]);
  expect(digestLine(whole)).toBe(digestLine(plain));
});

test('what is said to have happened before the issue was there is left out', () => {
  expect(withToldChanges(plain, [told(-5, 'status', 'triage', 'in-progress')])).toEqual(plain);
});
