import { percent } from '#domain/wording.ts';
import { turnover as turnoverOf } from '#metrics/turnover.ts';
import { hardlyMoreThan, probabilityShareAbove } from '#statistics/proportion.ts';
import { evidenceOf, trustIn } from './evidence.ts';
import type { Range } from './risk.ts';
import type { Detector } from './signal.ts';

/**
 * A team that people have left.
 *
 * By a roster it is a fact. By activity more than a tenth of the team is gone with the probability of Jeffreys' posterior,
 * and "gone" means no longer active: leave looks the same. The cost is the people who are fewer, by activity at least those
 * that leave does not explain; what it takes until others know their work no tracker says.
 */
export const turnover: Detector = (view) => {
  const { gone, arrived, rate, capacityChange, told, wording } = turnoverOf(view);
  if (gone.kind === 'insufficient' || arrived.kind === 'insufficient' || rate.kind === 'insufficient')
    return [];
  const probabilityReal =
    told === 'roster' ? 1 : probabilityShareAbove(Math.min(gone.value, rate.n), rate.n, LEAST);
  if (gone.value === 0 || probabilityReal < 0.5) return [];
  const fewer = capacityChange.kind === 'value' ? -capacityChange.value : gone.value - arrived.value;
  const fte: Range =
    told === 'roster' ? [fewer, fewer] : [Math.max(0, fewer - hardlyMoreThan(rate.n, AWAY)), fewer];
  const isOne = gone.value === 1;
  const how =
    wording === 'left' ? (isOne ? 'has left' : 'have left') : `${isOne ? 'is' : 'are'} no longer active`;
  return [
    {
      kind: 'turnover',
      statement: `${gone.value} of ${rate.n} people ${how} and ${arrived.value} came in the last 90 days: a turnover of ${percent(rate.value)}.`,
      evidence: [
        evidenceOf('turnover.gone', gone),
        evidenceOf('turnover.arrived', arrived),
        evidenceOf('turnover.rate', rate),
      ],
      probabilityReal,
      confidence: trustIn(
        { 'the count': gone },
        told === 'activity' ? ['a tracker cannot tell leave from departure: a roster can'] : [],
      ),
      owner: 'leadership',
      ...(fewer > 0 ? { cost: { fte } } : {}),
      options: [
        {
          action: 'Plan the goal with the people there are, or say when others come.',
          assumption: 'Who comes needs time before the work goes as it did.',
          whoDecides: 'leadership',
          relief: () => 'who comes, and when, is not known',
        },
      ],
    },
  ];
};

/** If one in ten is away for a month at any time, who is not seen beyond those has gone. A policy, not a measured constant. */
const AWAY = 0.1;

/** One person in ten within 90 days is what a team loses that keeps people for two and a half years. */
const LEAST = 0.1;
