import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Team } from '#domain/team.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { serviceLevelBurn } from '#risks/service-level-burn.ts';
import { around, type Work } from './working-team.ts';
import { seenBy, worked } from './working-teams.ts';

/** From the beginning of May 2026 on everything takes three times as long. */
const slower: Partial<Work> = {
  doing: (random, week) => around(week > 68 ? 15 : 5, 0.6)(random),
};
/** Two months later, within the quarter that began in April. */
const WEEK = 76;

describe('a delivery promise that is being broken', () => {
  const view = worked(slower, WEEK);
  const signal = seenBy(serviceLevelBurn, view);

  test('is seen when the error budget alerts, as likely as its long window says', () => {
    const { alert, overspent } = serviceLevel(view);
    expect(alert).toBe(true);
    expect(signal?.statement).toMatch(
      /^\d+ of the \d+ items decided in the last 8 weeks took longer than [\d.]+ days, where \d+ may; 80 % took up to \d+ days\.$/,
    );
    expect(overspent.long).toMatchObject({ value: signal?.probabilityReal });
  });

  test('costs by how much the promise would have to be moved to be kept', () => {
    const { expectation } = serviceLevel(view);
    const said = Number(/took up to (\d+) days/.exec(signal?.statement ?? '')?.[1]);
    const [low = 0, high = 0] = signal?.cost?.weeks ?? [];
    const over = (said - (expectation.kind === 'value' ? expectation.value : Number.NaN)) / 7;
    expect(low).toBeLessThan(over + 0.1);
    expect(high).toBeGreaterThan(over - 0.1);
  });

  test('names what is still open first', () => {
    const why = signal?.evidence[0]?.items.map((item) => item.why) ?? [];
    expect(why[0]).toMatch(/^past its time since 2026-\d\d-\d\d, still open$/);
    expect(why.toSorted((a, b) => Number(a.endsWith('finished')) - Number(b.endsWith('finished')))).toEqual(
      why,
    );
  });
});

test('holidays of the calendar cost no promise: the days that they took are taken out', () => {
  const [monday, day] = [Date.parse('2026-05-11'), 86_400_000];
  const holidays = Array.from({ length: 12 }, (_, i) =>
    new Date(monday + i * day).toISOString().slice(0, 10),
  ) as CalendarDay[];
  const calendar = { workdays: [1, 2, 3, 4, 5], holidays };
  const high = (of: Partial<Team>) =>
    seenBy(serviceLevelBurn, worked({ ...slower, away: [70, 71] }, WEEK, of))?.cost?.weeks?.[1] ?? Number.NaN;
  // Two weeks away, for those that were under way then.
  expect(high({}) - high({ calendar })).toBeGreaterThan(0.5);
  expect(high({}) - high({ calendar })).toBeLessThanOrEqual(2 + 1e-9);
});

test.each([
  ['where all is well', {}, WEEK],
  ['where reviews are as slow as they always were', { review: around(12, 0.5) }, WEEK],
  [
    'in the first quarter of a team, which has no expectation yet',
    { ...slower, from: '2026-04-06', weeks: 12 },
    WEEK,
  ],
])('it is not seen %s', (_, changes, week) => {
  expect(serviceLevelBurn(worked(changes, week))).toEqual([]);
});
