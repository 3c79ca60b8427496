import { describe, expect, test } from 'vitest';
import type { Issue } from '#domain/issue.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import type { DataQualityCheck } from '#metrics/finding.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const inspect = (issues: readonly Issue[], of = team()) => dataQuality(view(of, '2026-02-28', issues));
const finding = (check: DataQualityCheck, issues: readonly Issue[], of = team()) =>
  inspect(issues, of).find((one) => one.check === check);
const one = (path: string, options: IssueOptions = {}) =>
  issue('PAY-1', path, { assignee: 'p1', ...options });
const clean = issue('PAY-2', 'To Do 1d → In Progress 2d → Done', { assignee: 'p1' });

test('a clean history has one finding: what the tracker keeps no history of', () => {
  const [only, ...more] = inspect([clean]);
  expect(more).toEqual([]);
  expect(only).toMatchObject({ check: 'known_only_now', count: 3, share: 1, items: [] });
  expect(only?.sentence).toContain('the category of 3 statuses (Done, In Progress, To Do)');
});

test('a team that mapped every status depends on nothing known only now', () => {
  const mapped = team({ stages: { acme: { 'To Do': 'todo', 'In Progress': 'active', Done: 'done' } } });
  expect(inspect([clean], mapped)).toEqual([]);
});

describe('each weakness is found, and only where it is', () => {
  test.each<[DataQualityCheck, Issue, number, string]>([
    ['status_deleted', one('In Progress 1d → Verifying'), 1, 'Verifying as late'],
    ['status_guessed', one('In Progress 1d → Review'), 1, 'Review as late (too little history to check)'],
    ['skipped_start', one('To Do 1d → Done'), 1, '1 item was done without ever being in progress'],
    ['reopened', one('In Progress 1d → Done 1d → In Progress'), 1, '1 item was reopened'],
    ['moved_backwards', one('In Progress 1d → To Do'), 1, '1 item has moved back'],
    ['flicker', one('To Do 1d → Done 1m → To Do'), 1, '(1 time in all)'],
    [
      'no_assignee_in_progress',
      one('In Progress', { assignee: '–' }),
      1,
      '1 item is in progress without an assignee',
    ],
    ['put_back_before_start', one('In Progress 1d → To Do 1d → In Progress'), 1, '1 item was put back'],
    [
      'status_changed_after_done',
      one('In Progress 1d → Resolved 3d → Closed'),
      1,
      '1 item has gone on to another done status',
    ],
    [
      'created_past_start',
      one('In Progress 1d → Done'),
      1,
      '1 item was created in a status behind the start',
    ],
    ['closed_at_creation', one('To Do 2m → Done'), 1, '1 item was closed within five minutes'],
    [
      'stale_in_progress',
      one('To Do 1d → In Progress'),
      1,
      '1 item is in progress though nothing about it changed for 30 days',
    ],
    [
      'blocked_long',
      one('To Do 1d → In Progress', { flagged: '– 2d → yes' }),
      1,
      '1 item has been marked as blocked for more than 30 days',
    ],
    ['done_before_started', one('To Do 1d → Done 1d → In Progress'), 1, '1 item was done before'],
  ])('%s', (check, broken, count, words) => {
    const found = finding(check, [broken, clean]);
    expect(found).toMatchObject({
      count,
      items: [{ key: 'PAY-1', title: 'Title of PAY-1', url: 'https://acme.example/browse/PAY-1' }],
    });
    expect(found?.sentence).toContain(words);
    expect(finding(check, [clean])).toBeUndefined();
  });

  test('history_gap: a change begins where the one before did not end', () => {
    const whole = one('To Do 1d → In Progress 1d → Review 1d → Done');
    const recorded = whole.events.filter(({ origin }) => origin === 'recorded');
    const torn = withTimeline(
      whole,
      recorded.filter(({ toName }) => toName !== 'Review'),
    );
    expect(finding('history_gap', [torn])).toMatchObject({ count: 1, items: [{ key: 'PAY-1' }] });
    expect(finding('history_gap', [whole])).toBeUndefined();
  });

  test('event_before_creation: an import brought older history along', () => {
    const whole = one('To Do 1d → In Progress 3d → Done');
    const imported = withTimeline(
      { ...whole, createdAt: whole.createdAt + 2 * 86_400_000 },
      whole.events.filter(({ origin }) => origin === 'recorded'),
    );
    expect(finding('event_before_creation', [imported, clean])).toMatchObject({ count: 1, share: 0.5 });
  });

  test('administrative_closures: a mass of untouched items closed in one day', () => {
    const tidied = Array.from({ length: 13 }, (_, i) => issue(`PAY-${10 + i}`, 'To Do 33d → Done'));
    const found = finding('administrative_closures', [...tidied, clean]);
    expect(found).toMatchObject({ count: 13, share: 13 / 14 });
    expect(found?.items).toHaveLength(10);
  });

  const part = (path: string, number = 20) =>
    issue(`PAY-${number}`, path, { type: 'Sub-task', parent: 'PAY-1', assignee: 'p1' });

  test('begun_through_children: the parts were begun, the item was not', () => {
    const found = finding('begun_through_children', [one('To Do'), part('To Do 1d → In Progress'), clean]);
    expect(found).toMatchObject({ count: 1, share: 1, items: [{ key: 'PAY-1' }] });
    const fine = [one('To Do 1d → In Progress'), part('To Do 2d → In Progress')];
    expect(finding('begun_through_children', fine)).toBeUndefined();
  });

  test('open_children_when_done: a part was open then, whether or not it was closed later', () => {
    const whole = one('To Do 1d → In Progress 3d → Done');
    for (const path of ['To Do', 'To Do 1d → In Progress 9d → Done']) {
      expect(finding('open_children_when_done', [whole, part(path), clean])).toMatchObject({
        count: 1,
        share: 1,
        items: [{ key: 'PAY-1' }],
      });
    }
    for (const path of ['To Do 2d → Done', 'To Do 2d → Cancelled']) {
      expect(finding('open_children_when_done', [whole, part(path)])).toBeUndefined();
    }
    const added = issue('PAY-20', 'To Do', { parent: 'PAY-1', from: '2026-02-01', assignee: 'p1' });
    expect(finding('open_children_when_done', [whole, added])).toBeUndefined();
  });

  test('open_children_when_done asks epics too', () => {
    const epic = issue('PAY-5', 'To Do 1d → Done', { type: 'Epic' });
    const story = issue('PAY-6', 'To Do', { parent: 'PAY-5' });
    expect(finding('open_children_when_done', [epic, story])).toMatchObject({ items: [{ key: 'PAY-5' }] });
  });

  test('blocked_long and stale_in_progress: not yet after 30 days', () => {
    // Asked at the end of the 28th of February, 30 days after the end of the 29th of January.
    const young = one('To Do 24d → In Progress', { flagged: '– 26d → yes' });
    expect([finding('blocked_long', [young]), finding('stale_in_progress', [young])]).toEqual([
      undefined,
      undefined,
    ]);
    const old = one('To Do 20d → In Progress', {
      flagged: '– 24d → yes',
      changes: [{ at: '40d', field: 'title', to: 'new' }],
    });
    expect(finding('blocked_long', [old])).toMatchObject({ count: 1 });
    expect(finding('stale_in_progress', [old])).toBeUndefined();
  });

  test('blocked_by_closed_item: an open item whose link to something closed still stands', () => {
    const link = { field: 'links', to: 'PAY-2', toName: 'This issue is blocked by PAY-2' } as const;
    const blocked = one('To Do 20d → In Progress', { changes: [{ at: '2d', ...link }] });
    for (const path of ['To Do 3d → Done', 'To Do 3d → Cancelled']) {
      const found = finding('blocked_by_closed_item', [blocked, issue('PAY-2', path)]);
      expect(found).toMatchObject({ count: 1, share: 1, items: [{ key: 'PAY-1' }] });
      expect(found?.sentence).toContain('1 item is open and still linked');
    }
    const blocker = issue('PAY-2', 'To Do 3d → Done');
    const gone = { at: '4d', field: 'links', from: 'PAY-2', fromName: link.toName } as const;
    const unlinked = one('To Do 20d → In Progress', { changes: [{ at: '2d', ...link }, gone] });
    const closed = one('To Do 20d → Done', { changes: [{ at: '2d', ...link }] });
    const blocks = { ...link, toName: 'This issue blocks PAY-2' };
    const other = one('To Do 20d → In Progress', { changes: [{ at: '2d', ...blocks }] });
    for (const fine of [unlinked, closed, other]) {
      expect(finding('blocked_by_closed_item', [fine, blocker])).toBeUndefined();
    }
    const waiting = issue('PAY-2', 'To Do 3d → In Progress');
    expect(finding('blocked_by_closed_item', [blocked, waiting])).toBeUndefined();
    expect(finding('blocked_by_closed_item', [blocked])).toBeUndefined();
  });

  test('mapping_unmatched: a mapping that names no status', () => {
    const found = finding('mapping_unmatched', [clean], team({ stages: { acme: { Reviw: 'late' } } }));
    expect(found).toMatchObject({ count: 1, items: [] });
    expect(found?.sentence).toContain('Reviw');
  });
});

test('what was closed more than 180 days ago is no longer found', () => {
  const old = one('To Do 1d → Done', { from: '2025-08-01' });
  expect(finding('skipped_start', [old])).toBeUndefined();
});

test('no finding speaks of a person', () => {
  const issues = [one('In Progress 1d → Done 1d → In Progress', { assignee: 'somebody', actor: 'somebody' })];
  expect(JSON.stringify(inspect(issues))).not.toContain('somebody');
});
