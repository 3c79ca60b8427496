/*
 * Reading a document that may have any shape: what holds between its parts is checked even where a part of it is wrong.
 */

/** What stands under a key, when it is keys and values or a list. */
export function child(value: unknown, key: string): object | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = (value as Record<string, unknown>)[key];
  return typeof found === 'object' && found !== null ? found : undefined;
}

/** What stands under a key, when it is a list; empty when it is not. */
export function list(value: unknown, key: string): readonly unknown[] {
  const found = child(value, key);
  return Array.isArray(found) ? found : [];
}

/** What stands under a key, when it is a text. */
export function text(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = (value as Record<string, unknown>)[key];
  return typeof found === 'string' ? found : undefined;
}

/** The places of those that an earlier one is equal to. */
export function twice(ids: readonly (string | undefined)[]): readonly number[] {
  return ids.flatMap((id, i) => (id !== undefined && ids.indexOf(id) < i ? [i] : []));
}
