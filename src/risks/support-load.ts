import { lackWords } from '#domain/lack-words.ts';
import type { TeamView } from '#domain/team-view.ts';
import { percent, rounded } from '#domain/wording.ts';
import { isInProgress } from '#domain/work-item.ts';
import { itemEffort } from '#metrics/item-effort.ts';
import { itemRef } from '#metrics/item-ref.ts';
import { largestSupportCause, type SupportCause } from '#metrics/support-causes.ts';
import { supportLoad as supportLoadOf, supportTime } from '#metrics/support-load.ts';
import { workKindsOf } from '#metrics/work-kinds.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import { guessDoubt, guessOf, peopleIn, rangeIn } from './people-range.ts';
import type { Relief } from './relief.ts';
import type { Detector, SignalOption } from './signal.ts';

/**
 * Support that takes half a person's time or more.
 *
 * How likely it does is read from whole weeks drawn again. Relieved, all of that time would be free; for a goal as far as
 * it is not spent on the goal's own items. One person's time is not told, and counts all the same.
 */
export const supportLoad: Detector = (view) => {
  const { fte: told, share, team, halfPersonOrMore, unattributed, told: by } = supportLoadOf(view);
  const fte = supportTime(view);
  if (fte.kind === 'insufficient' || team.kind === 'insufficient' || halfPersonOrMore.kind === 'insufficient')
    return [];
  if (halfPersonOrMore.value < 0.5) return [];
  const kindsOf = workKindsOf(view);
  const open = view.items.filter((item) => isInProgress(item.stage) && kindsOf(item).includes('support'));
  const relief: Freed = {
    kind: 'people',
    fte: peopleIn(fte),
    from: () => itemEffort(view, (item) => (kindsOf(item).includes('support') ? 1 : 0)),
  };
  return [
    {
      kind: 'support_load',
      statement:
        told.kind === 'value'
          ? `Support takes ${rounded(fte.value)} of ${rounded(team.value)} people.`
          : `Support takes time of fewer than 3 of ${rounded(team.value)} people, likely half a person’s or more. How much is not told.`,
      evidence: [
        evidenceOf(
          'supportLoad.fte',
          told,
          open.map((item) => refWhy(itemRef(view, item), 'support, in progress')),
        ),
        evidenceOf('supportLoad.share', share),
        evidenceOf('supportLoad.unattributed', unattributed),
      ],
      probabilityReal: halfPersonOrMore.value,
      confidence: trustIn({ 'the load': fte }, guessDoubt('support', by)),
      ...guessOf(view, 'support'),
      ...(told.kind === 'value' ? {} : { ofTooFew: true as const }),
      owner: 'leadership',
      relief,
      relievedIf: 'support were staffed elsewhere',
      cost: { fte: rangeIn(fte) },
      get options() {
        return optionsIn(view, relief);
      },
    },
  ];
};

function optionsIn(view: TeamView, all: Freed): readonly SignalOption[] {
  const cause = largestSupportCause(view);
  const remove = 'Remove the largest cause of support';
  return [
    {
      action: 'Staff support elsewhere.',
      assumption: 'Others can take it over.',
      whoDecides: 'leadership',
      relief: () => all,
    },
    'kind' in cause
      ? {
          action: `${remove}.`,
          assumption: 'A few causes make most of it.',
          whoDecides: 'team',
          relief: () => lackWords(cause),
        }
      : {
          action: `${remove}: “${cause.name}”, ${percent(cause.share)} of it.`,
          assumption: `Its ${cause.by} tells what it is about, and no other support takes its place.`,
          whoDecides: 'team',
          relief: () => partOf(all, cause),
        },
  ];
}

function partOf({ fte: [low, middle, high] }: Freed, { share, effort }: SupportCause): Relief {
  return { kind: 'people', fte: [share * low, share * middle, share * high], from: effort };
}

type Freed = Extract<Relief, { kind: 'people' }>;
