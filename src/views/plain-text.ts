/** Line breaks and tabs, and every other character that moves the cursor, colours text or turns its direction round. */
const CONTROLS = /[\p{Cc}\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu;

/**
 * Text as one line of visible characters. What trackers hold was typed by anybody: a title may carry line breaks,
 * terminal commands or marks that make the rest of the line read backwards.
 */
export function plainText(text: string): string {
  return visibleText(text).replaceAll(/\s+/g, ' ');
}

/** The same for text that is laid out with spaces, which stay. */
export function visibleText(text: string): string {
  return text.toWellFormed().replaceAll(CONTROLS, ' ');
}

/**
 * The address when a browser may be sent there; undefined for anything but http and https, so that a tracker cannot
 * hand out `javascript:` links.
 */
export function webAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed.href : undefined;
}
