import type { Claim } from '#domain/claim.ts';
import type { Instant, Issue, PersonHash } from '#domain/issue.ts';
import { claimOf, oldestFirst, type ShownComment, withClaims } from '../claims.ts';
import { endlessWalkGuard } from '../progress.ts';
import { proseOf } from '../prose.ts';
import type { ChangeBatch, IssueBatch, Reread, StoredIssues } from '../tracker.ts';
import type { LinearClient } from './client.ts';
import { COMMENTED, COMMENTS } from './documents.ts';
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
  for await (const comments of pages(client, filter, COMMENTS)) {
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

/** A comment may be shown late: so much is asked for once more. */
const OVERLAP_MS = 120_000;

/**
 * What changed, with what comments claim of it: one question more for each time that changes are asked for. Writing a
 * comment may leave its issue unchanged, so issues with new comments are added as they are stored. Which comments were
 * deleted Linear does not tell: that is seen when the issue is read after a webhook, or with everything.
 */
export async function* changedWithClaims(
  client: LinearClient,
  batches: AsyncIterable<ChangeBatch>,
  {
    since,
    stored,
    filter,
    personHash,
  }: {
    readonly since: Instant;
    readonly stored: StoredIssues;
    readonly filter: object;
    readonly personHash: (id: string) => PersonHash;
  },
): AsyncGenerator<ChangeBatch> {
  const gte = new Date(since - OVERLAP_MS).toISOString();
  const found = new Set<string>();
  for await (const comments of pages(client, { issue: filter, updatedAt: { gte } }, COMMENTED)) {
    for (const { issueId } of comments) if (issueId != null) found.add(issueId);
  }
  let commented = [...found];
  for await (const batch of batches) {
    const read = new Set(batch.issues.map(({ id }) => id));
    const held = await stored([...read, ...commented]);
    const others = commented.flatMap((id) => (read.has(id) ? [] : (held.get(id) ?? [])));
    const wanted = [...read].filter((id) => commented.includes(id) || !held.has(id));
    const claims = await claimsOf(client, [...wanted, ...others.map(({ id }) => id)], personHash);
    const isNews = ({ id, claims: before }: Issue) =>
      JSON.stringify(before ?? []) !== JSON.stringify(claims.get(id) ?? []);
    yield { ...batch, issues: [...allWith(batch.issues, claims), ...allWith(others.filter(isNews), claims)] };
    commented = commented.filter((id) => !held.has(id));
  }
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

/** Page after page; a comment may stand on two of them when others were written meanwhile. */
async function* pages(
  client: LinearClient,
  filter: object,
  question: typeof COMMENTS | typeof COMMENTED,
): AsyncGenerator<readonly LinearComment[]> {
  const watch = endlessWalkGuard(client.source, 'comments');
  const seen = new Set<string>();
  for (let after: string | null | undefined; ; ) {
    const { data } = await client.ask(question, {
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
