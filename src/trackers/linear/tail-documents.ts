import { ENTRY, type LinearDocument, NAMES, PAGE_INFO } from './documents.ts';
import { drainedHistories, drainedRelations } from './schemas.ts';

/** Further pages of the histories of several issues. */
export function historyTails(count: number): LinearDocument<typeof drainedHistories> {
  return {
    text: tails(count, 'history', `includeArchived: true, `, '...Entry', ENTRY),
    data: drainedHistories,
  };
}

/** Further pages of the links that lead out of several issues, or of those that lead to them. */
export function relationTails(
  count: number,
  side: 'relations' | 'inverseRelations',
): LinearDocument<typeof drainedRelations> {
  const other = side === 'relations' ? 'relatedIssue' : 'issue';
  return { text: tails(count, side, '', `type ${other} { ${NAMES} }`, ''), data: drainedRelations };
}

function tails(count: number, list: string, args: string, node: string, fragment: string): string {
  const each = Array.from({ length: count }, (_, i) => i);
  return `query Tails($first: Int!, ${each.map((i) => `$id${i}: String!, $after${i}: String`).join(', ')}) {
${each
  .map(
    (i) =>
      `  t${i}: issue(id: $id${i}) { ${list}(first: $first, ${args}after: $after${i}) { nodes { ${node} } ${PAGE_INFO} } }`,
  )
  .join('\n')}
}
${fragment}`;
}
