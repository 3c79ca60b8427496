import type { CycleTimeDefinition } from '#domain/team.ts';
import type { DueDates } from '#metrics/due-dates.ts';
import type { SayDo } from '#metrics/say-do.ts';
import type { ServiceLevel } from '#metrics/service-level.ts';
import type { Stability } from '#metrics/stability.ts';
import { durationWords, finishVerb } from '#report/definition-words.ts';
import { RULE_WORDS } from '#report/vocabulary.ts';
import { percent } from '#report/words.ts';
import { type Block, day, itemWords, numbersTold, start, type Table } from './blocks.ts';

const LATEST_MISSES = 5;

/** The delivery promise, its budget of misses, and which items used it up. */
export function promise(
  { objective, expectation, inTime, budget, overspent, missed }: ServiceLevel,
  definition: CycleTimeDefinition,
): readonly Block[] {
  const within = expectation.kind === 'value' ? durationWords(definition, expectation) : 'their usual time';
  const promised = `${percent(objective)} of items ${finishVerb(definition)} within ${within}`;
  return [
    numbersTold(`The delivery promise: ${promised}`, [
      ['Finished in time, over 8 weeks', inTime],
      ['Missed', budget.used],
      ['Misses that the promise allows', budget.allowed],
      ['Chance that the promise is being broken', overspent.long],
      ['That time: 85 % took no longer when the quarter began', expectation],
    ]),
    missedItems(missed),
  ];
}

function missedItems(missed: ServiceLevel['missed']): Table {
  return {
    kind: 'table',
    title: 'Missed the promise, the last first',
    columns: [start('Item'), start('Missed on'), start('Since then')],
    rows: missed.map((item) => [
      itemWords(item),
      [day(item.missedOn)],
      [item.finished ? 'Finished' : 'Not finished'],
    ]),
    shown: LATEST_MISSES,
    rowsAre: 'misses',
  };
}

/** The last weeks beside what the ones before let one expect, and the weeks that stand out. */
export function rhythm({ chart, recent }: Stability): readonly Block[] {
  return [
    numbersTold('The rhythm of the weeks', [
      ['Finished in the last 4 weeks', recent.finished],
      ['To be expected from the weeks before', recent.expected],
      ['Chance of so few or fewer if nothing has changed', recent.probability],
    ]),
    {
      kind: 'table',
      title: 'Weeks that stand out, the last first',
      columns: [start('Week that began on'), start('What is unusual')],
      rows: chart.signals
        .toReversed()
        .map(({ from, rule, side, count }) => [
          [day(from)],
          [`${RULE_WORDS[rule]} ${side} the usual, with ${count} finished`],
        ]),
      shown: LATEST_MISSES,
      rowsAre: 'weeks that stand out',
    },
  ];
}

/** What cycles keep, and how their scope moves; nothing for a team that has none. */
export function commitments({ sayDo, carryOver, added, punted, cycles }: SayDo): readonly Block[] {
  if (cycles.length === 0) return [];
  return [
    numbersTold('What cycles committed to, a day after they began', [
      ['Done by their end', sayDo],
      ['Carried into the next', carryOver],
      ['Added later, for each item committed to', added],
      ['Taken out again, for each item committed to', punted],
    ]),
  ];
}

/** Due dates, held to the first one; nothing for a team that sets none. */
export function dueDateNumbers(due: DueDates): readonly Block[] {
  if (due.items.length === 0) return [];
  return [
    numbersTold('Due dates, held to the first one set', [
      ['Done by the first date', due.hitFirst],
      ['Done by the last date set, as trackers show it', due.hitLast],
      ['Late, and hidden by a later date', due.hiddenByRedating],
      ['Half of the moved dates slipped by at most', due.slip],
      ['Items without a due date', due.withoutDueDate],
    ]),
  ];
}
