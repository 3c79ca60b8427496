import { describe, expect, test } from 'vitest';
import { temporaryDatabase } from '#tests/support/temporary-store.ts';
import { measured, startTracker } from '../../bench/sync/processes.ts';
import { TRACKERS, type TrackerName } from '../../bench/sync/trackers.ts';

/** What is read of 20,000 issues does not fit into this once it is in memory. */
const CEILING = ['--max-old-space-size=96', '--max-semi-space-size=16'];

describe('the memory of a first sync', () => {
  test.for(TRACKERS)(
    'is hardly larger for ten times as many issues, in a heap that could not hold them (%s)',
    { timeout: 1_800_000 },
    async (tracker) => {
      const small = await peakOf(tracker, 2_000);
      const large = await peakOf(tracker, 20_000);
      expect(large).toBeLessThan(1.4 * small);
    },
  );
});

async function peakOf(tracker: TrackerName, issues: number): Promise<number> {
  await using database = await temporaryDatabase();
  await using _ = await database.open();
  await using served = await startTracker(tracker, issues);
  const { address, schema } = database;
  const sync = await measured(
    {
      what: 'sync',
      tracker,
      url: served.url,
      issues,
      database: address,
      schema,
      collects: false,
      requests: [],
    },
    CEILING,
  );
  expect(sync.stored).toBe(issues);
  return sync.peakBytes;
}
