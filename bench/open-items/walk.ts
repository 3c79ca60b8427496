import { min } from 'd3-array';
import { type CalendarDay, dayOf, MS_PER_DAY, plusDays } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { Measurement } from '#domain/measurement.ts';
import { earlierView, issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { administrativeClosures, isBulk } from '#metrics/administrative.ts';
import { flowSample } from '#metrics/flow-sample.ts';
import { workItemAge } from '#metrics/work-item-age.ts';
import { incidenceAtSimilarAges } from '#statistics/similar-ages.ts';
import { completedP85, completedWithin } from './completed-only.ts';

/** How an item stood at the end of the horizon, as was known then. `bulk`: closed by tidying up. */
export type Outcome = 'finished' | 'bulk' | 'dropped' | 'open';

/** What was said of one open item on one day, and what came of it. */
export interface Followed {
  readonly project: string;
  readonly day: CalendarDay;
  readonly item: string;
  readonly agedOut: boolean | undefined;
  /** What the report prints. */
  readonly told: Measurement;
  /** What the finished items alone say; undefined beyond the longest of them. */
  readonly completedOnly: number | undefined;
  /** The rate at similar ages, needed or not, by the width of the band. */
  readonly similar: readonly (number | undefined)[];
  readonly outcome: Outcome;
  /** Finished within the horizon, and still done at the end of the history. */
  readonly lasting: boolean;
  /** Whether it was done before it was older than 85 % of the finished items; undefined while that is undecided. */
  readonly withinP85: boolean | undefined;
}

const HORIZON = 14;
export const BANDS: readonly number[] = [1.5, 2, 3];

/**
 * The open items of every so many days, from half a year after the first issue to one horizon before the end of the
 * history. What is said sees the end of its day; what came of it is what was known at the end of the horizon.
 */
export function followed(whole: TeamView, every: number): readonly Followed[] {
  const begun = min(whole.items, ({ stays }) => stays[0]?.from);
  if (begun === undefined) return [];
  const end = stateOf(whole);
  const found: Followed[] = [];
  let day = plusDays(dayOf(begun, whole.team.timezone), 180);
  for (; plusDays(day, HORIZON) <= whole.day; day = plusDays(day, every)) {
    found.push(
      ...followedFrom(earlierView(whole, day), stateOf(earlierView(whole, plusDays(day, HORIZON))), end),
    );
  }
  return found;
}

function followedFrom(view: TeamView, later: State, end: State): readonly Followed[] {
  const sample = flowSample(view);
  const finished = sample.finished.map((spell) => spell.exit);
  const p85 = completedP85(finished);
  const printed = new Map(workItemAge(view).items.map((item) => [item.key, item]));
  return sample.open.map(({ item, exit: age, startedAt }): Followed => {
    const ref = refOf(item);
    const told = printed.get(item.key);
    if (told === undefined)
      throw new RangeError(`The report of ${view.day} lacks ${item.key}, which was open.`);
    const outcome = outcomeOf(later, ref);
    const last = end.items.get(ref);
    return {
      project: view.team.id,
      day: view.day,
      item: ref,
      agedOut: told.agedOut,
      told: told.finishWithin14Days,
      completedOnly: completedWithin(finished, age, HORIZON),
      similar: BANDS.map((band) => incidenceAtSimilarAges(sample.spells, age, HORIZON, band)?.incidence),
      outcome,
      lasting: outcome === 'finished' && (last?.finishedAt ?? Number.POSITIVE_INFINITY) < later.asOf,
      withinP85: p85 === undefined ? undefined : doneBy(end, ref, startedAt + p85 * MS_PER_DAY),
    };
  });
}

/** What was known at one moment. */
interface State {
  readonly asOf: Instant;
  readonly items: ReadonlyMap<string, WorkItem>;
  readonly tidied: ReadonlySet<string>;
}

function stateOf(view: TeamView): State {
  const reasons = [...administrativeClosures(view)];
  return {
    asOf: view.asOf,
    items: new Map(view.items.map((item) => [refOf(item), item])),
    tidied: new Set(reasons.filter(([, reason]) => isBulk(reason)).map(([ref]) => ref)),
  };
}

function outcomeOf({ items, tidied }: State, ref: string): Outcome {
  const item = items.get(ref);
  if (item?.finishedAt === undefined) return item?.cancelledAt === undefined ? 'open' : 'dropped';
  return tidied.has(ref) ? 'bulk' : 'finished';
}

/** Whether it was done at a moment; undefined when that lies beyond the history. */
function doneBy({ asOf, items, tidied }: State, ref: string, at: Instant): boolean | undefined {
  if (at >= asOf) return undefined;
  const stage = items.get(ref)?.stays.findLast((stay) => stay.from <= at)?.stage;
  return stage === 'done' && !tidied.has(ref);
}

function refOf({ issue }: WorkItem): string {
  return issueRef(issue.source, issue.id);
}
