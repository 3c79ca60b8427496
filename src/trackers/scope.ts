/**
 * The names of the parts that a configuration wants, as one text: the same for the same names in another order. Empty
 * when it names none, and everything that can be seen is wanted.
 * @example scopeOf(['PAY', 'ops', 'pay']) // => '["ops","pay"]'
 * @example scopeOf(undefined) // => ''
 */
export function scopeOf(names: readonly string[] | undefined): string {
  if (names === undefined) return '';
  return JSON.stringify([...new Set(names.map((name) => name.toLowerCase()))].toSorted());
}
