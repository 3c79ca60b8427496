/** What Little's law says of a stretch of time, beside what was measured in it. */
export interface LittleCheck {
  /** Items in progress that the law does not explain: the average less arrivals times time to finish. */
  readonly residual: number;
  /** The days each item would have to take for the law to hold, if nothing changed. */
  readonly impliedCycleTime: number;
  /** How many days longer that is than the finished items took: time owed by the items still open. */
  readonly flowDebt: number;
}

/**
 * Whether a team finishes things by leaving others lie. A debt above 0 says that the items still open are slower than
 * the ones that were finished, so the times of the finished ones promise too much.
 *
 * Little's law, L = λW: average items in progress, departures a day, mean days of the finished. It assumes that as
 * much arrives as leaves, that everything begun finishes, and that the age of open work stays the same; a debt is the
 * sign that one of these does not hold. undefined when nothing departed.
 *
 * @example flowDebt({ inProgress: 12, departuresPerDay: 0.5, cycleTime: 14 }) // => { residual: 5, impliedCycleTime: 24, flowDebt: 10 }
 */
export function flowDebt(measured: {
  readonly inProgress: number;
  readonly departuresPerDay: number;
  readonly cycleTime: number;
}): LittleCheck | undefined {
  const { inProgress, departuresPerDay, cycleTime } = measured;
  if (departuresPerDay === 0) return undefined;
  const impliedCycleTime = inProgress / departuresPerDay;
  return {
    residual: inProgress - departuresPerDay * cycleTime,
    impliedCycleTime,
    flowDebt: impliedCycleTime - cycleTime,
  };
}
