import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { max, min } from 'd3-array';
import { cappedDaily } from '#forecast/bulk-cap.ts';

/** The completions of one project: one number a day from its first completion to its last. */
export interface Series {
  readonly project: string;
  /** Days since 1970 of the first number. */
  readonly firstDay: number;
  readonly daily: readonly number[];
}

/** Completions per day of 23 real projects, beside the project. */
export const SHARED_THROUGHPUT = fileURLToPath(
  new URL('../../../shared/data/throughput/done-per-day.csv.gz', import.meta.url),
);

/** Reads `project,date,done`, gzipped or plain, and caps bulk days. */
export function readSeries(path: string): readonly Series[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [project = '', date = '', done = ''] = line.trim().split(',');
      return { project, day: Date.parse(`${date}T00:00:00Z`) / 86_400_000, done: Number(done) };
    });
  return [...Map.groupBy(rows, ({ project }) => project)].map(([project, days]) => {
    const firstDay = min(days, ({ day }) => day) ?? 0;
    const daily = Array.from({ length: (max(days, ({ day }) => day) ?? 0) - firstDay + 1 }, () => 0);
    for (const { day, done } of days) daily[day - firstDay] = done;
    return { project, firstDay, daily: cappedDaily(daily) };
  });
}
