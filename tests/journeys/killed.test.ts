import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { type Killing, openKilling } from '#tests/support/killing.ts';
import { multipliedSite } from '#tests/support/multiplied-site.ts';
import type { Served } from '#tests/support/served/served.ts';
import { serve } from '#tests/support/served/trackers.ts';

const ISSUES = 2500;

// One project, so that its batches come one after the other.
const { site: organisation } = simulatedOrganisation();
const ofPayments = organisation.issues.filter((issue) => issue.key.startsWith('PAY-'));
const projects = organisation.projects.filter(({ key }) => key === 'PAY');
const site = multipliedSite({ ...organisation, projects, issues: ofPayments }, ISSUES);

/** A source of its own for each test, all of them the same tracker, so that each begins with an empty store. */
const SOURCES = ['killed-early', 'killed-twice', 'killed-at-the-end', 'two-at-once'];

// Jira: 25 pages of issues and, behind the 10th, the 20th and the last of them, a request for histories. Linear: 19 pages
// of up to 139 issues, and behind each of them up to three requests for the rest of long histories.
const WALKS = [
  { tracker: 'jira', most: 28 },
  { tracker: 'linear', most: 19 + 3 * 19 },
] as const;

describe.each(WALKS)('a sync of $tracker', ({ tracker, most }) => {
  let served: Served;
  let killing: Killing;
  /** The requests for issues and histories of a walk that nobody disturbs. */
  let walk: number;

  beforeAll(async () => {
    served = await serve(tracker, site, { stallMilliseconds: 300 });
    killing = await openKilling(served, [...SOURCES, 'undisturbed']);
    walk = (await killing.completed('undisturbed')).requests;
  }, 120_000);
  afterAll(async () => {
    await killing[Symbol.asyncDispose]();
    await served[Symbol.asyncDispose]();
  });

  test('takes the fewest requests', () => {
    expect(walk).toBeLessThanOrEqual(most);
  });

  test('that is killed early, and again before its end, goes on where it was and ends in what the tracker holds', async () => {
    expect(await killing.killed('killed-twice', 1)).toBe(true);
    expect(await killing.killed('killed-twice', walk - 4)).toBe(true);
    const { requests, read } = await killing.completed('killed-twice');
    expect(requests).toBeLessThan(walk);
    expect(read).toBeLessThan(ISSUES);
  });

  test('that is killed half way, while one batch is read and the one before it is stored, does so too', async () => {
    expect(await killing.killed('killed-early', Math.ceil(walk / 2) - 1)).toBe(true);
    // The batch before was committed just in time, or not at all.
    expect((await killing.completed('killed-early')).requests).toBeLessThanOrEqual(walk);
  });

  test('that is killed at its last request, does so too', async () => {
    expect(await killing.killed('killed-at-the-end', walk)).toBe(true);
    const { requests, read } = await killing.completed('killed-at-the-end');
    expect(requests).toBeLessThan(walk);
    expect(read).toBeLessThan(ISSUES);
  });

  test('is made by one of two at once; the other says so and ends with code 4', async () => {
    const source = 'two-at-once';
    // Whoever comes first is held up until the other has looked.
    served.faults.set({ kind: 'rate', rate: 1, seed: 1, faults: ['slow_headers'] });
    const began = served.asked().length;
    const both = [1, 2].map(() => killing.command('sync', source));
    const first = await Promise.race(both.map(({ ended }) => ended));
    served.faults.set(undefined);
    const results = await Promise.all(both.map(({ ended }) => ended));

    expect(results).toContainEqual(expect.objectContaining({ code: 0 }));
    expect(first).toMatchObject({ code: 4, out: '' });
    expect(first.err).toMatch(/another process is syncing two-at-once now; wait for it to end/);
    expect(killing.walked(began)).toBe(walk);
    await killing.expectWhole(source);
  });
});
