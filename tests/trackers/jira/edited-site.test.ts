import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestLines } from '#demo/jira/digest.ts';
import type { IssueChanges } from '#demo/jira/issue-change.ts';
import type { JiraProject } from '#demo/jira/model.ts';
import type { JiraSimulator } from '#demo/jira/server.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { census, copyOf, follow, linesOf, SALT, SOURCE, served, trackerAt } from './live-site.ts';

const ANN = { accountId: 'ann', displayName: 'Ann Example' };
const PROJECTS: readonly JiraProject[] = [
  { id: '100', key: 'PAY', name: 'Payments' },
  { id: '102', key: 'OPS', name: 'Operations' },
  { id: '103', key: 'LAB', name: 'Laboratory' },
];

/** One thing that happens to a site; `pick` chooses the issue, as a share of all there are. */
type Step =
  | { readonly kind: 'update'; readonly pick: number; readonly count: number; readonly changes: IssueChanges }
  | { readonly kind: 'create' | 'touch' | 'remove' | 'hide'; readonly pick: number }
  | { readonly kind: 'move'; readonly pick: number; readonly to: string }
  | { readonly kind: 'project'; readonly id: string; readonly state: JiraProject['state'] }
  | { readonly kind: 'close_sprint' }
  | { readonly kind: 'advance'; readonly by: number }
  | { readonly kind: 'poll' };

const changes: fc.Arbitrary<IssueChanges> = fc.record(
  {
    statusId: fc.constantFrom('1', '3', '5'),
    assignee: fc.constantFrom(null, ANN),
    labels: fc.subarray(['red', 'green', 'blue']),
    versionIds: fc.subarray(['900']),
    sprintIds: fc.subarray([21, 22]),
    dueDate: fc.constantFrom(null, '2026-05-01'),
    estimate: fc.constantFrom(null, 3, 5),
    remainingEstimate: fc.constantFrom(null, 3600),
  },
  { requiredKeys: [] },
);
const pick = fc.double({ min: 0, max: 0.999, noNaN: true });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('update'),
      pick,
      count: fc.constantFrom(1, 1, 1, 130),
      changes,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('create', 'touch', 'remove', 'hide'), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('move'), pick, to: fc.constantFrom('100', '102', '103') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('project'),
      id: fc.constantFrom('102', '103'),
      state: fc.constantFrom('archived', 'deleted', 'forbidden', 'live'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close_sprint') }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('advance'), by: fc.integer({ min: 1, max: 600_000 }) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('poll') }) },
) as fc.Arbitrary<Step>;

function happen({ edits, clock, site }: JiraSimulator, one: Step): void {
  const at = 'pick' in one ? Math.floor(one.pick * site.issues.length) : 0;
  const issue = site.issues[at];
  if (issue === undefined) return;
  switch (one.kind) {
    case 'update':
      edits.update(
        site.issues.slice(at, at + one.count).map(({ id }) => id),
        one.changes,
        ANN,
      );
      break;
    case 'create':
      edits.createIssue({ projectId: '100', typeId: '7', statusId: '1', summary: 'New' }, ANN);
      break;
    case 'touch':
      edits.touch(issue.id);
      break;
    case 'remove':
      edits.remove(issue.id);
      break;
    case 'hide':
      edits.hide(issue.id, issue.isHidden !== true);
      break;
    case 'move':
      if (issue.fields.project.id !== one.to) edits.moveToProject(issue.id, one.to, ANN);
      break;
    case 'project': {
      const project = PROJECTS.find(({ id }) => id === one.id);
      if (project !== undefined)
        edits.save('projects', { ...project, ...(one.state && { state: one.state }) });
      break;
    }
    case 'close_sprint':
      edits.closeSprint(21, 22);
      break;
    case 'advance':
      clock.advance(one.by);
      break;
    case 'poll':
      break;
    default:
      one satisfies never;
  }
}

test('following a site through any mixture of edits, and a census at the end, equals reading it whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.constantFrom(0, 60),
      fc.boolean(),
      async (steps, indexLagSeconds, isWide) => {
        const issues = Array.from({ length: 150 }, (_, i) => smallIssue(i + 1));
        await using simulator = await served(smallSite(issues, { projects: PROJECTS }), {
          indexLagSeconds,
          isWide,
        });
        await using tracker = trackerAt(simulator);
        const copy = await copyOf(tracker);
        for (const one of steps) {
          happen(simulator, one);
          if (one.kind === 'poll') await follow(tracker, copy);
        }
        simulator.clock.advance(indexLagSeconds * 1000);
        await follow(tracker, copy);
        await census(tracker, copy);
        const witness = digestLines(simulator.site, { sourceId: SOURCE, salt: SALT });
        expect(linesOf(copy)).toEqual(witness);
        // And the histories that a fresh reading gives are those that were kept.
        await using fresh = trackerAt(simulator);
        expect(linesOf(await copyOf(fresh))).toEqual(witness);
      },
    ),
    { seed: 20_261_121, numRuns: 25 },
  );
}, 120_000);
