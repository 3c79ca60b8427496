import { range } from 'd3-array';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Prior } from '#forecast/prior.ts';
import { casesOf } from './cases.ts';
import { fitPrior } from './fit.ts';
import { foldsOf } from './folds.ts';
import type { Series } from './series.ts';

/** A fitted prior, and the forecasts it may be judged by: it saw neither them nor what came of them. */
export interface Fold {
  readonly prior: Prior;
  readonly judges: (made: Made) => boolean;
}

/** A forecast of a project, made at the end of a day. */
interface Made {
  readonly project: string;
  readonly asOf: CalendarDay;
}

/** Fits on four fifths of the projects and judges by the others, dealt anew several times. */
export function foldsByProject(
  series: readonly Series[],
  horizons: readonly number[],
  repeats: number,
): readonly Fold[] {
  return range(repeats).flatMap((repeat) =>
    foldsOf(series.length, 5, `by project, ${repeat}`).map((held) => {
      const heldOut = new Set(held.map((i) => series[i]?.project));
      const seen = series.filter(({ project }) => !heldOut.has(project));
      return {
        prior: fitPrior(casesOf(seen), horizons),
        judges: (made: Made) => heldOut.has(made.project),
      };
    }),
  );
}

/** Fits on what had happened before a New Year's Day, of all projects, and judges by the forecasts of that year. */
export function foldsByTime(series: readonly Series[], horizons: readonly number[]): readonly Fold[] {
  return newYears(series).map((newYear) => ({
    prior: fitPrior(casesOf(endedBy(series, newYear)), horizons),
    judges: (made: Made) => isOfYear(made, newYear),
  }));
}

/** Both at once: fits on the past of other projects only. */
export function foldsByProjectAndTime(
  series: readonly Series[],
  horizons: readonly number[],
): readonly Fold[] {
  return foldsOf(series.length, 5, 'by project and time').flatMap((held) => {
    const heldOut = new Set(held.map((i) => series[i]?.project));
    const seen = series.filter(({ project }) => !heldOut.has(project));
    return newYears(series).map((newYear) => ({
      prior: fitPrior(casesOf(endedBy(seen, newYear)), horizons),
      judges: (made: Made) => isOfYear(made, newYear) && heldOut.has(made.project),
    }));
  });
}

/** New Year's Days with enough past to learn from: eight projects with a year of forecasts. */
function newYears(series: readonly Series[]): readonly number[] {
  return range(1990, 2100)
    .map((year) => Date.UTC(year, 0, 1) / 86_400_000)
    .filter((day) => {
      const past = Map.groupBy(casesOf(endedBy(series, day)), (made) => made.series.project);
      const begun = series.some((one) => one.firstDay + one.daily.length > day);
      return begun && [...past.values()].filter((made) => made.length >= 13).length >= 8;
    });
}

/** The series as they were before a day. */
function endedBy(series: readonly Series[], day: number): readonly Series[] {
  return series
    .map((one) => ({ ...one, daily: one.daily.slice(0, Math.max(0, day - one.firstDay)) }))
    .filter(({ daily }) => daily.length > 0);
}

function isOfYear({ asOf }: Made, newYear: number): boolean {
  // Made at the end of a day: on the first of January at the earliest, knowing the year before to its end.
  const day = Date.parse(asOf) / 86_400_000 + 1;
  const next = new Date((newYear + 370) * 86_400_000).getUTCFullYear();
  return day >= newYear && day < Date.UTC(next, 0, 1) / 86_400_000;
}
