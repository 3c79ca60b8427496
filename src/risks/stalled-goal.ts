import { max } from 'd3-array';
import { dayOf, elapsedDays } from '#domain/calendar.ts';
import { exactCount } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay, plural } from '#domain/wording.ts';
import { type GoalBasis, goalBases } from '#forecast/goal-forecast.ts';
import { wasUnder } from '#forecast/membership.ts';
import { itemRef } from '#metrics/item-ref.ts';
import type { Detector, Signal } from './signal.ts';

/** Four weeks, over which a pace is watched; of a goal that nothing was finished of, six, below which none can be known. */
const LEAST_WEEKS = { sinceFinished: 4, sinceBegun: 6 } as const;
/** Fewer items are no scope to forecast, whatever was finished of them. */
const MIN_ITEMS = 5;

/**
 * A goal with a date ahead cannot be forecast, because nothing of it was finished for weeks while work of it is open.
 *
 * A fact, not a chance; and itself what hides the cost: without a pace nobody can say how likely the goal is, nor what any
 * risk does to it. The level is then unknown by its own rule, which must not look like "nothing to report".
 *
 * Sees nothing of a goal that can be forecast, that was not begun, or that has too few items to be forecast anyway.
 */
export const stalledGoal: Detector = (view) =>
  goalBases(view).goals.flatMap((one): readonly Signal[] => {
    const { goal, days = 0, model, left, milestone, basis } = one;
    if (days <= 0 || model !== undefined || left === 0 || !milestone.isAhead) return [];
    const { open, done, startedAt } = basis.scope;
    const finished = lastFinished(view, one);
    const since = finished ?? startedAt;
    if (since === undefined || open.length + done < MIN_ITEMS) return [];
    const weeks = Math.floor(elapsedDays(since, view.asOf) / 7);
    if (weeks < (finished === undefined ? LEAST_WEEKS.sinceBegun : LEAST_WEEKS.sinceFinished)) return [];
    const window = { from: dayOf(since, view.team.timezone), to: view.day };
    const due = milestone.date === undefined ? '' : `, promised for ${longDay(milestone.date)},`;
    return [
      {
        kind: 'stalled_goal',
        about: goal.id,
        statement: `No forecast of “${goal.name}”: nothing of it was finished for ${plural(weeks, 'week')}, and ${plural(left, 'item')} of it${due} ${left === 1 ? 'is' : 'are'} open.`,
        evidence: [
          {
            metric: 'goals.open',
            number: exactCount(left, 'items', window, 'open_under_milestone'),
            items: open.slice(0, SHOWN).map((item) => ({ ...itemRef(view, item), why: 'still open' })),
          },
        ],
        probabilityReal: 1,
        confidence: { level: 'high', reasons: [] },
        owner: 'shared',
        hidesCost: true,
        accepting: `Nobody can say whether “${goal.name}” is done by its date, nor what else it costs.`,
        options: [
          {
            action: 'Ask what the work on it waits for, and bring one item of it to its end.',
            assumption: 'Something keeps it from going on; once items are finished, it can be forecast.',
            whoDecides: 'team',
            relief: () => 'there is no pace to hold it against',
          },
          {
            action: 'Take the goal back, or give it another date, if other work comes first.',
            assumption: 'It stands still because other work is wanted more.',
            whoDecides: 'leadership',
            relief: () => 'there is no pace to hold it against',
          },
        ],
      },
    ];
  });

const SHOWN = 10;

function lastFinished({ asOf }: TeamView, { basis }: GoalBasis): number | undefined {
  return max(
    [...basis.members].filter(([{ type }, spans]) => type.level <= 0 && wasUnder(spans, asOf)),
    ([{ finishedAt }]) => finishedAt,
  );
}
