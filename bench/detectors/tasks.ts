import { HEALTHY } from './healthy.ts';
import { ITEM_CASES, type ItemTally, tallyOf } from './items.ts';
import { type FalselyRaised, type Found, watchHealthy, watchTrouble } from './judge.ts';
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
  readonly troubled: number;
  /** Team-years for each way to be well, with a goal and without one each. */
  readonly healthy: number;
}

/** The work of a run, the same for the same sizes. Of several shares, each takes every so many-th task. */
export function tasksOf({ items, troubled, healthy }: Sizes): readonly Task[] {
  const each = (
    count: number,
    kind: Task['kind'],
    index: number,
    more: Partial<Task> = {},
  ): readonly Task[] => Array.from({ length: count }, (_, i) => ({ kind, index, seed: String(i), ...more }));
  return [
    ...ITEM_CASES.flatMap(({ teams }, index) => each(Math.ceil(teams * items), 'items', index)),
    ...TROUBLES.flatMap((_, index) => each(troubled, 'trouble', index)),
    ...HEALTHY.flatMap((_, index) =>
      [true, false].flatMap((hasGoal) => each(healthy, 'healthy', index, { hasGoal })),
    ),
  ];
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
