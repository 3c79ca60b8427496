import { expect, test } from 'vitest';
import { SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { readAllowances } from '#trackers/jira/allowances.ts';
import { classifyJira } from '#trackers/jira/client.ts';
import { trackerErrorOf } from '../transport-support.ts';
import { copyOf, follow, MINUTE, served, trackerAt } from './live-site.ts';

const SCOPED = { ...SIMULATED_ACCOUNT, scoped: true };

test('a token with scopes reads through the gateway, which costs one request more, once', async () => {
  await using simulator = await served(smallSite([smallIssue(1)]), { isScoped: true });
  await using tracker = trackerAt(simulator, { auth: SCOPED, gateway: simulator.url });
  const copy = await copyOf(tracker);
  expect(copy.issues.size).toBe(1);
  expect(simulator.requests.filter(({ path }) => path === '/_edge/tenant_info')).toHaveLength(1);
  expect(tracker.spend.requests).toBe(simulator.requests.length);

  await using fresh = trackerAt(simulator, { auth: SCOPED, gateway: simulator.url });
  if (copy.reference !== undefined) fresh.remember(copy.reference);
  simulator.clock.advance(MINUTE);
  await follow(fresh, copy);
  expect(fresh.spend.requests).toBe(1);
});

test('a token with scopes that goes to the site itself is refused, and the setting it needs is named', async () => {
  await using simulator = await served(smallSite([]), { isScoped: true });
  await using tracker = trackerAt(simulator);
  const error = await trackerErrorOf(tracker.overview());
  expect(error).toMatchObject({ kind: 'unauthorized' });
  expect(error.message).toContain('auth.scoped: true');
});

test('what an answer tells of allowances can be asked for', async () => {
  await using simulator = await served(smallSite([]), {
    headers: {
      'Beta-RateLimit-Policy': '"global-app-quota";q=65000;w=3600',
      'Beta-RateLimit': '"global-app-quota";r=11000;t=600',
    },
  });
  await using tracker = trackerAt(simulator);
  expect(tracker.allowances).toEqual([]);
  await tracker.overview();
  expect(tracker.allowances).toEqual([
    {
      name: 'global-app-quota',
      isBeta: true,
      quota: 65_000,
      windowSeconds: 3600,
      remaining: 11_000,
      resetSeconds: 600,
    },
  ]);
});

test.each([
  ['', {}],
  ['nonsense', {}],
  ['"a";q=1;w=2, "b" ; q=3', { a: { quota: 1, windowSeconds: 2 }, b: { quota: 3 } }],
  ['"a";q=much;x=1', { a: {} }],
])('a policy written as %o is read as far as it can be', (text, expected) => {
  const told = readAllowances({ get: (name) => (name === 'ratelimit-policy' ? text : undefined) });
  expect(told).toEqual(
    Object.entries(expected).map(([name, numbers]) => ({ name, isBeta: false, ...numbers })),
  );
});

test.each([
  [{ ratelimit: '"global-app-quota";r=0;t=1800' }, 1_800_000, true],
  // Of several, the one that ends last; one that is not used up refuses nobody, nor does one that is only announced.
  [{ ratelimit: '"app";r=0;t=600, "tenant";r=0;t=1800, "other";r=5;t=3000' }, 1_800_000, true],
  [{ ratelimit: '"app";r=0;t=600', 'retry-after': '900' }, 900_000, true],
  [{ 'beta-ratelimit': '"app";r=0;t=600' }, undefined, false],
  [{ 'retry-after': '20' }, 20_000, false],
] as const)('a refusal with %o is waited out until %s', (headers, retryAfterMs, quota) => {
  const told: Readonly<Record<string, string>> = headers;
  const response = { status: 429, body: {}, headers: { get: (name: string) => told[name] } };
  expect(classifyJira(response, 0)).toMatchObject({ kind: 'rate_limited', retry: true, retryAfterMs, quota });
});
