import { percent } from '#domain/wording.ts';
import { churn, churnCounts } from '#metrics/churn.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import { probabilityRateAtLeast } from '#statistics/rate.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Detector } from './signal.ts';

/** Policy: an item that takes four weeks is given another target once while it is worked on. */
const OFTEN = 0.25;
const WINDOW_WORKDAYS = 60;

/**
 * What is being worked on is given another priority or target so often that a goal can hardly be told from it.
 *
 * How likely it is real: that the rate is a change or more for every four weeks of an item in progress, by its posterior
 * with bursts worth fewer changes. What it costs is only what was thrown back: person-days that had gone into items put
 * back before the start. It does not say that churn delays anything, which public data do not show.
 */
export const priorityChurn: Detector = (view) => {
  const found = churn(view);
  const { rate, unexplained, thrash, thrownBack } = found;
  if (rate.kind === 'insufficient') return [];
  const { changes, itemWeeks, overdispersion } = churnCounts(view);
  const probabilityReal = probabilityRateAtLeast(
    Math.max(0, (changes + 0.5) / overdispersion - 0.5),
    itemWeeks / overdispersion,
    OFTEN,
  );
  if (changes === 0 || probabilityReal < 0.5) return [];
  const workdays = Math.max(1, Math.min(WINDOW_WORKDAYS, 3 * recentEffort(view).workdays.length));
  const fte = thrownBack.kind === 'value' ? thrownBack.value / workdays : 0;
  const silent =
    unexplained.kind === 'value' ? ` At most ${percent(unexplained.value)} of these are unexplained.` : '';
  return [
    {
      kind: 'priority_churn',
      statement: `What is in progress was given another priority or target ${changes} times in 12 weeks: ${rate.value.toFixed(2)} for each week of an item.${silent}`,
      evidence: [
        evidenceOf(
          'churn.rate',
          rate,
          found.items.map((item) => refWhy(item, `${item.changes} changes while in progress`)),
        ),
        evidenceOf('churn.unexplained', unexplained),
        evidenceOf('churn.thrash', thrash),
      ],
      probabilityReal,
      confidence: trustIn({ 'the rate': rate }, ['ranks are not known, and comments are not read']),
      owner: 'leadership',
      ...(fte > 0 ? { cost: { fte: [fte, fte] as const } } : {}),
      options: [
        {
          action: 'Change priorities between items, not under those in progress; say why when it has to be.',
          assumption: 'Most of what changed could have waited until the item was done.',
          whoDecides: 'leadership',
          relief: () => 'nobody measured how long work takes that is not interrupted',
        },
      ],
    },
  ];
};
