import { expect, test } from 'vitest';
import type { ScopeFilter } from '#domain/team.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { EVERY_METRIC } from '#metrics/finding.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const issues = [issue('PAY-1', 'In Progress 2d → Done', { from: '2026-01-05' })];
const projects = ['PAY', 'OPS'].map((key) => ({ id: key.toLowerCase(), key, name: key }));

function found(boardsUnread: readonly string[], scope: ScopeFilter) {
  const seen = view(team({ scope: [scope] }), '2026-01-23', issues, { projects, boardsUnread });
  return dataQuality(seen).filter(({ check }) => check === 'boards_unread');
}

test('a project of the team whose boards the tracker would not show is named', () => {
  const [one, ...more] = found(['pay', 'ops'], { source: 'acme' });
  expect(more).toEqual([]);
  expect(one).toMatchObject({ count: 1, affects: ['sayDo'] });
  expect(one?.sentence).toContain('the boards of 1 project (PAY)');
});

test('any project is named where the team is told by boards, since its work may be there', () => {
  const [one] = found(['ops'], { source: 'acme', boards: ['Platform'] });
  expect(one).toMatchObject({ count: 1, affects: EVERY_METRIC });
  expect(one?.sentence).toContain('(OPS)');
});

test('a project in which the team has nothing is told nothing of', () => {
  expect(found(['ops'], { source: 'acme' })).toEqual([]);
});
