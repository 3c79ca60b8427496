import type { CalendarDay } from '#domain/calendar.ts';
import type { LevelFound } from '#risks/level.ts';
import { isLikely, isWorthRaising } from '#risks/raise.ts';
import type { SeenSignal } from '#risks/seen.ts';

/** What is seen of a goal on the day, and is not raised. */
export interface NotYetRaised {
  readonly statement: string;
  /** What it waits for: to be likely enough to be real, or to have lasted. */
  readonly waits: 'to_be_likely' | 'to_last';
  readonly probabilityReal: number;
  /** The first of the Mondays in a row, by the day before it, on which it was worth raising; absent on the first day. */
  readonly since?: CalendarDay;
}

/**
 * Where the level says that the goal will not be made: what is seen of that and not raised, so that the report does not say
 * in one place what it seems to deny in another. What else is seen and has not lasted may be chance, and stays untold.
 */
export function notYetRaised(
  { level }: Pick<LevelFound, 'level'>,
  seen: readonly Pick<SeenSignal, 'signal' | 'impact' | 'persistence' | 'isRaised'>[],
): readonly NotYetRaised[] {
  if (level !== 'goal_unrealistic' && level !== 'not_set_up') return [];
  return seen
    .filter(({ signal, isRaised }) => !isRaised && OF_GOALS.includes(signal.kind))
    .flatMap(({ signal, impact, persistence: { since } }): readonly NotYetRaised[] => {
      const { statement, probabilityReal, hidesCost = false } = signal;
      if (!isLikely(signal)) return [{ statement, waits: 'to_be_likely', probabilityReal }];
      if (!isWorthRaising({ probabilityReal, impact, hidesCost })) return [];
      return [{ statement, waits: 'to_last', probabilityReal, ...(since === undefined ? {} : { since }) }];
    });
}

const OF_GOALS: readonly SeenSignal['signal']['kind'][] = ['unrealistic_goal', 'early_failure'];
