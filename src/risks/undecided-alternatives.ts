import { longDay } from '#domain/wording.ts';
import { effortBesideLargest } from '#metrics/alternative-effort.ts';
import { workstreams } from '#metrics/workstreams.ts';
import { evidenceOf, trustIn } from './evidence.ts';
import { peopleIn, rangeIn } from './people-range.ts';
import type { Detector } from './signal.ts';

/**
 * Alternatives whose day to decide has passed, while effort still goes into more than one of them: on 3 of the last 5 work
 * days, all of them after that day.
 *
 * That is certain, not likely. Relieved, the time on all but the largest would be free, where it may be told; of that, a goal gains
 * what does not go into it already. Of fewer than 3 people it may not: then it is said that it may not, and raised without
 * a figure (METRICS 1.1.10, E2).
 */
export const undecidedAlternatives: Detector = (view) =>
  workstreams(view)
    .alternatives.filter(({ state, streams }) => state === 'overdue' && streams > 1)
    .map((group) => ({ ...group, from: () => effortBesideLargest(group) }))
    .map(({ id, decideBy = view.day, metric, streams, besideLargest, from }) => ({
      kind: 'early_failure',
      about: `alternatives/${id}`,
      statement: `A choice between alternatives of “${id}” was due on ${longDay(decideBy)}, and effort still goes into ${streams} of them.${besideLargest.kind === 'value' ? '' : UNTOLD}`,
      evidence: [evidenceOf('workstreams.alternatives', besideLargest)],
      probabilityReal: 1,
      confidence: trustIn({ 'the effort': besideLargest }),
      owner: 'leadership',
      ...(besideLargest.kind === 'value'
        ? {
            relief: { kind: 'people', fte: peopleIn(besideLargest), from },
            relievedIf: 'one of them were chosen and the others stopped',
            cost: { fte: rangeIn(besideLargest) },
          }
        : { hidesCost: true }),
      options: [
        {
          action: `Choose one of them${metric === undefined ? '' : ` by ${metric}`}, and stop the others.`,
          assumption: 'What is known by now is enough to choose. Stopping early is a good result.',
          whoDecides: 'leadership',
          relief: () =>
            besideLargest.kind === 'value'
              ? { kind: 'people', fte: peopleIn(besideLargest), from }
              : 'fewer than 3 people are on all but the largest',
        },
        {
          action: 'Name another day to decide, and what is still missing for it.',
          assumption: 'Something is missing that will be known by then.',
          whoDecides: 'leadership',
          relief: () => 'it puts off what a choice would free',
        },
      ],
    }));

const UNTOLD = ' How much it takes is not told: fewer than 3 people are on all but the largest.';
