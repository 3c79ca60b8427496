import { elapsedDays } from '#domain/calendar.ts';
import { plural } from '#domain/wording.ts';
import { asks, asksIn, probabilityHalfWait } from '#metrics/asks.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Detector } from './signal.ts';

const WEEK_DAYS = 7;

/**
 * What was asked of leaders is more often than not unanswered after a week.
 *
 * How likely it is real: the posterior that more than half of the asks of 180 days take longer, by the curve of Kaplan and
 * Meier at a week: what was asked before those days began counts only from then on, and what is open for as long as it
 * is. What it costs: the weeks for which what is open now has been waiting.
 */
export const unansweredAsks: Detector = (view) => {
  const { leadership, waiting } = asks(view);
  const decided = asksIn(view).ofLeaders.flatMap(({ from, to }) => {
    const days = elapsedDays(from, to);
    if (days > WEEK_DAYS) return [true];
    return to < view.asOf ? [false] : [];
  });
  const late = waiting.filter(({ days }) => days > WEEK_DAYS);
  const [longest, shortest] = [late[0], late.at(-1)];
  if (longest === undefined || shortest === undefined) return [];
  const probabilityReal = probabilityHalfWait(view, WEEK_DAYS);
  if (probabilityReal === undefined) return [];
  const slow = decided.filter(Boolean).length;
  return [
    {
      kind: 'unanswered_asks',
      statement: `Of ${decided.length} things asked of leaders, ${slow} had no answer after a week; ${late.length} ${late.length === 1 ? 'waits' : 'wait'} now, the longest for ${plural(Math.round(longest.days), 'day')}.`,
      evidence: [
        evidenceOf(
          'asks.leadership.median',
          leadership.median,
          late.map((ask) => refWhy(ask, `asked ${plural(Math.round(ask.days), 'day')} ago`)),
        ),
        evidenceOf('asks.leadership.open', leadership.open),
      ],
      probabilityReal,
      confidence: trustIn({ 'the time to an answer': leadership.median }, [
        'asks were read from labels, statuses and links',
      ]),
      owner: 'leadership',
      cost: { weeks: [shortest.days / 7, longest.days / 7] },
      options: [
        {
          action: 'Answer what has waited longest, or say who will and by when.',
          assumption: 'An answer lets the items go on.',
          whoDecides: 'leadership',
          relief: () => 'what waits for answers is told apart, where it holds up the goal',
        },
      ],
    },
  ];
};
