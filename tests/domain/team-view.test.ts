import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarDay, dayOf, endOf, MS_PER_DAY } from '#domain/calendar.ts';
import type { ScopeFilter } from '#domain/team.ts';
import { earlierView, itemUrl, parentOf } from '#domain/team-view.ts';
import { arbitraryLives, BIRTH, copyAt, LIFETIME } from '#tests/builders/arbitrary.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const keysIn = (filters: readonly Omit<ScopeFilter, 'source'>[], day = '2026-01-20') =>
  view(team({ scope: filters.map((filter) => ({ source: 'acme', ...filter })) }), day, issues).items.map(
    ({ key }) => key,
  );

const issues = [
  issue('PAY-1', 'To Do', { labels: ['web'], components: ['api'] }),
  issue('PAY-2', 'To Do', { type: 'Bug', versions: ['2.0'], parent: 'PAY-9' }),
  issue('PAY-3', 'To Do', { team: 't1 5d → t2' }),
  issue('OPS-4', 'To Do', { labels: ['web'] }),
];

describe('a scope', () => {
  test('takes an issue that passes every filter of one entry, any value of a filter sufficing', () => {
    expect(keysIn([{ projects: ['PAY', 'OPS'], labels: ['web', 'app'] }])).toEqual(['OPS-4', 'PAY-1']);
    expect(keysIn([{ projects: ['PAY'], labels: ['web'] }])).toEqual(['PAY-1']);
  });

  test('takes an issue that passes any of its entries, once', () => {
    expect(keysIn([{ labels: ['web'] }, { components: ['api'] }, { types: ['Bug'] }])).toEqual([
      'OPS-4',
      'PAY-1',
      'PAY-2',
    ]);
  });

  test('reads names and ids in any case', () => {
    expect(keysIn([{ projects: ['pay'], types: ['BUG'] }])).toEqual(['PAY-2']);
    expect(keysIn([{ parents: ['PAY-9'] }])).toEqual(['PAY-2']);
    expect(keysIn([{ versions: ['2.0'] }])).toEqual(['PAY-2']);
  });

  test('goes by the values of the day', () => {
    expect(keysIn([{ teams: ['t1'] }], '2026-01-08')).toEqual(['PAY-3']);
    expect(keysIn([{ teams: ['t1'] }], '2026-01-12')).toEqual([]);
  });

  test('never reaches into another source', () => {
    const elsewhere = [issue('PAY-1', 'To Do', { source: 'labs' })];
    expect(view(team(), '2026-01-20', elsewhere).items).toEqual([]);
  });
});

describe("a team's view", () => {
  test('ends with its day in the zone of the team', () => {
    // 07:30 UTC on the 6th is still the 5th in Los Angeles.
    const one = issue('PAY-1', 'To Do', { from: '2026-01-06T07:30Z' });
    expect(view(team({ timezone: 'America/Los_Angeles' }), '2026-01-05', [one]).items).toHaveLength(1);
    expect(view(team(), '2026-01-05', [one]).items).toHaveLength(0);
  });

  test('keeps epics apart from items, and knows parents outside the scope', () => {
    const all = [
      issue('PAY-1', 'To Do', { parent: 'ROAD-7' }),
      issue('PAY-2', 'To Do', { type: 'Epic' }),
      issue('ROAD-7', 'To Do', { type: 'Initiative' }),
    ];
    const seen = view(team(), '2026-01-20', all);
    expect(seen.items.map(({ key }) => key)).toEqual(['PAY-1']);
    expect(seen.parents.map(({ key }) => key)).toEqual(['PAY-2']);
    const [item] = seen.items;
    expect(item && parentOf(seen, item)?.key).toBe('ROAD-7');
  });

  test('links to the tracker by the key of the day', () => {
    const seen = view(team(), '2026-01-20', [issue('PAY-1', 'To Do')]);
    expect(seen.items.map((item) => itemUrl(seen, item))).toEqual(['https://acme.example/browse/PAY-1']);
  });

  test('is the same in whatever order issues were read', () => {
    expect(view(team(), '2026-01-20', issues.toReversed()).items).toEqual(
      view(team(), '2026-01-20', issues).items,
    );
  });
});

describe('an earlier view', () => {
  test('equals the one that would have been taken on that day', () => {
    const worlds = fc.record({
      lives: arbitraryLives,
      day: fc.integer({ min: 30, max: 200 }).map((days) => dayOf(BIRTH + days * MS_PER_DAY, 'UTC')),
    });
    fc.assert(
      fc.property(worlds, ({ lives, day }) => {
        const copies = (at: number) =>
          lives.map((life) => copyAt(life, at)).filter((copy) => copy !== undefined);
        const later = view(team(), dayOf(BIRTH + LIFETIME, 'UTC'), copies(BIRTH + LIFETIME));
        const taken = view(team(), day, copies(endOf(day, 'UTC')), { projects: PAY });
        expect(earlierView({ ...later, references: taken.references }, day)).toEqual(taken);
      }),
      { numRuns: 50 },
    );
  });

  test('equals it too where it goes by what was read for the later day', () => {
    const worlds = fc.record({
      lives: arbitraryLives,
      day: fc.integer({ min: 30, max: 200 }).map((days) => dayOf(BIRTH + days * MS_PER_DAY, 'UTC')),
    });
    fc.assert(
      fc.property(worlds, ({ lives, day }) => {
        const copies = lives
          .map((life) => copyAt(life, BIRTH + LIFETIME))
          .filter((copy) => copy !== undefined);
        const on = (date: CalendarDay) => view(team(), date, copies, { projects: PAY });
        expect(earlierView(on(dayOf(BIRTH + LIFETIME, 'UTC')), day)).toEqual(on(day));
      }),
      { numRuns: 50 },
    );
  });

  test('knows a status that turned out to be a slip on the next day', () => {
    const slip = issue('PAY-1', 'In Progress 3m → On Hold 4m → In Progress', { from: '2026-01-09T23:55Z' });
    const then = view(team(), '2026-01-09', [slip]);
    expect(then.items).toMatchObject([{ stays: [{}, {}] }]);
    expect(earlierView(view(team(), '2026-01-20', [slip]), '2026-01-09' as CalendarDay)).toEqual(then);
  });

  test('reads a status as it was placed by then', () => {
    const waiting = issue('PAY-1', 'Review', { from: '2026-01-01' });
    const passing = [2, 3, 4, 5, 6].map((n) =>
      issue(`PAY-${n}`, 'Review 1d → In Progress 1d → Done', { from: '2026-01-10' }),
    );
    const on = (day: string) => view(team(), day, [waiting, ...passing]);
    expect(on('2026-01-05').items).toMatchObject([{ stage: 'late' }]);
    expect(on('2026-01-20').items[0]).toMatchObject({ stage: 'active' });
    expect(earlierView(on('2026-01-20'), '2026-01-05' as CalendarDay)).toEqual(on('2026-01-05'));
  });

  test('cannot look ahead', () => {
    expect(() => earlierView(view(team(), '2026-01-20', issues), '2026-01-21' as CalendarDay)).toThrow(
      /knows nothing of 2026-01-21/,
    );
  });
});

const PAY = [{ id: 'pay', key: 'PAY', name: 'PAY' }];
