import { max } from 'd3-array';
import type { CycleTimeDefinition } from '#domain/team.ts';
import type { CycleTime } from '#metrics/cycle-time.ts';
import type { Throughput } from '#metrics/throughput.ts';
import type { WorkInProgress } from '#metrics/work-in-progress.ts';
import type { WorkItemAge } from '#metrics/work-item-age.ts';
import { cycleTimeWords, daysOf, finishVerb } from '#report/definition-words.ts';
import type { TeamReport } from '#report/team-report.ts';
import { plural } from '#report/words.ts';
import { type Block, day, end, itemWords, numbers, paragraph, type Section, start } from './blocks.ts';

const RECENT_WEEKS = 12;
const OLDEST_ITEMS = 15;

/** How much gets finished, how long it takes, and what is under way. */
export function flowSection({ metrics, definitions }: TeamReport): Section {
  const { cycleTimeDefinition: definition } = definitions;
  return {
    id: 'flow',
    title: 'How it flows',
    blocks: [
      ...finishedEachWeek(metrics.throughput),
      ...timeToFinish(metrics.cycleTime, definition),
      ...inProgress(metrics.workInProgress),
      ...ageing(metrics.workItemAge, definition),
    ],
  };
}

function finishedEachWeek({ perWeek, overdispersion, total, weeks }: Throughput): readonly Block[] {
  const full = max(weeks, (week) => week.count) ?? 0;
  return [
    numbers(
      'Finished each week',
      [],
      [
        ['Finished in a week', perWeek],
        ['Finished in all these weeks', total],
        ['How unevenly the weeks come out (1 × is chance alone)', overdispersion],
      ],
    ),
    {
      kind: 'table',
      title: 'Finished, week by week',
      columns: [start('Week that began on'), end('Items finished')],
      rows: weeks.toReversed().map(({ from, count }) => [[day(from)], { kind: 'bar', count, full }]),
      shown: RECENT_WEEKS,
      rowsAre: 'weeks',
    },
  ];
}

function timeToFinish(cycle: CycleTime, definition: CycleTimeDefinition): readonly Block[] {
  const { completedOnly } = cycle;
  return [
    numbers(
      `Cycle time: ${cycleTimeWords(definition)}`,
      ['Open items counted too', 'Finished items alone'],
      [
        ['Half of the items finish within', cycle.p50, completedOnly.p50],
        ['85 % finish within', cycle.p85, completedOnly.p85],
        ['95 % finish within', cycle.p95, completedOnly.p95],
      ],
    ),
    ...(cycle.gap === undefined ? [] : [paragraph(cycle.gap)]),
    ...(cycle.byTypeFamily.length === 0
      ? []
      : [
          numbers(
            'Cycle time by family of types',
            ['Half within', '85 % within', '95 % within'],
            cycle.byTypeFamily.map(({ family, types, p50, p85, p95 }) => [
              familyWords(family, types),
              p50,
              p85,
              p95,
            ]),
          ),
        ]),
    numbers(
      'The items behind it',
      [],
      [
        ['Begun, and finished', cycle.finished],
        ['Begun, and still open', cycle.open],
        ['Dropped, of those begun that ended', cycle.cancelledShare],
      ],
    ),
    {
      kind: 'table',
      title: 'Finished items, the latest first',
      columns: [start('Item'), start('Type'), start('Started'), start('Finished'), end('Took')],
      rows: cycle.items.map((item) => [
        itemWords(item),
        [item.type],
        [day(item.startedOn)],
        [day(item.finishedOn)],
        [plural(item.days, 'day')],
      ]),
      shown: 0,
      rowsAre: 'finished items',
    },
  ];
}

function inProgress({ now, byStage, average, series }: WorkInProgress): readonly Block[] {
  const full = max(series, ({ count }) => count) ?? 0;
  return [
    numbers(
      'Work in progress',
      [],
      [
        ['In progress now', now],
        ['In an active status', byStage.active],
        ['In a late status', byStage.late],
        ['Paused: begun, then moved back', byStage.paused],
        ['In progress on average', average],
      ],
    ),
    {
      kind: 'table',
      title: 'In progress at the end of each week',
      columns: [start('At the end of'), end('Items in progress')],
      rows: series.toReversed().map((at) => [[day(at.day)], { kind: 'bar', count: at.count, full }]),
      shown: 0,
      rowsAre: 'weeks of work in progress',
    },
  ];
}

function ageing(
  { items, agedOut, flowDebt }: WorkItemAge,
  definition: CycleTimeDefinition,
): readonly Block[] {
  return [
    numbers(
      ageTitle(definition),
      [],
      [
        ['Aged out: older than 85 % of items ever get', agedOut],
        ['Days that open items owe: how much slower they are than the finished ones', flowDebt.debt],
      ],
    ),
    {
      kind: 'table',
      title: 'Open items, the oldest first',
      columns: [
        start('Item'),
        start('Status'),
        start('Started'),
        end('Age'),
        end(`Chance to ${finishVerb(definition)} within ${daysOf(definition, 14)}`),
      ],
      rows: items.map((item) => [
        itemWords(item),
        [item.status],
        [day(item.startedOn)],
        [`${item.agedOut === true ? 'aged out, ' : ''}${plural(item.ageDays, 'day')}`],
        { kind: 'number', number: item.finishWithin14Days },
      ]),
      shown: OLDEST_ITEMS,
      rowsAre: 'open items',
    },
    numbers(
      'Little’s law, which the days owed come from',
      [],
      [
        ['In progress on average', flowDebt.inProgress],
        ['Finished or dropped', flowDebt.departuresPerDay],
        ['Mean cycle time of the finished items', flowDebt.cycleTime],
        ['Items in progress that the law does not explain', flowDebt.residual],
      ],
    ),
    paragraph(`The law assumes that ${flowDebt.assumptions.join(', that ')}.`),
  ];
}

/** What has begun and not ended by a definition is work in progress only where it has the boundaries of that. */
function ageTitle({ clock, start: from, finish }: CycleTimeDefinition): string {
  const isWorkInProgress = from === 'active' && finish === 'done';
  return `Age of ${isWorkInProgress ? 'the work in progress' : 'what has begun and not ended'}${AGE_CLOCKS[clock]}`;
}

const AGE_CLOCKS: Readonly<Record<CycleTimeDefinition['clock'], string>> = {
  elapsed: '',
  active_only: ', without pauses',
  inclusive_days: ', in calendar days touched',
};

/** The family, and what its types are called where that says more. */
function familyWords(family: string, types: readonly string[]): string {
  const isSaid = types.length === 1 && types[0]?.toLowerCase() === family.toLowerCase();
  return isSaid ? family : `${family} (${types.join(', ')})`;
}
