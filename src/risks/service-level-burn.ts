import { max } from 'd3-array';
import { dayOf, workdaysFrom } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { cycleTimeDefinition, type Team } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { percent, plural } from '#domain/wording.ts';
import { decisionsOf, isDecided } from '#metrics/decisions.ts';
import { itemClock } from '#metrics/item-clock.ts';
import { lookback } from '#metrics/lookback.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { kaplanMeier, survivalQuantile } from '#statistics/survival.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Detector, Signal } from './signal.ts';

/**
 * A delivery promise that is being broken: the alert of the error budget, over 8 weeks and still over the last 2.
 *
 * Its probability is that of the long window. The cost is by how much the promise would have to be moved to be kept: the
 * days that the promised part of the items decided in the 8 weeks took, less the expectation. Items still open count as
 * long as they have taken so far, so it is the least that it can be.
 */
export const serviceLevelBurn: Detector = (view) => {
  const found = serviceLevel(view);
  const { objective, expectation, budget, overspent, inTime, missed } = found;
  if (found.alert !== true || expectation.kind === 'insufficient') return [];
  if (overspent.long.kind === 'insufficient' || inTime.kind === 'insufficient') return [];
  const { lower, value, upper } = neededDays(view, expectation.value, objective);
  const weeksOver = (days: number) => Math.max(0, days - expectation.value) / 7;
  return [
    {
      kind: 'service_level_burn',
      statement:
        `${missed.length} of the ${inTime.n} items decided in the last 8 weeks took longer than ` +
        `${plural(expectation.value, 'day')}, where ${Math.floor((1 - objective) * inTime.n)} may; ` +
        `${percent(objective)} took up to ${plural(value, 'day')}.`,
      evidence: [
        evidenceOf(
          'slos.budget.burn',
          budget.burn,
          // Those still open are the ones that something can be done about.
          missed
            .toSorted((a, b) => Number(a.finished) - Number(b.finished))
            .map((item) =>
              refWhy(
                item,
                `past its time since ${item.missedOn}, ${item.finished ? 'finished' : 'still open'}`,
              ),
            ),
        ),
        evidenceOf('slos.inTime', inTime),
        evidenceOf('slos.overspent.short', overspent.short),
      ],
      probabilityReal: overspent.long.value,
      confidence: trustIn({ 'the share in time': inTime, 'the expectation': expectation }),
      owner: 'shared',
      cost: { weeks: [weeksOver(lower), weeksOver(upper)] },
      options: OPTIONS,
    },
  ];
};

const LONG_DAYS = 56;

const OPTIONS: Signal['options'] = [
  {
    action: 'Finish what is past its time before anything new is begun.',
    assumption: 'The late items can be worked on, and do not all wait for others.',
    whoDecides: 'team',
    relief: () => 'items in time are promised whatever the goal is',
  },
  {
    action: 'Tell whoever relies on it what the promise is now.',
    assumption: 'What made the items slower stays.',
    whoDecides: 'leadership',
    relief: () => 'it changes what is relied on, and not the work',
  },
];

/**
 * Within how many days the promised part of the items decided lately is done, with its interval. Those still open are
 * watched on, and count as taking longer than they have so far. What holidays of the team's calendar took is taken out:
 * the alert sounds all the same, but nobody has to move a promise for it.
 */
function neededDays(view: TeamView, expectation: number, objective: number) {
  const { since } = lookback(view, LONG_DAYS);
  const definition = cycleTimeDefinition(view.team);
  const decided = decisionsOf(view, expectation).filter(
    (decision) => decision.at >= since && isDecided(decision),
  );
  const spells = decided.flatMap(({ item, finished }) => {
    const clock = itemClock(item, definition, view);
    if (clock === undefined) return [];
    const away = daysAway(view.team, clock.startedAt, clock.ending.until);
    return [{ entry: 0, exit: Math.max(0, clock.days - away), event: finished }];
  });
  const curve = kaplanMeier(spells);
  const part = Math.min(99, Math.max(1, Math.round(100 * objective)));
  const longest = max(spells, ({ exit }) => exit) ?? expectation;
  if (curve.kind === 'insufficient') return { lower: expectation, value: longest, upper: longest };
  const needed = survivalQuantile(curve, part);
  const value = needed.kind === 'reached' ? needed.value : needed.beyond;
  const upper = needed.kind === 'reached' ? needed.upper : undefined;
  return { lower: needed.lower ?? expectation, value, upper: Math.max(value, upper ?? longest) };
}

/** Days from one moment to another that holidays took, with the weekends that they bridge: seven for each five. */
function daysAway({ calendar, timezone }: Team, from: Instant, until: Instant): number {
  if (calendar.holidays.length === 0) return 0;
  const [first, last] = [dayOf(from, timezone), dayOf(until, timezone)];
  const holidays = new Set(calendar.holidays.filter((day) => day >= first && day <= last));
  if (holidays.size === 0) return 0;
  const without = workdaysFrom(first, last, { ...calendar, holidays: [] });
  const missed = without.filter((day) => holidays.has(day)).length;
  return (missed * 7) / Math.max(1, calendar.workdays.length);
}
