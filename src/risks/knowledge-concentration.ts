import { knowledge } from '#metrics/knowledge.ts';
import { probabilityShareAbove } from '#statistics/proportion.ts';
import { evidenceOf, trustIn } from './evidence.ts';
import type { Detector } from './signal.ts';

/**
 * Most areas of a team's work are known by one person alone.
 *
 * How likely is Jeffreys' posterior of the share. What it would cost nobody can tell before somebody is gone: there is
 * no relief. Counts only.
 */
export const knowledgeConcentration: Detector = (view) => {
  const { truckFactor, singleKnower, singleKnowerShare, areas } = knowledge(view);
  if (truckFactor.kind === 'insufficient' || singleKnower.kind === 'insufficient') return [];
  if (areas.kind === 'insufficient') return [];
  const probabilityReal = probabilityShareAbove(singleKnower.value, areas.value, 0.5);
  if (probabilityReal < 0.5) return [];
  const fewest = truckFactor.value === 1 ? 'one person' : `${truckFactor.value} people`;
  return [
    {
      kind: 'knowledge_concentration',
      statement: `${singleKnower.value} of ${areas.value} areas are known by one person alone; without ${fewest} most areas would have nobody who knows them.`,
      evidence: [
        evidenceOf('knowledge.singleKnower', singleKnower),
        evidenceOf('knowledge.singleKnowerShare', singleKnowerShare),
        evidenceOf('knowledge.truckFactor', truckFactor),
      ],
      probabilityReal,
      confidence: trustIn({ 'the count': singleKnower }),
      owner: 'team',
      options: [
        {
          action: 'Pair on the areas that one person knows, beginning with what the goal needs.',
          assumption: 'Somebody who finished three items of an area knows it.',
          whoDecides: 'team',
          relief: () => 'it guards against an absence that nobody can foresee',
        },
      ],
    },
  ];
};
