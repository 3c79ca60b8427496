import { sum, transpose } from 'd3-array';
import { remembered } from '#domain/once.ts';
import { concentration } from '#statistics/concentration.ts';
import { drawnInterval, seededRandom, weekBootstrap, weekDraws } from '#statistics/random.ts';
import type { Workstream } from './attribution.ts';
import type { Estimate } from './measured.ts';
import { ALONE_SHARE } from './one-persons-time.ts';
import { MIN_GROUP } from './people.ts';
import type { EffortSplit, StreamEffort } from './stream-effort.ts';

/** Under this many people per workstream somebody works alone, wherever the others go: the pigeonhole principle. */
export const PEOPLE_PER_STREAM = 2;

/** Less effort than this is a beginning or a remainder, where one person is only natural. */
const ALONE_PERSON_DAYS = 5;

const DRAWS = 2000;

export interface Sprawl {
  /** As many equally large workstreams would spread the effort as much: 1 / sum of squared shares. */
  readonly effective: Estimate;
  /** The same by entropy, in which small workstreams count for more. */
  readonly entropyEffective: Estimate;
  /** Values of `effective` when whole weeks are drawn again: how likely it lies above a limit. */
  readonly draws: readonly number[];
  /** Workstreams that one person carries nearly alone. */
  readonly onePerson: number;
  readonly unassignedShare: Estimate;
  /** Parts of the effort that belongs to any workstream; only of those with enough contributors to be named. */
  readonly shares: readonly { readonly stream: Workstream; readonly share: Estimate }[];
}

/**
 * Over how many lines of work a team's effort is really spread.
 *
 * Intervals by drawing whole weeks again (2,000 draws); every number of a team and day sees the same draws. undefined
 * when no effort belongs to any workstream.
 */
export function sprawl(split: EffortSplit, seed: string): Sprawl | undefined {
  const amounts = split.streams.map((stream) => stream.byWeek);
  const weeks: readonly Week[] = transpose<number>([split.unassignedByWeek, ...amounts]).map(
    ([unassigned = 0, ...streams]) => ({ unassigned, assigned: sum(streams), streams }),
  );
  const estimate = (statistic: (weeks: readonly Week[]) => number | undefined): Estimate | undefined => {
    const value = statistic(weeks);
    if (value === undefined) return undefined;
    return {
      value,
      // Worked out where it is told: who looks back only to decide asks for none of these.
      get interval() {
        return weekBootstrap(seededRandom(seed), weeks, DRAWS, statistic);
      },
    };
  };

  const spreadOver = (some: readonly Week[]) => concentration(totals(some))?.effective;
  const value = spreadOver(weeks);
  // Here too: the lines of work at a time decide whether a risk is raised, and have draws of their own.
  const drawn = remembered((from: string) => weekDraws(seededRandom(from), weeks, DRAWS, spreadOver));
  const entropyEffective = estimate((some) => concentration(totals(some))?.entropyEffective);
  const unassignedShare = estimate((some) => {
    const unassigned = sum(some, (week) => week.unassigned);
    const all = unassigned + sum(some, (week) => week.assigned);
    return all === 0 ? undefined : unassigned / all;
  });
  if (value === undefined || !entropyEffective || !unassignedShare) return undefined;
  return {
    effective: {
      value,
      get interval() {
        return drawnInterval(drawn(seed));
      },
    },
    entropyEffective,
    get draws() {
      return drawn(seed);
    },
    onePerson: split.streams.filter(isOnePerson).length,
    unassignedShare,
    shares: split.streams.flatMap((stream, i) => {
      if (stream.byPerson.size < MIN_GROUP) return [];
      const share = estimate((some) => {
        const all = sum(some, (week) => week.assigned);
        return all === 0 ? undefined : sum(some, (week) => week.streams[i] ?? 0) / all;
      });
      return share ? [{ stream: stream.stream, share }] : [];
    }),
  };
}

/**
 * How many people there are for each effective workstream.
 *
 * @example peoplePerStream(5, { value: 3.6, interval: { lower: 2.5, upper: 4 } })
 *   // => { value: 1.39, interval: { lower: 1.25, upper: 2 } }
 */
export function peoplePerStream(people: number, effective: Estimate): Estimate {
  const over = (streams: number | undefined) => (streams === undefined ? undefined : people / streams);
  const { value, interval } = effective;
  return {
    value: people / value,
    interval: interval && { lower: over(interval.upper), upper: over(interval.lower) },
  };
}

interface Week {
  readonly unassigned: number;
  readonly assigned: number;
  /** Person-days per workstream, always in the same order. */
  readonly streams: readonly number[];
}

function totals(weeks: readonly Week[]): readonly number[] {
  return transpose<number>(weeks.map((week) => week.streams)).map((amounts) => sum(amounts));
}

function isOnePerson({ total, byPerson }: StreamEffort): boolean {
  return total >= ALONE_PERSON_DAYS && Math.max(...byPerson.values()) >= ALONE_SHARE * total;
}
