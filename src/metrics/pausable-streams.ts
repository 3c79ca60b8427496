import { sum } from 'd3-array';
import { type Insufficient, insufficient } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { concentration } from '#statistics/concentration.ts';
import { collapsed } from './alternatives.ts';
import { workstreamsOf } from './attribution.ts';
import { isInCurrentStream } from './crowding.ts';
import { isPausable } from './goal-focus.ts';
import { goalItems, NO_GOAL } from './goal-items.ts';
import { type ItemEffort, itemEffort } from './item-effort.ts';
import { tooFew } from './one-persons-time.ts';
import { MIN_GROUP } from './people.ts';
import { recentEffort } from './recent-effort.ts';
import { PEOPLE_PER_STREAM } from './sprawl.ts';
import { splitEffort } from './stream-effort.ts';
import { workstreamLevel } from './workstream-level.ts';

/** The smallest workstreams outside the goal that would have to pause for two people on each of the rest. */
export interface FewestToPause {
  readonly streams: number;
  /** How many there are outside the goal. */
  readonly of: number;
  /** How many people's time goes into them. */
  readonly fte: number;
  readonly effort: () => ItemEffort;
}

/**
 * How many workstreams outside the goal would have to pause, the smallest first, until there are two people for each
 * effective workstream of those that go on.
 *
 * Outside is one into which none of the goal's effort goes, and some that could pause; what nobody was on in the last five
 * work days has ended, and counts nowhere. Insufficient without a goal, where
 * all of them would have to pause or that would not do, and where fewer than 3 people are on those that would.
 */
export function fewestToPause(view: TeamView): FewestToPause | Insufficient {
  const isGoal = goalItems(view);
  if (isGoal === undefined) return NO_GOAL;
  const { days, weeks, workdays, people } = recentEffort(view);
  const choice = workstreamLevel(view, days);
  if (choice.kind === 'none') return insufficient(0, 1, 'kinds of workstream');
  const streamsOf = collapsed(view, workstreamsOf(view, choice.level));
  const [isCurrent, isPausableHere] = [isInCurrentStream(view), isPausable(view, isGoal)];
  const could = (item: WorkItem) => isCurrent(item) && isPausableHere(item);
  const splitOf = (counts: (item: WorkItem) => boolean) =>
    splitEffort(days, (item) => (counts(item) ? streamsOf(item) : []), weeks).streams;
  const all = splitOf(isCurrent);
  const ofGoal = new Set(splitOf(isGoal).map(({ stream }) => stream.id));
  const outside = splitOf(could).filter(({ stream }) => !ofGoal.has(stream.id));
  const smallest = outside.toReversed();
  for (let count = 1; count < smallest.length; count += 1) {
    const paused = smallest.slice(0, count);
    const ids = new Set(paused.map(({ stream }) => stream.id));
    const rest = all.filter(({ stream }) => !ids.has(stream.id)).map(({ total }) => total);
    const effective = concentration(rest)?.effective;
    if (effective === undefined || people / effective < PEOPLE_PER_STREAM) continue;
    const on = new Set(paused.flatMap(({ byPerson }) => [...byPerson.keys()]));
    if (on.size < MIN_GROUP) return tooFew('on the smallest of them');
    return {
      streams: count,
      of: outside.length,
      fte: sum(paused, ({ total }) => total) / workdays.length,
      effort: () =>
        itemEffort(view, (item) => {
          const streams = could(item) ? streamsOf(item) : [];
          return streams.filter(({ id }) => ids.has(id)).length / Math.max(1, streams.length);
        }),
    };
  }
  return insufficient(0, 1, 'workstreams that could go on beside it with two people on each');
}
