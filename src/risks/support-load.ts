import { rounded } from '#domain/wording.ts';
import { isInProgress } from '#domain/work-item.ts';
import { itemEffort } from '#metrics/item-effort.ts';
import { itemRef } from '#metrics/item-ref.ts';
import { supportLoad as supportLoadOf } from '#metrics/support-load.ts';
import { workKindsOf } from '#metrics/work-kinds.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import { guessDoubt, peopleIn, rangeIn } from './people-range.ts';
import type { Detector } from './signal.ts';

/**
 * Support that takes half a person's time or more.
 *
 * How likely it does is read from whole weeks drawn again. Relieved, all of that time would be free; for a goal as far as
 * it is not spent on the goal's own items.
 */
export const supportLoad: Detector = (view) => {
  const { fte, share, team, halfPersonOrMore, unattributed, told } = supportLoadOf(view);
  if (fte.kind === 'insufficient' || team.kind === 'insufficient' || halfPersonOrMore.kind === 'insufficient')
    return [];
  if (halfPersonOrMore.value < 0.5) return [];
  const kindsOf = workKindsOf(view);
  const open = view.items.filter((item) => isInProgress(item.stage) && kindsOf(item).includes('support'));
  return [
    {
      kind: 'support_load',
      statement: `Support takes ${rounded(fte.value)} of ${rounded(team.value)} people.`,
      evidence: [
        evidenceOf(
          'supportLoad.fte',
          fte,
          open.map((item) => refWhy(itemRef(view, item), 'support, in progress')),
        ),
        evidenceOf('supportLoad.share', share),
        evidenceOf('supportLoad.unattributed', unattributed),
      ],
      probabilityReal: halfPersonOrMore.value,
      confidence: trustIn({ 'the load': fte }, guessDoubt('support', told)),
      owner: 'leadership',
      relief: {
        kind: 'people',
        fte: peopleIn(fte),
        from: () => itemEffort(view, (item) => (kindsOf(item).includes('support') ? 1 : 0)),
      },
      relievedIf: 'support were staffed elsewhere',
      cost: { fte: rangeIn(fte) },
      options: [
        {
          action: 'Staff support elsewhere.',
          assumption: 'If 50-100 % of that time went to the goal.',
          whoDecides: 'leadership',
        },
        {
          action: 'Remove what most of the support is about.',
          assumption: 'A few causes make most of it.',
          whoDecides: 'team',
        },
      ],
    },
  ];
};
