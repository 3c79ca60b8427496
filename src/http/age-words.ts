import { ago } from '#views/content/age.ts';
import type { SourceAge } from './data-age.ts';

/**
 * How old the data behind a page are, in words.
 * @example ageWords([{ source: 'acme', finishedAt: '2026-03-20T09:00:00.000Z' }], Date.UTC(2026, 2, 20, 12)) // => 'acme was read completely 3 hours ago'
 */
export function ageWords(ages: readonly SourceAge[], now: number): string {
  return ages
    .map(({ source, finishedAt }) =>
      finishedAt === undefined
        ? `${source} was never read completely`
        : `${source} was read completely ${ago(now - Date.parse(finishedAt))}`,
    )
    .concat(problemWords(ages) ?? [])
    .join('. ');
}

/** What went wrong with the sources last, in words; undefined when nothing did. */
export function problemWords(ages: readonly SourceAge[]): string | undefined {
  const failed = ages.filter(({ lastError }) => lastError !== undefined);
  if (failed.length === 0) return undefined;
  return failed
    .map(({ source, lastError }) => `The last attempt to read ${source} failed: ${lastError}`)
    .join(' ');
}
