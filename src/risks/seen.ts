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
  readonly goalAhead: (view: TeamView) => GoalAhead | undefined;
}

/** A team on a day, today or a Monday before: its work, its goal, and what was seen. Each is worked out once. */
export interface Watch {
  readonly viewOn: (day: CalendarDay) => TeamView;
  readonly goalOn: (day: CalendarDay) => GoalAhead | undefined;
  readonly seenOn: (day: CalendarDay) => readonly SeenSignal[];
}

/**
 * What the detectors see, each signal with its cost and for how many Mondays it has been worth raising.
 *
 * Earlier evaluations are replayed from the history, never read from what was published: the answer does not depend on
 * when somebody first asked. Each detector is asked about each day at most once, and no further back than it must be.
 */
export function watch(view: TeamView, { detectors, goalAhead }: Lookout): Watch {
  const viewOn = remembered((day: CalendarDay) => (day === view.day ? view : earlierView(view, day)));
  const goalOn = remembered((day: CalendarDay) => goalAhead(viewOn(day)));
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
  const seenOn = remembered((day: CalendarDay) => {
    const grid = weeklyGrid(day, timezone);
    return found.flatMap((foundOn) =>
      foundOn(day).map((one): SeenSignal => {
        const { id, signal } = one;
        const wasWorthIt = (then: CalendarDay) =>
          foundOn(then).some((earlier) => earlier.id === id && isWorthIt(earlier));
        const { stands } = signal;
        // Only what clears it takes back what stands by weeks of its own.
        const isWorth = isWorthIt(one) || (stands !== undefined && wasWorthIt(stands.raisedOn));
        // What is not worth raising today is not raised, however long it has been there.
        const lasting = remembered((weeks: number): Persistence => {
          if (!isWorth) return { weeks: 0 };
          return persistence(
            grid.slice(0, weeks),
            stands === undefined ? wasWorthIt : (monday) => monday >= stands.since,
          );
        });
        return {
          id,
          signal,
          impact: one.impact(),
          // How long it lasts is worked out when it is told: whether it is raised hangs on a few weeks only.
          get persistence() {
            return lasting(grid.length);
          },
          isRaised: isWorth && hasLasted(signal, lasting(WEEKS_TO_LAST).weeks),
        };
      }),
    );
  });
  return { viewOn, goalOn, seenOn };
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
