import { sharedGoals } from '#metrics/shared-goals.ts';
import { probabilityShareAbove } from '#statistics/proportion.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Detector } from './signal.ts';

const HALF = 0.5;

/**
 * Most of what the team needs from others, or they from it, serves no goal that both have. Such an ask competes with what
 * the other side is after; what it costs when it is not met cannot be stated, since there is no goal to count it in.
 *
 * How likely it is real: the posterior (Jeffreys) that this holds for more than half of the dependencies.
 */
export const asksWithoutSharedGoal: Detector = (view) => {
  const { withoutSharedGoal: share, asks } = sharedGoals(view);
  if (share.kind === 'insufficient' || asks.length === 0) return [];
  const probabilityReal = probabilityShareAbove(asks.length, share.n, HALF);
  if (probabilityReal < HALF) return [];
  return [
    {
      kind: 'asks_without_shared_goal',
      statement: `Of ${share.n} dependencies on other teams, ${asks.length} serve no goal that both sides have.`,
      evidence: [
        evidenceOf(
          'sharedGoals.withoutSharedGoal',
          share,
          asks.map(({ item, other }) => refWhy(item, `linked to ${other.key}, with nothing above both`)),
        ),
      ],
      probabilityReal,
      confidence: trustIn({ 'the share': share }),
      owner: 'shared',
      hidesCost: true,
      options: [
        {
          action: 'Give what the two sides do a goal they share, or drop the ask.',
          assumption: 'Both sides would then plan for it.',
          whoDecides: 'leadership',
          relief: () => 'it decides whether the ask is answered, and no goal says what that is worth',
        },
      ],
    },
  ];
};
