/**
 * A level that does not flutter: it changes once the new one was found twice in a row.
 *
 * Evaluations a week apart, oldest first; the first is taken as found. What `settles` says of an evaluation changes at once: a
 * date that passed is no matter of chance.
 *
 * @example steady(['set_up', 'at_risk', 'set_up', 'at_risk', 'at_risk']) // => 'at_risk'
 * @example steady(['set_up', 'at_risk', 'set_up', 'at_risk']) // => 'set_up'
 */
export function steady<T>(
  found: readonly T[],
  settles: (index: number) => boolean = () => false,
): T | undefined {
  let level = found[0];
  found.forEach((now, i) => {
    if (now === found[i - 1] || settles(i)) level = now;
  });
  return level;
}

/**
 * Something that is raised by two low values in a row and cleared by one that is clearly higher: at which of them it was
 * raised, while it stands. Values oldest first; an unknown one changes nothing, and breaks a row.
 *
 * @example latchedAt([0.34, 0.22, 0.18, 0.15, 0.25], { raiseBelow: 0.2, clearAbove: 0.35 }) // => 3
 * @example latchedAt([0.34, 0.22, 0.18, 0.15, 0.25, 0.38], { raiseBelow: 0.2, clearAbove: 0.35 }) // => undefined
 */
export function latchedAt(
  values: readonly (number | undefined)[],
  { raiseBelow, clearAbove }: { readonly raiseBelow: number; readonly clearAbove: number },
): number | undefined {
  let raisedAt: number | undefined;
  const isLow = (value: number | undefined) => value !== undefined && value < raiseBelow;
  values.forEach((value, i) => {
    if (isLow(value) && isLow(values[i - 1])) raisedAt ??= i;
    if (value !== undefined && value > clearAbove) raisedAt = undefined;
  });
  return raisedAt;
}
