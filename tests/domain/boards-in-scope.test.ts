import { describe, expect, test } from 'vitest';
import type { Issue, IssueEvent } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import { inScope } from '#domain/team.ts';
import { asOf } from '#domain/timeline.ts';
import { withTimeline } from '#domain/whole-timeline.ts';

const HOUR = 3_600_000;

const REFERENCE: Reference = {
  source: 'acme',
  siteUrl: 'https://acme.example',
  projects: [
    { id: '100', key: 'PAY', name: 'Payments' },
    { id: '101', key: 'OPS', name: 'Operations' },
  ],
  statuses: [],
  types: [],
  versions: [],
  cycles: [
    { id: '21', name: 'One', boardId: '4' },
    { id: '31', name: 'Eins', boardId: '5' },
    { id: '41', name: 'Of nobody knows which board' },
  ],
  boards: [
    { id: '4', name: 'Payments', projectId: '100' },
    { id: '5', name: 'Refunds', projectId: '100' },
    { id: '6', name: 'Mine' },
  ],
};

/** In PAY, and in the sprints it holds now; `put` is the moment it came into the last of them. */
function issue(sprints: readonly string[], put?: number, project = '100'): Issue {
  const events: readonly IssueEvent[] =
    put === undefined
      ? []
      : [
          {
            at: put,
            eventId: '1',
            itemIndex: 0,
            field: 'cycles',
            to: sprints.join(', '),
            separator: ',',
            origin: 'recorded',
          },
        ];
  return withTimeline(
    {
      source: 'acme',
      id: '1',
      createdAt: 0,
      updatedAt: 9 * HOUR,
      current: {
        scalars: { project: { value: project } },
        sets: { cycles: sprints.map((value) => ({ value })) },
      },
    },
    events,
  );
}

function isOn(board: string, one: Issue, moment = 10 * HOUR): boolean {
  const seen = asOf(one, moment);
  if (seen === undefined) throw new RangeError('not there yet');
  return inScope(seen, { scope: [{ source: 'acme', boards: [board] }] }, REFERENCE);
}

describe('an issue is on', () => {
  test('the boards of its sprints, by id or by name, and on no other of its project', () => {
    expect(isOn('4', issue(['21']))).toBe(true);
    expect(isOn('payments', issue(['21']))).toBe(true);
    expect(isOn('5', issue(['21']))).toBe(false);
  });

  test('a board of another project whose sprint it is in', () => {
    expect(isOn('4', issue(['21'], undefined, '101'))).toBe(true);
  });

  test('both boards when it was handed on from a sprint of one to a sprint of the other', () => {
    expect(['4', '5'].map((board) => isOn(board, issue(['21', '31'])))).toEqual([true, true]);
  });

  test.each([[[]], [['41']], [['99']]])('every board of its project when its sprints are %j', (sprints) => {
    expect(['4', '5', '6'].map((board) => isOn(board, issue(sprints)))).toEqual([true, true, false]);
  });

  test('no board when its project has none', () => {
    expect(isOn('4', issue([], undefined, '101'))).toBe(false);
  });

  test('what it was on, as of a day before it came into the sprint', () => {
    const late = issue(['31'], 5 * HOUR);
    expect(isOn('4', late, 4 * HOUR)).toBe(true);
    expect(isOn('4', late, 6 * HOUR)).toBe(false);
  });
});

test('a source without boards has nothing on any', () => {
  const seen = asOf(issue(['21']), 10 * HOUR);
  const { boards: _, ...without } = REFERENCE;
  const scope = [{ source: 'acme', boards: ['4'] }];
  expect(seen && inScope(seen, { scope }, { ...without, cycles: [] })).toBe(false);
});
