import { sum } from 'd3-array';
import type { Relief } from './relief.ts';
import type { Range } from './risk.ts';

/** Who is on a goal already, as far as it says who could come to it. */
export interface OnGoal {
  /** How many people's time goes elsewhere: no more than that can come to it. */
  readonly elsewhere?: number;
  /** Whether an item, by `issueRef`, is the goal's own. */
  readonly isOwn?: (ref: string) => boolean;
}

/**
 * How many people's time some reliefs together would bring to a goal, from the smallest to the largest.
 *
 * Who works on the goal is there already, and who is freed twice comes once: each relief counts by the part of its work
 * that is neither the goal's own nor counted for a larger one, and all together never free more than is not on the goal
 * (METRICS 2.2: C' = C + L, with C = F less the drains and other work). undefined where none of them frees people.
 */
export function freedPeople(goal: OnGoal, reliefs: readonly Relief[]): Range | undefined {
  const freed = reliefs.filter((relief) => relief.kind === 'people');
  return freed.length === 0 ? undefined : [freedAt(goal, freed, 0), freedAt(goal, freed, 2)];
}

type Freed = Extract<Relief, { kind: 'people' }>;

function freedAt(
  { elsewhere = Number.POSITIVE_INFINITY, isOwn }: OnGoal,
  reliefs: readonly Freed[],
  end: 0 | 2,
): number {
  const counted = new Map<string, number>();
  const all = sum(
    reliefs.toSorted((a, b) => b.fte[end] - a.fte[end]),
    ({ fte, from }) => fte[end] * newPart([...(from?.() ?? [])], isOwn, counted),
  );
  return Math.min(all, elsewhere);
}

/** The part of some work that nobody counted yet. */
function newPart(
  work: readonly (readonly [ref: string, fte: number])[],
  isOwn: OnGoal['isOwn'],
  counted: Map<string, number>,
): number {
  const total = sum(work, ([, fte]) => fte);
  if (total === 0) return 1;
  let fresh = 0;
  for (const [ref, fte] of work) {
    const before = counted.get(ref) ?? 0;
    if (isOwn?.(ref) || fte <= before) continue;
    fresh += fte - before;
    counted.set(ref, fte);
  }
  return fresh / total;
}
