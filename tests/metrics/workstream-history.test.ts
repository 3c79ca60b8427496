import { expect, test } from 'vitest';
import type { Measurement } from '#domain/measurement.ts';
import { workstreamHistory } from '#metrics/workstream-history.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const of = (measurement: Measurement | undefined) =>
  measurement?.kind === 'value' ? measurement.value : measurement;

/** Three people on one line of work until the end of May, on three from then on. */
const people = ['p1', 'p2', 'p3'];
const before = people.map((person, i) =>
  issue(`PAY-${i + 1}`, 'In Progress 147d → Done', { assignee: person, labels: ['a'] }),
);
const after = people.map((person, i) =>
  issue(`PAY-${i + 11}`, 'In Progress', { assignee: person, labels: ['abc'[i] ?? ''], from: '2026-06-01' }),
);
const seen = view(team({ workstreamBy: 'label' }), '2026-07-31', [...before, ...after]);

test('a team is held against itself 13 and 26 weeks ago, from what was known then', () => {
  const [quarter, half] = workstreamHistory(seen);
  expect(quarter).toMatchObject({ weeksAgo: 13, day: '2026-05-01' });
  expect(of(quarter?.effective)).toBeCloseTo(1, 10);
  expect(of(quarter?.peoplePerEffective)).toBeCloseTo(3, 10);
  // Three workstreams now, one then, in every week.
  expect(of(quarter?.moreNow)).toBe(1);
  expect(half).toMatchObject({ weeksAgo: 26, day: '2026-01-30' });
});

test('nothing is compared with a time of which too little is known', () => {
  const young = view(team({ workstreamBy: 'label' }), '2026-07-31', after);
  expect(workstreamHistory(young).map(({ moreNow }) => moreNow.kind)).toEqual([
    'insufficient',
    'insufficient',
  ]);
});

test('nor with one that was counted otherwise', () => {
  const byEpic = [
    issue('PAY-91', 'In Progress', { type: 'Epic' }),
    ...people.map((person, i) =>
      issue(`PAY-${i + 1}`, 'In Progress 147d → Done', { assignee: person, parent: 'PAY-91' }),
    ),
  ];
  const changed = view(team(), '2026-07-31', [...byEpic, ...after]);
  expect(workstreamHistory(changed)[0]?.moreNow).toMatchObject({
    kind: 'insufficient',
    what: 'kinds of workstream that both times have',
  });
});
