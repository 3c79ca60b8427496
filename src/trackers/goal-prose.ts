/**
 * The description of a goal as lines in which headings, emphasis, lists and tables are still marked, which announce what
 * is said: without code and what is struck out, and without whom it mentions. From anything else comes nothing.
 */
export const goalProse = {
  /** Atlassian's document format, a tree of nodes. */
  document: (body: unknown): string =>
    written(body, 0)
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
  /** Markdown, as Linear keeps it. */
  markdown: (body: string): string =>
    withoutCode(withoutComments(body.slice(0, LONGEST)))
      .replaceAll(/`[^`\n]{1,1000}`|~~[^~\n]{1,1000}~~|!\[[^[\]\n]{0,500}\]\([^()\n]{0,1000}\)/g, GAP)
      // Linear writes whom it mentions as a link to their page.
      .replaceAll(/\[[^[\]\n]{0,500}\]\([^()\n]{0,500}\/profiles\/[^()\n]{0,500}\)/g, PERSON)
      .replaceAll(/\[([^[\]\n]{1,500})\]\([^()\n]{0,1000}\)/g, '$1')
      .replaceAll(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1'),
} as const;

/** What is read of a text: nobody states a goal further down. */
const LONGEST = 50_000;
/** Stands for what was taken out. */
const GAP = '…';
/** Stands for somebody who is mentioned: that there is an owner is a fact, who it is is not ours to keep. */
const PERSON = '@…';

/** Templates tell in comments what to write. */
function withoutComments(text: string): string {
  const [first = '', ...rest] = text.split('<!--');
  return first + rest.map((part) => part.slice(part.indexOf('-->') + 1 && part.indexOf('-->') + 3)).join('');
}

function withoutCode(text: string): string {
  let fence: string | undefined;
  const prose = text.split(/\r?\n/).filter((line) => {
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const isInside = fence !== undefined || marker !== undefined;
    if (fence === undefined) fence = marker;
    else if (marker?.startsWith(fence) === true) fence = undefined;
    return !isInside;
  });
  return prose.join('\n');
}

/** Deeper than anybody writes; a tree that goes on is not read to its end. */
const DEEPEST = 40;

interface DocumentNode {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly content?: unknown;
  readonly marks?: unknown;
  readonly attrs?: unknown;
}

function written(node: unknown, depth: number): string {
  if (typeof node !== 'object' || node === null || depth > DEEPEST) return '';
  const { type, text, content, marks, attrs }: DocumentNode = node;
  if (typeof text === 'string') return marked(text, marks);
  const inner = (): string =>
    Array.isArray(content) ? content.map((child) => written(child, depth + 1)).join('') : '';
  const line = (): string =>
    inner()
      .trim()
      .replaceAll(/\s*\n\s*/g, ' ');
  switch (type) {
    case 'codeBlock':
      return '\n';
    case 'hardBreak':
      return '\n';
    case 'mention':
      return PERSON;
    case 'date':
      return dayOf(attribute(attrs, 'timestamp'));
    case 'status':
      return attribute(attrs, 'text');
    case 'heading':
      return `\n\n## ${line()}\n`;
    case 'expand':
    case 'nestedExpand': {
      const title = attribute(attrs, 'title');
      return `${title === '' ? '' : `\n\n## ${title}\n`}${inner()}\n`;
    }
    case 'listItem':
    case 'taskItem':
    case 'decisionItem':
      return `\n- ${line()}`;
    case 'tableRow':
      return `\n|${Array.isArray(content) ? content.map((cell) => ` ${cellText(cell, depth)} |`).join('') : ''}`;
    case 'paragraph':
    case 'panel':
    case 'blockquote':
    case 'bulletList':
    case 'orderedList':
    case 'table':
      return `\n\n${inner()}\n`;
    default:
      return inner();
  }
}

function cellText(cell: unknown, depth: number): string {
  return written(cell, depth + 1)
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', '/');
}

function marked(text: string, marks: unknown): string {
  const kinds = Array.isArray(marks)
    ? marks.map((mark: unknown) =>
        typeof mark === 'object' && mark !== null ? Reflect.get(mark, 'type') : '',
      )
    : [];
  if (kinds.includes('code') || kinds.includes('strike')) return GAP;
  const bare = text.trim();
  if (bare === '') return text;
  const sign = kinds.includes('strong') ? '**' : kinds.includes('em') ? '_' : '';
  return text.replace(bare, () => `${sign}${bare}${sign}`);
}

function attribute(attrs: unknown, name: string): string {
  const value: unknown = typeof attrs === 'object' && attrs !== null ? Reflect.get(attrs, name) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A date is written as milliseconds of midnight in UTC. */
function dayOf(timestamp: string): string {
  const at = Number(timestamp);
  return timestamp !== '' && Math.abs(at) < 8e14 ? new Date(at).toISOString().slice(0, 10) : '';
}
