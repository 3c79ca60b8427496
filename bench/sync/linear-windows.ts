import type { LinearIssue, LinearWorkspace } from '#demo/linear/model.ts';

/** Issues from a moment on: so many that any page that begins before the next window's moment is whole in it. */
export interface Window {
  /** The first window begins before everything. */
  readonly from: number;
  readonly workspace: () => LinearWorkspace;
}

/** More than a page has, with the issues of its first millisecond that a walk names as given. */
const MARGIN = 1_000;

/**
 * The workspace in windows by when issues changed. The simulator looks at every issue for every page, which no tracker
 * does, so that a walk of a hundred thousand would take it hours. A page out of its window is the page out of them all:
 * the issues that it names, as parents, are in the window as well, where they come behind it or before it.
 */
export function windowsOf(workspace: LinearWorkspace, size: number): readonly Window[] {
  const issues = workspace.issues.toSorted((a, b) => a.updatedAt - b.updatedAt);
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  const starts: number[] = [];
  for (let at = 0; at < issues.length; ) {
    starts.push(at);
    const next = issues[at + size]?.updatedAt;
    at = next === undefined ? issues.length : issues.findIndex(({ updatedAt }) => updatedAt === next);
    // All of these changed in one millisecond: the next window begins behind it.
    if (at === starts.at(-1)) at = firstAfter(issues, next ?? 0);
  }
  return starts.map((start, i) => ({
    from: i === 0 ? Number.NEGATIVE_INFINITY : (issues[start]?.updatedAt ?? 0),
    workspace: () => {
      const own = issues.slice(start, (starts[i + 1] ?? issues.length) + MARGIN);
      const named = own.flatMap((issue) => issuesNamed(issue, byId));
      return { ...workspace, issues: [...new Set([...own, ...named])] };
    },
  }));
}

function firstAfter(issues: readonly LinearIssue[], moment: number): number {
  const at = issues.findIndex(({ updatedAt }) => updatedAt > moment);
  return at === -1 ? issues.length : at;
}

/** Every issue whose id is anywhere in a row. */
function issuesNamed(value: unknown, byId: ReadonlyMap<string, LinearIssue>): readonly LinearIssue[] {
  if (typeof value === 'string') return [byId.get(value) ?? []].flat();
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part) => issuesNamed(part, byId));
}
