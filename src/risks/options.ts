import { percents } from './chance-words.ts';
import { coarseGain } from './coarse.ts';
import { freedPeople } from './freed-people.ts';
import { chanceAsItIs, elasticityOf, type Gain, type GoalAhead, gainOf } from './impact.ts';
import type { RiskOption } from './risk.ts';
import type { SignalOption } from './signal.ts';

/**
 * What could be done about a risk, each with what it would be worth to the goal, the most first.
 *
 * Worked out as the risk's own cost is: the goal's forecast again with all else as it is. One whose worth nobody can compute
 * has none, says why, and stands behind those that have one (METRICS 2.1, 2.4). Another way to the same end comes before all
 * of them (WX-E2b). `ofTooFew`: what it is worth would tell one person's time, and is told in wide steps.
 */
export function optionsOf(
  goal: GoalAhead | undefined,
  options: readonly SignalOption[],
  ofTooFew = false,
): readonly RiskOption[] {
  return options
    .map((option) => ({
      isFirst: option.isFirst ?? false,
      told: optionOf(option.goal ?? goal, option, ofTooFew),
    }))
    .toSorted(
      (a, b) =>
        Number(b.isFirst) - Number(a.isFirst) ||
        worth(b.told, 0) - worth(a.told, 0) ||
        worth(b.told, 1) - worth(a.told, 1),
    )
    .map(({ told }) => told);
}

function worth({ dP }: RiskOption, end: 0 | 1): number {
  return dP?.[end] ?? -1;
}

function optionOf(
  goal: GoalAhead | undefined,
  { action, assumption, whoDecides, relief: reliefOf }: SignalOption,
  ofTooFew: boolean,
): RiskOption {
  const relief = reliefOf();
  const told = (words: string, gain: Partial<Gain> = {}): RiskOption => ({
    action,
    assumption: words,
    whoDecides,
    ...gain,
  });
  if (typeof relief === 'string') return told(`${assumption} ${UNKNOWN}: ${relief}.`);
  // Without a goal ahead no option has a worth, and the report says so once.
  if (goal === undefined) return told(assumption);
  if (relief.kind === 'other_way') {
    const more = relief.chance - (chanceAsItIs(goal) ?? 1);
    return more > 0
      ? told(assumption, { dP: [more, more], dPBound: '>' })
      : told(`${assumption} ${UNKNOWN}: without that effort it is no likelier.`);
  }
  const exact = gainOf(goal, [relief]);
  const gain = exact && ofTooFew ? coarseGain(exact, chanceAsItIs(goal) ?? 0) : exact;
  if (gain !== undefined) {
    return told(relief.kind === 'people' ? `${whereItGoes(goal)} ${assumption}` : assumption, gain);
  }
  const isThere = freedPeople(goal, [relief])?.[1] === 0;
  return told(`${assumption} ${UNKNOWN}: ${isThere ? 'whoever does it works on the goal already' : UNSEEN}.`);
}

const UNKNOWN = 'What it is worth cannot be worked out';
const UNSEEN = 'too little is known of the work on the goal';

/** What freed time is worth hangs on how much of it goes to the goal. */
function whereItGoes(goal: GoalAhead): string {
  return `If ${percents(elasticityOf(goal))} of that time went to the goal.`;
}
