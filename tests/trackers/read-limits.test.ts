import { expect, test } from 'vitest';
import { readJiraLimits } from '#trackers/jira/allowances.ts';
import { readLinearLimits } from '#trackers/linear/allowances.ts';

const headers = (given: Record<string, string>) => ({ get: (name: string) => given[name.toLowerCase()] });
const NOW = 1_000_000;
/** The tracker's clock is ten seconds ahead of ours. */
const THEIRS = NOW + 10_000;

test('of Linear: requests and complexity by the hour, by our clock, and what the question cost', () => {
  expect(
    readLinearLimits(
      headers({
        'x-ratelimit-requests-limit': '2500',
        'x-ratelimit-requests-remaining': '2400',
        'x-ratelimit-requests-reset': String(THEIRS + 144_000),
        'x-ratelimit-complexity-limit': '3000000',
        'x-ratelimit-complexity-remaining': '2990200',
        'x-ratelimit-complexity-reset': String(THEIRS + 11_760),
        'x-complexity': '9800',
      }),
      NOW,
      THEIRS,
    ),
  ).toEqual({
    allowances: [
      {
        resource: 'requests',
        limit: 2500,
        remaining: 2400,
        windowMs: 3_600_000,
        refill: 'steadily',
        resetsAt: NOW + 144_000,
        observedAt: NOW,
      },
      {
        resource: 'complexity',
        limit: 3_000_000,
        remaining: 2_990_200,
        windowMs: 3_600_000,
        refill: 'steadily',
        resetsAt: NOW + 11_760,
        observedAt: NOW,
      },
    ],
    cost: new Map([['complexity', 9800]]),
  });
});

test('of Linear without headers, or with nonsense in them: nothing', () => {
  const nothing = { allowances: [], cost: new Map() };
  expect(readLinearLimits(headers({}), NOW, THEIRS)).toEqual(nothing);
  const nonsense = { 'x-ratelimit-requests-limit': 'many', 'x-complexity': 'high' };
  expect(readLinearLimits(headers(nonsense), NOW, THEIRS)).toEqual(nothing);
});

test('of Jira: points, the policy that ends first, once little is left', () => {
  const policy = '"global-app-quota";q=65000;w=3600, "tenant-app-quota";q=100000;w=3600';
  expect(readJiraLimits(headers({ 'ratelimit-policy': policy }), NOW, THEIRS).allowances).toEqual([]);
  const near = {
    'ratelimit-policy': policy,
    ratelimit: '"global-app-quota";r=11000;t=600, "tenant-app-quota";r=90000;t=600',
  };
  expect(readJiraLimits(headers(near), NOW, THEIRS).allowances).toEqual([
    {
      resource: 'points',
      limit: 65_000,
      remaining: 11_000,
      windowMs: 3_600_000,
      refill: 'at_reset',
      resetsAt: NOW + 600_000,
      observedAt: NOW,
    },
  ]);
});

test('of Jira: what is announced and not enforced is told apart', () => {
  const beta = { 'beta-ratelimit-policy': '"q";q=100;w=3600', 'beta-ratelimit': '"q";r=10;t=60' };
  expect(readJiraLimits(headers(beta), NOW, THEIRS).allowances).toMatchObject([
    { resource: 'points-announced', remaining: 10, announced: true },
  ]);
});

test('of Jira: a burst limit, whose reset is a moment of its clock', () => {
  const burst = {
    'x-ratelimit-limit': '100',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': new Date(THEIRS + 2_000).toISOString(),
  };
  expect(readJiraLimits(headers(burst), NOW, THEIRS).allowances).toMatchObject([
    { resource: 'burst', limit: 100, remaining: 0, resetsAt: NOW + 2_000 },
  ]);
});
