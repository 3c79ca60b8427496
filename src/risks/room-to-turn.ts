/** Two weekly evaluations: who is told later than that has no time left to turn in. */
const LEAST_DAYS = 14;
/** Fewer are no course to change, and when they are done hangs on the one or two that are hard. */
const LEAST_ITEMS = 5;

/**
 * Whether there is time and work enough ahead to change course.
 *
 * @example leavesRoom({ days: 14, items: 5 }) // => true
 * @example leavesRoom({ days: 13, items: 11 }) // => false
 * @example leavesRoom({ days: 60, items: 4 }) // => false
 */
export function leavesRoom(ahead: { readonly days: number; readonly items: number }): boolean {
  return ahead.days >= LEAST_DAYS && ahead.items >= LEAST_ITEMS;
}
