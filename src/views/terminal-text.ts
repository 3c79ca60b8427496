import { plainText, visibleText } from './plain-text.ts';

/** Scripts and pictures whose characters take two columns of a terminal. */
const WIDE =
  /[\p{Extended_Pictographic}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{3ffff}]/u;

/** How many columns a terminal needs for a line of plain text, counting a doubtful character as wide. */
export function columnsOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + columnsOfCharacter(character), 0);
}

/** Text as one line that fits, without anything that a terminal would obey. What does not fit ends in `…`. */
export function cut(text: string, columns: number): string {
  const plain = visibleText(text).trimEnd();
  if (columnsOf(plain) <= columns) return plain;
  let used = 1;
  let out = '';
  for (const character of plain) {
    used += columnsOfCharacter(character);
    if (used > columns) break;
    out += character;
  }
  return `${out.trimEnd()}…`;
}

/** Text cut or filled with spaces to a number of columns. */
export function padded(text: string, columns: number): string {
  const fitting = cut(plainText(text), columns);
  return fitting + ' '.repeat(Math.max(0, columns - columnsOf(fitting)));
}

/** Text over several lines, broken between words; the last line is cut when there is more. */
export function wrapped(text: string, columns: number, lines: number): readonly string[] {
  const out = [''];
  for (const word of plainText(text).trim().split(' ')) {
    const current = out.at(-1) ?? '';
    const longer = current === '' ? word : `${current} ${word}`;
    if (columnsOf(longer) <= columns || out.length === lines || current === '') out[out.length - 1] = longer;
    else out.push(word);
  }
  return out.map((line) => cut(line, columns));
}

function columnsOfCharacter(character: string): number {
  return WIDE.test(character) ? 2 : 1;
}
