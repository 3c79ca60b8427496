import { earlierView, type TeamView } from '#domain/team-view.ts';
import { rounded } from '#domain/wording.ts';
import { goalBases, goalChance } from '#forecast/goal-forecast.ts';
import { riskWatch } from '#risks/assess.ts';
import { DETECTORS } from '#risks/detectors.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import { kept } from './after.ts';
import { type Case, days } from './case.ts';

/** Each evaluation with a goal ahead and something left of it: whether a risk was raised, and whether it was kept. */
export function promiseCases(view: TeamView, every: number): readonly Case[] {
  return days(view, every).flatMap((day): readonly Case[] => {
    const then = earlierView(view, day);
    const { primary } = goalBases(then);
    const promise = kept(view, then);
    if (primary === undefined || primary.days <= 0 || primary.left === 0 || promise === undefined) return [];
    const { risks } = riskWatch(then, { detectors: DETECTORS, goalAhead }).assessmentOn(day);
    const chance = goalChance(primary);
    const said = risks.some((risk) => risk.kind === 'unrealistic_goal') ? 'raised' : 'silent';
    const known =
      chance === undefined ? 'no chance known' : chance < 0.5 ? 'chance below 50 %' : 'chance above';
    return [
      {
        team: view.team.id,
        kind: `${said}, ${known}, ${promise.isKept ? 'kept' : 'not kept'}`,
        first: day,
        last: day,
        statement: `${primary.days} days ahead${chance === undefined ? '' : `, chance ${rounded(chance)}`}`,
        after: [promise.words],
      },
    ];
  });
}
