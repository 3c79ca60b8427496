import { mean, minIndex } from 'd3-array';
import { type CalendarDay, daysBetween, plusDays } from '#domain/calendar.ts';
import { type Insufficient, insufficient } from '#domain/measurement.ts';
import { type Interval, wider } from '#statistics/interval.ts';
import { seededRandom, weekBootstrap } from '#statistics/random.ts';
import type { Claim } from '#statistics/scores.ts';

/** A forecast that was made at the end of a day for the `days` days after it. */
export interface Made {
  readonly asOf: CalendarDay;
  readonly days: number;
}

/** Twenty exclude gross failure, and no more. */
export const MIN_APART = 20;

/** What is said when too few forecasts have come to their end. */
export function tooFewApart(have: number): Insufficient {
  return insufficient(have, MIN_APART, 'past forecasts that do not overlap');
}

/** Of those of one project in order of their days: the first, and every next one made when the one before had ended. */
export function withoutOverlap<Forecast extends Made>(inOrder: readonly Forecast[]): readonly Forecast[] {
  let free: CalendarDay | undefined;
  return inOrder.filter(({ asOf, days }) => {
    if (free !== undefined && asOf < free) return false;
    free = plusDays(asOf, days);
    return true;
  });
}

/** What one forecast adds to a score: a sum, and how many it is the sum of. */
export interface Part {
  readonly total: number;
  readonly count: number;
}

/** What the milestones of one forecast add to a score of them. */
export function partOf(
  claims: readonly Claim[],
  score: (claims: readonly Claim[]) => number | undefined,
): Part {
  return { total: (score(claims) ?? 0) * claims.length, count: claims.length };
}

/** A score, and where it would lie for nine of ten other samples; both ends are null when there is nothing to vary. */
export interface Averaged {
  readonly value: number;
  readonly interval90: readonly [number | null, number | null];
}

/**
 * A score within each project, averaged over projects: one with a long history is still one witness.
 *
 * The interval draws whole projects again, since forecasts of one project go wrong together. Fewer than ten say little
 * of how much projects differ; then stretches of one horizon are drawn again too, of all projects at once, since what
 * overlaps goes wrong together as well, and the wider interval is told. The seed makes it the same every time.
 */
export function averaged<Forecast extends Made>(
  projects: readonly (readonly Forecast[])[],
  partOf: (one: Forecast) => Part,
  seed: string,
): Averaged {
  const values = projects.map((some) => ratio(some.map(partOf))).filter((value) => value !== undefined);
  const byProject = intervalOfMean(values, seed);
  const byTime = projects.length < MANY_PROJECTS ? intervalByTime(projects, partOf, seed) : undefined;
  return {
    value: mean(values) ?? 0,
    interval90: ends(byProject && byTime ? wider(byProject, byTime) : (byProject ?? byTime)),
  };
}

/** The mean of one value of each project, its interval from drawing projects again. */
export function averagedOver(values: readonly number[], seed: string): Averaged {
  return { value: mean(values) ?? 0, interval90: ends(intervalOfMean(values, seed)) };
}

const DRAWS = 1000;
const MANY_PROJECTS = 10;

function intervalOfMean(values: readonly number[], seed: string): Interval | undefined {
  return weekBootstrap(seededRandom(seed), values, DRAWS, (drawn) => mean(drawn));
}

function intervalByTime<Forecast extends Made>(
  projects: readonly (readonly Forecast[])[],
  partOf: (one: Forecast) => Part,
  seed: string,
): Interval | undefined {
  const all = projects.flat();
  const first = all[minIndex(all, ({ asOf }) => Date.parse(asOf))];
  if (first === undefined) return undefined;
  // For each stretch what each project adds to the score.
  const stretches = new Map<number, Part[]>();
  projects.forEach((forecasts, project) => {
    for (const one of forecasts) {
      const at = Math.floor(daysBetween(first.asOf, one.asOf) / one.days);
      const stretch = stretches.get(at) ?? projects.map(() => NOTHING);
      stretch[project] = plus(stretch[project] ?? NOTHING, partOf(one));
      stretches.set(at, stretch);
    }
  });
  return weekBootstrap(seededRandom(`${seed}, by time`), [...stretches.values()], DRAWS, (drawn) =>
    mean(projects, (_, project) => ratio(drawn.map((stretch) => stretch[project] ?? NOTHING))),
  );
}

const NOTHING: Part = { total: 0, count: 0 };

function plus(a: Part, b: Part): Part {
  return { total: a.total + b.total, count: a.count + b.count };
}

function ratio(parts: readonly Part[]): number | undefined {
  const { total, count } = parts.reduce(plus, NOTHING);
  return count === 0 ? undefined : total / count;
}

function ends(interval: Interval | undefined): Averaged['interval90'] {
  return interval === undefined ? [null, null] : [interval.lower, interval.upper];
}
