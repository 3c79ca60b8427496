import { expect, test } from 'vitest';
import type { Alternatives, Team } from '#domain/team.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const LAST = '2026-01-30';
const issues = ['p1', 'p2', 'p3'].map((person, i) =>
  issue(`PAY-${i + 1}`, 'In Progress', { assignee: person, labels: [i === 0 ? 'customer-support' : 'x'] }),
);
const found = (changes: Partial<Team>, check: string) =>
  dataQuality(view(team(changes), LAST, issues)).find((finding) => finding.check === check);

test('a kind of work that a name alone tells is a finding, with the names', () => {
  expect(found({}, 'work_kind_guessed')).toMatchObject({
    count: 1,
    items: [{ key: 'PAY-1' }],
    sentence:
      '1 item was taken for a kind of work by name alone: support from customer-support. Say under `work` what is meant to be sure.',
  });
  expect(found({ work: { support: { labels: ['customer-support'] } } }, 'work_kind_guessed')).toBeUndefined();
});

test('what the configuration names and the data do not hold is a finding', () => {
  const changes: Partial<Team> = {
    work: { incident: { types: ['Bug', 'Outage'], priorities: ['P0'] } },
    alternatives: [{ id: 'checkout', streams: ['PAY-1', 'PAY-99'], labels: ['y'] }],
  };
  // Bug is a type that the source knows and nobody used.
  expect(found(changes, 'configuration_unmatched')).toMatchObject({
    count: 4,
    sentence:
      '4 values of the configuration fit nothing in the data: incident.types: Outage, incident.priorities: P0, alternatives checkout: PAY-99, alternatives checkout: y. Until mended, they change nothing.',
  });
});

test('members whom no issue knows are counted and not named', () => {
  const members = ['p1', 'nobody'].map((person) => ({ ids: { acme: person }, fte: 1 }));
  const finding = found({ members }, 'members_unseen');
  expect(finding).toMatchObject({ count: 1 });
  expect(finding?.sentence).not.toContain('nobody');
});

test('skills that no issue has as a label are told, and not whose they are', () => {
  const members = [
    { ids: { acme: 'p1' }, fte: 1, skills: ['X', 'ios'] },
    { ids: { acme: 'p2' }, fte: 1, skills: ['ios'] },
  ];
  const finding = found({ members }, 'configuration_unmatched');
  expect(finding).toMatchObject({ count: 1, sentence: expect.stringContaining('members.skills: ios.') });
  expect(finding?.sentence).not.toMatch(/p[12]/);
});

test('alternatives that nobody can decide are a finding', () => {
  const alternatives = [{ id: 'checkout', labels: ['x'] }];
  expect(found({ alternatives, workstreamBy: 'label' }, 'alternatives_undecidable')).toMatchObject({
    count: 1,
  });
});

test('alternatives of which one line of work is named, and no label names another, are a finding', () => {
  const alone = (group: Alternatives, label = 'x') =>
    dataQuality(
      view(team({ alternatives: [group] }), LAST, [...issues, issue('PAY-9', 'To Do', { labels: [label] })]),
    ).find(({ check }) => check === 'alternatives_alone');
  expect(alone({ id: 'checkout', streams: ['PAY-1'] })).toMatchObject({
    count: 1,
    sentence:
      '1 group of alternatives names one line of work, and no label in the tracker names another, so that there is nothing to choose from: checkout.',
  });
  expect(alone({ id: 'checkout', streams: ['PAY-1'] }, 'alternative-group:checkout')).toBeUndefined();
  expect(alone({ id: 'checkout', streams: ['PAY-1', 'PAY-2'] })).toBeUndefined();
  expect(alone({ id: 'checkout', labels: ['x'] })).toBeUndefined();
});
