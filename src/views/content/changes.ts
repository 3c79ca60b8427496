import type { ChangedSince } from '#report/changed-since.ts';
import { partsNote } from '#report/changes/chance-words.ts';
import type { ChangeLine } from '#report/changes/change-line.ts';
import { longDay } from '#report/words.ts';
import { type Block, type Piece, paragraph, type Section, type Words } from './blocks.ts';

/** As many items of one change as are named; the report as data has all of them. */
const NAMED = 5;

/** What is another than it was a week ago, from the level down to the data. */
export function changesSection({ changedSince }: { readonly changedSince: ChangedSince }): Section {
  const { since, sentence, lines } = changedSince;
  return {
    id: 'changes',
    title: `What changed since ${longDay(since)}`,
    blocks: [
      ...(lines.length === 0
        ? [paragraph(sentence)]
        : [{ kind: 'list', title: sentence.replace(/\.$/, ''), items: lines.map(lineWords) } as const]),
      ...note(lines),
    ],
  };
}

function lineWords({ sentence, items }: ChangeLine): Words {
  const links = items
    .slice(0, NAMED)
    .flatMap(({ key, url }, i): readonly Piece[] => [i === 0 ? ' ' : ', ', { kind: 'link', text: key, url }]);
  const more = items.length > NAMED ? [` and ${items.length - NAMED} more`] : [];
  return [sentence, ...links, ...more];
}

function note(lines: readonly ChangeLine[]): readonly Block[] {
  const change = lines.find(({ chance }) => chance !== undefined)?.chance;
  return change === undefined ? [] : [paragraph(partsNote(change))];
}

/** The same in one line: how much changed, and what matters most of it. */
export function changesInShort({ sentence, lines: [first] }: ChangedSince): string {
  return first === undefined ? sentence : `${sentence.replace(/\.$/, '')}, the first: ${first.sentence}`;
}
