import type { CalendarDay } from '#domain/calendar.ts';
import { shapley } from '#statistics/shapley.ts';
import { coarse } from './coarse.ts';
import { gainOf, impactOf } from './impact.ts';
import type { Impact, Range, Together } from './risk.ts';
import type { SeenSignal, Watch } from './seen.ts';

/** What is raised on a day, with as much of its cost as may be told. */
export function raisedOn(seen: Watch, day: CalendarDay): readonly SeenSignal[] {
  return [...seen.raisedOn(day)].map((one) => (one.signal.ofTooFew ? withoutPeople(one) : one));
}

function withoutPeople(one: SeenSignal): SeenSignal {
  return {
    id: one.id,
    signal: one.signal,
    impact: coarse(one.impact),
    isRaised: one.isRaised,
    get persistence() {
      return one.persistence;
    },
  };
}

/** What all that is raised, or some of it, would be worth if it were relieved together; undefined below two. */
export function togetherOn(
  seen: Watch,
  day: CalendarDay,
  counts: (one: SeenSignal) => boolean = () => true,
): Impact | undefined {
  const goal = seen.goalOn(day);
  const raised = [...seen.relievableOn(day)].filter((one) => counts(one) && one.isRaised);
  const reliefs = raised.flatMap(({ signal }) => signal.relief ?? []);
  const impact = goal === undefined || reliefs.length < 2 ? undefined : impactOf(goal, reliefs);
  // What all take, less what the others take, would be what this one takes.
  return impact && raised.some(({ signal }) => signal.ofTooFew) ? coarse(impact) : impact;
}

/** How what they would be worth together divides among those raised; undefined where it cannot be computed. */
export function attributionOn(seen: Watch, day: CalendarDay): Together['attribution'] {
  const goal = seen.goalOn(day);
  const standing = [...seen.relievableOn(day)].filter(({ isRaised }) => isRaised);
  // A part of it would tell what one person's time is worth.
  if (standing.some(({ signal }) => signal.ofTooFew)) return undefined;
  const raised = standing.flatMap(({ id, signal: { relief } }) =>
    relief === undefined ? [] : [{ id, relief }],
  );
  if (goal === undefined || raised.length < 2 || raised.length > MOST_DIVIDED) return undefined;
  const gainWith = (some: readonly number[]): Range | undefined =>
    gainOf(
      goal,
      some.flatMap((i) => raised[i]?.relief ?? []),
    )?.dP;
  // What all of them allow to be computed, some of them do too.
  if (gainWith([...raised.keys()]) === undefined) return undefined;
  const [lows, highs] = ([0, 1] as const).map((end) =>
    shapley(raised.length, (some) => gainWith(some)?.[end] ?? 0),
  );
  return raised.map(({ id: risk }, i) => ({ risk, dP: [lows?.[i] ?? 0, highs?.[i] ?? 0] }));
}

/** Nobody reads a list of more; every further one doubles the work. */
const MOST_DIVIDED = 6;
