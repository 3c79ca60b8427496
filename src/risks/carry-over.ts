import { mean, sum } from 'd3-array';
import { setIntervals } from '#domain/field-values.ts';
import type { TeamView } from '#domain/team-view.ts';
import { percent, plural } from '#domain/wording.ts';
import { isClosed } from '#domain/work-item.ts';
import type { CycleResult } from '#metrics/cycle-results.ts';
import { itemRef } from '#metrics/item-ref.ts';
import { pooledShare, sayDo } from '#metrics/say-do.ts';
import { probabilityShareStillBelow } from '#statistics/batches.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Range } from './risk.ts';
import type { Detector, Signal } from './signal.ts';

/**
 * Cycles that commit to more than gets done: less than four of five items committed to are done by the end.
 *
 * Four of five is the lower edge of what SAFe calls predictable, and policy; how likely the share lies below it is the
 * more cautious of Jeffreys over items and Student's t over cycles, and of all cycles and their later half. The cost is
 * how much longer than the cycle the work takes now that was meant for it, had nothing else been put in: length * (1 /
 * share - 1), by the latest cycles that are enough for a share. Below 5 cycles or 20 items it sees nothing.
 */
export const carryOver: Detector = (view) => {
  const found = sayDo(view);
  const { cycles } = found;
  if (found.trend.kind === 'insufficient' || found.sayDo.kind === 'insufficient') return [];
  const probabilityReal = probabilityShareStillBelow(
    cycles.map(({ done, committed }) => ({ k: done, n: committed })),
    PREDICTABLE,
  );
  if (probabilityReal < 0.5) return [];
  const [done, committed] = [sum(cycles, (cycle) => cycle.done), sum(cycles, (cycle) => cycle.committed)];
  const length = mean(cycles, ({ days }) => days) ?? 0;
  const { lower, upper } =
    pooledShare(latest(cycles).map(({ done: k, committed: n }) => ({ k, n }))).interval ?? {};
  const late = (share: number) => (length / 7) * (1 / Math.max(LEAST_SHARE, share) - 1);
  const weeks: Range = [late(upper ?? 1), late(lower ?? LEAST_SHARE)];
  return [
    {
      kind: 'carry_over',
      statement:
        `Of ${committed} items committed to in ${cycles.length} cycles ${done} (${percent(done / committed)}) were done ` +
        `by the end: what is meant for ${plural(length, 'day')} takes ${plural(length * (committed / Math.max(1, done)), 'day')}.`,
      evidence: [
        evidenceOf('sayDo.sayDo', found.sayDo),
        evidenceOf('sayDo.carryOver', found.carryOver, wanderers(view)),
        evidenceOf('sayDo.added', found.added),
      ],
      probabilityReal,
      confidence: trustIn({}, ['the tracker keeps no history of when cycles begin and end']),
      owner: 'shared',
      cost: { weeks },
      options: OPTIONS,
    },
  ];
};

const PREDICTABLE = 0.8;
const MIN_CYCLES = 5;
const MIN_ITEMS = 20;
/** Who keeps less than a tenth plans no cycles, and the length of one says nothing of the work. */
const LEAST_SHARE = 0.1;

const OPTIONS: Signal['options'] = [
  {
    action: 'Commit to as many items as the last cycles finished.',
    assumption: 'The items stay about as large as they were.',
    whoDecides: 'team',
    relief: () => 'it makes plans truer and the work no faster',
  },
  {
    action: 'Let what comes in during a cycle wait for the next, or take something out for it.',
    assumption: 'Most of what was not done gave way to what was put in.',
    whoDecides: 'leadership',
    relief: () => 'nobody knows what the work that came in would have been worth',
  },
];

/** The later half of the cycles, but no fewer than a share needs: what they cost before is over. */
function latest(cycles: readonly CycleResult[]): readonly CycleResult[] {
  for (let count = Math.max(MIN_CYCLES, Math.ceil(cycles.length / 2)); count < cycles.length; count += 1) {
    const some = cycles.slice(-count);
    if (sum(some, ({ committed }) => committed) >= MIN_ITEMS) return some;
  }
  return cycles;
}

const MANY_CYCLES = 2;

/** Open items that have been through several cycles that have ended, those with the most first. */
function wanderers(view: TeamView) {
  const ended = new Map(
    [...view.references.values()].map(({ source, cycles }) => [
      source,
      new Set(cycles.flatMap(({ id, plannedEndAt = view.asOf }) => (plannedEndAt < view.asOf ? [id] : []))),
    ]),
  );
  return view.items
    .filter(({ stage }) => !isClosed(stage))
    .map((item) => {
      const ids = setIntervals(item.issue, 'cycles').flatMap(({ value }) => value);
      const through = [...new Set(ids)].filter((id) => ended.get(item.issue.source)?.has(id));
      return { item, count: through.length };
    })
    .filter(({ count }) => count >= MANY_CYCLES)
    .toSorted((a, b) => b.count - a.count)
    .map(({ item, count }) => refWhy(itemRef(view, item), `in ${count} cycles so far, and open`));
}
