/**
 * What somebody wrote themselves, as lines of plain text: without quotations, code, and what is struck out. Both forms
 * in which trackers keep comments are read; from anything else comes nothing.
 */
export const proseOf = {
  /** Atlassian's document format, a tree of nodes. */
  document: (body: unknown): string => withoutQuoted(nodeText(body, 0)),
  /** Markdown, as Linear keeps it. */
  markdown: (body: string): string => withoutQuoted(markdownText(body)),
} as const;

/** Stands for what was taken out, so that the words around it do not meet. */
const GAP = ' ◌ ';

/** Deeper than anybody writes; a tree that goes on is not read to its end. */
const DEEPEST = 40;

function nodeText(node: unknown, depth: number): string {
  if (typeof node !== 'object' || node === null || depth > DEEPEST) return '';
  const { type, text, content, marks } = node as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string') return '';
  if (SKIPPED.has(type)) return '\n';
  if (type === 'hardBreak') return '\n';
  if (typeof text === 'string') return isStruck(marks) ? GAP : text;
  const inner = Array.isArray(content) ? content.map((child) => nodeText(child, depth + 1)).join('') : '';
  if (BLOCKS.has(type)) return `\n${inner}\n`;
  return Array.isArray(content) ? inner : GAP;
}

const SKIPPED: ReadonlySet<string> = new Set(['blockquote', 'codeBlock']);
const BLOCKS: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'listItem',
  'taskItem',
  'decisionItem',
  'tableCell',
  'tableHeader',
  'panel',
  'expand',
  'nestedExpand',
]);

function isStruck(marks: unknown): boolean {
  return (
    Array.isArray(marks) &&
    marks.some((mark: unknown) => {
      const type: unknown = typeof mark === 'object' && mark !== null ? Reflect.get(mark, 'type') : undefined;
      return type === 'code' || type === 'strike';
    })
  );
}

function markdownText(body: string): string {
  return proseLines(body)
    .join('\n')
    .replaceAll(/(?<!`)(`{1,5})(?!`).{1,1000}?(?<!`)\1(?!`)/g, GAP)
    .replaceAll(/~~[^~\n]{1,1000}~~/g, GAP)
    .replaceAll(/!?\[([^[\]\n]{0,500})\]\([^()\n]{0,1000}\)/g, '$1')
    .replaceAll(/https?:\/\/\S+/g, GAP)
    .replaceAll(/<[^<>\n]{1,1000}>/g, GAP)
    .replaceAll(/[*_\\]+/g, '');
}

/** The lines that are neither in a block of code nor in a quotation, without the signs that make them a list or a title. */
function proseLines(body: string): readonly string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  let isQuoted = false;
  let isCode = false;
  let isInList = false;
  let wasBlank = true;
  for (const line of body.split(/\r\n|[\r\n]/)) {
    const [, marker] = FENCE.exec(line) ?? [];
    if (fence !== undefined || marker !== undefined) {
      const isEnd = fence !== undefined && marker?.startsWith(fence) && line.trim() === marker;
      fence = isEnd ? undefined : (fence ?? marker);
      continue;
    }
    const isBlank = line.trim() === '';
    const isIndented = /^( {4}|\t)/.test(line);
    if (LISTED.test(line)) isInList = true;
    else if (!isBlank && !/^\s/.test(line)) isInList = false;
    // Below an item of a list, what is indented belongs to the item.
    isCode = isIndented && !isInList && (wasBlank || isCode);
    // A quotation goes on until a blank line, with the sign before its lines or without.
    isQuoted = QUOTED.test(line) || (isQuoted && !isBlank);
    if (!isCode && !isQuoted) lines.push(line.replace(LISTED, '').replace(TITLE, '').replaceAll('|', '\n'));
    wasBlank = isBlank;
  }
  return lines;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const LISTED = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ x]\]\s+)?/i;
const TITLE = /^ {0,3}#{1,6}\s+/;
const QUOTED = /^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])\s+)?>/;

/** What stands between quotation marks is somebody else's, or a name. */
function withoutQuoted(text: string): string {
  return text.replaceAll(/"[^"\n]{0,500}"|“[^“”\n]{0,500}”|„[^„“”\n]{0,500}[“”]|«[^«»\n]{0,500}»/g, GAP);
}
