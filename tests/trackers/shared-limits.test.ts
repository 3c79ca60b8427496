import { expect, test } from 'vitest';
import { sharedLimits } from '#trackers/shared-limits.ts';

test('all connections to a source have the same five places and the same budget, and no other source has', async () => {
  const limits = sharedLimits({
    budget: async () => ({ allowances: [], pauses: [], spent: [] }),
    addToBudget: async () => {},
    takePlace: async () => async () => {},
  });
  expect(limits('acme')).toBe(limits('acme'));
  const { signal } = new AbortController();
  for (let i = 0; i < 5; i += 1) await limits('acme').slots.take(signal);
  let isIn = false;
  void limits('acme')
    .slots.take(signal)
    .then(() => {
      isIn = true;
    });
  await limits('labs').slots.take(signal);
  expect(isIn).toBe(false);
  await limits('acme').budget.pause({ until: Date.now() + 60_000 });
  const intent = { endpoint: 'GET /', bulk: false, waitedUntil: 0, patienceMs: 1_000 };
  expect(await limits('acme').budget.leave(intent)).toMatchObject({ why: 'paused' });
  expect(await limits('labs').budget.leave(intent)).toBeUndefined();
});
