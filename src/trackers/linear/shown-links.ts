import type { NamedValue } from '#domain/issue.ts';
import type { LinearClient } from './client.ts';
import { linkTo } from './links.ts';
import type { LinearRelationPage, LinkedIssue } from './schemas.ts';
import { drainRelations } from './tails.ts';

type Rows = LinearRelationPage['nodes'];

/** The links of an issue: relations that lead out of it, and those that lead to it. */
export function linksIn(leading: Rows, led: Rows): readonly NamedValue[] {
  const links = [
    ...leading.flatMap(({ type, relatedIssue: other }) => (other ? linkTo(other, type, 'from') : [])),
    ...led.flatMap(({ type, issue: other }) => (other ? linkTo(other, type, 'to') : [])),
  ];
  return [...new Map(links.map((link) => [link.value, link])).values()];
}

/** All links of some issues, by issue id: what did not come with them is asked for. One that was deleted is left out. */
export async function linksOf(
  client: LinearClient,
  issues: readonly LinkedIssue[],
): Promise<ReadonlyMap<string, readonly NamedValue[]>> {
  const sides = ['relations', 'inverseRelations'] as const;
  const [out, inward] = await Promise.all(
    sides.map((side) =>
      drainRelations(
        client,
        issues.map((issue) => ({ issueId: issue.id, page: issue[side] })),
        side,
      ),
    ),
  );
  return new Map(
    issues.flatMap(({ id }) => {
      const [leading, led] = [out?.get(id), inward?.get(id)];
      return leading === undefined || led === undefined ? [] : [[id, linksIn(leading, led)] as const];
    }),
  );
}
