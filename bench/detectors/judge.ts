import { DETECTORS } from '#risks/detectors.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import type { RiskKind } from '#risks/risk.ts';
import { watch } from '#risks/seen.ts';
import type { Detector } from '#risks/signal.ts';
import { FIRST_WEEK, HEALTHY, healthyTeam, LAST_WEEK } from './healthy.ts';
import { type MadeUp, viewOf } from './team.ts';
import { planted, TROUBLES, WATCHED_WEEKS } from './troubles.ts';

/** The kinds of risk in one weekly report. */
export interface Report {
  readonly week: number;
  /** Put before people: likely, lasting, and worth it. */
  readonly raised: ReadonlySet<RiskKind>;
  /** As likely and as lasting, whatever it costs. */
  readonly told: ReadonlySet<RiskKind>;
}

/**
 * What the weekly reports of a team hold, asked at the end of each week with what the product asks with. Nothing is
 * looked up from what was planted.
 */
export function reportsOf(
  made: MadeUp,
  [first, last]: readonly [first: number, last: number],
  detectors: readonly Detector[] = DETECTORS,
): readonly Report[] {
  const { seenOn } = watch(viewOf(made, made.endOfWeek(last)), { detectors, goalAhead });
  const likely = (week: number) =>
    seenOn(made.endOfWeek(week)).filter(({ signal }) => signal.probabilityReal >= LIKELY);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const week = first + i;
    const before = new Set(likely(week - 1).map(({ id }) => id));
    return {
      week,
      raised: new Set(
        seenOn(made.endOfWeek(week)).flatMap(({ signal, isRaised }) => (isRaised ? [signal.kind] : [])),
      ),
      told: new Set(
        likely(week).flatMap(({ id, signal }) =>
          signal.probabilityReal >= NEARLY_SURE || before.has(id) ? [signal.kind] : [],
        ),
      ),
    };
  });
}

const LIKELY = 0.8;
const NEARLY_SURE = 0.98;

/** How one trouble was seen. */
export interface Found {
  readonly trouble: string;
  readonly kind: RiskKind;
  /** Weeks of trouble that were asked about, and those whose report raised it. */
  readonly weeks: number;
  readonly weeksRaised: number;
  /** Weeks from its beginning to the first report that has it; absent when none of half a year has. */
  readonly raisedAfter?: number;
  readonly toldAfter?: number;
  /** Times that it was raised anew. */
  readonly runs: number;
  /** Weeks before it, and times that it was raised in these. */
  readonly calmWeeks: number;
  readonly calmRuns: number;
}

/** Plants a trouble by its number and watches it for half a year. */
export function watchTrouble(index: number, seed: string): Found | undefined {
  const trouble = TROUBLES[index];
  if (trouble === undefined) return undefined;
  const { onset, made } = planted(trouble, seed);
  const begins = Math.max(onset, FIRST_WEEK);
  const first = trouble.always ? begins : onset - CALM_WEEKS;
  const reports = reportsOf(made, [first, begins + WATCHED_WEEKS - 1], [trouble.detector]);
  const { kind } = trouble;
  const during = reports.filter(({ week }) => week >= begins);
  const calm = reports.filter(({ week }) => week < begins);
  const isRaised = ({ raised }: Report) => raised.has(kind);
  const after = (week: number | undefined) => (week === undefined ? undefined : week - begins + 1);
  const raisedAfter = after(during.find(isRaised)?.week);
  const toldAfter = after(during.find(({ told }) => told.has(kind))?.week);
  return {
    trouble: trouble.name,
    kind,
    weeks: during.length,
    weeksRaised: during.filter(isRaised).length,
    ...(raisedAfter === undefined ? {} : { raisedAfter }),
    ...(toldAfter === undefined ? {} : { toldAfter }),
    runs: runsOf(during.map(isRaised)),
    calmWeeks: calm.length,
    calmRuns: runsOf(calm.map(isRaised)),
  };
}

const CALM_WEEKS = 6;

/** What was raised in a year of a team that is well: each time anew, by kind. */
export interface FalselyRaised {
  readonly way: string;
  readonly hasGoal: boolean;
  readonly weeks: number;
  readonly runs: Readonly<Partial<Record<RiskKind, number>>>;
  readonly weeksRaised: Readonly<Partial<Record<RiskKind, number>>>;
  /** Kinds that are true of it: for these it is no negative. */
  readonly truly: readonly RiskKind[];
}

export function watchHealthy(index: number, seed: string, hasGoal: boolean): FalselyRaised | undefined {
  const healthy = HEALTHY[index];
  if (healthy === undefined) return undefined;
  const reports = reportsOf(healthyTeam(healthy, seed, hasGoal), [FIRST_WEEK, LAST_WEEK]);
  const truly: readonly RiskKind[] = [
    ...(healthy.truly ?? []),
    ...(hasGoal ? [] : (['no_dated_goal'] as const)),
  ];
  const kinds = new Set(reports.flatMap(({ raised }) => [...raised]).filter((kind) => !truly.includes(kind)));
  const count = (of: (weeks: readonly boolean[]) => number) =>
    Object.fromEntries([...kinds].map((kind) => [kind, of(reports.map(({ raised }) => raised.has(kind)))]));
  return {
    way: healthy.name,
    hasGoal,
    weeks: reports.length,
    runs: count(runsOf),
    weeksRaised: count((weeks) => weeks.filter(Boolean).length),
    truly,
  };
}

/** How often something begins; a single week without it does not end it. */
export function runsOf(weeks: readonly boolean[]): number {
  return weeks.filter((is, i) => is && !weeks[i - 1] && !weeks[i - 2]).length;
}
