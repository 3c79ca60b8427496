import { describe, expect, test } from 'vitest';
import { parseDay, plusDays } from '#domain/calendar.ts';
import { type Calibration, calibration } from '#forecast/track-record.ts';
import type { TeamReport } from '#report/team-report.ts';
import { forecastSection, worthWords } from '#views/content/forecast.ts';
import { teamReportHtml } from '#views/html/team-page.ts';
import { teamReportMarkdown } from '#views/markdown.ts';
import { busyReport, newTeamReport } from './reports.ts';

const busy = busyReport();

/** A past in which "at least 15 of 0 to 99" was kept k of n times. */
function past(kept: number, n: number): Calibration {
  const first = parseDay('2020-01-05');
  if (first === undefined) throw new RangeError('no day');
  return calibration(
    Array.from({ length: n }, (_, i) => ({
      team: 'payments',
      asOf: plusDays(first, 28 * i),
      days: 28,
      upTo: (items: number) => Math.min(1, (items + 1) / 100),
      outcome: i < kept ? 60 : 5,
    })),
  );
}

const reportWith = (calibration: Calibration) => {
  const howMany = busy.forecast.howMany.map((ahead) => ({ ...ahead, calibration }));
  const forecast: TeamReport['forecast'] = { ...busy.forecast, calibration, howMany };
  return { ...busy, forecast };
};

describe('what will happen', () => {
  test.each([
    [
      past(17, 20),
      'Calibration: nothing against it. When such a forecast said 85 % in the past, it happened 85 % of the time (17 of 20): no more or less often than chance explains.',
    ],
    [
      past(12, 20),
      'Calibration off: over-confident. When such a forecast said 85 % in the past, it happened 60 % of the time (12 of 20): less often than chance explains, so expect less than is said here.',
    ],
    [
      past(40, 40),
      'Calibration off: too careful. When such a forecast said 85 % in the past, it happened 100 % of the time (40 of 40): more often than chance explains, so more may be expected than is said here.',
    ],
    [
      past(6, 6),
      'Calibration unknown: of the forecasts that would have been made in the past, 6 that do not overlap have come to their end, 20 are needed.',
    ],
  ])('begins with what such forecasts have been worth: %#', (worth, words) => {
    expect(worthWords(worth)).toBe(words);
  });

  test.each([
    [past(6, 6), 'calibration unknown'],
    [past(12, 20), 'calibration off: over-confident'],
  ])('every forecast that has not earned its number says so: %#', (worth, label) => {
    const report = reportWith(worth);
    const rows = forecastSection(report).blocks.flatMap((block) =>
      block.kind === 'numbers' && !block.title.startsWith('How often') ? block.rows : [],
    );
    // Three horizons, three sizes.
    expect(rows.length).toBe(6);
    expect(rows.every(({ name }) => name.endsWith(`(${label})`))).toBe(true);
    for (const text of [teamReportHtml(report), teamReportMarkdown(report)]) {
      expect(text.split(label).length - 1).toBeGreaterThanOrEqual(6);
    }
  });

  test('one that has is told without a label, and with its record', () => {
    const { blocks } = forecastSection(reportWith(past(17, 20)));
    const titles = blocks.flatMap((block) => (block.kind === 'numbers' ? [block.title] : []));
    expect(titles).toEqual([
      'How many more items are finished',
      'When the next items are finished',
      'How often past forecasts came true',
    ]);
    expect(JSON.stringify(blocks)).not.toContain('(calibration');
    expect(teamReportHtml(reportWith(past(17, 20)))).toContain('By Fri 20 February 2026, in 4 weeks');
  });

  test('of a new team says once what is missing', () => {
    const { blocks } = forecastSection(newTeamReport());
    expect(blocks.map((block) => (block.kind === 'numbers' ? block.rows.length : block.kind))).toEqual([
      'paragraph',
      1,
    ]);
  });
});
