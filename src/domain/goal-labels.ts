import { type TableReader, tableReader } from './goal-table.ts';
import { type Announced, LABELLED, type Label, labelIn } from './goal-words.ts';

/**
 * What the headings, labels and tables of a text announce, in their order. A label stands at the beginning of a line
 * or a sentence and has a colon (a dash or an arrow will do as well), or it stands alone on a line that is no item of a
 * list.
 *
 * @example announced('Why: they leave. Owner: @x') // => [{ label: 'problem', said: 'they leave.' }, { label: 'owner', said: '@x' }]
 */
export function announced(text: string): readonly Announced[] {
  const out: Writable[] = [];
  let open: Writable | undefined;
  const begin = (label: Label | undefined, said: string): void => {
    open = label === undefined ? undefined : { label, said };
    if (open !== undefined) out.push(open);
  };
  let table: TableReader | undefined;
  for (const line of text.split('\n')) {
    if (line.trimStart().startsWith('|')) {
      table ??= tableReader(line, open?.label);
      const found = table(line);
      if (found === undefined && open !== undefined) open.said += `\n${line}`;
      out.push(...(found ?? []));
      continue;
    }
    table = undefined;
    const begun = begunBy(line);
    const [first = '', ...rest] = sentences(begun?.said ?? line);
    if (begun !== undefined) begin(begun.label, first);
    else if (isHeading(line)) open = undefined;
    else if (open !== undefined) open.said += `\n${first}`;
    for (const sentence of rest) {
      const inner = begunBy(sentence);
      // Without anything behind it, it is a sentence and no heading.
      if (inner?.label !== undefined && inner.said.trim() !== '') begin(inner.label, inner.said);
      else if (open !== undefined) open.said += sentence;
    }
  }
  return out.map(({ label, said }) => ({ label, said: said.trim() }));
}

type Writable = { -readonly [K in keyof Announced]: Announced[K] };

/** What may stand before a label: signs, emoji and numbers of a list; not what makes code or a mention of it. */
const BEFORE = '(?:[^\\p{L}\\p{N}|@`$/."\'<\\[({&=\\\\]|\\d+[.)]|h[1-6]\\.|\\[[ x]?\\])*(?:the )?';
const ANNOUNCING = new RegExp(
  `^(?<before>${BEFORE})(?:${LABELLED})(?:\\s*\\([^()\\n]{0,40}\\))?(?<after>[*_]*\\s*[:：][*_]*|[*_]*\\s+(?:->|=>|[–—→-])(?=\\s)|[\\s*_?#:–—-]*$)`,
  'iu',
);
/** "Owner is the growth team": who it is, not what is the matter with the field. */
const OWNER_IS = /^(?:the )?owner is (?:@|the [\p{L} ]{1,30}(?:team|squad|group)\b|(?-i:\p{Lu}))/iu;
/** A label of something else ends what was said under the one before. */
const OTHER = /^[^\p{L}\p{N}|]*\p{Lu}[\p{L}\p{N}/&'’-]{1,20}(?: [\p{L}\p{N}/&'’-]{1,20}){0,2}:(?:\*\*|\s|$)/u;
const ITEM = /^\s*[-+•*]\s/;

function begunBy(line: string): { readonly label: Label | undefined; readonly said: string } | undefined {
  const found = ANNOUNCING.exec(line);
  if (found === null) {
    if (OWNER_IS.test(line.trim())) return { label: 'owner', said: line };
    return OTHER.test(line) ? { label: undefined, said: '' } : undefined;
  }
  const { after = '' } = found.groups ?? {};
  const isAlone = !/[:：]|->|=>|[–—→-]/.test(after) && line.length === found[0].length;
  // An item of a list that is only one word is one of a list of words.
  if (isAlone && ITEM.test(line) && !/[*_]/.test(after)) return undefined;
  return { label: labelIn(found), said: line.slice(found[0].length) };
}

/** A line and what follows in it behind the end of a sentence, where a label may begin. */
function sentences(line: string): readonly string[] {
  return line.split(/(?<=[.;!?…•]\s)|(?<=\s\/\s)/);
}

function isHeading(line: string): boolean {
  return /^\s*(?:#+|h[1-6]\.)\s*\S/i.test(line) || /^\s*(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*$/.test(line);
}
