import type { IssueEvent, NamedValue } from '#domain/issue.ts';
import { endlessWalkGuard } from '../progress.ts';
import type { LinearClient } from './client.ts';
import { RELATIONS } from './documents.ts';
import { type Mirrors, readMirrors } from './mirrors.ts';
import { MOST_ROWS } from './workspace.ts';

/** Which end of a relation an issue is: Linear keeps each once, and shows it to both. */
export type Side = 'from' | 'to';

/** By what an issue goes, and went before it moved. */
export interface Names {
  readonly identifier: string;
  readonly previousIdentifiers: readonly string[];
}

/**
 * A link to another issue: the first key it ever had, which no move changes, the others, and the sentence that Jira
 * would write of it, so that nothing past the trackers has to know two vocabularies.
 */
export function linkTo({ identifier, previousIdentifiers }: Names, type: string, side: Side): NamedValue {
  const phrase = PHRASES[type]?.[side];
  const [value, ...aliases] = [...previousIdentifiers, identifier];
  return {
    value,
    ...(phrase === undefined ? {} : { name: sentence(phrase, value) }),
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}

/**
 * The links with no other names than those that a history has for them: it does not change when the other end moves, so
 * an issue that was not read since is like one that was.
 */
export function asTold(links: readonly NamedValue[], recorded: readonly IssueEvent[]): readonly NamedValue[] {
  const told = new Set(recorded.flatMap(({ field, from, to }) => (field === 'links' ? [from, to] : [])));
  return links.map(({ aliases = [], ...link }) => {
    const own = aliases.filter((alias) => told.has(alias));
    return own.length === 0 ? link : { ...link, aliases: own };
  });
}

const sentence = (phrase: string, identifier: string): string => `This issue ${phrase} ${identifier}`;

const PHRASES: Readonly<Record<string, Readonly<Record<Side, string>> | undefined>> = {
  blocks: { from: 'blocks', to: 'is blocked by' },
  duplicate: { from: 'duplicates', to: 'is duplicated by' },
  related: { from: 'relates to', to: 'relates to' },
  similar: { from: 'is similar to', to: 'is similar to' },
};

/**
 * A change of links in the history, whose type is two letters: `a` added or `r` removed, and what the issue whose
 * history it is does to the other. Linear does not describe them; they are those of its keyboard shortcuts.
 */
export function linkChange({ identifier, type }: { readonly identifier: string; readonly type: string }) {
  const phrase = CHANGES[type.slice(1)];
  const name = phrase === undefined ? undefined : sentence(phrase, identifier);
  return type.startsWith('r')
    ? { from: identifier, ...(name === undefined ? {} : { fromName: name }) }
    : { to: identifier, ...(name === undefined ? {} : { toName: name }) };
}

const CHANGES: Readonly<Record<string, string | undefined>> = {
  b: 'is blocked by',
  x: 'blocks',
  r: 'relates to',
  d: 'duplicates',
  o: 'is duplicated by',
  s: 'is similar to',
};

/** The links of every issue that has any, by issue id, where it is mirrored, and Linear's clock when the sweep began. */
export interface Links {
  readonly of: (issueId: string) => readonly NamedValue[];
  readonly mirrorsOf: Mirrors;
  readonly date: number;
}

/** Reads every relation of the workspace, 250 at a time: one for three issues or so, against two lists for each. */
export async function readLinks(client: LinearClient): Promise<Links> {
  const byIssue = new Map<string, Map<string, NamedValue>>();
  const add = (issueId: string, link: NamedValue): void => {
    const links = byIssue.get(issueId) ?? new Map<string, NamedValue>();
    byIssue.set(issueId, links.set(link.value, link));
  };
  const watch = endlessWalkGuard(client.source, 'relations');
  let begun: number | undefined;
  for (let after: string | null | undefined; ; ) {
    const { data, date } = await client.ask(RELATIONS, {
      first: MOST_ROWS,
      ...(after == null ? {} : { after }),
    });
    begun ??= date;
    for (const { type, issue, relatedIssue } of data.issueRelations.nodes) {
      add(issue.id, linkTo(relatedIssue, type, 'from'));
      add(relatedIssue.id, linkTo(issue, type, 'to'));
    }
    const { hasNextPage, endCursor } = data.issueRelations.pageInfo;
    if (!hasNextPage) {
      const mirrorsOf = data.mirrored.nodes.length === 0 ? () => [] : await readMirrors(client);
      return { of: (issueId) => [...(byIssue.get(issueId)?.values() ?? [])], mirrorsOf, date: begun };
    }
    watch(data.issueRelations.nodes.length > 0);
    after = endCursor;
  }
}
