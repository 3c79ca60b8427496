import { earlierView, type TeamView } from '#domain/team-view.ts';
import { riskWatch } from '#risks/assess.ts';
import { DETECTORS } from '#risks/detectors.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import type { Risk } from '#risks/risk.ts';
import { afterwards, kept } from './after.ts';
import { type Case, spells } from './case.ts';

const OF_THE_GOAL = new Set(['unrealistic_goal', 'early_failure']);

/** The risks that would have been raised, with the first items that speak for each, and what became of them. */
export function riskCases(view: TeamView, every: number): readonly Case[] {
  return spells(view, every, (day) => {
    const then = earlierView(view, day);
    const { risks } = riskWatch(then, { detectors: DETECTORS, goalAhead }).assessmentOn(day);
    return new Map(risks.map((risk) => [risk.id, () => caseOf(view, then, risk)]));
  });
}

function caseOf(
  view: TeamView,
  then: TeamView,
  { kind, statement, probabilityReal, impact, evidence }: Risk,
) {
  const items = evidence.flatMap(({ items: some }) => some);
  const promise = OF_THE_GOAL.has(kind) ? kept(view, then) : undefined;
  return {
    kind,
    statement,
    after: [
      `real ${probabilityReal.toFixed(2)}, impact ${JSON.stringify(impact)}`,
      ...items.slice(0, 4).map(({ key, title, why }) => `${key} ${title.slice(0, 80)}: ${why}`),
      ...(items.length > 0 ? [afterwards(view, new Set(items.map(({ key }) => key)), then.day)] : []),
      ...(promise === undefined ? [] : [promise.words]),
    ],
  };
}
