import type { CalendarDay } from '#domain/calendar.ts';
import { impactOf } from './impact.ts';
import type { Impact } from './risk.ts';
import type { SeenSignal, Watch } from './seen.ts';

/** What is raised on a day. */
export function raisedOn(seen: Watch, day: CalendarDay): readonly SeenSignal[] {
  return [...seen.raisedOn(day)];
}

/** What all that is raised would be worth if it were relieved together; undefined below two. */
export function togetherOn(seen: Watch, day: CalendarDay): Impact | undefined {
  const goal = seen.goalOn(day);
  const reliefs = [...seen.relievableOn(day)].flatMap(({ isRaised, signal }) =>
    isRaised ? (signal.relief ?? []) : [],
  );
  return goal === undefined || reliefs.length < 2 ? undefined : impactOf(goal, reliefs);
}
