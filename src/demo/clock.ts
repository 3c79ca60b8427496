/**
 * The clock a simulated tracker lives by, so that a history that ended years ago is served as of its own end.
 * It stands still until it is moved: the same questions then get the same answers.
 */
export interface SimulatedClock {
  /** The simulated present, epoch milliseconds. */
  now(): number;
  /** Moves the simulated present forward by so many milliseconds. */
  advance(milliseconds: number): void;
}

/** A clock that starts at the given instant (epoch milliseconds). */
export function createClock(start: number): SimulatedClock {
  let instant = start;
  return {
    now: () => instant,
    advance: (milliseconds) => {
      instant += milliseconds;
    },
  };
}
