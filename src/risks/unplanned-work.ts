import { percent, rounded } from '#domain/wording.ts';
import { isInProgress } from '#domain/work-item.ts';
import { itemRef } from '#metrics/item-ref.ts';
import { unplanned, unplannedItems, unplannedTime } from '#metrics/unplanned.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import { rangeIn } from './people-range.ts';
import type { Detector } from './signal.ts';

const NEARLY_ALL = 0.9;

/**
 * Over half of what a team begins had not been planned.
 *
 * Nothing is seen where nearly everything is begun as it is written down: then the tracker is used as a log of what is
 * done, and plans, if there are any, stand elsewhere. How likely is Jeffreys' posterior. Nobody knows how much of it could be left undone: there is no relief, only a cost.
 */
export const unplannedWork: Detector = (view) => {
  const { share, effortShare, fte, mostlyUnplanned } = unplanned(view);
  if (share.kind === 'insufficient' || mostlyUnplanned.kind === 'insufficient') return [];
  if (mostlyUnplanned.value < 0.5 || share.value > NEARLY_ALL) return [];
  const isUnplanned = unplannedItems(view);
  const open = view.items.filter((item) => isInProgress(item.stage) && isUnplanned(item));
  const time = unplannedTime(view);
  const people =
    fte.kind === 'value'
      ? ` It takes ${rounded(fte.value)} people.`
      : time.kind === 'value'
        ? ' It takes time of fewer than 3 people.'
        : '';
  return [
    {
      kind: 'unplanned_work',
      statement: `${percent(share.value)} of the ${share.n} items begun in the last 20 work days had not been planned.${people}`,
      evidence: [
        evidenceOf(
          'unplanned.share',
          share,
          open.map((item) => refWhy(itemRef(view, item), 'begun without having been planned')),
        ),
        evidenceOf('unplanned.effortShare', effortShare),
      ],
      probabilityReal: mostlyUnplanned.value,
      confidence: trustIn({ 'the share': share }, [
        'what is begun right after it is written down may have been planned elsewhere',
      ]),
      owner: 'shared',
      ...(time.kind === 'value' && fte.kind !== 'value' ? { ofTooFew: true as const } : {}),
      ...(time.kind === 'value' ? { cost: { fte: rangeIn(time) } } : {}),
      options: [
        {
          action: 'Keep a part of the time free for what comes, as large as it was, and plan with the rest.',
          assumption: 'It stays as much as it was.',
          whoDecides: 'team',
          relief: () => 'it makes plans truer and the work no faster',
        },
        {
          action: 'Say what may interrupt planned work and what has to wait.',
          assumption: 'Not all of it has to be done at once.',
          whoDecides: 'leadership',
          relief: () => 'nobody knows how much of it could have been left undone',
        },
      ],
    },
  ];
};
