import { describe, expect, test } from 'vitest';
import { parseDay } from '#domain/calendar.ts';
import { earlierView, type TeamView, teamView } from '#domain/team-view.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { sourcesBehind } from '#metrics/sources-behind.ts';
import { teamReport } from '#report/team-report.ts';
import { history, team } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const both = team({ scope: [{ source: 'acme' }, { source: 'labs' }], timezone: 'Europe/Amsterdam' });
const done = (source: string) =>
  Array.from({ length: 8 }, (_, i) =>
    issue(`PAY-${i + 1}`, 'In Progress 2d → Done', { source, from: `2026-01-0${i + 1}`, assignee: 'p1' }),
  );

/** Both sources as of the end of a day, each read until a moment. */
function viewOf(day: string, readUpTo: Readonly<Record<string, string | undefined>>): TeamView {
  const parsed = parseDay(day);
  if (parsed === undefined) throw new RangeError(`"${day}" is no day`);
  return teamView(
    both,
    parsed,
    Object.entries(readUpTo).map(([source, until]) => ({
      ...history(done(source), { source }),
      ...(until === undefined ? {} : { readUpTo: Date.parse(until) }),
    })),
  );
}

const numbersOf = (document: unknown): readonly object[] => {
  if (typeof document !== 'object' || document === null) return [];
  const isNumber = 'kind' in document && document.kind === 'value' && 'confidence' in document;
  return isNumber ? [document] : Object.values(document).flatMap(numbersOf);
};
const confidences = (view: TeamView) =>
  new Set(numbersOf(teamReport(view)).map((one) => Reflect.get(one, 'confidence')));

describe('a source that was read less far than the other', () => {
  const behind = viewOf('2026-01-30', { acme: '2026-01-30T09:00Z', labs: '2026-01-19T23:30Z' });

  test('is named, with the day until which it was read in the team’s zone', () => {
    expect(sourcesBehind(behind).map(({ source }) => source)).toEqual(['labs']);
    const [first] = dataQuality(behind);
    expect(first).toMatchObject({ check: 'source_behind', count: 1 });
    // Half past eleven in the evening, UTC, is the 20th in Amsterdam.
    expect(first?.sentence).toContain('"labs" only up to 2026-01-20');
  });

  test('leaves no number with more than low confidence', () => {
    expect(confidences(behind)).toEqual(new Set(['low']));
    expect(numbersOf(teamReport(behind)).length).toBeGreaterThan(10);
  });

  test('counts for nothing as of a day that both were read until', () => {
    const before = viewOf('2026-01-19', { acme: '2026-01-30T09:00Z', labs: '2026-01-19T23:30Z' });
    expect(sourcesBehind(before)).toEqual([]);
    expect(sourcesBehind(earlierView(behind, before.day))).toEqual([]);
    expect(confidences(before)).toContain('high');
  });
});

test.each([
  ['the polls of one night', { acme: '2026-01-30T00:05Z', labs: '2026-01-29T23:50Z' }],
  ['a day to the minute', { acme: '2026-01-30T09:00Z', labs: '2026-01-29T09:00Z' }],
  ['a source alone, however old', { acme: '2025-12-01T09:00Z' }],
  ['sources of which that is not known', { acme: undefined, labs: undefined }],
])('nothing is behind: %s', (_, readUpTo) => {
  const view = viewOf('2026-01-30', readUpTo);
  expect(sourcesBehind(view)).toEqual([]);
  expect(dataQuality(view).map(({ check }) => check)).not.toContain('source_behind');
});
