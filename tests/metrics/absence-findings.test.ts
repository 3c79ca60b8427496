import { expect, test } from 'vitest';
import type { Absence, Issue } from '#domain/issue.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const MISSED = Date.parse('2026-01-12T03:00Z');
const gone = (one: Issue, why: Absence['why']): Issue => ({ ...one, gone: [{ since: MISSED, why }] });
const findings = (day: string, ...issues: readonly Issue[]) =>
  dataQuality(view(team(), day, issues)).filter(({ check }) =>
    ['removed_unfinished', 'out_of_sight'].includes(check),
  );

const begun = (key: string) => issue(key, 'To Do 2d → In Progress', { from: '2026-01-05', assignee: 'p1' });
const finished = issue('PAY-9', 'To Do 2d → In Progress 1d → Done', { from: '2026-01-05', assignee: 'p1' });

test('unfinished work that was deleted is told, from the day it was missed', () => {
  const issues = [gone(begun('PAY-1'), 'deleted'), gone(begun('PAY-2'), 'trashed'), begun('PAY-3'), finished];
  expect(findings('2026-01-11', ...issues)).toEqual([]);
  const [only, ...more] = findings('2026-01-12', ...issues);
  expect(more).toEqual([]);
  expect(only).toMatchObject({ check: 'removed_unfinished', count: 2, share: 0.5 });
  expect(only?.items.map(({ key }) => key)).toEqual(['PAY-1', 'PAY-2']);
  expect(only?.sentence).toMatch(/^2 items were deleted .* counted as dropped/);
});

test('unfinished work that can no longer be seen is told, when it was this team’s', () => {
  const [archived, lost] = [gone(begun('PAY-1'), 'archived'), gone(begun('OPS-1'), 'access_lost')];
  expect(findings('2026-01-11', archived, lost)).toEqual([]);
  expect(findings('2026-01-12', archived, lost, finished)).toMatchObject([
    { check: 'out_of_sight', count: 1, share: 0.5, items: [{ key: 'PAY-1' }] },
  ]);
});

test('what was finished before is told nothing of', () => {
  expect(findings('2026-01-16', gone(finished, 'deleted'))).toEqual([]);
});
