import { HEALTHY } from './healthy.ts';
import { ITEM_CASES } from './items.ts';
import { type FalselyRaised, type Found, watchHealthy, watchTrouble } from './judge.ts';
import { type ItemTally, tallyOf } from './tally.ts';
import { TROUBLES } from './troubles.ts';

/** One team to be made up and asked about. Plain data, so that it can be handed to another process. */
export interface Task {
  readonly kind: 'items' | 'trouble' | 'healthy';
  /** Which case, trouble or way. */
  readonly index: number;
  readonly seed: string;
  readonly hasGoal?: boolean;
}

export type Outcome =
  | { readonly kind: 'items'; readonly index: number; readonly tally: ItemTally }
  | { readonly kind: 'trouble'; readonly index: number; readonly found: Found }
  | { readonly kind: 'healthy'; readonly index: number; readonly raised: FalselyRaised };

/** How many teams of each kind. */
export interface Sizes {
  /** Parts of the teams that bring two hundred items in trouble for each signal. */
  readonly items: number;
  /** Teams for each trouble. */
  readonly teams: number;
  /** Team-years for each way to be well, with a goal and without one each. */
  readonly healthy: number;
  /** Only the cases, troubles and ways of these names; absent: all. */
  readonly only?: readonly string[];
}

/**
 * The work of a run, the same for the same sizes: more of them begin with the same teams. Seed by seed, so that a part of
 * it has something of everything.
 */
export function tasksOf({ items, teams, healthy, only }: Sizes): readonly Task[] {
  const isAsked = ({ name }: { readonly name: string }) => only === undefined || only.includes(name);
  const each = (
    count: number,
    kind: Task['kind'],
    index: number,
    more: Partial<Task> = {},
  ): readonly Task[] => Array.from({ length: count }, (_, i) => ({ kind, index, seed: String(i), ...more }));
  const all = [
    ...ITEM_CASES.flatMap((one, index) =>
      isAsked(one) ? each(Math.ceil(one.teams * items), 'items', index) : [],
    ),
    ...TROUBLES.flatMap((one, index) => (isAsked(one) ? each(teams, 'trouble', index) : [])),
    ...HEALTHY.flatMap((one, index) =>
      isAsked(one) ? [true, false].flatMap((hasGoal) => each(healthy, 'healthy', index, { hasGoal })) : [],
    ),
  ];
  return all.toSorted((a, b) => Number(a.seed) - Number(b.seed));
}

export function outcomeOf({ kind, index, seed, hasGoal = true }: Task): Outcome {
  if (kind === 'trouble') {
    const found = watchTrouble(index, seed);
    if (found !== undefined) return { kind, index, found };
  } else if (kind === 'healthy') {
    const raised = watchHealthy(index, seed, hasGoal);
    if (raised !== undefined) return { kind, index, raised };
  } else {
    const one = ITEM_CASES[index];
    if (one !== undefined) return { kind, index, tally: tallyOf(one, one.make(seed)) };
  }
  throw new RangeError(`There is no ${kind} with number ${index}.`);
}
