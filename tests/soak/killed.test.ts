import { describe, expect, test } from 'vitest';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { openKilling } from '#tests/support/killing.ts';
import { multipliedSite } from '#tests/support/multiplied-site.ts';
import { serve, TRACKERS } from '#tests/support/served/trackers.ts';

const { site } = simulatedOrganisation();
const KILLS = 12;

describe('a sync that is killed at random points', () => {
  test.for(TRACKERS)(
    'goes on each time, and ends in what %s holds',
    { timeout: 1_800_000 },
    async (tracker) => {
      await using served = await serve(tracker, multipliedSite(site, 2_500));
      const sources = Array.from({ length: KILLS / 2 }, (_, i) => `killed-${i}`);
      await using killing = await openKilling(served, ['undisturbed', ...sources]);
      const { requests: walk } = await killing.completed('undisturbed');
      let killed = 0;
      for (const source of sources) {
        // What is left after the first kill is less than a walk: the second mostly comes in time too.
        for (const share of [1, 0.5]) {
          if (await killing.killed(source, Math.ceil(Math.random() * share * walk))) killed += 1;
        }
        expect((await killing.completed(source)).requests).toBeLessThanOrEqual(walk);
      }
      expect(killed).toBeGreaterThan(KILLS / 4);
    },
  );
});
