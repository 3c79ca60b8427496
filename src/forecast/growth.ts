import { range, sum } from 'd3-array';
import { plusWeeks, startOfWeek } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import type { AdministrativeReason } from '#metrics/administrative.ts';
import { countChances } from '#statistics/counts.ts';
import { gammaQuantile } from '#statistics/gamma.ts';
import type { OpenInterval } from '#statistics/interval.ts';
import { qUpper } from '#statistics/quantiles.ts';
import { summarizeCounts } from '#statistics/rate.ts';
import { type Slices, slicesOf, sumOfSlices } from '#statistics/slices.ts';
import { type Members, type Span, wasUnder } from './membership.ts';

/** What came into a scope and left it undone, week by week. */
export interface Growth {
  readonly weeks: number;
  /** Items by which the scope grew in the weeks in which it grew, and shrank in those in which it shrank. */
  readonly grown: Flow;
  readonly shrunk: Flow;
}

interface Flow {
  readonly items: number;
  /** How much more the weeks differ than chance alone would make them: 1 is chance alone. */
  readonly overdispersion: number;
}

/** As much of the past as the pace is read from. */
const MAX_WEEKS = 26;

/**
 * How many items came into a milestone's scope in each week without being finished, oldest first: new ones, ones moved
 * into it, reopened ones, less those dropped, moved out or closed by tidying up. Negative where it shrank.
 *
 * The complete ISO weeks since work on it began, in the team's zone, at most 26: what is planned in the week in which it
 * begins is no growth, whatever day it is looked at. For each week: what was open at its end, less what was open at its
 * beginning, plus what was finished under it.
 */
export function weeklyGrowth(
  view: Pick<TeamView, 'asOf' | 'team'>,
  members: Members,
  finished: readonly Instant[],
  startedAt: Instant,
): readonly number[] {
  const { timezone } = view.team;
  const weeksAgo = (weeks: number) => plusWeeks(startOfWeek(view.asOf, timezone), -weeks, timezone);
  const ends = range(MAX_WEEKS, -1, -1)
    .map(weeksAgo)
    .filter((moment) => moment >= startedAt);
  const items = [...members].filter(([{ type }]) => type.level <= 0);
  const openAt = ends.map(
    (moment) => items.filter(([item, spans]) => wasOpenUnder(item, spans, moment)).length,
  );
  return ends.slice(1).map((to, i) => {
    const from = ends[i] ?? to;
    const done = finished.filter((at) => at >= from && at < to).length;
    return (openAt[i + 1] ?? 0) - (openAt[i] ?? 0) + done;
  });
}

/** When the items under a milestone were finished, those closed by tidying up left out; each while it lay under it. */
export function finishedUnder(
  members: Members,
  administrative: ReadonlyMap<string, AdministrativeReason>,
): readonly Instant[] {
  return [...members].flatMap(([{ finishedAt, issue, type }, spans]) =>
    finishedAt === undefined ||
    type.level > 0 ||
    administrative.has(issueRef(issue.source, issue.id)) ||
    !wasUnder(spans, finishedAt)
      ? []
      : [finishedAt],
  );
}

/**
 * What the weeks say about growth.
 *
 * @example growthOf([3, 0, -1, 0]).grown // => { items: 3, overdispersion: 3 }
 */
export function growthOf(weekly: readonly number[]): Growth {
  const flow = (counts: readonly number[]): Flow => ({
    items: sum(counts),
    overdispersion: summarizeCounts(counts)?.overdispersion ?? 1,
  });
  return {
    weeks: weekly.length,
    grown: flow(weekly.map((net) => Math.max(0, net))),
    shrunk: flow(weekly.map((net) => Math.max(0, -net))),
  };
}

/**
 * Items a week by which the scope has grown on average, negative where it shrank, and 90 % of what that rate may be.
 *
 * @example growthRate(growthOf([3, 0, -1, 0])).value // => 0.5
 */
export function growthRate(growth: Growth): OpenInterval & { readonly value: number } {
  const { weeks, grown, shrunk } = growth;
  const rates = averageGrowthAfter(growth, 7, 100);
  const value = (grown.items - shrunk.items) / weeks;
  return { value, lower: qUpper(rates, 5), upper: qUpper(rates, 95) };
}

/**
 * What of the growth seen is believed to go on: as much as if a quarter in which as much went out as came in had been
 * seen besides, with as much movement both ways.
 *
 * A scope that grew for some weeks seldom goes on so: what came in is worked off, or taken out again before the end.
 * On recorded histories, forecasts more than four weeks ahead that took past growth as it was did worse than those that
 * knew of none.
 *
 * @example steadied(growthOf([26, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).grown.items // => 19.5
 */
export function steadied({ weeks, grown, shrunk }: Growth): Growth {
  const seen = weeks / (weeks + STEADY_WEEKS);
  const even = (grown.items + shrunk.items) / 2;
  const overdispersion = Math.max(grown.overdispersion, shrunk.overdispersion);
  const flow = ({ items }: Flow): Flow => ({ items: seen * items + (1 - seen) * even, overdispersion });
  return { weeks, grown: flow(grown), shrunk: flow(shrunk) };
}

const STEADY_WEEKS = 13;

/**
 * By how many items the scope will have grown after that many days, as equally likely parts.
 *
 * Growth and shrinking are each counts with a rate that is itself uncertain (Jeffreys, widened by the overdispersion):
 * together a negative binomial of mean m and variance `overdispersion * m * (1 + days / 7 / weeks)`.
 */
export function growthAfter({ weeks, grown, shrunk }: Growth, days: number): Slices {
  const ahead = days / 7;
  const counts = ({ items, overdispersion }: Flow): Slices => {
    const { from, chances } = countChances(
      ((items + 0.5) * ahead) / weeks,
      overdispersion * (1 + ahead / weeks),
    );
    return slicesOf(chances.map((weight, i) => ({ value: from + i, weight })));
  };
  return sumOfSlices(counts(grown), negative(counts(shrunk)));
}

/** What the average growth may really be after that many days: the uncertainty of its rates, without that of chance. */
export function averageGrowthAfter({ weeks, grown, shrunk }: Growth, days: number, count: number): Slices {
  const rates = ({ items, overdispersion }: Flow): Slices =>
    range(count).map((i) =>
      gammaQuantile((i + 0.5) / count, (items + 0.5) / overdispersion, weeks / overdispersion / (days / 7)),
    );
  return sumOfSlices(rates(grown), negative(rates(shrunk)), count);
}

function negative(slices: Slices): Slices {
  return slices.map((value) => -value).toReversed();
}

function wasOpenUnder({ stays }: WorkItem, spans: readonly Span[], moment: Instant): boolean {
  const held = stays.findLast(({ from }) => from < moment);
  return held !== undefined && !isClosed(held.stage) && wasUnder(spans, moment);
}
