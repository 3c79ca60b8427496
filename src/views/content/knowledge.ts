import type { Knowledge } from '#metrics/knowledge.ts';
import { type Block, numbersTold, paragraph } from './blocks.ts';

/** On how few people it rests that somebody knows the work. */
export function knowledgeBlocks({ truckFactor, singleKnower, areas, note }: Knowledge): readonly Block[] {
  return [
    numbersTold('How widely the work is known', [
      ['People without whom most areas have nobody who knows them', truckFactor],
      ['Areas that one person alone knows', singleKnower],
      ['Areas that somebody knows', areas],
    ]),
    paragraph(note),
  ];
}
