import type { JiraHistoryItem, JiraIssue, JiraSite } from '#demo/jira/model.ts';

/** A stay in a status, read from histories alone. `to` absent: it is there now. */
export interface Stay {
  readonly status: string;
  readonly from: number;
  readonly to?: number;
}

/** The text of an item's new value. */
export function newText(item: JiraHistoryItem): string | null {
  return Object.hasOwn(item, 'toString') && typeof item.toString === 'string' ? item.toString : null;
}

/** Every change of a field, oldest first. */
export function changesOf(issue: JiraIssue, field: string) {
  return issue.histories.flatMap(({ created, author, items }) =>
    items.filter((item) => item.field === field).map((item) => ({ at: created, author, item })),
  );
}

/** The statuses an issue went through, by name. */
export function staysOf(issue: JiraIssue): readonly Stay[] {
  const changes = changesOf(issue, 'status');
  const first = changes[0]?.item.fromString ?? issue.fields.status.name;
  const entries = [
    { status: first, from: issue.created },
    ...changes.map(({ at, item }) => ({ status: newText(item) ?? '', from: at })),
  ];
  return entries.map((entry, i) => {
    const next = entries[i + 1];
    return next === undefined ? entry : { ...entry, to: next.from };
  });
}

/** When an issue entered Done for the last time, if it is there still. */
export function doneAt(issue: JiraIssue): number | undefined {
  const last = staysOf(issue).at(-1);
  return last?.status === 'Done' ? last.from : undefined;
}

/** The account an issue was assigned to at an instant. */
export function assigneeAt(issue: JiraIssue, at: number): string | undefined {
  const changes = changesOf(issue, 'assignee');
  const last = changes.findLast((change) => change.at <= at);
  if (last !== undefined) return last.item.to ?? undefined;
  return changes.length > 0 ? (changes[0]?.item.from ?? undefined) : issue.fields.assignee?.accountId;
}

export function byKeys(site: JiraSite, keys: readonly string[]): readonly JiraIssue[] {
  return keys.map((key) => {
    const issue = site.issues.find((candidate) => candidate.key === key);
    if (issue === undefined) throw new Error(`${key} is not on the site`);
    return issue;
  });
}
