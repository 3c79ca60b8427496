import { type Claim, claimIn } from '#domain/claim.ts';
import type { Instant, Issue, PersonHash } from '#domain/issue.ts';

/** A comment as a tracker showed it. Its words go no further than here. */
export interface ShownComment {
  readonly id: string;
  readonly writtenAt: Instant;
  readonly prose: string;
  readonly author?: PersonHash;
  readonly url: string;
}

/** What some comments of an issue claim, oldest first. */
export function claimsIn(comments: readonly ShownComment[]): readonly Claim[] {
  return oldestFirst(comments.flatMap((comment) => claimOf(comment) ?? []));
}

/** What one comment claims, if anything; nothing else of it is kept. */
export function claimOf({ id, writtenAt, prose, author, url }: ShownComment): Claim | undefined {
  const phrase = claimIn(prose);
  if (phrase === undefined) return undefined;
  return { commentId: id, at: writtenAt, phrase, ...(author === undefined ? {} : { author }), url };
}

export function oldestFirst(claims: readonly Claim[]): readonly Claim[] {
  return claims.toSorted((a, b) => a.at - b.at || (a.commentId < b.commentId ? -1 : 1));
}

/** The issue with what its comments claim, which replaces what they claimed before. */
export function withClaims(issue: Issue, claims: readonly Claim[] | undefined): Issue {
  return claims === undefined ? issue : { ...issue, claims };
}
