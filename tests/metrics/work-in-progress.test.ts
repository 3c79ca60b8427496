import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf, parseDay } from '#domain/calendar.ts';
import { isClosed } from '#domain/work-item.ts';
import { workInProgress } from '#metrics/work-in-progress.ts';
import { arbitraryLives, BIRTH, copyAt, LIFETIME } from '#tests/builders/arbitrary.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const reviewIsLate = team({ stages: { acme: { Review: 'late' } } });

describe('work in progress now', () => {
  const measured = workInProgress(
    view(reviewIsLate, '2026-01-20', [
      issue('PAY-1', 'To Do 1d → In Progress'),
      issue('PAY-2', 'In Progress 1d → Review'),
      issue('PAY-3', 'In Progress 2d → To Do'),
      issue('PAY-4', 'In Progress 2d → Done 1d → In Progress'),
      issue('PAY-5', 'In Progress 2d → Done'),
      issue('PAY-6', 'In Progress 2d → Cancelled'),
      issue('PAY-7', 'To Do'),
      issue('PAY-8', 'In Progress', { type: 'Epic' }),
    ]),
  );

  test('is what was begun and not closed, with reopened and paused work', () => {
    expect(measured.now).toMatchObject({ value: 4, interval90: [4, 4] });
  });

  test('adds up over its stages', () => {
    expect(measured.byStage).toMatchObject({
      active: { value: 2 },
      late: { value: 1 },
      paused: { value: 1 },
    });
  });
});

describe('the weeks', () => {
  test('are counted at their end, and the current one at the end of the view', () => {
    // In progress from Thursday 8 to Tuesday 20 January: at the ends of the 11th and the 18th, not on the 21st.
    const { series } = workInProgress(
      view(team(), '2026-01-21', [issue('PAY-1', 'To Do 3d → In Progress 12d → Done')]),
    );
    expect(series).toEqual([
      { day: '2026-01-11', count: 1 },
      { day: '2026-01-18', count: 1 },
      { day: '2026-01-21', count: 0 },
    ]);
  });

  test('have no second entry for a view that ends with a week', () => {
    const { series } = workInProgress(view(team(), '2026-01-18', [issue('PAY-1', 'In Progress')]));
    expect(series.map(({ day }) => day)).toEqual(['2026-01-11', '2026-01-18']);
  });

  test('reach back 26', () => {
    const { series } = workInProgress(
      view(team(), '2026-06-28', [issue('PAY-1', 'In Progress', { from: '2024-01-01' })]),
    );
    expect(series).toHaveLength(26);
    expect(series[0]).toEqual({ day: '2026-01-04', count: 1 });
  });
});

describe('the average', () => {
  test('counts every moment alike', () => {
    // From the end of the 11th to the end of the 18th: one item for all 7 days, one for 3.5.
    const issues = [issue('PAY-1', 'In Progress'), issue('PAY-2', 'To Do 8d → In Progress 3.5d → Done')];
    expect(workInProgress(view(team(), '2026-01-18', issues)).average).toMatchObject({
      value: 1.5,
      n: 2,
      window: { from: '2026-01-12', to: '2026-01-18' },
    });
  });

  test('is not told before a week has ended', () => {
    expect(workInProgress(view(team(), '2026-01-08', [issue('PAY-1', 'In Progress')])).average).toMatchObject(
      {
        kind: 'insufficient',
      },
    );
  });
});

test('at any time it is the starts so far less the closings so far', () => {
  fc.assert(
    fc.property(arbitraryLives, (lives) => {
      const issues = lives.map((life) => copyAt(life, BIRTH + LIFETIME)).filter((one) => one !== undefined);
      const seen = view(team(), '2026-01-31', issues);
      for (const { day, count } of workInProgress(seen).series) {
        const parsed = parseDay(day);
        const end = parsed === undefined ? Number.NaN : endOf(parsed, 'UTC');
        let started = 0;
        let closed = 0;
        for (const { stays, startedAt } of seen.items) {
          stays.forEach((stay, i) => {
            const before = stays[i - 1];
            if (startedAt === undefined || stay.from < startedAt || stay.from >= end) return;
            if (isClosed(stay.stage) && before && !isClosed(before.stage)) closed += 1;
            if (!isClosed(stay.stage) && (stay.from === startedAt || (before && isClosed(before.stage))))
              started += 1;
          });
        }
        expect(count).toBe(started - closed);
      }
    }),
    { numRuns: 60 },
  );
});
