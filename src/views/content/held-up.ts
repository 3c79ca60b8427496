import type { Blocked } from '#metrics/blocked.ts';
import { SEGMENTS } from '#metrics/flow-efficiency.ts';
import type { TeamReport } from '#report/team-report.ts';
import { SEGMENT_WORDS } from '#report/vocabulary.ts';
import { plural, sentenceCase } from '#report/words.ts';
import { type Block, day, end, itemWords, numbersTold, start, type Table } from './blocks.ts';

const LONGEST = 10;

/** What cannot go on, and where the time of an item goes. */
export function heldUp({ blocked, flowEfficiency }: TeamReport['metrics']): readonly Block[] {
  return [
    numbersTold('What is marked as blocked', [
      ['Blocked now', blocked.now],
      ['The part of the time under way that items are blocked', blocked.share],
    ]),
    blockedItems(blocked.items),
    numbersTold(
      'Where the time of an item goes, from start to finish',
      SEGMENTS.map((segment) => [sentenceCase(SEGMENT_WORDS[segment]), flowEfficiency.shares[segment]]),
    ),
  ];
}

function blockedItems(items: Blocked['items']): Table {
  return {
    kind: 'table',
    title: 'Blocked, the longest first',
    columns: [start('Item'), start('Blocked since'), end('That is')],
    rows: items.map((item) => [itemWords(item), [day(item.since)], [plural(Math.round(item.days), 'day')]]),
    shown: LONGEST,
    rowsAre: 'blocked items',
  };
}
