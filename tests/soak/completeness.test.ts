import { describe } from 'vitest';
import {
  bearsEveryFaultInAFirstSync,
  bearsEveryFaultInFollowing,
  bearsRandomFaults,
} from '#tests/contracts/complete.ts';
import { HISTORIES, TRACKERS } from '#tests/support/served/trackers.ts';
import { suiteStore } from '#tests/support/suite-store.ts';

const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);

const store = suiteStore();

for (const history of HISTORIES) {
  const proofs = TRACKERS.map((tracker) => ({ tracker, site: history.site, store }));
  describe.skipIf(!history.isHere).for(proofs)(
    `the history of ${history.title}, served as $tracker, is stored whole`,
    (proof) => {
      bearsEveryFaultInAFirstSync(proof);
      bearsEveryFaultInFollowing(proof);
      bearsRandomFaults(proof, SEEDS);
    },
  );
}
