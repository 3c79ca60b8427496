import { describe, expect, test } from 'vitest';
import { ledger } from '#metrics/ledger.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

/** Friday. */
const AS_OF = '2026-01-30';
const part = (key: string, path: string, title: string, more: IssueOptions = {}) =>
  issue(key, path, { type: 'Sub-task', parent: 'PAY-1', title, ...more });
const three = [2, 3, 4].map((n) => part(`PAY-${n}`, 'In Progress 2d → Done', 'Part'));
const line = (issues: Parameters<typeof view>[2]) =>
  ledger(view(team(), AS_OF, issues)).find((entry) => entry.line.key === 'PAY-1')?.line;

describe('an item in progress', () => {
  const story = issue('PAY-1', 'In Progress');

  test('of whose four sub-tasks three are done and the last is "Update docs" is basically done (WX-A2)', () => {
    expect(line([story, ...three, part('PAY-5', 'To Do', 'Update docs')])).toMatchObject({
      signals: ['last_mile_work_open'],
      confidence: 'low',
      claimedAt: '2026-01-07T00:00:00.000Z',
      lacking: ['work that is open: PAY-5'],
    });
  });

  test.each([
    ['Verify in production', {}, true],
    ['Tests', {}, true],
    ['QA', {}, true],
    ['Roll-out to all shops', {}, true],
    ['Paragraph on fees', { labels: ['docs'] }, true],
    ['Implement retries', {}, false],
    ['Fix docs parser', {}, false],
    ['Latest prices', {}, false],
    ['Protest handling', {}, false],
  ])('with one sub-task left, "%s" (%o): %s', (title, more, expected) => {
    expect(line([story, ...three, part('PAY-5', 'To Do', title, more)]) !== undefined).toBe(expected);
  });

  test('with other work left, or none of it done, is not', () => {
    const docs = part('PAY-5', 'To Do', 'Update docs');
    expect(line([story, ...three, docs, part('PAY-6', 'To Do', 'Retries')])).toBeUndefined();
    expect(line([story, docs])).toBeUndefined();
    expect(line([issue('PAY-1', 'To Do'), ...three, docs])).toBeUndefined();
  });

  test('is when a label says what it waits for', () => {
    expect(line([issue('PAY-1', 'In Progress', { labels: ['needs-docs'] })])).toMatchObject({
      signals: ['last_mile_work_open'],
      lacking: ['what its label says: needs docs'],
    });
    expect(line([issue('PAY-1', 'In Progress', { labels: ['docs'] })])).toBeUndefined();
  });
});

describe('an item done', () => {
  const linked = (phrase: string, path = 'In Progress 2d → Done') =>
    issue('PAY-1', path, { changes: [{ at: '1h', field: 'links', to: 'PAY-5', toName: phrase }] });
  const docs = (path: string) => issue('PAY-5', path, { title: 'Document the fees' });

  test('with documents still open asks for more than to be called done', () => {
    expect(line([linked('is documented by'), docs('In Progress')])).toMatchObject({
      achieved: 'merged',
      required: 'verified',
      lacking: ['work that is open: PAY-5'],
      signals: ['last_mile_work_open'],
    });
    const open = part('PAY-5', 'To Do', 'Update docs');
    expect(line([issue('PAY-1', 'In Progress 2d → Done'), ...three, open])).toMatchObject({
      signals: ['last_mile_work_open'],
    });
  });

  test('tells beside it what gates of the team are closed', () => {
    const gates = { released: [{ environments: ['production'] }] };
    const seen = view(team({ gates }), AS_OF, [linked('is documented by'), docs('In Progress')]);
    expect(ledger(seen).map((entry) => entry.line)).toMatchObject([
      {
        signals: ['last_mile_work_open', 'gate_closed'],
        lacking: ['work that is open: PAY-5', 'a deployment to production'],
        confidence: 'high',
      },
    ]);
  });

  test('with the documents done, only related to some, or done this week is not listed', () => {
    expect(line([linked('is documented by'), docs('In Progress 1d → Done')])).toBeUndefined();
    for (const phrase of ['relates to', 'blocks', 'tests']) {
      expect(line([linked(phrase), docs('In Progress')])).toBeUndefined();
    }
    expect(line([linked('is documented by', 'In Progress 20d → Done'), docs('In Progress')])).toBeUndefined();
  });
});

describe('a resolution', () => {
  const resolved = (resolution: string, more: IssueOptions = {}) =>
    line([issue('PAY-1', 'In Progress 2d → Done', { resolution, ...more })]);

  test.each([
    ['Ready for Test', true],
    ['ready-for-release', true],
    ['Fixed, pending user acceptance', true],
    ['Needs documentation', true],
    ['To be deployed', true],
    ['Done', false],
    ['Tested', false],
    ['Ready', false],
    ['Fixed in release', false],
    ['Needs no fix', false],
  ])('"%s" says that something is still to be done: %s', (name, expected) => {
    expect(resolved(name) !== undefined).toBe(expected);
  });

  test('asks for what it says, softly, and the work counts as done all the same', () => {
    expect(resolved('Ready for Test')).toMatchObject({
      achieved: 'merged',
      required: 'verified',
      lacking: ['what its resolution says: Ready for Test'],
      signals: ['last_mile_work_open'],
      confidence: 'low',
    });
  });

  // Half a year before: five, of which so many were taken up again after a week.
  const before = (again: number) =>
    Array.from({ length: 5 }, (_, i) =>
      issue(`PAY-${50 + i}`, i < again ? 'Done 7d → To Do' : 'Done', {
        from: '2025-07-01',
        resolution: 'Ready for Test',
      }),
    );
  const now = issue('PAY-1', 'In Progress 2d → Done', { resolution: 'Ready for Test' });

  test('is the team’s word for done where most of what was resolved so stayed so for half a year', () => {
    expect(line([now, ...before(3)])).toMatchObject({ signals: ['last_mile_work_open'] });
    expect(line([now, ...before(2)])).toBeUndefined();
    expect(line([now, ...before(0).slice(1)])).toMatchObject({ signals: ['last_mile_work_open'] });
  });

  test('of work that is out says nothing, nor within five work days', () => {
    const out = issue('PAY-1', 'In Progress 2d → Released', { resolution: 'Ready for Test' });
    expect(line([out])).toBeUndefined();
    expect(resolved('Ready for Test', { from: '2026-01-22' })).toBeUndefined();
  });
});
