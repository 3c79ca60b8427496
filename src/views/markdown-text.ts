import { plainText, webAddress } from './plain-text.ts';

/** Entities where a backslash is not understood everywhere: a pipe ends a table's cell, an angle begins HTML. */
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' };

/** Characters that mean something within a line: emphasis, code, links, images, strikethrough, mathematics. */
const MEANINGFUL = /[\\`*_[\]~$!#@]/g;

/** What some readers of Markdown turn into a link by themselves, swallowing what follows. */
const LINK_STARTS: readonly (readonly [RegExp, string])[] = [
  [/:(?=\/\/)/g, '&#58;'],
  [/(?<=www)\./gi, '&#46;'],
];

/** Text that Markdown shows as it is, on one line, in a table's cell too. */
export function markdownText(text: string): string {
  const escaped = plainText(text)
    .replaceAll(MEANINGFUL, String.raw`\$&`)
    .replaceAll(/[&<>|]/g, (character) => ENTITIES[character] ?? character);
  return LINK_STARTS.reduce((out, [start, entity]) => out.replaceAll(start, entity), escaped);
}

/** A link, or the bare text when the address is none that a browser should follow. */
export function markdownLink(text: string, url: string): string {
  const address = webAddress(url)?.replaceAll(/[()|[\]\\<>`*~]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return address === undefined ? markdownText(text) : `[${markdownText(text)}](${address})`;
}
