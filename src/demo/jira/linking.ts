import type { JiraHistoryItem, JiraIssue, JiraIssueFields } from './model.ts';

/** An issue at one end of a link that is made or taken away: its fields from then on, and what its history tells. */
export interface ChangedEnd {
  readonly issue: JiraIssue;
  readonly fields: JiraIssueFields;
  readonly items: readonly JiraHistoryItem[];
}

/** Both ends of a new link: the first blocks the second. */
export function linkedEnds(id: string, blocker: JiraIssue, blocked: JiraIssue): readonly ChangedEnd[] {
  const linked = (issue: JiraIssue, other: JiraIssue, end: LinkEnd): ChangedEnd => {
    const shown = { id, type: BLOCKS, [end]: { id: other.id, key: other.key } };
    const fields = { ...issue.fields, issuelinks: [...linksIn(issue.fields), shown] };
    return { issue, fields, items: [linkItem({ to: other.key }, end, BLOCKS)] };
  };
  return [linked(blocker, blocked, 'outwardIssue'), linked(blocked, blocker, 'inwardIssue')];
}

/** Whatever has a link, without it. */
export function unlinkedEnds(linkId: string, issues: readonly JiraIssue[]): readonly ChangedEnd[] {
  return issues.flatMap((issue) => {
    const link = linksIn(issue.fields).find(({ id }) => id === linkId);
    if (link === undefined) return [];
    const end = link.inwardIssue === undefined ? 'outwardIssue' : 'inwardIssue';
    const issuelinks = linksIn(issue.fields).filter((other) => other !== link);
    const fields = { ...issue.fields, issuelinks };
    return [{ issue, fields, items: [linkItem({ from: link[end]?.key }, end, link.type)] }];
  });
}

interface ShownIssue {
  readonly id: string;
  readonly key: string;
}

const ENDS = ['inwardIssue', 'outwardIssue'] as const;
type LinkEnd = (typeof ENDS)[number];

interface ShownLink extends Readonly<Partial<Record<LinkEnd, ShownIssue>>> {
  readonly id: string;
  readonly type: { readonly inward: string; readonly outward: string };
}

const BLOCKS = { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' } as const;

/** An issue's links, as Jira shows them. */
export function linksIn({ issuelinks = [] }: Pick<JiraIssueFields, 'issuelinks'>): readonly ShownLink[] {
  return issuelinks as readonly ShownLink[];
}

/** The issue as it shows another one's key from now on, if it shows that one at all. Its own history does not tell. */
export function showing(issue: JiraIssue, { id, key }: ShownIssue): readonly JiraIssue[] {
  const { parent } = issue.fields;
  const isLinked = linksIn(issue.fields).some((link) => ENDS.some((end) => link[end]?.id === id));
  if (parent?.id !== id && !isLinked) return [];
  const shown = <Other extends ShownIssue>(other: Other): Other =>
    other.id === id ? { ...other, key } : other;
  const issuelinks = linksIn(issue.fields).map((link) => ({
    ...link,
    ...Object.fromEntries(ENDS.flatMap((end) => (link[end] ? [[end, shown(link[end])]] : []))),
  }));
  return [
    {
      ...issue,
      fields: {
        ...issue.fields,
        ...(parent === undefined ? {} : { parent: shown(parent) }),
        ...(isLinked ? { issuelinks } : {}),
      },
    },
  ];
}

/** The issue without what leads to issues that are no more. Neither its history nor its last change tell of it. */
export function notLeadingTo(issue: JiraIssue, gone: ReadonlySet<string>): JiraIssue {
  const { parent, ...fields } = issue.fields;
  const links = linksIn(fields);
  const issuelinks = links.filter((link) => !ENDS.some((end) => gone.has(link[end]?.id ?? '')));
  const isOrphan = parent !== undefined && gone.has(parent.id);
  if (!isOrphan && issuelinks.length === links.length) return issue;
  return {
    ...issue,
    fields: {
      ...fields,
      ...(parent === undefined || isOrphan ? {} : { parent }),
      ...(links.length === 0 ? {} : { issuelinks }),
    },
  };
}

/** A change of links in the history: the other's key of that day, and a sentence. */
function linkItem(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  end: LinkEnd,
  { inward, outward }: ShownLink['type'],
): JiraHistoryItem {
  const told = (key: string | undefined): string | null =>
    key === undefined ? null : `This issue ${end === 'inwardIssue' ? inward : outward} ${key}`;
  return {
    field: 'Link',
    fieldtype: 'jira',
    from: from ?? null,
    fromString: told(from),
    to: to ?? null,
    toString: told(to),
  };
}
