import { expect, test } from 'vitest';
import { describeBudget } from '#cli/budget-words.ts';

const NOW = Date.UTC(2026, 2, 20, 12);

test('what a source has cost, what is left and what is waited for stand on one line', () => {
  const budget = {
    allowances: [
      {
        resource: 'requests',
        limit: 2500,
        remaining: 2400.7,
        windowMs: 3_600_000,
        refill: 'at_reset' as const,
        resetsAt: NOW + 1000,
        observedAt: NOW,
      },
      {
        resource: 'points-announced',
        limit: 65_000,
        remaining: 1,
        windowMs: 3_600_000,
        refill: 'at_reset' as const,
        resetsAt: NOW + 1000,
        observedAt: NOW,
        announced: true,
      },
    ],
    pauses: [
      { until: NOW + 60_000 },
      { endpoint: 'POST /rest/api/3/search/jql', until: NOW + 2_000 },
      { endpoint: 'GET /over', until: NOW - 1 },
    ],
    spent: [
      { resource: 'complexity', amount: 1_234_567.8, since: Date.UTC(2026, 1, 1) },
      { resource: 'requests', amount: 4321, since: Date.UTC(2026, 0, 15) },
      { resource: 'points', amount: 0, since: NOW },
    ],
  };
  expect(describeBudget('labs', budget, NOW)).toBe(
    'labs: used since 2026-01-15: 1,234,568 complexity, 4,321 requests; left: 2,400 of 2,500 requests; left alone until 2026-03-20T12:01:00.000Z; POST /rest/api/3/search/jql until 2026-03-20T12:00:02.000Z',
  );
});

test('a source that was never asked has no line', () => {
  expect(describeBudget('labs', { allowances: [], pauses: [], spent: [] }, NOW)).toBeUndefined();
});
