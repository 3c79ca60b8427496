import type { IssueEvent, NamedValue } from './issue.ts';

/*
 * An issue that moves gets another key. Histories go on naming the key of their day, while what a tracker shows now, and
 * the removal of a link, name the new one. A link is one link all the same.
 */

/** The links that are held at some moment: how each was called when it was made, and the words that tell of it. */
export type HeldLinks = Map<string, string>;

/** Takes in a change of links; what a removal took away is found under the key it was made with. */
export function changeLinks(held: HeldLinks, change: Pick<IssueEvent, LinkPart>): void {
  const gone = removedLink(held, change);
  if (gone !== undefined) held.delete(gone);
  const { to, toName } = change;
  if (to && !held.has(to)) held.set(to, linkWords(to, toName));
}

/**
 * Which of the links that are held a change takes away: the one of its key, else the first that has the same words and
 * was made with a key of another project.
 *
 * @example removedLink(new Map([['OPS-1', 'is blocked by']]), { from: 'PAY-7', fromName: 'is blocked by PAY-7' })
 *   // => 'OPS-1'
 */
export function removedLink(
  held: ReadonlyMap<string, string>,
  { from, fromName }: Pick<IssueEvent, 'from' | 'fromName'>,
): string | undefined {
  if (!from) return undefined;
  if (held.has(from)) return from;
  const words = linkWords(from, fromName);
  return [...held].find(([key, said]) => said === words && isOfOtherProject(key, from))?.[0];
}

/**
 * The links an issue began with, by undoing its recorded changes, oldest first, from those it has now. What the tracker
 * shows now is known by its value and its aliases. A removal under a key that was never added is that of a link whose
 * other end had moved, where one is left that would otherwise never have ended.
 */
export function startingLinks(
  current: readonly NamedValue[],
  changes: readonly IssueEvent[],
): readonly string[] {
  const identityOf = identities(current, changes);
  const held = new Set(current.map(({ value }) => value));
  for (const { from, to } of changes.toReversed()) {
    if (to) held.delete(identityOf(to));
    if (from) held.add(identityOf(from));
  }
  return [...held];
}

/** The words of a link without the key in them: `This issue is blocked by`. */
export function linkWords(key: string, sentence = ''): string {
  return sentence.replace(key, '').trim();
}

/** Whether two keys are of different projects: within one, an issue never gets another number. */
export function isOfOtherProject(key: string, other: string): boolean {
  return projectOf(key) !== projectOf(other);
}

const projectOf = (key: string): string => key.replace(/-\d+$/, '');

type LinkPart = 'from' | 'fromName' | 'to' | 'toName';

/** By which of its names a link goes throughout. */
function identities(current: readonly NamedValue[], changes: readonly IssueEvent[]): (key: string) => string {
  const known = new Map(
    current.flatMap(({ value, aliases = [] }) => [value, ...aliases].map((name) => [name, value] as const)),
  );
  const identityOf = (key: string): string => {
    const other = known.get(key);
    return other === undefined || other === key ? key : identityOf(other);
  };
  const now = new Set(current.map(({ value }) => value));
  const lastNamed = new Map(
    changes.flatMap(({ from, to }, i) => [from, to].flatMap((key) => (key ? [[key, i] as const] : []))),
  );
  const added = new Set<string>();
  const open: HeldLinks = new Map();
  changes.forEach((change, i) => {
    const { from, to, toName } = change;
    const own = from && identityOf(from);
    if (own && !open.delete(own) && !added.has(own)) {
      const unended = new Map([...open].filter(([key]) => !now.has(key) && (lastNamed.get(key) ?? 0) < i));
      const other = removedLink(unended, change);
      if (other !== undefined) {
        known.set(other, own);
        open.delete(other);
      }
    }
    if (to) {
      added.add(identityOf(to));
      open.set(identityOf(to), linkWords(to, toName));
    }
  });
  return identityOf;
}
