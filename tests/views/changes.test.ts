import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { ChangedSince } from '#report/changed-since.ts';
import { day } from '#tests/builders/goal.ts';
import type { Block, Words } from '#views/content/blocks.ts';
import { changesInShort, changesSection } from '#views/content/changes.ts';

const since = day('2026-01-18');
const ref = (key: string) => ({ key, title: `Title of ${key}`, url: `https://acme.example/browse/${key}` });
const stuck = (count: number): ChangedSince => ({
  since,
  sentence: '1 thing changed since Sun 18 January 2026.',
  lines: [
    {
      kind: 'basically_done',
      sentence: `${count} items are basically done since and not Done.`,
      items: range(count).map((i) => ref(`PAY-${i}`)),
    },
  ],
});
const quiet: ChangedSince = {
  since,
  sentence: 'Nothing that matters changed since Sun 18 January 2026.',
  lines: [],
};
const textOf = (words: Words) =>
  words
    .map((piece) => (typeof piece === 'string' ? piece : piece.kind === 'day' ? piece.day : piece.text))
    .join('');
const said = (blocks: readonly Block[]) =>
  blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [textOf(block.words)] : block.kind === 'list' ? block.items.map(textOf) : [],
  );

describe('the section on what changed', () => {
  test('says when that is nothing', () => {
    const { title, blocks } = changesSection({ changedSince: quiet });
    expect(title).toBe('What changed since Sun 18 January 2026');
    expect(said(blocks)).toEqual(['Nothing that matters changed since Sun 18 January 2026.']);
  });

  test('names the items of a change where they can be opened, five at most', () => {
    const { blocks } = changesSection({ changedSince: stuck(7) });
    expect(said(blocks)).toEqual([
      '7 items are basically done since and not Done. PAY-0, PAY-1, PAY-2, PAY-3, PAY-4 and 2 more',
    ]);
    expect(JSON.stringify(blocks)).toContain('"url":"https://acme.example/browse/PAY-4"');
    expect(said(changesSection({ changedSince: stuck(2) }).blocks)).toEqual([
      '2 items are basically done since and not Done. PAY-0, PAY-1',
    ]);
  });

  test('says with the parts of a chance in which order they were taken, and what the pace holds besides', () => {
    const chance = { from: 0.64, to: 0.41, parts: [], withinPace: ['support', 'incident'] } as const;
    const changed = { ...stuck(1), lines: stuck(1).lines.map((line) => ({ ...line, chance })) };
    expect(said(changesSection({ changedSince: changed }).blocks).at(-1)).toMatch(
      /in a fixed order: time passed, date, scope, support, incidents, pace\..* What support and incidents did is within the pace: too little is known of it\.$/,
    );
    const known = { ...chance, withinPace: [] };
    const all = { ...changed, lines: changed.lines.map((line) => ({ ...line, chance: known })) };
    expect(said(changesSection({ changedSince: all }).blocks).at(-1)).not.toContain('too little is known');
  });

  test('is one line in short', () => {
    expect(changesInShort(stuck(2))).toBe(
      '1 thing changed since Sun 18 January 2026, the first: 2 items are basically done since and not Done.',
    );
    expect(changesInShort(quiet)).toBe(quiet.sentence);
  });
});
