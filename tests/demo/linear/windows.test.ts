import { describe, expect, test } from 'vitest';
import { workspaceOfRecorded } from '#demo/linear/recorded.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { multipliedSite } from '#tests/support/multiplied-site.ts';
import { windowsOf } from '../../../bench/sync/linear-windows.ts';

/** Copies, so that many issues changed in the same millisecond. */
const workspace = workspaceOfRecorded(multipliedSite(simulatedOrganisation().site, 12_000));
const windows = windowsOf(workspace, 1_500);

describe('a workspace in windows', () => {
  test('gives, from the moment of a window on, the issues that the whole gives', () => {
    expect(windows.length).toBeGreaterThan(3);
    for (const [i, { from, workspace: own }] of windows.entries()) {
      const before = windows[i + 1]?.from ?? Number.POSITIVE_INFINITY;
      const moments = workspace.issues.map(({ updatedAt }) => updatedAt);
      const last = Math.max(...moments.filter((at) => at < before));
      for (const since of [from, last]) {
        expect(pageOf(own().issues, since)).toEqual(pageOf(workspace.issues, since));
      }
    }
  });

  test('has the parents of what it gives', () => {
    for (const { workspace: own } of windows) {
      const { issues } = own();
      const ids = new Set(issues.map(({ id }) => id));
      const parents = issues.slice(0, 1_500).flatMap(({ parentId }) => parentId ?? []);
      expect(parents.filter((id) => !ids.has(id))).toEqual([]);
    }
  });
});

/** Ids of a page of a walk, which has the most issues that a page can have. */
function pageOf(issues: typeof workspace.issues, since: number): readonly string[] {
  return issues
    .filter(({ updatedAt }) => updatedAt >= since)
    .toSorted((a, b) => a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : 1))
    .slice(0, 250)
    .map(({ id }) => id);
}
