import nock from 'nock';
import { afterAll, afterEach, beforeAll } from 'vitest';

/**
 * Lets the tests of this file meet nock instead of the network. A request that nobody expected is answered with
 * status 501, which a test about errors would take for its own: such a test fails here, as does one that leaves
 * an expected request unasked.
 */
export function meetNock(): void {
  const unmatched: string[] = [];

  beforeAll(() => {
    nock.disableNetConnect();
    nock.emitter.on('no match', ({ method, url }) => unmatched.push(`${method} ${url}`));
  });
  afterEach(() => {
    const left = [...unmatched.splice(0), ...nock.pendingMocks()];
    nock.cleanAll();
    if (left.length > 0) throw new Error(`unexpected or unasked requests: ${left.join(', ')}`);
  });
  afterAll(() => nock.restore());
}
