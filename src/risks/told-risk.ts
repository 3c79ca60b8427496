import { plusDays } from '#domain/calendar.ts';
import type { ToldRisk } from '#domain/decision.ts';
import type { TeamView } from '#domain/team-view.ts';
import { shortDay } from '#domain/wording.ts';
import { goalBases } from '#forecast/goal-forecast.ts';
import { chanceOf } from './chance-words.ts';
import { hasOwnWeeks } from './cost-words.ts';
import { goalAhead } from './goal-ahead.ts';
import { chanceAsItIs } from './impact.ts';
import type { Risk } from './risk.ts';

/** A raised risk as it is told on the view's day, to be kept beside what is decided about it. */
export function toldRisk(view: TeamView, risk: Risk): ToldRisk {
  const { statement, acceptMeans, impact } = risk;
  const { dP, weeks } = impact;
  const isOfItsOwn = isAboutAnother(view, risk) || (dP === undefined && hasOwnWeeks(risk.kind));
  const goal = isOfItsOwn ? undefined : goalAhead(view);
  const chance = goal && chanceAsItIs(goal);
  return {
    day: view.day,
    statement,
    acceptMeans,
    ...(chance === undefined ? {} : { goal: { chance, due: plusDays(view.day, goal?.days ?? 0) } }),
    ...(dP === undefined ? {} : { dP }),
    ...(weeks === undefined ? {} : { weeks }),
  };
}

/** Whether it is about a goal of its own, whose chance is not that of the primary one. */
function isAboutAnother(view: TeamView, { id, kind }: Pick<Risk, 'id' | 'kind'>): boolean {
  const { goals, primary } = goalBases(view);
  return goals.some(
    ({ goal }) => goal.id !== primary?.goal.id && id === `${view.team.id}/${kind}/${goal.id}`,
  );
}

/**
 * What leadership says when it accepts a risk: the chance that it lets stand, or what else the risk goes on costing.
 *
 * METRICS 2.4: the statement repeats the numbers, so that nobody accepts a risk without having read them.
 *
 * @example acceptance({ day: '2026-01-23', goal: { chance: 0.307, due: '2026-03-20' } }) // => 'We accept 31 % for 20 March.'
 * @example acceptance({ day: '2026-01-23', acceptMeans: 'It goes on taking 1.6 to 2.4 people.' })
 *   // => 'We accept that it goes on taking 1.6 to 2.4 people.'
 */
export function acceptance({ day, goal, acceptMeans }: ToldRisk): string {
  return goal === undefined
    ? `We accept that ${acceptMeans.charAt(0).toLowerCase()}${acceptMeans.slice(1)}`
    : `We accept ${chanceOf(goal.chance)} for ${shortDay(goal.due, day)}.`;
}
