import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { Issue } from '#domain/issue.ts';
import { earlierView } from '#domain/team-view.ts';
import { type ChangedSince, changedSince, comparedDay } from '#report/changed-since.ts';
import { passage } from '#report/changes/passage.ts';
import { teamReport } from '#report/team-report.ts';
import { day, epicWith, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const NOW = day('2025-11-30');
const THEN = comparedDay(NOW, 'UTC');
const epic = epicWith('PAY-1', { open: 20 });

/** What changed in the last week of that history, both reports replayed from it. */
function changed(issues: readonly Issue[], goals = [goal('2026-02-08')]): ChangedSince {
  const now = view(team({ goals }), NOW, issues);
  const before = earlierView(now, THEN);
  return changedSince(teamReport(before), teamReport(now), passage(before, now));
}

const fateIn = (issues: readonly Issue[], key: string) => {
  const now = view(team(), NOW, issues);
  return passage(earlierView(now, THEN), now).fateOf(`https://acme.example/browse/${key}`);
};

describe('what became of an item', () => {
  const from = '2025-11-10';

  test('is read from the history: open, done, dropped, or moved to another team under another key', () => {
    const moved = issue('PAY-900', 'In Progress', {
      from,
      changes: [
        { at: '2025-11-27', field: 'key', from: 'PAY-900', to: 'WEB-4' },
        { at: '2025-11-27', field: 'project', from: 'pay', fromName: 'PAY', to: 'web', toName: 'WEB' },
      ],
    });
    const issues = [
      issue('PAY-901', 'In Progress', { from }),
      issue('PAY-902', 'In Progress 15d → Done', { from }),
      issue('PAY-903', 'In Progress 15d → Cancelled', { from }),
      moved,
    ];
    expect(fateIn(issues, 'PAY-901')?.state).toBe('open');
    expect(fateIn(issues, 'PAY-902')?.state).toBe('done');
    expect(fateIn(issues, 'PAY-903')?.state).toBe('dropped');
    expect(fateIn(issues, 'PAY-900')).toMatchObject({ state: 'elsewhere', item: { key: 'WEB-4' } });
    expect(fateIn(issues, 'PAY-999')).toBeUndefined();
  });
});

describe('what changed in a week of a recorded history', () => {
  const added = range(7).map((i) =>
    issue(`PAY-${800 + i}`, 'To Do', { parent: 'PAY-1', from: '2025-11-25' }),
  );
  const reviewed = issue('PAY-850', 'In Progress 20d → Review', { from: '2025-11-05' });
  const finished = issue('PAY-851', 'In Progress 5d → Review 15d → Done', { from: '2025-11-05' });

  test('names the items that came in, got stuck before Done, and reached it; and why the chance fell', () => {
    const { since, lines } = changed([...epic, ...added, reviewed, finished], [goal('2026-03-01')]);
    expect(since).toBe('2025-11-23');
    const itemsOf = (kind: string) =>
      lines.filter((line) => line.kind === kind).flatMap(({ items }) => items.map(({ key }) => key));
    expect(itemsOf('goal_scope')).toEqual(added.map((_, i) => `PAY-${800 + i}`));
    expect(itemsOf('basically_done')).toEqual(['PAY-850']);
    expect(itemsOf('reached_done')).toEqual(['PAY-851']);
    const fell = lines.find(({ kind }) => kind === 'goal_chance');
    expect(fell?.sentence).toMatch(
      /^“Checkout is live” has a chance of \d+ %, before \d+ %: .*scope \+7 items \(-\d+\).*\.$/,
    );
    const points = [...(fell?.sentence ?? '').matchAll(/\(?([+-]\d+)\)/g)].map(([, each]) => Number(each));
    const [, to = '', from = ''] = /chance of (\d+) %, before (\d+) %/.exec(fell?.sentence ?? '') ?? [];
    expect(points.reduce((sum, each) => sum + each, 0)).toBe(Number(to) - Number(from));
  });

  test('is nothing in a quiet one', () => {
    expect(changed(epic).lines.map(({ sentence }) => sentence)).toEqual([]);
  });

  test('is told as nothing to compare with for a team that began this week', () => {
    expect(changed([issue('PAY-1', 'In Progress', { from: '2025-11-26' })]).sentence).toBe(
      'There is nothing to compare with: no work of the team is known on Sun 23 November 2025.',
    );
  });

  test('does not depend on what happens later', () => {
    const later = epic.map((one) =>
      one.id === 'pay1500'
        ? issue('PAY-1500', 'To Do 190d → Done', { parent: 'PAY-1', from: '2025-06-02T09:00Z' })
        : one,
    );
    expect(JSON.stringify(changed(later))).toBe(JSON.stringify(changed(epic)));
  });
});

describe('when no release came for half a year', () => {
  const releases = range(5).map((i) => ({
    id: `v${i}`,
    name: `1.${i}`,
    projectId: 'pay',
    released: true,
    archived: false,
    releaseDay: day(`2025-0${i + 1}-20`),
  }));
  const next = { id: 'v5', name: '1.5', projectId: 'pay', released: false, archived: false };
  const waiting = range(4).map((i) =>
    issue(`PAY-${i + 1}`, 'In Progress 3d → Review 1d → Done', {
      from: `2025-06-0${i + 2}`,
      versions: ['v5'],
    }),
  );
  const told = (on: string) =>
    teamReport(view(team(), day(on), waiting, { versions: [...releases, next] })).changedSince.lines.map(
      ({ kind, sentence }) => ({ kind, sentence }),
    );

  // 180 days after 20 May 2025 is 16 November; Monday's report looks back to Sunday the 16th, Sunday's to the 9th.
  test('what waited for one counts as Done, and is not told as having become so', () => {
    expect(told('2025-11-16')).toContainEqual({
      kind: 'left_basically_done',
      sentence: '4 items that were basically done count as Done since merged is enough.',
    });
    expect(told('2025-11-16').map(({ kind }) => kind)).not.toContain('reached_done');
  });
});
