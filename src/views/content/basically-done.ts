import { dayOf } from '#domain/calendar.ts';
import type { Level } from '#domain/team.ts';
import type { LedgerItem } from '#metrics/ledger.ts';
import type { TeamReport } from '#report/team-report.ts';
import { CONFIDENCE_WORDS, GATE_WORDS, LEVEL_WORDS, OWNER_WORDS, SIGNAL_WORDS } from '#report/vocabulary.ts';
import { plural, sentenceCase } from '#report/words.ts';
import { day, end, itemWords, numbers, paragraph, type Section, start, type Table } from './blocks.ts';

/** The ledger of work that is said to be done and is not, grouped by what it waits for. */
export function basicallyDoneSection({ basicallyDone, definitions, team }: TeamReport): Section {
  const { items } = basicallyDone;
  const byGate = Map.groupBy(items, gateOf);
  return {
    id: 'basically-done',
    title: 'Basically done',
    blocks: [
      paragraph(
        'Work that somebody calls done, or that the tracker shows as nearly done, and that is not Done yet. ',
        `Done here means: ${definitions.doneMeans}.`,
      ),
      numbers(
        'How much, how long, how often',
        [],
        [
          ['Basically done but not Done', basicallyDone.count],
          ['The part of the work in progress that it is', basicallyDone.shareOfWip],
          ['Days that what is still open has waited, all together', basicallyDone.itemDaysHeld],
          ['Of it, what serves a goal', basicallyDone.goalPath],
          ['Chance that all of the goal’s is Done by its date', basicallyDone.goalByDate],
          ['Called done a week', basicallyDone.calledDone],
          ['Became Done a week', basicallyDone.trulyDone],
          ['Once called done, half is Done within', basicallyDone.halfLife],
          ['Claims that have not come true yet', basicallyDone.openClaims],
          ['Time that comes after the claim, of all from start to Done', basicallyDone.lastMileShare],
          ['Reopened within 30 days of done', basicallyDone.reopenRate],
          ['Reopened later than that', basicallyDone.lateReopens],
        ],
      ),
      ...(items.length === 0 ? [paragraph('Nothing waits between called done and Done.')] : []),
      ...[...byGate].map(([gate, some]) => ledgerTable(gate, some, team.timezone)),
    ],
  };
}

/** The first thing that is missing: the one somebody can do something about now. */
function gateOf({ missing, required }: LedgerItem): Level {
  return missing[0] ?? required;
}

function ledgerTable(gate: Level, items: readonly LedgerItem[], timezone: string): Table {
  return {
    kind: 'table',
    title: `Waiting ${gate === 'merged' ? '' : 'for '}${GATE_WORDS[gate]}: ${plural(items.length, 'item')}, the oldest claim first`,
    columns: [
      start('Item'),
      start('Claimed'),
      end('Age'),
      start('How we know'),
      start('Missing'),
      start('Whose move'),
    ],
    rows: items.map((item) => [
      itemWords(item),
      [day(dayOf(Date.parse(item.claimedAt), timezone))],
      [plural(item.ageDays, 'day')],
      [
        sentenceCase(item.signals.map((signal) => SIGNAL_WORDS[signal]).join('; ')),
        ` (${CONFIDENCE_WORDS[item.confidence]})`,
      ],
      [
        sentenceCase(item.missing.map((level) => LEVEL_WORDS[level]).join(', then ')),
        item.lacking.length === 0 ? '' : ` (${item.lacking.join(', then ')})`,
      ],
      [
        item.whoseMove === 'unknown'
          ? 'Not known: it waits for somebody'
          : sentenceCase(OWNER_WORDS[item.whoseMove]),
      ],
    ]),
    shown: items.length,
    rowsAre: 'items',
  };
}
