import { expect, test } from 'vitest';
import { trackerErrorOf } from '#tests/trackers/transport-support.ts';
import { createBudget } from '#trackers/budget.ts';
import { following } from './following.ts';
import { workspaceOf } from './workspace.ts';

const HOUR = 3_600_000;

test('a walk spends no more than flows back once three tenths are left, and polls find those', async () => {
  // 360 requests an hour: one flows back every ten seconds. 108 are kept.
  const limits = { requests: 360, complexity: 3_000_000 };
  const waits: number[] = [];
  let clock: { now(): number; advance(ms: number): void } | undefined;
  const now = () => clock?.now() ?? 0;
  await using live = await following(workspaceOf(1), {
    limits,
    tracker: {
      transport: {
        budget: createBudget({ source: 'labs', now }),
        random: () => 0,
        sleep: async (ms) => {
          waits.push(ms);
          clock?.advance(ms);
        },
      },
    },
  });
  clock = live.simulator.clock;
  const begun = now();
  let requests = 0;
  while (live.simulator.requests.length < 360) {
    await live.sync();
    expect(live.simulator.requests.at(-1)?.status).toBe(200);
    requests = live.simulator.requests.length;
  }
  // 252 pass at once; the others wait for their ten seconds each, or are small (overviews) and use what is kept.
  expect(waits.length).toBeGreaterThan(20);
  expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  expect(requests).toBeLessThanOrEqual(252 + 108 + ((now() - begun) / HOUR) * limits.requests);
  // Nobody was ever refused, and a poll is answered without a wait.
  const waited = waits.length;
  await live.follow(now());
  expect(waits).toHaveLength(waited);
  expect(live.simulator.requests.every(({ status }) => status === 200)).toBe(true);
}, 60_000);

test('whoever used up the requests waits until one has flowed back, not until all have', async () => {
  const waits: number[] = [];
  let clock: { now(): number; advance(ms: number): void } | undefined;
  await using live = await following(workspaceOf(1), {
    // One flows back every ten seconds, all of them in an hour.
    limits: { requests: 360, complexity: 3_000_000 },
    tracker: {
      transport: {
        now: () => clock?.now() ?? 0,
        random: () => 0,
        sleep: async (ms) => {
          waits.push(ms);
          clock?.advance(ms);
        },
      },
    },
  });
  clock = live.simulator.clock;
  const since = await live.sync();
  while (live.simulator.requests.length < 360) await live.follow(since);
  expect(waits).toEqual([]);
  const begun = clock.now();
  await live.follow(since);
  await live.follow(since);
  expect(waits).toEqual([10_000, 10_000]);
  expect(clock.now() - begun).toBe(20_000);
  expect(live.simulator.requests.slice(360).map(({ status }) => status)).toEqual([400, 200, 400, 200]);
}, 60_000);

test('points are saved up in the same way; what would take too long for a request puts the job off', async () => {
  let clock: { now(): number; advance(ms: number): void } | undefined;
  const now = () => clock?.now() ?? 0;
  await using live = await following(workspaceOf(600), {
    // A page costs thousands, which take a quarter of an hour to flow back.
    limits: { requests: 2500, complexity: 20_000 },
    tracker: {
      transport: {
        budget: createBudget({ source: 'labs', now }),
        random: () => 0,
        sleep: async (ms) => clock?.advance(ms),
      },
    },
  });
  clock = live.simulator.clock;
  for (let hour = 0; hour < 3; hour += 1) {
    const asked = live.simulator.requests.length;
    const error = await trackerErrorOf(live.sync());
    expect(error).toMatchObject({ kind: 'rate_limited', status: undefined });
    expect(error.message).toMatch(/kept for polls and webhooks/);
    expect(error.retryAfterMs).toBeGreaterThan(30_000);
    expect(error.retryAfterMs).toBeLessThan(HOUR);
    expect(live.simulator.requests.length).toBeGreaterThan(asked + 1);
    clock.advance(HOUR);
  }
  // Nobody was ever refused.
  expect(live.simulator.requests.every(({ status }) => status === 200)).toBe(true);
}, 60_000);
