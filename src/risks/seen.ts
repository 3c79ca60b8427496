import type { CalendarDay } from '#domain/calendar.ts';
import { remembered } from '#domain/once.ts';
import { earlierView, type TeamView } from '#domain/team-view.ts';
import { type GoalAhead, impactOf } from './impact.ts';
import { hasLasted, isLikely, isWorthRaising, WEEKS_TO_LAST } from './raise.ts';
import type { Impact } from './risk.ts';
import type { Detector, Signal } from './signal.ts';
import { type Persistence, persistence, weeklyGrid } from './weekly.ts';

/** A signal with what it costs and for how long it has been there. */
export interface SeenSignal {
  /** Stable from week to week. */
  readonly id: string;
  readonly signal: Signal;
  readonly impact: Impact;
  readonly persistence: Persistence;
  readonly isRaised: boolean;
}

/** What is looked for, and the goal that costs are counted in. */
export interface Lookout {
  readonly detectors: readonly Detector[];
  /** Those of them whose signals never have a relief: who asks only for reliefs does not wait for these. */
  readonly withoutRelief?: readonly Detector[];
  readonly goalAhead: (view: TeamView, viewOn: (day: CalendarDay) => TeamView) => GoalAhead | undefined;
}

/** A team on a day, today or a Monday before: its work, its goal, and what was seen. Each is worked out once. */
export interface Watch {
  readonly viewOn: (day: CalendarDay) => TeamView;
  readonly goalOn: (day: CalendarDay) => GoalAhead | undefined;
  readonly seenOn: (day: CalendarDay) => readonly SeenSignal[];
  /**
   * Those that are raised, one by one as they are asked for: who needs one does not wait for the others. First come
   * those of the detectors that found most on another day, which was looked at before.
   */
  readonly raisedOn: (day: CalendarDay, asOn?: CalendarDay) => Iterable<SeenSignal>;
  /** In the same order those that have a relief, raised or not. */
  readonly relievableOn: (day: CalendarDay, asOn?: CalendarDay) => Iterable<SeenSignal>;
}

/**
 * What the detectors see, each signal with its cost and for how many Mondays it has been worth raising.
 *
 * Earlier evaluations are replayed from the history, never read from what was published: the answer does not depend on
 * when somebody first asked. Each detector is asked about each day at most once, and no further back than it must be.
 */
export function watch(view: TeamView, { detectors, withoutRelief = [], goalAhead }: Lookout): Watch {
  const viewOn = remembered((day: CalendarDay) => (day === view.day ? view : earlierView(view, day)));
  const goalOn = remembered((day: CalendarDay) => goalAhead(viewOn(day), viewOn));
  const found = detectors.map((detector) =>
    remembered((day: CalendarDay) =>
      detector(viewOn(day), viewOn).map((signal): Found => {
        // A cost is worked out again for each Monday that is looked back on, and only where it decides.
        const impact = remembered(() => ({ ...impactWith(goalOn(day), signal), ...signal.cost }));
        return { id: idOf(signal), signal, impact: () => impact(day) };
      }),
    ),
  );
  const { timezone } = view.team;
  const seen = found.map((foundOn) =>
    remembered((day: CalendarDay) => {
      const grid = weeklyGrid(day, timezone);
      return foundOn(day).map((one) => seenSignal(one, grid, foundOn));
    }),
  );
  const relieving = seen.filter((_, i) => !withoutRelief.some((one) => one === detectors[i]));
  return {
    viewOn,
    goalOn,
    seenOn: remembered((day) => seen.flatMap((on) => on(day))),
    *raisedOn(day, asOn) {
      for (const one of inOrder(seen, day, asOn)) if (one.isRaised) yield one;
    },
    *relievableOn(day, asOn) {
      for (const one of inOrder(relieving, day, asOn)) if (one.signal.relief !== undefined) yield one;
    },
  };
}

type SeenOn = (day: CalendarDay) => readonly SeenSignal[];

function* inOrder(seen: readonly SeenOn[], day: CalendarDay, asOn?: CalendarDay): Generator<SeenSignal> {
  const lift = (on: SeenOn) => (asOn === undefined ? 0 : liftOf(on(asOn)));
  for (const on of seen.toSorted((a, b) => lift(b) - lift(a))) yield* on(day);
}

function liftOf(seen: readonly SeenSignal[]): number {
  return Math.max(0, ...seen.map(({ isRaised, impact }) => (isRaised ? (impact.dP?.[0] ?? 0) : 0)));
}

/** Nothing is worked out before it is asked for: most of what is seen is looked at only to see whether it is raised. */
function seenSignal(
  one: Found,
  grid: readonly CalendarDay[],
  foundOn: (day: CalendarDay) => readonly Found[],
): SeenSignal {
  const { id, signal } = one;
  const { stands } = signal;
  const wasWorthIt = (then: CalendarDay) =>
    foundOn(then).some((earlier) => earlier.id === id && isWorthIt(earlier));
  // Only what clears it takes back what stands by weeks of its own.
  const isWorth = remembered(
    (now: Found) => isWorthIt(now) || (stands !== undefined && wasWorthIt(stands.raisedOn)),
  );
  // What is not worth raising today is not raised, however long it has been there.
  const lasting = remembered((weeks: number): Persistence => {
    if (!isWorth(one)) return { weeks: 0 };
    return persistence(
      grid.slice(0, weeks),
      stands === undefined ? wasWorthIt : (monday) => monday >= stands.since,
    );
  });
  return {
    id,
    signal,
    get impact() {
      return one.impact();
    },
    // How long it lasts is worked out when it is told: whether it is raised hangs on a few weeks only.
    get persistence() {
      return lasting(grid.length);
    },
    get isRaised() {
      return isWorth(one) && hasLasted(signal, lasting(WEEKS_TO_LAST).weeks);
    },
  };
}

/** A signal of one day; its cost is worked out when it is asked for. */
interface Found {
  readonly id: string;
  readonly signal: Signal;
  readonly impact: () => Impact;
}

function isWorthIt({ signal, impact }: Found): boolean {
  // What it costs whatever the goal is may settle it: then nobody needs to know what it costs the goal.
  return (
    isWorthRaising(asked(signal, signal.cost ?? {})) ||
    (isLikely(signal) && isWorthRaising(asked(signal, impact())))
  );
}

function idOf({ kind, about }: Signal): string {
  return about === undefined ? kind : `${kind}/${about}`;
}

function impactWith(goal: GoalAhead | undefined, { relief }: Signal): Impact {
  if (goal === undefined || relief === undefined) return {};
  return impactOf(goal, [relief]) ?? {};
}

function asked({ probabilityReal, hidesCost = false }: Signal, impact: Impact) {
  return { probabilityReal, impact, hidesCost };
}
