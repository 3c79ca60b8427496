import { describe } from 'vitest';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { followsAnyMixture } from '#tests/contracts/mixture.ts';
import { aPartOf, TRACKERS } from '#tests/support/served/trackers.ts';
import { suiteStore } from '#tests/support/suite-store.ts';

const store = suiteStore();

// Every run draws other mixtures; a failure names its seed.
describe('the simulated organisation', () => {
  const site = aPartOf(simulatedOrganisation().site, 60);
  for (const tracker of TRACKERS) {
    followsAnyMixture(tracker, site, store, { numRuns: 40 });
    followsAnyMixture(tracker, site, store, { numRuns: 40, outOfSight: true });
  }
});
