import { sum } from 'd3-array';
import { elapsedDays, endOf, isoWeekOf } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { percent, plural } from '#domain/wording.ts';
import { dueDates, type PromisedItem } from '#metrics/due-dates.ts';
import { itemRef } from '#metrics/item-ref.ts';
import { DEFAULT_OBJECTIVE } from '#metrics/service-level.ts';
import { probabilityShareStillBelow } from '#statistics/batches.ts';
import { qUpper } from '#statistics/quantiles.ts';
import { seededRandom, weekBootstrap } from '#statistics/random.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Detector, Signal } from './signal.ts';

/**
 * Dates that do not hold: fewer items are done by the day first promised than the team's objective, four of five unless
 * it says otherwise.
 *
 * Items due in one week slip together, be it for one late release: so weeks are the witnesses, at least five of them,
 * and the probability is the more cautious of Jeffreys over items and Student's t over weeks, and of all of them and
 * their later half. The cost is by how much half of the items that missed their day missed it: what somebody waits who
 * counted on a date that did not hold; its interval draws the weeks again. An open item counts as late up to now. Below 20
 * items it sees nothing.
 */
export const slippingDates: Detector = (view) => {
  const { hitFirst, hiddenByRedating, items } = dueDates(view);
  if (hitFirst.kind === 'insufficient') return [];
  const objective = view.team.serviceLevelObjective ?? DEFAULT_OBJECTIVE;
  const weeks = byWeekDue(view, items);
  if (weeks.length < MIN_WEEKS) return [];
  const probabilityReal = probabilityShareStillBelow(
    weeks.map((some) => ({ k: some.filter(({ item }) => item.hitFirst).length, n: some.length })),
    objective,
  );
  if (probabilityReal < 0.5) return [];
  const seed = `${view.team.id}|slippingDates|${view.day}`;
  const late = weekBootstrap(seededRandom(seed), weeks, DRAWS, halfOfMissed);
  const half = halfOfMissed(weeks) ?? 0;
  const kept = sum(items, ({ hitFirst: hit }) => (hit ? 1 : 0));
  const missed = weeks
    .flat()
    .filter(({ item }) => !item.hitFirst)
    .toSorted((a, b) => b.daysLate - a.daysLate);
  return [
    {
      kind: 'slipping_dates',
      statement:
        `Of ${items.length} items with a due date ${kept} (${percent(hitFirst.value)}) were done by the day first ` +
        `promised; half of the others came at least ${plural(half, 'day')} later, or have not come yet.`,
      evidence: [
        evidenceOf(
          'dueDates.hitFirst',
          hitFirst,
          missed.map(({ item, daysLate, isOpen }) =>
            refWhy(
              item,
              `first due ${item.firstDue}, ${isOpen ? `open ${plural(daysLate, 'day')} later` : `done ${plural(daysLate, 'day')} later`}`,
            ),
          ),
        ),
        evidenceOf('dueDates.hiddenByRedating', hiddenByRedating),
      ],
      probabilityReal,
      confidence: trustIn({ 'the share done in time': hitFirst }),
      owner: 'shared',
      ...(late === undefined ? {} : { cost: { weeks: [late.lower / 7, late.upper / 7] } }),
      options: OPTIONS,
    },
  ];
};

const MIN_WEEKS = 5;
const DRAWS = 500;

const OPTIONS: Signal['options'] = [
  {
    action: 'Promise the day by which 85 % of such items were done.',
    assumption: 'Whoever asked for the date needs to know it more than to have it soon.',
    whoDecides: 'team',
    relief: () => 'it changes what is promised, and not the work',
  },
  {
    action: 'Set a due date only where somebody depends on the day.',
    assumption: 'Some of the dates promise nothing to anybody.',
    whoDecides: 'leadership',
    relief: () => 'it changes what is promised, and not the work',
  },
];

interface Promised {
  readonly item: PromisedItem;
  readonly daysLate: number;
  readonly isOpen: boolean;
}

/** The promised items by the week of their first date, oldest first. */
function byWeekDue(view: TeamView, items: readonly PromisedItem[]): readonly (readonly Promised[])[] {
  const { timezone } = view.team;
  const finishedAt = new Map(view.items.map((item) => [itemRef(view, item).url, item.finishedAt]));
  const promised = items
    .toSorted((a, b) => (a.firstDue < b.firstDue ? -1 : a.firstDue > b.firstDue ? 1 : 0))
    .map((item): Promised & { readonly week: string } => {
      const due = endOf(item.firstDue, timezone);
      const finished = finishedAt.get(item.url);
      return {
        item,
        daysLate: Math.max(0, elapsedDays(due, finished ?? view.asOf)),
        isOpen: finished === undefined,
        week: isoWeekOf(due - 1, timezone),
      };
    });
  return [...Map.groupBy(promised, ({ week }) => week).values()];
}

/** So many days or more late are half of the items that missed their day; undefined when none did. */
function halfOfMissed(weeks: readonly (readonly Promised[])[]): number | undefined {
  const missed = weeks.flat().filter(({ item }) => !item.hitFirst);
  return qUpper(
    missed.map(({ daysLate }) => daysLate),
    50,
  );
}
