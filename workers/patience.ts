/** Whoever has only begun is put off rather than wait longer than this within a request. */
const LEAST_MS = 2_000;

/** As long as a request waits where nobody else could use the time. */
const MOST_MS = 30_000;

/** How long the requests of each kind of job of each source may wait for their tracker. */
export interface Patience {
  /** Of one whose job has been running for so long, milliseconds. */
  readonly of: (who: string, runningMs: number) => number;
  /** Put off, having come further before that or not. */
  readonly putOff: (who: string, cameFurther: boolean) => void;
  readonly ended: (who: string) => void;
}

/**
 * Little patience at first, so that a job that would wait makes room for others, and then as much as it has been running:
 * what it loses by being put off costs no less. Twice as much each time that it was put off without having come further,
 * since a tracker may let through less at a time than has to be asked again.
 */
export function createPatience(): Patience {
  const inVain = new Map<string, number>();
  return {
    of: (who, runningMs) => Math.min(MOST_MS, Math.max(LEAST_MS * 2 ** (inVain.get(who) ?? 0), runningMs)),
    putOff: (who, cameFurther) => {
      inVain.set(who, cameFurther ? 0 : (inVain.get(who) ?? 0) + 1);
    },
    ended: (who) => {
      inVain.delete(who);
    },
  };
}
