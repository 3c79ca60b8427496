import type { Claim } from '#domain/claim.ts';
import { claimsIn, type ShownComment } from '../claims.ts';
import { endlessWalkGuard } from '../progress.ts';
import { proseOf } from '../prose.ts';
import type { JiraClient } from './client.ts';
import type { JiraReading } from './events.ts';
import { commentPage, type JiraComment, type JiraIssue } from './schemas.ts';

/** The field that holds an issue's comments, those that Jira shows with it. */
export const COMMENTS = 'comment';

const COMMENTS_A_PAGE = 100;

/**
 * What the comments of some issues claim, by issue id; nothing where comments are not read. They come with the issue,
 * at no request of their own; an issue that has more of them than Jira shows costs one for each hundred.
 */
export async function readClaims(
  client: JiraClient,
  issues: readonly JiraIssue[],
  reading: JiraReading,
): Promise<ReadonlyMap<string, readonly Claim[]>> {
  const claims = new Map<string, readonly Claim[]>();
  const { siteUrl } = reading;
  if (siteUrl === undefined) return claims;
  for (const issue of issues) {
    const comments = await commentsOf(client, issue, reading.source);
    claims.set(issue.id, claimsIn(comments.map((comment) => shownComment(comment, issue, siteUrl, reading))));
  }
  return claims;
}

async function commentsOf(
  client: JiraClient,
  { id, key, fields }: JiraIssue,
  source: string,
): Promise<readonly JiraComment[]> {
  const inline = inlineComments.parse(fields[COMMENTS]);
  const total = inline?.total ?? inline?.comments.length ?? 0;
  if (inline === undefined || total <= inline.comments.length) return inline?.comments ?? [];
  const all = new Map<string, JiraComment>();
  const watch = endlessWalkGuard(source, `comments of ${key}`);
  for (let startAt = 0; ; ) {
    const { data } = await client.ask(commentPage, ({ cloud }, jira) =>
      cloud.getComments(jira, {
        issueIdOrKey: id,
        startAt,
        maxResults: COMMENTS_A_PAGE,
        orderBy: 'created',
      }),
    );
    const fresh = data.comments.filter((comment) => !all.has(comment.id));
    for (const comment of fresh) all.set(comment.id, comment);
    startAt += data.comments.length;
    if (startAt >= data.total || data.comments.length === 0) return [...all.values()];
    watch(fresh.length > 0);
  }
}

/** A site may hide the field from a user: then the issue has no comments that we could read. */
const inlineComments = commentPage
  .partial({ total: true })
  .nullish()
  .transform((page) => page ?? undefined);

function shownComment(
  { id, created, updated, author, body }: JiraComment,
  { key }: JiraIssue,
  siteUrl: string,
  { personHash }: JiraReading,
): ShownComment {
  return {
    id,
    writtenAt: updated ?? created,
    prose: proseOf.document(body),
    ...(author?.accountId ? { author: personHash(author.accountId) } : {}),
    url: `${siteUrl}/browse/${key}?focusedCommentId=${id}`,
  };
}
