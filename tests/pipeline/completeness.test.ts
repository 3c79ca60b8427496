import { describe } from 'vitest';
import {
  bearsAnHourOfSkew,
  bearsEditsWhileItReads,
  bearsEveryFaultInAFirstSync,
  bearsEveryFaultInFollowing,
  bearsRandomFaults,
  bearsTwoWorkers,
} from '#tests/contracts/complete.ts';
import { takesTheFewestRequests } from '#tests/contracts/fewest-requests.ts';
import { HISTORIES, TRACKERS } from '#tests/support/served/trackers.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { suiteStore } from '#tests/support/suite-store.ts';

const OPENAPI = ['jira-cloud-platform-v3', 'jira-cloud-software-subset.derived'].flatMap(
  (name) => sharedPath(`data/schemas/${name}.openapi.json.gz`) ?? [],
);

const store = suiteStore();

for (const history of HISTORIES) {
  const proofs = TRACKERS.map((tracker) => ({ tracker, site: history.site, store }));
  describe.skipIf(!history.isHere).for(proofs)(
    `the history of ${history.title}, served as $tracker, is stored whole`,
    (proof) => {
      takesTheFewestRequests(proof, OPENAPI);
      bearsRandomFaults(proof, [1]);
      bearsEditsWhileItReads(proof);
      bearsAnHourOfSkew(proof);
      bearsTwoWorkers(proof);
    },
  );
}

// Each kind of fault at each request takes its time: here for the smallest history and the usual site of a tracker,
// for all of them in `npm run test:soak`.
for (const history of HISTORIES.slice(0, 1)) {
  const proofs = (['jira', 'linear'] as const).map((tracker) => ({ tracker, site: history.site, store }));
  describe.skipIf(!history.isHere).for(proofs)(
    `the history of ${history.title}, served as $tracker, is stored whole`,
    (proof) => {
      bearsEveryFaultInAFirstSync(proof);
      // One of every sort: refused, spoiled, repeated, out of order.
      bearsEveryFaultInFollowing(proof, ['429_bare', 'truncated_json_200', 'repeat_page', 'shuffled']);
    },
  );
}
