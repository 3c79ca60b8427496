import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#domain/calendar.ts';
import { type DoneEvidence, NO_EVIDENCE } from '#domain/done-evidence.ts';
import type { Gates } from '#domain/gate.ts';
import type { Issue } from '#domain/issue.ts';
import type { Version } from '#domain/reference.ts';
import { lackingFor, progressOf, reachedAt } from '#metrics/gates/progress.ts';
import { deployment, evidence, kpiValue, verification } from '#tests/builders/evidence.ts';
import { goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

/** Friday; items begin on Monday 5 January. */
const AS_OF = '2026-01-30';
const at = (day: number) => Date.UTC(2026, 0, day);
const out: Version = {
  id: '1.0',
  projectId: 'pay',
  name: '1.0',
  released: true,
  releaseDay: '2026-01-20' as CalendarDay,
};

interface World {
  readonly gates?: Gates;
  readonly evidence?: DoneEvidence;
  readonly issues?: readonly Issue[];
  readonly options?: IssueOptions;
  readonly kpis?: Parameters<typeof goal>[1];
}

/** How far PAY-1 has come on this path. */
function progress(
  path: string,
  { gates, evidence: told = NO_EVIDENCE, issues = [], options, kpis }: World = {},
) {
  const stages = { acme: { Review: 'late' } } as const;
  const of = team({
    stages,
    ...(gates === undefined ? {} : { gates }),
    ...(kpis === undefined
      ? {}
      : { goals: [goal('2026-01-25', { scope: { kind: 'label', name: 'go' }, ...kpis })] }),
  });
  const seen = view(of, AS_OF, [issue('PAY-1', path, options), ...issues], { versions: [out] }, told);
  const item = seen.items.find(({ key }) => key === 'PAY-1');
  if (item === undefined) throw new Error('PAY-1 is in scope');
  return { ...progressOf(seen)(item), view: seen };
}
const achieved = (path: string, world?: World) => progress(path, world).achieved;

describe('without a word and without records', () => {
  test.each([
    ['In Progress', {}, 'coded'],
    ['In Progress 1d → Review', {}, 'coded'],
    ['In Progress 1d → Review', { versions: ['1.0'] }, 'coded'],
    ['In Progress 1d → Done', {}, 'merged'],
    ['In Progress 1d → Done', { versions: ['1.0'] }, 'released'],
    ['In Progress 1d → Released', {}, 'released'],
    ['In Progress 1d → Cancelled', {}, 'coded'],
  ] as const)('%s with %o is %s', (path, options, level) => {
    expect(achieved(path, { options })).toBe(level);
  });
});

describe('a deployment', () => {
  const told = (...days: readonly number[]) =>
    evidence({ deployments: days.map((day) => deployment(at(day), ['PAY-1'])) });

  test('to production releases what it contains, whatever the status says by then', () => {
    expect(achieved('In Progress 5d → Review', { evidence: told(12) })).toBe('released');
    expect(achieved('In Progress 5d → Done', { evidence: told(12) })).toBe('released');
    expect(achieved('In Progress 5d → Done')).toBe('merged');
  });

  test('of work that somebody still works on proves nothing', () => {
    expect(achieved('In Progress', { evidence: told(12) })).toBe('coded');
  });

  test('may come a moment before the status follows, and not before the work went back', () => {
    // In progress until the 10th, when it is called done; the pipeline ran the day before.
    const early = progress('In Progress 5d → Done', { evidence: told(9) });
    expect(early.achieved).toBe('released');
    expect(reachedAt(early, 'released')).toEqual({ at: at(10) });
    const rework = 'In Progress 5d → Done 2d → In Progress 2d → Done';
    expect(achieved(rework, { evidence: told(11) })).toBe('merged');
    expect(achieved(rework, { evidence: told(11, 13) })).toBe('released');
  });

  test('counts by any key or id, in its source and its environment', () => {
    const tell = (issues: readonly string[], more = {}) => ({
      evidence: evidence({ deployments: [deployment(at(12), issues, more)] }),
      options: { changes: [{ at: '1d', field: 'key' as const, from: 'OLD-7', to: 'PAY-1' }] },
    });
    const path = 'In Progress 5d → Done';
    for (const name of ['pay-1', 'pay1', 'OLD-7']) expect(achieved(path, tell([name]))).toBe('released');
    expect(achieved(path, tell(['PAY-2']))).toBe('merged');
    expect(achieved(path, tell(['PAY-1'], { source: 'labs' }))).toBe('merged');
    expect(achieved(path, tell(['PAY-1'], { environment: 'staging' }))).toBe('merged');
    expect(
      achieved(path, {
        ...tell(['PAY-1'], { environment: 'eu-1' }),
        gates: { released: [{ environments: ['EU-1'] }] },
      }),
    ).toBe('released');
  });

  test('of a story takes its sub-tasks along', () => {
    const story = issue('PAY-9', 'In Progress 5d → Done');
    const world = {
      issues: [story],
      options: { type: 'Sub-task', parent: 'PAY-9' },
      evidence: evidence({ deployments: [deployment(at(12), ['PAY-9'])] }),
    };
    expect(achieved('In Progress 5d → Done', world)).toBe('released');
    expect(achieved('In Progress 5d → Done', { ...world, options: { parent: 'PAY-9' } })).toBe('merged');
  });

  test('that was told after the day, or is yet to come, is not known', () => {
    const late = deployment(at(12), ['PAY-1'], { recordedAt: at(31) });
    const ahead = deployment(at(31), ['PAY-1'], { recordedAt: at(12) });
    expect(achieved('In Progress 5d → Done', { evidence: evidence({ deployments: [late, ahead] }) })).toBe(
      'merged',
    );
  });
});

describe('a verification', () => {
  const told = (...some: readonly (readonly [number, 'passed' | 'failed'])[]) =>
    evidence({ verifications: some.map(([day, outcome]) => verification(at(day), 'PAY-1', { outcome })) });

  test('that passed verifies, and a later one that failed takes it back', () => {
    const path = 'In Progress 5d → Done';
    expect(achieved(path, { evidence: told([12, 'passed']) })).toBe('verified');
    const failed = progress(path, { evidence: told([12, 'passed'], [14, 'failed']) });
    expect(failed.achieved).toBe('merged');
    expect(lackingFor(failed, failed.view, ['verified'])).toEqual([
      'a verification that passed (the last one failed)',
    ]);
    expect(achieved(path, { evidence: told([14, 'failed'], [15, 'passed']) })).toBe('verified');
  });

  test('of a story is one of its sub-tasks', () => {
    const world = {
      issues: [issue('PAY-9', 'In Progress 5d → Done')],
      options: { type: 'Sub-task', parent: 'PAY-9' },
      evidence: evidence({ verifications: [verification(at(12), 'PAY-9')] }),
    };
    expect(achieved('In Progress 5d → Done', world)).toBe('verified');
  });

  test('of what was rebuilt since says nothing', () => {
    const rework = 'In Progress 5d → Done 2d → In Progress 2d → Done';
    expect(achieved(rework, { evidence: told([11, 'passed']) })).toBe('merged');
  });
});

describe('a KPI', () => {
  const kpis = {
    kpis: [
      { id: 'migrated', name: 'teams migrated', target: 4, direction: 'up' },
      { id: 'errors', target: 1, direction: 'down' },
    ],
  } as const;
  const options = { labels: ['go'] };
  const told = (...some: readonly (readonly [string, number, number])[]) =>
    evidence({ kpiValues: some.map(([kpi, day, value]) => kpiValue(at(day), kpi, value)) });

  test('at its target, with all others of the goal, shows that the work is taken up, since it came there to stay', () => {
    const values = told(
      ['migrated', 10, 4],
      ['migrated', 12, 3],
      ['migrated', 20, 5],
      ['migrated', 22, 4],
      ['errors', 15, 1],
    );
    const adopted = progress('In Progress 5d → Done', { kpis, options, evidence: values });
    expect(adopted.achieved).toBe('adopted');
    expect(reachedAt(adopted, 'adopted')).toEqual({ at: at(20) });
  });

  test('below it does not, and says where it stands', () => {
    const below = progress('In Progress 5d → Done', { kpis, options, evidence: told(['migrated', 10, 1]) });
    expect(below.achieved).toBe('merged');
    expect(lackingFor(below, below.view, ['adopted'])).toEqual([
      'teams migrated: 1, target 4 by Sun 25 January 2026, and errors: no value yet, target 1 by Sun 25 January 2026',
    ]);
  });

  test('of a goal that the item does not serve says nothing of it', () => {
    const values = told(['migrated', 20, 5], ['errors', 15, 1]);
    expect(achieved('In Progress 5d → Done', { kpis, evidence: values })).toBe('merged');
  });
});

describe('gates that a team names', () => {
  const done = 'In Progress 5d → Done';

  test.each([
    ['stage', { stage: 'late' }, 'In Progress 1d → Review', {}, at(6)],
    ['statuses', { statuses: ['review'] }, 'In Progress 2d → Review', {}, at(7)],
    ['statuses in a row', { statuses: ['Review', 'DONE'] }, 'In Progress 2d → Review 4d → Done', {}, at(7)],
    [
      'labels',
      { labels: ['Merged'] },
      'In Progress',
      { changes: [{ at: '3d', field: 'labels', to: 'merged' }] },
      at(8),
    ],
    ['children', { children: 'closed' }, 'In Progress', {}, at(9)],
    ['linked', { linked: { types: ['bug'] } }, 'In Progress', {}, at(9)],
  ] as const)('open by %s, since it shows', (_, gate, path, options, since) => {
    const child = issue('PAY-2', 'In Progress 4d → Done', { parent: 'PAY-1', type: 'Bug' });
    const shown = progress(path, { gates: { merged: [gate] }, options, issues: [child] });
    expect([shown.achieved, reachedAt(shown, 'merged')]).toEqual(['merged', { at: since }]);
    const bare = progress('To Do', { gates: { merged: [gate] } });
    expect(bare.achieved).toBe('coded');
    expect(lackingFor(bare, bare.view, ['merged'])).toEqual([expect.stringMatching(/\w/)]);
  });

  test('open by any of their evidence, and all of several must be open', () => {
    const docs = { linked: { links: ['documented by'] } };
    const linked = (path: string): World => ({
      gates: { verified: [docs, { verification: 'passed' }] },
      options: { changes: [{ at: '1d', field: 'links', to: 'PAY-2', toName: 'is documented by' }] },
      issues: [issue('PAY-2', path)],
      evidence: evidence({ verifications: [verification(at(12), 'PAY-1')] }),
    });
    const both = progress(done, linked('In Progress 9d → Done'));
    expect([both.achieved, reachedAt(both, 'verified')]).toEqual(['verified', { at: at(14) }]);
    const one = progress(done, linked('In Progress'));
    expect(one.achieved).toBe('merged');
    expect(lackingFor(one, one.view, ['released', 'verified'])).toEqual([
      'its work done that is documented by',
    ]);
    const either: Gates = { verified: [{ ...docs, verification: 'passed' }] };
    expect(achieved(done, { ...linked('In Progress'), gates: either })).toBe('verified');
  });

  test('must be open, where levels without a word are taken for granted', () => {
    const verified = evidence({ verifications: [verification(at(12), 'PAY-1')] });
    expect(achieved(done, { evidence: verified })).toBe('verified');
    const gates = { released: [{ environments: ['production'] }] };
    const closed = progress(done, { evidence: verified, gates });
    expect(closed.achieved).toBe('merged');
    expect(lackingFor(closed, closed.view, ['released', 'verified'])).toEqual(['a deployment to production']);
  });
});
