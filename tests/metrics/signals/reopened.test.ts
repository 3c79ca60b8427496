import { describe, expect, test } from 'vitest';
import { reopened } from '#metrics/signals/reopened.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** Whether an item on that path, from 5 January on, is named at the end of a day. */
const isNamed = (path: string, day = '2026-01-23') =>
  reopened(view(team(), day, [issue('PAY-1', path)])).length > 0;

describe('an item that was called done and is open again', () => {
  test('is named when it came back from an hour to 30 days after it was called done', () => {
    expect(isNamed('In Progress 1d → Done 94m → To Do')).toBe(true);
    expect(isNamed('In Progress 1d → Done 10d → In Progress')).toBe(true);
    expect(isNamed('In Progress 1d → Done 31d → In Progress', '2026-02-10')).toBe(false);
  });

  // Jira goes back to a status of its own, so the rule for slips of the mouse does not see these.
  test('is none when it was taken back within the hour, wherever to: a slip put right', () => {
    expect(isNamed('In Progress 1d → Done 3m → Reopened')).toBe(false);
    expect(isNamed('In Progress 1d → Done 17m → To Do')).toBe(false);
    expect(isNamed('In Progress 1d → Done 59m → In Progress')).toBe(false);
  });

  test('is named for what came back before, whatever slipped since', () => {
    expect(isNamed('Done 5d → In Progress 3d → Done 2m → Reopened')).toBe(true);
  });

  test('is open work like any other once it has been open again for 30 days', () => {
    // Back on 7 January.
    const path = 'In Progress 1d → Done 1d → To Do';
    expect(isNamed(path, '2026-02-05')).toBe(true);
    expect(isNamed(path, '2026-02-06')).toBe(false);
    expect(isNamed(`${path} 20d → Done 1d → To Do`, '2026-02-06')).toBe(true);
  });
});
