import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import { weeklyGrid } from '#risks/weekly.ts';
import type { ChangeLine, Compared } from './changes/change-line.ts';
import { decisionLines } from './changes/decision-lines.ts';
import { findingLines } from './changes/finding-lines.ts';
import { goalLines } from './changes/goal-lines.ts';
import type { Passage } from './changes/passage.ts';
import { forecastLines, promiseLines } from './changes/promise-lines.ts';
import { levelLines, riskLines } from './changes/risk-lines.ts';
import { streamLines } from './changes/stream-lines.ts';
import { workLines } from './changes/work-lines.ts';
import { longDay, plural } from './words.ts';

/** What is another than it was, from the level down to the data. */
export interface ChangedSince {
  /** The day at whose end things are held beside those of the report. */
  readonly since: CalendarDay;
  /** In one sentence, also when nothing changed. */
  readonly sentence: string;
  readonly lines: readonly ChangeLine[];
}

/**
 * The day that a report is compared with: the last one of the weekly grid, a Sunday, that lies a week or more back. A
 * fixed grid, like everything that is replayed: all reports of a week are held beside the same day.
 *
 * @example comparedDay('2026-01-25', 'UTC') // => '2026-01-18'
 * @example comparedDay('2026-01-26', 'UTC') // => '2026-01-18'
 * @example comparedDay('2026-01-31', 'UTC') // => '2026-01-18'
 */
export function comparedDay(day: CalendarDay, timezone: string): CalendarDay {
  const weekAgo = plusDays(day, -7);
  return weeklyGrid(weekAgo, timezone, 1)[0] ?? weekAgo;
}

/**
 * What changed between two reports on a team, both made from the same history, each line with its items.
 *
 * Told is what matters and is no noise. Counts are exact; of a number with an interval the two must not overlap. The
 * chance of a goal is told from .10 on, the cost of a risk from what would raise one, the 85 % forecast from a fifth and
 * two items on. What could not be told and now can, or the reverse, is said as that, never as a change from or to 0.
 * The same two reports give the same lines in the same order.
 */
export function changedSince(before: Compared, now: Compared, between: Passage): ChangedSince {
  const since = before.asOf;
  if (!between.hasBefore) {
    const sentence = `There is nothing to compare with: no work of the team is known on ${longDay(since)}.`;
    return { since, sentence, lines: [] };
  }
  const lines = [
    ...levelLines(before, now, between),
    ...riskLines(before, now, between),
    ...decisionLines(before, now),
    ...goalLines(before, now, between),
    ...workLines(before, now, between),
    ...forecastLines(before, now),
    ...promiseLines(before, now),
    ...streamLines(before, now),
    ...findingLines(before, now),
  ];
  const day = longDay(since);
  const sentence =
    lines.length === 0
      ? `Nothing that matters changed since ${day}.`
      : `${plural(lines.length, 'thing')} changed since ${day}.`;
  return { since, sentence, lines };
}
