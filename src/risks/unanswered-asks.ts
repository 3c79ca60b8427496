import { elapsedDays } from '#domain/calendar.ts';
import { plural } from '#domain/wording.ts';
import { asks, asksIn } from '#metrics/asks.ts';
import { probabilityShareAbove } from '#statistics/proportion.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Detector } from './signal.ts';

const WEEK_DAYS = 7;
const MIN_ASKS = 5;
const HALF = 0.5;

/**
 * What was asked of leaders is more often than not unanswered after a week.
 *
 * How likely it is real: the posterior (Jeffreys) that more than half of the asks that are a week old, or were answered
 * before, took longer. What it costs: the weeks for which what is open now has been waiting.
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
  if (decided.length < MIN_ASKS || longest === undefined || shortest === undefined) return [];
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
      probabilityReal: probabilityShareAbove(slow, decided.length, HALF),
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
        },
      ],
    },
  ];
};
