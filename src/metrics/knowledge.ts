import { scalarIntervals } from '#domain/field-values.ts';
import type { PersonHash } from '#domain/issue.ts';
import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { personIn } from '#domain/roster.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { truckFactor } from '#statistics/truck-factor.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { type WorkstreamLevel, workstreamsOf } from './attribution.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { tooFewPeople } from './people.ts';
import { MIN_ATTRIBUTED } from './workstream-level.ts';

export interface Knowledge {
  /** What an area is made of here; absent when nothing covers enough of the work. */
  readonly by?: WorkstreamLevel;
  /** Areas that somebody knows. */
  readonly areas: Measurement;
  /** The fewest people, taken greedily, without whom more than half of the areas have nobody who knows them. */
  readonly truckFactor: Measurement;
  /** Areas that one person alone knows. */
  readonly singleKnower: Measurement;
  readonly singleKnowerShare: Measurement;
  /** Areas with work enough to be known, and nobody who did as much of it. */
  readonly unknown: Measurement;
  readonly note: string;
}

const NOTE =
  'From finished items alone: somebody knows an area who finished 3 items of it in 180 days. Reviews, talks and older ' +
  'work leave no trace here. Counts only, no names.';

/**
 * How few people a team could lose before most of what it does is known by nobody.
 *
 * Areas are components, else labels, else lines of work: the first that at least 60 % of the items finished in the last
 * 180 days have. Who had an item when it was done finished it; who finished at least 3 of an area knows it. An area
 * counts from 3 finished items on.
 *
 * Left out: closures by tidying up, and items done without an assignee. Below 3 areas or 3 people nothing is told, nor
 * over two sources, whose people cannot be matched.
 *
 * @example knowledge(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 8d → Done', { assignee: 'p1' })])).truckFactor
 *   // => { kind: 'insufficient', have: 1, need: 3, what: 'active people' }
 */
export function knowledge(view: TeamView): Knowledge {
  return knowledgeIn(view);
}

const knowledgeIn = oncePerView((view): Knowledge => {
  const { window, since } = lookback(view, FLOW_DAYS);
  const administrative = administrativeClosures(view);
  const who = personIn(view.team);
  const done = view.items.flatMap((item): readonly Finished[] => {
    const { finishedAt, issue } = item;
    if (finishedAt === undefined || finishedAt < since) return [];
    if (isBulk(administrative.get(issueRef(issue.source, issue.id)))) return [];
    const person = finisher(item, finishedAt);
    return person === undefined ? [] : [{ item, person: who(issue.source, person) }];
  });
  const untold = (why: Measurement): Knowledge => ({
    areas: why,
    truckFactor: why,
    singleKnower: why,
    singleKnowerShare: why,
    unknown: why,
    note: NOTE,
  });
  const few = tooFewPeople(view, new Set(done.map(({ person }) => person)).size);
  if (few) return untold(few);
  const by = LEVELS.find((level) => covers(view, done, level));
  if (by === undefined)
    return untold(insufficient(0, 1, 'components, labels or epics that 60 % of the finished items have'));

  const all = knowersByArea(view, done, by);
  const known = all.filter((people) => people.length > 0);
  const factor = truckFactor(known);
  if (factor === undefined || known.length < MIN_AREAS) {
    return { ...untold(insufficient(known.length, MIN_AREAS, 'areas that somebody knows')), by };
  }
  const { people, areas, singleKnower } = factor;
  const basis = { n: areas, window, confidence: 'medium' } as const;
  const count = (value: number, unit: string, method: string): Measurement => ({
    ...exactCount(value, unit, window, method),
    ...basis,
  });
  return {
    by,
    areas: count(areas, 'areas', 'somebody finished at least 3 items'),
    truckFactor: count(people, 'people', 'greedy removal until more than half of the areas are orphaned'),
    singleKnower: count(singleKnower, 'areas', 'one person alone finished at least 3 items'),
    singleKnowerShare: measuredBy(basis)(
      { value: singleKnower / areas, interval: jeffreysProportion(singleKnower, areas) },
      'share',
      'areas one person alone knows / areas somebody knows',
    ),
    unknown: count(
      all.length - known.length,
      'areas',
      'at least 3 items finished, nobody finished 3 of them',
    ),
    note: NOTE,
  };
});

/** An item done in the window, and who had it then. Never leaves the core. */
interface Finished {
  readonly item: WorkItem;
  readonly person: PersonHash;
}

const LEVELS: readonly WorkstreamLevel[] = ['component', 'label', 'parent'];
const KNOWS_FROM = 3;
const MIN_AREAS = 3;

function finisher({ issue }: WorkItem, finishedAt: number): PersonHash | undefined {
  return scalarIntervals(issue, 'assignee').findLast(({ from, value }) => from <= finishedAt && value)?.value
    ?.value;
}

function covers(view: TeamView, done: readonly Finished[], level: WorkstreamLevel): boolean {
  const areasOf = workstreamsOf(view, level);
  return done.filter(({ item }) => areasOf(item).length > 0).length >= MIN_ATTRIBUTED * done.length;
}

/** For each area with finished items enough, the people who know it. */
function knowersByArea(
  view: TeamView,
  done: readonly Finished[],
  level: WorkstreamLevel,
): readonly (readonly PersonHash[])[] {
  const areasOf = workstreamsOf(view, level);
  const work = done.flatMap(({ item, person }) => areasOf(item).map(({ id }) => ({ id, person })));
  return [...Map.groupBy(work, ({ id }) => id).values()]
    .filter((some) => some.length >= KNOWS_FROM)
    .map((some) =>
      [...Map.groupBy(some, ({ person }) => person)]
        .filter(([, items]) => items.length >= KNOWS_FROM)
        .map(([person]) => person),
    );
}
