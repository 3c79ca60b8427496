import type { JiraHistory, JiraIssue, JiraSite } from '#demo/jira/model.ts';

/**
 * The site with copies of its issues added until it has `issues` of them: each copy under an id, a key and history ids
 * of its own, a child in its copied parent. Links still lead to the originals.
 */
export function multipliedSite(site: JiraSite, issues: number): JiraSite {
  const copies = Array.from({ length: issues }, (_, i) => {
    const original = site.issues[i % site.issues.length];
    if (original === undefined) throw new RangeError('a site without issues cannot be multiplied');
    return copied(original, Math.floor(i / site.issues.length));
  });
  return { ...site, issues: copies };
}

/** Above every id and every number of a key in the sites we have, so that no copy meets an original. */
const ID_STEP = 100_000_000;
const KEY_STEP = 100_000;

function copied(issue: JiraIssue, copy: number): JiraIssue {
  if (copy === 0) return issue;
  const { parent } = issue.fields;
  return {
    ...issue,
    id: copiedId(issue.id, copy),
    key: copiedKey(issue.key, copy),
    fields: {
      ...issue.fields,
      ...(parent === undefined
        ? {}
        : { parent: { id: copiedId(parent.id, copy), key: copiedKey(parent.key, copy) } }),
    },
    histories: issue.histories.map(
      (history): JiraHistory => ({ ...history, id: copiedId(history.id, copy) }),
    ),
  };
}

function copiedId(id: string, copy: number): string {
  return String(Number(id) + copy * ID_STEP);
}

function copiedKey(key: string, copy: number): string {
  return key.replace(/\d+$/, (number) => String(Number(number) + copy * KEY_STEP));
}
