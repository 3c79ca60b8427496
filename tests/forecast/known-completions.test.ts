import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarDay, daysBetween, parseDay, plusDays } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { earlierView, type TeamView, teamView } from '#domain/team-view.ts';
import { completionsPerDay, firstActivityDay } from '#forecast/completions.ts';
import { knownCompletions } from '#forecast/known-completions.ts';
import { arbitraryLives, BIRTH, copyAt, LIFETIME } from '#tests/builders/arbitrary.ts';
import { history, team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** The same question, answered by taking the view of that day anew. */
function byView(whole: TeamView, day: CalendarDay, days: number): readonly number[] {
  const then = earlierView(whole, day);
  const first = firstActivityDay(then);
  const from = plusDays(day, 1 - days);
  if (first === undefined) return [];
  return completionsPerDay(then, first > from ? first : from);
}

/** Out of sight a day after the last that is known of it. */
function archived(copy: Issue): Issue {
  const since = copy.updatedAt + 86_400_000;
  return { ...copy, gone: [{ since, why: 'archived' }] };
}

describe('completions as they were known on a past day', () => {
  const last = parseDay('2026-03-20') as CalendarDay;

  test.each([
    ['every issue of a source', team({ scope: [{ source: 'acme' }], timezone: 'America/New_York' })],
    ['issues that come and go by component', team({ scope: [{ source: 'acme', components: ['api'] }] })],
    [
      'issues that come and go by label or type',
      team({
        scope: [
          { source: 'acme', labels: ['x'] },
          { source: 'acme', types: ['bug'] },
        ],
      }),
    ],
  ])('equal those of a view taken on that day: %s', (_, of) => {
    let compared = 0;
    let finished = 0;
    fc.assert(
      fc.property(arbitraryLives, (lives) => {
        const issues = lives
          .map((life) => copyAt(life, BIRTH + 2 * LIFETIME))
          .filter((copy) => copy !== undefined)
          .map((copy, i) => (i % 3 === 0 ? archived(copy) : copy));
        const whole = teamView(of, last, [history(issues, { source: 'acme' })]);
        const known = knownCompletions(whole);
        for (let day = plusDays(last, -240); day <= last; day = plusDays(day, 20)) {
          const expected = byView(whole, day, 90);
          expect(known(day, 90)).toEqual(expected);
          compared += 1;
          finished += expected.reduce((sum, count) => sum + count, 0);
        }
      }),
      { numRuns: 25, seed: 3 },
    );
    expect(compared).toBeGreaterThan(300);
    expect(finished).toBeGreaterThan(25);
  });

  test('a bulk closure of untouched items is tidying up on the day itself, not only later', () => {
    const old = Array.from({ length: 40 }, (_, i) =>
      issue(`PAY-${i}`, 'To Do 60d → Done', { from: '2026-01-05T09:00Z', actor: `p${i}` }),
    );
    const worked = issue('PAY-99', 'In Progress 60d → Done', { from: '2026-01-05T09:00Z' });
    const whole = view(team(), '2026-03-20', [...old, worked]);
    expect(knownCompletions(whole)(plusDays(last, -14), 3)).toEqual([0, 0, 1]);
    expect(byView(whole, plusDays(last, -14), 3)).toEqual([0, 0, 1]);
  });

  test('an item that was reopened is finished on the days before, and not on those after', () => {
    const whole = view(team(), '2026-03-20', [
      issue('PAY-1', 'In Progress 3d → Done 5d → In Progress 2d → Done', { from: '2026-01-05' }),
    ]);
    const known = knownCompletions(whole);
    // Finished on the 8th, reopened on the 13th, finished again on the 15th.
    const total = (text: string) => known(parseDay(text) as CalendarDay, 30);
    expect(total('2026-01-12')).toEqual([0, 0, 0, 1, 0, 0, 0, 0]);
    expect(total('2026-01-14').every((count) => count === 0)).toBe(true);
    expect(total('2026-01-15').at(-1)).toBe(1);
    expect(
      daysBetween(parseDay('2026-01-05') as CalendarDay, parseDay('2026-01-15') as CalendarDay) + 1,
    ).toBe(total('2026-01-15').length);
  });

  test('an item that moved to another project counts until then, and counts for nobody else', () => {
    const moved = issue('PAY-1', 'In Progress 3d → Done', {
      from: '2026-01-05',
      changes: [{ at: '2026-02-01', field: 'project', from: 'pay', to: 'ops' }],
    });
    const whole = view(team(), '2026-03-20', [moved, issue('PAY-2', 'To Do', { from: '2026-01-05' })], {
      projects: ['PAY', 'OPS'].map((key) => ({ id: key.toLowerCase(), key, name: key })),
    });
    const known = knownCompletions(whole);
    const sumAt = (text: string) => known(parseDay(text) as CalendarDay, 60).reduce((a, b) => a + b, 0);
    expect([sumAt('2026-01-31'), sumAt('2026-02-02')]).toEqual([1, 0]);
  });

  test('work that was done, reopened and then archived was done until it was reopened', () => {
    const archived = {
      ...issue('PAY-1', 'In Progress 3d → Done 5d → In Progress', { from: '2026-01-05' }),
      gone: [{ since: Date.UTC(2026, 1, 1), why: 'archived' as const }],
    };
    const hidden = {
      ...archived,
      id: 'hidden',
      gone: [{ since: Date.UTC(2026, 1, 1), why: 'access_lost' as const }],
    };
    const others = issue('PAY-2', 'To Do', { from: '2026-01-20' });
    const whole = view(team(), '2026-03-20', [archived, hidden, others]);
    expect(whole.outOfSight).toHaveLength(2);
    const known = knownCompletions(whole);
    const at = (text: string) => parseDay(text) as CalendarDay;
    // Done on the 8th, reopened on the 13th.
    expect(known(at('2026-01-12'), 30)).toEqual([0, 0, 0, 2, 0, 0, 0, 0]);
    for (const text of [
      '2026-01-04',
      '2026-01-07',
      '2026-01-12',
      '2026-01-14',
      '2026-01-31',
      '2026-02-01',
      '2026-02-20',
    ]) {
      expect(known(at(text), 60)).toEqual(byView(whole, at(text), 60));
    }
  });

  test('work of somebody else that was archived does not become ours', () => {
    const archived = {
      ...issue('OPS-1', 'In Progress 3d → Done 5d → In Progress', { from: '2026-01-05' }),
      gone: [{ since: Date.UTC(2026, 1, 1), why: 'archived' as const }],
    };
    const labelled = team({ scope: [{ source: 'acme', labels: ['nobody has it'] }] });
    expect(knownCompletions(view(labelled, '2026-03-20', [archived]))(last, 60)).toEqual([]);
    expect(knownCompletions(view(labelled, '2026-03-20', [archived]))(plusDays(last, -67), 60)).toEqual([]);
  });

  test('a team without items has no days', () => {
    expect(knownCompletions(view(team(), '2026-03-20', []))(last, 30)).toEqual([]);
  });
});
