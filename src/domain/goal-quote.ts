import { MONTH } from './goal-values.ts';

const LONGEST = 80;

/**
 * The first line of what is said, without mentions, addresses, links and whatever is written like a name. `names` are
 * known ones, which go however they are written.
 *
 * @example quoted('Mary Smith says that anna@acme.test cannot pay\nand more') // => '… says that … cannot pay'
 * @example quoted('ask mary about SSO', ['Mary Smith']) // => 'ask … about SSO'
 */
export function quoted(said: string, names: readonly string[] = []): string {
  const known = new Set(names.flatMap((name) => wordsOf(name).map((word) => word.toLowerCase())));
  const bare = firstLine(said)
    .replaceAll(/\[~[^\]]*\]|@\S+|\S+@\S+|https?:\/\/\S+|\+?\p{N}(?:[ ()/-]?\p{N}){8,}/gu, '…')
    .replaceAll(/[\p{L}\p{M}][\p{L}\p{M}\p{N}_'’-]*/gu, (word) => (isLikeName(word, known) ? '…' : word))
    .replaceAll(/(?:\s*(?:\.{2,}|…))+/g, ' …')
    .replaceAll(/[*_`~]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/[\s.;…]+$/, '')
    .trim();
  return bare.length <= LONGEST ? bare : `${bare.slice(0, LONGEST - 1).trimEnd()}…`;
}

/** The first line that says something; of a table the first cell of its first row. */
function firstLine(said: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.replace(/^(?:[\s*_:+>#•–—-]|\d{1,2}[.)]\s)+|[\s|]+$/gu, ''));
  const line = lines.find((one) => one !== '') ?? '';
  if (!line.startsWith('|')) return line;
  const row = lines.filter((one) => one.startsWith('|') && /\p{L}|\p{N}/u.test(one)).at(1) ?? line;
  return row.split('|').find((cell) => cell.trim() !== '') ?? '';
}

/** Scripts without capitals do not tell names apart, so nothing of them is quoted. */
function isLikeName(word: string, known: ReadonlySet<string>): boolean {
  if (wordsOf(word).some((part) => known.has(part.toLowerCase()))) return true;
  if (/\p{Lo}/u.test(word)) return true;
  return /^\p{Lu}[\p{L}\p{N}_]/u.test(word) && !KNOWN.test(word);
}

function wordsOf(name: string): readonly string[] {
  return name.split(/[^\p{L}\p{M}]+/u).filter((word) => word.length > 1);
}

/** Words that are written like names and are none. */
const KNOWN = new RegExp(
  `^(?:${MONTH}|[QH][1-4]|API|SSO|KPI|NPS|CSAT|SLA|SLO|SLI|SMS|PDF|CSV|UI|UX|URL|SQL|CPU|AWS|GDPR|MRR|ARR|CTR|ROI|IT|HR|EUR|USD|GBP|iOS)$`,
  'i',
);
