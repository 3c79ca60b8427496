import type { IssueEvent, NamedValue } from '#domain/issue.ts';
import { changeLinks, type HeldLinks, isOfOtherProject } from '#domain/links.ts';
import type { JiraIssue } from './schemas.ts';

/**
 * The issues linked to, each once, by the id that outlives a move, with the words that Jira's history tells of the link
 * and the key under which it does.
 *
 * Jira shows a linked issue under its present key; the history goes on naming the one it had. A link that the history does
 * not name is taken for one that it does not see end and that Jira shows no more: one of the same words and of another
 * project before any other. So nothing that was recorded is taken to be older than its record, also where the linked issue
 * is out of our sight. What is left was there from the beginning.
 */
export function linkedIssues(
  links: JiraIssue['fields']['issuelinks'],
  recorded: readonly IssueEvent[],
): readonly NamedValue[] {
  const shown = new Map((links ?? []).flatMap(shownLink).map((link) => [link.value, link]));
  const told = addedLinks(recorded);
  const known = new Map<string, string>();
  const claim = ({ value }: ShownLink, key: string | undefined): void => {
    if (key === undefined) return;
    known.set(value, key);
    told.delete(key);
  };
  for (const link of shown.values()) claim(link, told.has(link.key) ? link.key : undefined);
  for (const isLikely of LIKELY) {
    for (const link of shown.values()) {
      if (known.has(link.value) || isNamed(link, recorded)) continue;
      const before = [...told].find(([key, words]) =>
        isLikely(link.words === words, isOfOtherProject(key, link.key)),
      );
      claim(link, before?.[0]);
    }
  }
  return [...shown.values()].map(({ value, key, words }) => {
    const alias = known.get(value) ?? (isNamed({ key }, recorded) ? key : undefined);
    return {
      value,
      ...(words === '' ? {} : { name: words }),
      ...(alias === undefined || alias === value ? {} : { aliases: [alias] }),
    };
  });
}

interface ShownLink {
  readonly value: string;
  readonly key: string;
  readonly words: string;
}

function shownLink({
  type,
  inwardIssue,
  outwardIssue,
}: NonNullable<JiraIssue['fields']['issuelinks']>[number]): readonly ShownLink[] {
  const other = inwardIssue ?? outwardIssue;
  if (!other) return [];
  const { id, key } = other;
  const phrase = inwardIssue ? type?.inward : type?.outward;
  return [{ value: id ?? key, key, words: phrase ? `This issue ${phrase}` : '' }];
}

/** The links that the history sees made and not end, by the key it names them with, and their words. */
function addedLinks(recorded: readonly IssueEvent[]): HeldLinks {
  const held: HeldLinks = new Map();
  for (const event of recorded) if (event.field === 'links') changeLinks(held, event);
  return held;
}

function isNamed({ key }: Pick<ShownLink, 'key'>, recorded: readonly IssueEvent[]): boolean {
  return recorded.some(({ field, from, to }) => field === 'links' && (from === key || to === key));
}

/** Likeliest first: it moved; it moved and its kind of link was renamed; it moved out of its project and back. */
const LIKELY: readonly ((hasSameWords: boolean, isMoved: boolean) => boolean)[] = [
  (hasSameWords, isMoved) => hasSameWords && isMoved,
  (_, isMoved) => isMoved,
  (hasSameWords) => hasSameWords,
];
