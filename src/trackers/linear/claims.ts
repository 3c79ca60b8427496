import { isDeepStrictEqual } from 'node:util';
import type { Claim } from '#domain/claim.ts';
import type { Instant, Issue, PersonHash } from '#domain/issue.ts';
import { claimOf, oldestFirst, type ShownComment, withClaims } from '../claims.ts';
import { endlessWalkGuard } from '../progress.ts';
import { proseOf } from '../prose.ts';
import type { ChangeBatch, IssueBatch, Reread, StoredIssues } from '../tracker.ts';
import type { LinearClient } from './client.ts';
import { COMMENTS } from './documents.ts';
import type { LinearComment } from './schemas.ts';
import { MOST_ROWS } from './workspace.ts';

/** Claims by issue id. */
export type Claims = ReadonlyMap<string, readonly Claim[]>;

/** What all comments of a filter claim: 250 of them a question, of which only claims are kept from page to page. */
export async function readClaims(
  client: LinearClient,
  filter: object,
  personHash: (id: string) => PersonHash,
): Promise<Claims> {
  const found = new Map<string, { readonly issue: string; readonly claim: Claim }>();
  for await (const comments of pages(client, filter)) {
    for (const comment of comments) {
      const claim = claimOf(shownComment(comment, personHash));
      if (claim === undefined) found.delete(comment.id);
      else found.set(comment.id, { issue: comment.issueId ?? '', claim });
    }
  }
  const byIssue = Map.groupBy(found.values(), ({ issue }) => issue);
  return new Map([...byIssue].map(([id, some]) => [id, oldestFirst(some.map(({ claim }) => claim))]));
}

/** The issues of a walk with what their comments claim. */
export async function* walkedWithClaims(
  batches: AsyncIterable<IssueBatch>,
  claims: Claims,
): AsyncGenerator<IssueBatch> {
  for await (const batch of batches) {
    yield {
      ...batch,
      issues: batch.issues.map((issue) => ({ ...issue, claims: claims.get(issue.id) ?? [] })),
    };
  }
}

/** Some issues, read as they are now, with what their comments claim. */
export async function readWithClaims(
  client: LinearClient,
  reread: Reread,
  personHash: (id: string) => PersonHash,
): Promise<Reread> {
  const claims = await claimsOf(
    client,
    reread.issues.map(({ id }) => id),
    personHash,
  );
  return { ...reread, issues: allWith(reread.issues, claims) };
}

/** Comments of a time that is asked about, so many of them, and what of the list follows. */
export interface HeardComments {
  readonly nodes: readonly LinearComment[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}

/**
 * What changed, with what comments claim of it. A poll brings the comments that were written or rewritten since, which
 * are put with the claims that are stored; a further question is for what it had no room for, and for issues whose
 * comments were never looked through. Writing a comment may leave its issue unchanged, so issues of which one claims
 * something else now are added as they are stored. Which comments were deleted Linear does not tell: that is seen when
 * the issue is read after a webhook, or with everything.
 */
export async function* changedWithClaims(
  client: LinearClient,
  batches: AsyncIterable<ChangeBatch>,
  {
    since,
    stored,
    filter,
    heard,
    personHash,
  }: {
    /** From when on all comments are heard. */
    readonly since: Instant;
    readonly stored: StoredIssues;
    /** Which comments these are. */
    readonly filter: object;
    /** What the poll brought of them, once the first batch is there. */
    readonly heard: () => HeardComments | undefined;
    readonly personHash: (id: string) => PersonHash;
  },
): AsyncGenerator<ChangeBatch> {
  let said: ReadonlyMap<string, Said> | undefined;
  const open = new Set<string>();
  for await (const batch of batches) {
    if (said === undefined) {
      said = await allHeard(client, heard(), filter, personHash);
      for (const id of said.keys()) open.add(id);
    }
    const heardOf = said;
    const read = new Map(batch.issues.map((issue) => [issue.id, issue]));
    const held = await stored([...new Set([...read.keys(), ...open])]);
    const others = [...open].flatMap((id) => (read.has(id) ? [] : (held.get(id) ?? [])));
    // Before these there is nothing that could have been heard: nobody listened, or it was not among ours.
    const unheard = [...read.values(), ...others].filter(({ id, createdAt }) => {
      const before = held.get(id);
      return before === undefined ? createdAt < since : heardOf.has(id) && before.claims === undefined;
    });
    const asked = await claimsOf(
      client,
      unheard.map(({ id }) => id),
      personHash,
    );
    const claimsNow = ({ id }: Issue): readonly Claim[] | undefined => {
      const before = held.get(id);
      if (before !== undefined && !heardOf.has(id)) return undefined;
      return asked.get(id) ?? unitedClaims(before?.claims ?? [], heardOf.get(id));
    };
    const withNow = (issue: Issue): Issue => withClaims(issue, claimsNow(issue));
    const news = others.filter((issue) => !isDeepStrictEqual(issue.claims, claimsNow(issue)));
    yield { ...batch, issues: [...batch.issues, ...news].map(withNow) };
    for (const id of held.keys()) open.delete(id);
  }
}

/** What comments of an issue claim, by their id; undefined where one claims nothing. */
type Said = ReadonlyMap<string, Claim | undefined>;

/** What the comments that were heard say, by issue, of which nothing but claims is kept. */
async function allHeard(
  client: LinearClient,
  heard: HeardComments | undefined,
  filter: object,
  personHash: (id: string) => PersonHash,
): Promise<ReadonlyMap<string, Said>> {
  const said = new Map<string, Map<string, Claim | undefined>>();
  const take = (comments: readonly LinearComment[]): void => {
    for (const comment of comments) {
      if (comment.issueId == null) continue;
      const ofIssue = said.get(comment.issueId) ?? new Map<string, Claim | undefined>();
      said.set(comment.issueId, ofIssue.set(comment.id, claimOf(shownComment(comment, personHash))));
    }
  };
  take(heard?.nodes ?? []);
  const { hasNextPage = false, endCursor } = heard?.pageInfo ?? {};
  if (hasNextPage) for await (const comments of pages(client, filter, endCursor)) take(comments);
  return said;
}

function unitedClaims(before: readonly Claim[], said: Said = new Map()): readonly Claim[] {
  const now = [...said.values()].flatMap((claim) => claim ?? []);
  return oldestFirst([...before.filter(({ commentId }) => !said.has(commentId)), ...now]);
}

function allWith(issues: readonly Issue[], claims: Claims): readonly Issue[] {
  return issues.map((issue) => withClaims(issue, claims.get(issue.id)));
}

const IDS_A_QUESTION = 100;

/** What the comments of some issues claim; an issue without any has an empty list. */
async function claimsOf(
  client: LinearClient,
  ids: readonly string[],
  personHash: (id: string) => PersonHash,
): Promise<Claims> {
  const all = new Map<string, readonly Claim[]>(ids.map((id) => [id, []]));
  for (let at = 0; at < ids.length; at += IDS_A_QUESTION) {
    const filter = { issue: { id: { in: ids.slice(at, at + IDS_A_QUESTION) } } };
    for (const [id, claims] of await readClaims(client, filter, personHash)) all.set(id, claims);
  }
  return all;
}

/** Page after page, from a place on; a comment may stand on two of them when others were written meanwhile. */
async function* pages(
  client: LinearClient,
  filter: object,
  from?: string | null,
): AsyncGenerator<readonly LinearComment[]> {
  const watch = endlessWalkGuard(client.source, 'comments');
  const seen = new Set<string>();
  for (let after = from; ; ) {
    const { data } = await client.ask(COMMENTS, {
      first: MOST_ROWS,
      filter,
      ...(after == null ? {} : { after }),
    });
    const before = seen.size;
    for (const { id } of data.comments.nodes) seen.add(id);
    yield data.comments.nodes;
    const { hasNextPage, endCursor } = data.comments.pageInfo;
    if (!hasNextPage) return;
    watch(seen.size > before);
    after = endCursor;
  }
}

function shownComment(
  { id, createdAt, editedAt, body, url, user }: LinearComment,
  personHash: (id: string) => PersonHash,
): ShownComment {
  return {
    id,
    writtenAt: editedAt ?? createdAt,
    prose: proseOf.markdown(body ?? ''),
    ...(user ? { author: personHash(user.id) } : {}),
    url: url ?? '',
  };
}
