/**
 * PostgreSQL keeps neither U+0000 nor half a surrogate pair in jsonb, and one such character would reject a whole
 * batch. They are replaced by what stands for them on screen, so that nothing vanishes unseen: `␀` and `�`.
 */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '␀').toWellFormed();
}

/** The JSON text of a value, with every string in it cleaned. */
export function cleanJson(value: unknown): string {
  const json = JSON.stringify(value);
  return mayHoldHostileText(json) ? JSON.stringify(JSON.parse(json, cleanString)) : json;
}

/** The value with every string in it cleaned; the value itself when there was nothing to clean. */
export function cleaned<T>(value: T): T {
  const json = JSON.stringify(value);
  return mayHoldHostileText(json) ? (JSON.parse(json, cleanString) as T) : value;
}

/** `JSON.stringify` escapes exactly the characters in question; an escaped backslash before `u` is a false alarm. */
const mayHoldHostileText = (json: string): boolean => /\\u(0000|d[89a-f])/.test(json);

const cleanString = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? cleanText(value) : value;
