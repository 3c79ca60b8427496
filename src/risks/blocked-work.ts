import type { TeamView } from '#domain/team-view.ts';
import { percent } from '#domain/wording.ts';
import { blockedParts } from '#metrics/blocked-by.ts';
import type { BlockerOwner } from '#metrics/blocker-owner.ts';
import { drawnInterval } from '#statistics/random.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Detector, Signal } from './signal.ts';

/** Policy: a twentieth of the time is what anybody waits. */
const NOTABLE = 0.05;

/**
 * A notable part of the time under way is spent waiting: for leaders, and for everybody else.
 *
 * How likely it is real: how often the part is above a twentieth when weeks are drawn again. What relief is worth: the
 * goal's items would not wait, so its work would go as many times as fast as time under way is longer than time not
 * waiting; counted only where the items are those of the goal.
 */
export const blockedWork: Detector = (view) => [
  ...signalOn(view, 'leadership', ['leadership']),
  ...signalOn(view, 'others', ['team', 'external', 'unknown']),
];

function signalOn(
  view: TeamView,
  about: 'leadership' | 'others',
  owners: readonly BlockerOwner[],
): readonly Signal[] {
  const { parts, draws } = blockedParts(view);
  const drawn = draws(owners);
  const interval = drawnInterval(drawn);
  if (interval === undefined || interval.upper < NOTABLE) return [];
  const [first, ...rest] = owners.map((owner) => parts[owner]);
  const numbers = [first, ...rest].filter((number) => number !== undefined);
  const waiting = parts.waiting.filter(({ owner }) => owners.includes(owner));
  const whom = about === 'leadership' ? 'a decision or another team' : 'something else than leaders';
  const what = parts.of === 'goal' ? 'the goal’s items' : 'items';
  const relief =
    parts.of === 'goal'
      ? ({
          kind: 'pace',
          ratio: [1 / (1 - interval.lower), 1 / (1 - Math.min(0.95, interval.upper))],
        } as const)
      : undefined;
  const gain = () => relief ?? 'the items that wait are not told apart from those of a goal';
  return [
    {
      kind: 'blocked_work',
      about,
      statement: `Of the time ${what} were under way, ${percent(interval.lower)} to ${percent(interval.upper)} went into waiting for ${whom}; ${waiting.length} wait now.`,
      evidence: numbers.map((number, i) =>
        evidenceOf(
          `blockedBy.${owners[i]}`,
          number,
          waiting
            .filter(({ owner }) => owner === owners[i])
            .map((item) => refWhy(item, `waits for ${Math.round(item.days)} days`)),
        ),
      ),
      probabilityReal: drawn.filter((share) => share > NOTABLE).length / drawn.length,
      confidence: trustIn({}, ['whose move it is was read from labels, statuses and links']),
      owner: about === 'leadership' ? 'leadership' : 'shared',
      relievedIf: `the goal’s items did not wait for ${whom}`,
      ...(relief === undefined ? {} : { relief }),
      options: [
        about === 'leadership'
          ? {
              action: 'Decide what the items wait for, or say by when.',
              assumption: 'They go on as soon as they are decided.',
              whoDecides: 'leadership',
              relief: gain,
            }
          : {
              action: 'Ask for what the items wait for, or do without it.',
              assumption: 'Whoever is asked can give it.',
              whoDecides: 'team',
              relief: gain,
            },
      ],
    },
  ];
}
