import { dayOf, MS_PER_DAY } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { TeamView } from '#domain/team-view.ts';
import { EVERY_METRIC, type Finding } from './finding.ts';

/** A source whose data end while those of another go on. */
export interface SourceBehind {
  readonly source: string;
  readonly readUpTo: Instant;
}

/**
 * The sources of a team that were read more than a day less far than another, as far as the view reaches: what happened
 * there since is missing from every number. A team of one source is never behind itself.
 */
export function sourcesBehind({ readUpTo, asOf }: TeamView): readonly SourceBehind[] {
  const furthest = Math.min(asOf, Math.max(...readUpTo.values()));
  return [...readUpTo]
    .filter(([, until]) => furthest - until > MS_PER_DAY)
    .map(([source, until]) => ({ source, readUpTo: until }));
}

export function sourceFindings(view: TeamView): readonly Finding[] {
  const behind = sourcesBehind(view);
  const told = behind.map(
    ({ source, readUpTo }) => `"${source}" only up to ${dayOf(readUpTo, view.team.timezone)}`,
  );
  return [
    {
      check: 'source_behind',
      count: behind.length,
      items: [],
      affects: EVERY_METRIC,
      sentence: `Not every source was read as far as the others: ${told.join(', ')}. What happened there since is missing, so every number has low confidence. Sync again, and look at why that fails.`,
    },
  ];
}
