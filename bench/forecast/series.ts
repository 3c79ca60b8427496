import { fileURLToPath } from 'node:url';
import { readCompletions } from '#cli/completions-file.ts';
import type { CalendarDay } from '#domain/calendar.ts';
import { cappedDaily } from '#forecast/bulk-cap.ts';

/** The completions of one project: one number a day from its first completion to its last. */
export interface Series {
  readonly project: string;
  readonly from: CalendarDay;
  /** Days since 1970 of the first number. */
  readonly firstDay: number;
  /** With bulk days cut down: what is fitted. */
  readonly daily: readonly number[];
  /** As the file has them: what the product is given. */
  readonly counted: readonly number[];
}

/** Completions per day of 23 real projects, beside the project. */
export const SHARED_THROUGHPUT = fileURLToPath(
  new URL('../../../shared/data/throughput/done-per-day.csv.gz', import.meta.url),
);

/** Reads completions as the command line does, and caps bulk days for the fit. */
export function readSeries(path: string): readonly Series[] {
  return readCompletions(path).map(({ project, from, daily }) => ({
    project,
    from,
    firstDay: Date.parse(from) / 86_400_000,
    daily: cappedDaily(daily),
    counted: daily,
  }));
}
