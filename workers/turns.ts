import { TryLaterError } from './later.ts';

/** Long enough for most readings, short enough that nobody notices. */
const TURN_WAIT_MS = 5_000;

/** Another job of its source is at work in this process. */
export class NotItsTurnError extends TryLaterError {
  constructor(who: string) {
    super(`Another job of ${who} is running.`, TURN_WAIT_MS);
  }
}

/** Runs the work of each of some parties one piece at a time; what comes meanwhile is to come back. */
export type Turns = <Result>(who: string, work: () => Promise<Result>) => Promise<Result>;

export function createTurns(): Turns {
  const atWork = new Set<string>();
  return async (who, work) => {
    if (atWork.has(who)) throw new NotItsTurnError(who);
    atWork.add(who);
    try {
      return await work();
    } finally {
      atWork.delete(who);
    }
  };
}
