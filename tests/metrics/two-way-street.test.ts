import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { startOf } from '#domain/calendar.ts';
import { answerTime, asks, asksIn } from '#metrics/asks.ts';
import { blockedBy } from '#metrics/blocked-by.ts';
import { ownerInWords } from '#metrics/blocker-owner.ts';
import { churn } from '#metrics/churn.ts';
import { sharedGoals } from '#metrics/shared-goals.ts';
import { isStale, updates } from '#metrics/updates.ts';
import { jeffreysRate } from '#statistics/rate.ts';
import { noGuard } from '#statistics/risk-set.ts';
import { day, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { type Change, issue } from '#tests/builders/timeline.ts';

const FRIDAY = '2026-01-23';
const blocksLink = (at: string, key: string, phrase: string): Change => ({
  at,
  field: 'links',
  to: key,
  toName: `This issue ${phrase} ${key}`,
});

describe('what is blocked, by whose move', () => {
  test.each([
    ['needs-decision', 'leadership'],
    ['Waiting for approval', 'leadership'],
    ['blocked_by_budget', 'leadership'],
    ['waiting for customer', 'external'],
    ['blocked: third-party', 'external'],
    ['waiting for team', 'team'],
    ['blocked', undefined],
    ['decision-log', undefined],
    ['priority', undefined],
  ])('is read from words: %s', (words, owner) => {
    expect(ownerInWords(words.replaceAll(/[-_:]/g, ' '))).toBe(owner);
  });

  const goals = [goal('2026-03-20')];
  const others = range(4).map((i) => issue(`PAY-${90 + i}`, 'In Progress', { parent: 'PAY-1' }));
  const epic = issue('PAY-1', 'In Progress', { type: 'Epic' });

  test('counts a flag, a status and a link once where they overlap: 7 days (WX-F3)', () => {
    const item = issue('PAY-2', 'In Progress 3d → Blocked 3d → In Progress', {
      parent: 'PAY-1',
      flagged: '– 1d → Impediment 3d → –',
      changes: [
        blocksLink('10d', 'OPS-1', 'is blocked by'),
        { at: '12d', field: 'links', from: 'OPS-1', fromName: 'This issue is blocked by OPS-1' },
      ],
    });
    const of = blockedBy(view(team({ goals }), FRIDAY, [epic, item, ...others]));
    if (of.unknown.kind !== 'value') throw new Error('five items are enough');
    // Of five items under way for 19 days each.
    expect(of.unknown.value).toBeCloseTo(7 / 95, 10);
    expect(of.of).toBe('goal');
  });

  test('goes by labels, statuses, and whose the issue is that has to come first', () => {
    const waiting = [
      issue('PAY-2', 'In Progress', { flagged: '– 2d → Impediment', labels: ['needs-decision'] }),
      issue('PAY-3', 'In Progress 3d → On hold: customer'),
      issue('PAY-4', 'In Progress', { changes: [blocksLink('4d', 'OPS-1', 'is blocked by')] }),
      issue('PAY-5', 'In Progress', { changes: [blocksLink('5d', 'PAY-6', 'is blocked by')] }),
      issue('PAY-6', 'To Do'),
      issue('OPS-1', 'To Do'),
      issue('PAY-7', 'In Progress 6d → Blocked'),
    ];
    const { waiting: found } = blockedBy(view(team(), FRIDAY, waiting));
    expect(found.map(({ key, owner, days }) => [key, owner, days])).toEqual([
      ['PAY-2', 'leadership', 17],
      ['PAY-3', 'external', 16],
      ['PAY-4', 'leadership', 15],
      ['PAY-5', 'team', 14],
      ['PAY-7', 'unknown', 13],
    ]);
  });

  test('is somebody else’s where the roster does not know who has the item', () => {
    const members = [{ ids: { acme: 'p1' }, fte: 1 }];
    const items = [
      issue('PAY-2', 'In Progress 1d → Blocked', { assignee: 'p1' }),
      issue('PAY-3', 'In Progress 2d → Blocked', { assignee: 'p9' }),
    ];
    const owners = (of: Parameters<typeof team>[0]) =>
      blockedBy(view(team(of), FRIDAY, items)).waiting.map(({ owner }) => owner);
    expect(owners({ members })).toEqual(['unknown', 'leadership']);
    expect(owners({})).toEqual(['unknown', 'unknown']);
  });

  test('is not told as a share of fewer than five items', () => {
    expect(blockedBy(view(team(), FRIDAY, [issue('PAY-2', 'In Progress')])).leadership).toEqual({
      kind: 'insufficient',
      have: 1,
      need: 5,
      what: 'items under way in the last 84 days',
    });
  });
});

describe('asks and answers', () => {
  const at = startOf(day('2026-01-05'), 'UTC');
  const span = (days: number, isOpen = false) => ({ from: at, to: at + days * 86_400_000, isOpen });
  const window = { from: day('2025-07-28'), to: day(FRIDAY) };

  test('of leaders of 1, 2, 4, 6 and 9 days unanswered: half within 4 days; of the team 1, 1, 2, 3: within 1 (WX-F4)', () => {
    const asOf = at + 9 * 86_400_000;
    const given = { since: 0, asOf, window };
    expect(
      answerTime(
        [1, 2, 4, 6, 9].map((days) => span(days)),
        given,
      ),
    ).toMatchObject({ value: 4, n: 5 });
    expect(
      answerTime(
        [1, 1, 2, 3].map((days) => span(days)),
        given,
        noGuard,
      ),
    ).toMatchObject({ value: 1 });
    expect(
      answerTime(
        [1, 1, 2, 3].map((days) => span(days)),
        given,
      ),
    ).toMatchObject({
      kind: 'insufficient',
      have: 4,
      need: 5,
    });
  });

  test('are read from labels, until they are taken away or the item is closed (WX-F4)', () => {
    const asked = [1, 2, 4, 6].map((days, i) =>
      issue(`PAY-${2 + i}`, 'In Progress', {
        changes: [
          { at: '2d', field: 'labels', to: 'needs-decision' },
          { at: `${2 + days}d`, field: 'labels', from: 'needs-decision' },
        ],
      }),
    );
    const open = issue('PAY-9', 'In Progress', {
      changes: [{ at: '10d', field: 'labels', to: 'needs-decision' }],
    });
    const found = asks(view(team(), FRIDAY, [...asked, open]));
    expect(found.leadership).toMatchObject({ median: { value: 4 }, asked: { value: 5 }, open: { value: 1 } });
    expect(found.waiting).toMatchObject([{ key: 'PAY-9', since: '2026-01-15', days: 9 }]);
    expect(found.team).toMatchObject({ median: { kind: 'insufficient' }, asked: { value: 0 } });
  });

  test('on a label that is left on are over when what blocked the item is, and stand again when it is blocked again', () => {
    const label: Change = { at: '2d', field: 'labels', to: 'needs-decision' };
    const flagged = issue('PAY-2', 'In Progress', {
      flagged: '– 2d → Impediment 3d → – 4d → Impediment 1d → –',
      changes: [label],
    });
    const held = issue('PAY-3', 'In Progress 3d → Blocked 4d → In Progress', { changes: [label] });
    const waits = issue('PAY-4', 'In Progress', { flagged: '– 3d → Impediment', changes: [label] });
    const spans = asksIn(view(team(), FRIDAY, [flagged, held, waits])).ofLeaders.map(
      ({ item: { key }, from, to }) => [key, (from - at) / 86_400_000, (to - at) / 86_400_000],
    );
    expect(spans).toEqual([
      ['PAY-2', 2, 5],
      ['PAY-2', 9, 10],
      ['PAY-3', 2, 7],
      ['PAY-4', 2, 19],
    ]);
  });

  test('on a label are over when an item that waited to be begun is begun, not when work under way moves on', () => {
    const label: Change = { at: '2d', field: 'labels', to: 'needs-approval' };
    const begun = issue('PAY-2', 'To Do 6d → In Progress', { changes: [label] });
    const reviewed = issue('PAY-3', 'In Progress 6d → Review', { changes: [label] });
    const never = issue('PAY-4', 'To Do', { changes: [label] });
    const found = asks(view(team(), FRIDAY, [begun, reviewed, never]));
    expect(found.waiting.map(({ key, days }) => [key, days])).toEqual([
      ['PAY-3', 17],
      ['PAY-4', 17],
    ]);
    expect(found.leadership.asked).toMatchObject({ value: 3 });
  });

  test('are not ended by an item of the team’s own that had to come first', () => {
    const item = issue('PAY-2', 'In Progress', {
      changes: [
        { at: '1d', field: 'labels', to: 'needs-decision' },
        blocksLink('2d', 'PAY-3', 'is blocked by'),
      ],
    });
    const first = issue('PAY-3', 'In Progress 5d → Done');
    expect(asks(view(team(), FRIDAY, [item, first])).waiting).toMatchObject([{ key: 'PAY-2', days: 18 }]);
  });

  test('of the team are what items of others wait for', () => {
    const items = [
      issue('PAY-2', 'In Progress 5d → Done', { changes: [blocksLink('1d', 'OPS-1', 'blocks')] }),
      issue('PAY-3', 'In Progress', { changes: [blocksLink('2d', 'PAY-2', 'blocks')] }),
      issue('OPS-1', 'To Do'),
    ];
    expect(asks(view(team(), FRIDAY, items)).team).toMatchObject({ asked: { value: 1 }, open: { value: 0 } });
  });

  test('about blockers are at least those that leave a trace', () => {
    const items = range(6).map((i) =>
      issue(
        `PAY-${2 + i}`,
        'In Progress 1d → Blocked 6d → In Progress',
        i < 3 ? { labels: ['needs-decision'] } : {},
      ),
    );
    expect(asks(view(team(), FRIDAY, items)).askedAbout).toMatchObject({ value: 0.5, bound: '>', n: 6 });
  });
});

describe('asks without a shared goal', () => {
  const epics = [
    issue('ORG-1', 'In Progress', { type: 'Initiative' }),
    issue('PAY-1', 'In Progress', { type: 'Epic', parent: 'ORG-1' }),
    issue('OPS-1', 'In Progress', { type: 'Epic', parent: 'ORG-1' }),
  ];
  const links = range(10).flatMap((i) => [
    issue(`PAY-${10 + i}`, 'To Do', {
      ...(i < 4 ? { parent: 'PAY-1' } : {}),
      changes: [blocksLink('1d', `OPS-${10 + i}`, 'is blocked by')],
    }),
    issue(`OPS-${10 + i}`, 'To Do', i < 5 ? { parent: 'OPS-1' } : {}),
  ]);

  test('are 6 of 10 links between teams that have nothing above both (WX-F5)', () => {
    const found = sharedGoals(view(team(), FRIDAY, [...epics, ...links]));
    expect(found.withoutSharedGoal).toMatchObject({ value: 0.6, n: 10 });
    if (found.withoutSharedGoal.kind !== 'value') throw new Error('ten are enough');
    const [lower, upper] = found.withoutSharedGoal.interval90;
    expect(lower).toBeCloseTo(0.347, 3);
    expect(upper).toBeCloseTo(0.815, 3);
    expect(found.asks).toHaveLength(6);
    expect(found.asks[0]).toMatchObject({ item: { key: 'PAY-14' }, other: { key: 'OPS-14' } });
  });

  test('counts what hangs on one goal of the team as shared', () => {
    const goals = [goal('2026-03-20', { scope: { kind: 'label', name: 'big' } })];
    const labelled = links.map((one) => (one.id === 'pay15' || one.id === 'ops15' ? { ...one } : one));
    const extra = [
      issue('PAY-50', 'To Do', { labels: ['big'], changes: [blocksLink('1d', 'OPS-50', 'blocks')] }),
      issue('OPS-50', 'To Do', { labels: ['big'] }),
    ];
    const found = sharedGoals(view(team({ goals }), FRIDAY, [...epics, ...labelled, ...extra]));
    expect(found.withoutSharedGoal).toMatchObject({ n: 11 });
    expect(found.asks).toHaveLength(6);
  });

  test('leaves out, and counts, what was not read, and tells nothing of fewer than five', () => {
    const unread = issue('PAY-60', 'To Do', { changes: [blocksLink('1d', 'HR-1', 'is blocked by')] });
    expect(sharedGoals(view(team(), FRIDAY, [...epics, ...links, unread])).withoutSharedGoal).toMatchObject({
      n: 10,
      excluded: [{ reason: 'linked_issue_not_read', count: 1 }],
    });
    expect(sharedGoals(view(team(), FRIDAY, links.slice(0, 8))).withoutSharedGoal).toMatchObject({
      kind: 'insufficient',
      have: 4,
    });
  });
});

describe('priority churn', () => {
  test('of 9 changes in 60 item-weeks is .15 each, .084 to .251 (WX-F2)', () => {
    expect(9 / 60).toBe(0.15);
    const { lower, upper } = jeffreysRate(9, 60);
    expect([lower, upper]).toEqual([expect.closeTo(0.084, 3), expect.closeTo(0.251, 3)]);
  });

  test('is counted so: 9 changes, one a week, while 5 items are in progress for 12 weeks (WX-F2)', () => {
    const changed = range(5).map((i) =>
      issue(`PAY-${2 + i}`, 'In Progress', {
        from: '2025-10-03',
        priority: `High${range(i === 0 ? 5 : i < 3 ? 2 : 0)
          .map((k) => ` ${10 + (k === 0 ? 7 * i : 7)}d → ${k % 2 === 0 ? 'Low' : 'High'}`)
          .join('')}`,
      }),
    );
    const found = churn(view(team(), '2025-12-25', changed));
    if (found.rate.kind !== 'value') throw new Error('60 item-weeks are enough');
    expect(found.rate).toMatchObject({ n: 9, value: expect.closeTo(0.15, 3) });
    expect(found.unexplained).toMatchObject({ value: 1, bound: '<', confidence: 'low' });
    expect(found.items[0]).toMatchObject({ key: 'PAY-2', changes: 5 });
  });

  test('is a change of target, too: out of a cycle that runs, into a goal; not what is carried over', () => {
    const start = Date.parse('2026-01-05');
    const cycles = [
      { id: 's1', name: 'S1', startAt: start, plannedEndAt: start + 7 * 86_400_000 },
      { id: 's2', name: 'S2', startAt: start + 7 * 86_400_000, plannedEndAt: start + 21 * 86_400_000 },
    ];
    const goals = [goal('2026-03-20', { scope: { kind: 'label', name: 'big' } })];
    const items = [
      // Carried over when the first ended, taken out of the second while it ran.
      issue('PAY-2', 'In Progress', {
        cycles: ['s1'],
        changes: [
          { at: '7d', field: 'cycles', from: 's1', to: 's2' },
          { at: '10d', field: 'cycles', from: 's2' },
        ],
      }),
      issue('PAY-3', 'In Progress', { changes: [{ at: '9d', field: 'labels', to: 'big' }] }),
      issue('PAY-4', 'To Do 9d → In Progress', { priority: 'High 2d → Low' }),
      ...range(3).map((i) => issue(`PAY-${20 + i}`, 'In Progress')),
    ];
    const found = churn(view(team({ goals }), FRIDAY, items, { cycles }));
    expect(found.items.map(({ key, changes }) => [key, changes])).toEqual([
      ['PAY-2', 1],
      ['PAY-3', 1],
    ]);
  });

  test('is explained by a change of the description within a day', () => {
    const items = range(6).map((i) =>
      issue(`PAY-${2 + i}`, 'In Progress', {
        priority: 'High 9d → Low',
        changes: i === 0 ? [{ at: '9.5d', field: 'description' as 'title' }] : [],
      }),
    );
    expect(churn(view(team(), FRIDAY, items)).unexplained).toMatchObject({
      value: expect.closeTo(5 / 6, 10),
    });
  });

  test('throws work back: from active to before the start, after a day spent', () => {
    const crew = range(3).map((i) => issue(`PAY-${30 + i}`, 'In Progress', { assignee: `p${i}` }));
    const items = [
      issue('PAY-2', 'In Progress 3d → To Do', { assignee: 'p7' }),
      issue('PAY-3', 'In Progress 3d → To Do'),
      issue('PAY-4', 'In Progress 3d → Review', { assignee: 'p8' }),
    ];
    const found = churn(view(team(), FRIDAY, [...crew, ...items]));
    expect(found).toMatchObject({ thrash: { value: 1 }, thrownBack: { value: 3 } });
    // Two people: nothing that is derived from persons.
    expect(churn(view(team(), FRIDAY, items)).thrash.kind).toBe('insufficient');
  });
});

describe('updates', () => {
  const items = [issue('PAY-2', 'In Progress')];
  const at = (days: number) => Date.parse('2026-01-24') - days * 86_400_000;
  const said = (...ago: readonly number[]) => ({
    updates: ago.map((days, i) => ({
      id: `u${i}`,
      about: { kind: 'project' as const, id: 'pay' },
      at: at(days),
    })),
  });

  test('once a month leave a value of 41 days ago stale (WX-G4)', () => {
    expect(isStale(41, 'monthly')).toBe(true);
    expect(isStale(31, 'monthly')).toBe(false);
  });

  test('are counted by weeks with one, 6 of 8, and by how long ago the last was (WX-G1)', () => {
    const found = updates(view(team(), FRIDAY, items, said(2, 3, 9, 16, 23, 30, 37, 100)));
    expect(found).toMatchObject({ weeksWithUpdate: { value: 0.75, n: 8 }, sinceLast: { value: 2 } });
    if (found.weeksWithUpdate.kind !== 'value') throw new Error('eight weeks are eight');
    expect(found.weeksWithUpdate.interval90).toEqual([expect.closeTo(0.462, 3), expect.closeTo(0.924, 3)]);
  });

  test('of other projects, and of later, do not count', () => {
    const other = { updates: [{ id: 'u', about: { kind: 'project' as const, id: 'ops' }, at: at(2) }] };
    expect(updates(view(team(), FRIDAY, items, other)).sinceLast.kind).toBe('insufficient');
    expect(updates(view(team(), FRIDAY, items, said(-1))).sinceLast.kind).toBe('insufficient');
  });

  test('are unknown where the tracker keeps none', () => {
    expect(updates(view(team(), FRIDAY, items)).weeksWithUpdate).toEqual({
      kind: 'insufficient',
      have: 0,
      need: 1,
      what: 'sources that keep updates',
    });
  });
});
