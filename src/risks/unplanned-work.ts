import { percent, rounded } from '#domain/wording.ts';
import { isInProgress } from '#domain/work-item.ts';
import { itemRef } from '#metrics/item-ref.ts';
import { unplanned, unplannedItems, unplannedTime } from '#metrics/unplanned.ts';
import { type UnplannedGrounds, unplannedGrounds, WEEKS_BEFORE } from '#metrics/unplanned-grounds.ts';
import { isKnownKind } from '#metrics/work-kinds.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import { guessDoubt, rangeIn } from './people-range.ts';
import type { Range } from './risk.ts';
import type { Detector } from './signal.ts';

const NEARLY_ALL = 0.9;

/**
 * Over half of what a team begins had not been planned, by a team that plans in cycles or calls it so itself, or more than
 * it used to be.
 *
 * Nothing is seen of a team that always planned just in time, nor where nearly everything is begun as it is written down: then
 * the tracker is used as a log of what is done, and plans, if there are any, stand elsewhere. The cost is the time that goes
 * into it; where it is held against the weeks before, as much of it as is more than then. Nobody knows how much could be left
 * undone: there is no relief, only a cost.
 */
export const unplannedWork: Detector = (view) => {
  const { share, effortShare, fte, mostlyUnplanned } = unplanned(view);
  if (share.kind === 'insufficient' || mostlyUnplanned.kind === 'insufficient') return [];
  if (mostlyUnplanned.value < 0.5 || share.value > NEARLY_ALL) return [];
  const { chance, before } = unplannedGrounds(view);
  if (chance < 0.5) return [];
  const isUnplanned = unplannedItems(view);
  const open = view.items.filter((item) => isInProgress(item.stage) && isUnplanned(item));
  const time = unplannedTime(view);
  const people =
    fte.kind === 'value'
      ? ` It takes ${rounded(fte.value)} people.`
      : time.kind === 'value'
        ? ' It takes time of fewer than 3 people.'
        : '';
  const was =
    before === undefined
      ? ''
      : `, where ${percent(before.value)} had not in the ${WEEKS_BEFORE} weeks before`;
  const more = moreThan(before, share.value);
  return [
    {
      kind: 'unplanned_work',
      statement: `${percent(share.value)} of the ${share.n} items begun in the last 20 work days had not been planned${was}.${people}`,
      evidence: [
        evidenceOf(
          'unplanned.share',
          share,
          open.map((item) => refWhy(itemRef(view, item), 'begun without having been planned')),
        ),
        evidenceOf('unplanned.effortShare', effortShare),
      ],
      probabilityReal: chance,
      confidence: trustIn({ 'the share': share }, [
        'what is begun right after it is written down may have been planned elsewhere',
        ...guessDoubt('unplanned', isKnownKind(view, 'unplanned')?.by ?? 'unknown'),
      ]),
      owner: 'shared',
      ...(time.kind === 'value' && fte.kind !== 'value' ? { ofTooFew: true as const } : {}),
      ...(time.kind === 'value'
        ? { cost: { fte: [more[0] * rangeIn(time)[0], more[1] * rangeIn(time)[1]] } }
        : {}),
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

/** Which part of it is more than there was before: all of it where nothing is held against it. */
function moreThan(before: UnplannedGrounds['before'], share: number): Range {
  const { lower = 0, upper = 1 } = before?.interval ?? {};
  return before === undefined ? [1, 1] : [Math.max(0, 1 - upper / share), Math.max(0, 1 - lower / share)];
}
