import type { LinkedIssue, PollAnswer } from './schemas.ts';

/**
 * The issues that a poll shows, oldest change first, with the longer lists that it brings of a few of them: of those
 * that changed last, and of those that changed last and have links.
 */
export function changedIn({ changed, longLinks, longHistories }: PollAnswer): readonly LinkedIssue[] {
  const links = new Map(longLinks.nodes.map((issue) => [issue.id, issue]));
  const histories = new Map(longHistories.nodes.map((issue) => [issue.id, issue]));
  return changed.nodes.map((issue) => {
    // One that was changed while Linear put the answer together may be shown as of two moments.
    const isSame = (other: { readonly updatedAt: number } | undefined) =>
      other?.updatedAt === issue.updatedAt;
    const [linked, told] = [links.get(issue.id), histories.get(issue.id)];
    return {
      ...issue,
      ...(linked !== undefined && isSame(linked)
        ? { relations: linked.relations, inverseRelations: linked.inverseRelations }
        : {}),
      ...(told !== undefined && isSame(told) ? { history: told.history } : {}),
    };
  });
}
