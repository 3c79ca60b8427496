import { describe, expect, test } from 'vitest';
import { childrenClosed } from '#metrics/signals/children-closed.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const children = (count: number, path: string, options: IssueOptions = {}, first = 1) =>
  Array.from({ length: count }, (_, i) => issue(`PAY-${first + i}`, path, { parent: 'PAY-99', ...options }));

/** Whether the epic is named at the end of a day; work begins on Monday 5 January 2026. */
const named = (
  day: string,
  parts: readonly ReturnType<typeof issue>[],
  epic = 'In Progress',
  type = 'Epic',
) =>
  childrenClosed(view(team(), day, [issue('PAY-99', epic, { type }), ...parts])).map(({ item }) => item.key);

describe('a parent in progress', () => {
  test('with all children closed for more than three work days is basically done (WX-A5a)', () => {
    const six = children(6, 'In Progress 1d → Done'); // Tuesday 6 January
    expect(named('2026-01-19', six)).toEqual(['PAY-99']); // nine work days later
    expect(named('2026-01-12', six)).toEqual(['PAY-99']); // Wednesday to Friday and Monday
    expect(named('2026-01-09', six)).toEqual([]); // three work days
  });

  test('counts as claimed from the day its last child closed', () => {
    const parts = [...children(2, 'In Progress 1d → Done'), ...children(1, 'In Progress 3d → Done', {}, 3)];
    const [signal] = childrenClosed(
      view(team(), '2026-01-19', [issue('PAY-99', 'In Progress', { type: 'Epic' }), ...parts]),
    );
    expect(signal).toMatchObject({ strength: 'hard', claimedAt: Date.UTC(2026, 0, 8) });
  });

  test('with nine of ten done and quiet for ten work days is basically done (WX-A5b)', () => {
    const nine = children(9, 'In Progress 1d → Done'); // Tuesday 6 January
    const tenth = children(1, 'To Do', {}, 10);
    expect(named('2026-01-22', [...nine, ...tenth])).toEqual(['PAY-99']); // twelve work days
    expect(named('2026-01-20', [...nine, ...tenth])).toEqual(['PAY-99']); // ten
    expect(named('2026-01-19', [...nine, ...tenth])).toEqual([]); // nine
  });

  test('with four of five done is not (WX-A5b)', () => {
    const parts = [...children(4, 'In Progress 1d → Done'), ...children(1, 'To Do', {}, 5)];
    expect(named('2026-01-30', parts)).toEqual([]);
  });

  test('is not judged by cancelled children, and not at all without a done one', () => {
    const dropped = children(6, 'In Progress 1d → Cancelled');
    expect(named('2026-01-30', dropped)).toEqual([]);
    expect(named('2026-01-30', [...dropped, ...children(1, 'In Progress 1d → Done', {}, 7)])).toEqual([
      'PAY-99',
    ]);
  });

  test('may be a story with sub-tasks, and its parts may live in another project', () => {
    const parts = [
      issue('PAY-1', 'In Progress 1d → Done', { parent: 'PAY-99', type: 'Sub-task' }),
      issue('WEB-1', 'In Progress', { parent: 'PAY-99', type: 'Sub-task' }),
    ];
    expect(named('2026-01-19', parts, 'In Progress', 'Story')).toEqual([]);
    expect(named('2026-01-19', parts.slice(0, 1), 'In Progress', 'Story')).toEqual(['PAY-99']);
  });
});

test('a parent not begun, or done itself, says nothing', () => {
  const six = children(6, 'In Progress 1d → Done');
  expect(named('2026-01-19', six, 'To Do')).toEqual([]);
  expect(named('2026-01-19', six, 'Done')).toEqual([]);
});
