import { elapsedDays } from '#domain/calendar.ts';
import { plural } from '#domain/wording.ts';
import { goalBases } from '#forecast/goal-forecast.ts';
import { isStale, updates, updateTimes } from '#metrics/updates.ts';
import { evidenceOf, trustIn } from './evidence.ts';
import type { Detector } from './signal.ts';

/** Fewer gaps than this are no habit. */
const MIN_GAPS = 4;

/**
 * Those who lead the work used to say how it is going, and have stopped.
 *
 * Seen when the last update is more than a month old and longer ago than any gap before. How likely it is real: the part
 * of gaps that are that long by its posterior mean, none of those seen being so. Sees nothing where there was no habit:
 * not everybody reports in a tracker. Without a dated goal, it hides what risks cost.
 */
export const silence: Detector = (view) => {
  const times = updateTimes(view);
  if ('kind' in times) return [];
  const last = times.at(-1);
  const gaps = times.slice(1).map((at, i) => elapsedDays(times[i] ?? at, at));
  if (last === undefined || gaps.length < MIN_GAPS) return [];
  const quiet = elapsedDays(last, view.asOf);
  if (!isStale(quiet, 'monthly') || gaps.some((gap) => gap >= quiet)) return [];
  const { sinceLast, weeksWithUpdate } = updates(view);
  return [
    {
      kind: 'silence',
      statement: `Nobody has said for ${plural(Math.round(quiet), 'day')} how the work is going; before, the longest pause was ${plural(Math.round(Math.max(...gaps)), 'day')}.`,
      evidence: [
        evidenceOf('updates.sinceLast', sinceLast),
        evidenceOf('updates.weeksWithUpdate', weeksWithUpdate),
      ],
      probabilityReal: 1 - 0.5 / (gaps.length + 1),
      confidence: trustIn({ 'the time since the last update': sinceLast }, ['it may be said elsewhere']),
      owner: 'team',
      hidesCost: goalBases(view).primary === undefined,
      options: [
        {
          action: 'Show what works, and say how it is going, once a week.',
          assumption: 'Whoever depends on the work reads it.',
          whoDecides: 'team',
          relief: () => 'it changes what others know, and not the work',
        },
      ],
    },
  ];
};
