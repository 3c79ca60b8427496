import { defineConfig } from 'vitest/config';

// `unit` is pure and fast enough for --watch; `integration` opens ports, databases and browsers. Two are not part of
// `npm test`, which draws the same samples every time: `fuzz` is `unit` with other samples, and `soak` is long: each kind
// of fault at each request of each history, and other mixtures of edits every time.
const UNIT =
  'tests/{domain,statistics,metrics,forecast,risks,report,views,config,trackers,architecture,docs}/**/*.test.ts';
const SAME_SAMPLES = './tests/support/same-samples.ts';

export default defineConfig({
  test: {
    // Where results are to be counted afterwards, as CI does to see that no suite was skipped.
    reporters: process.env.TEST_RESULTS
      ? ['default', ['json', { outputFile: process.env.TEST_RESULTS }]]
      : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [UNIT],
          setupFiles: [SAME_SAMPLES],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'fuzz',
          include: [UNIT],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            'tests/{store,queue,pipeline,http,cli,demo,workers,journeys}/**/*.test.ts',
            'tests/*.test.ts',
          ],
          setupFiles: [SAME_SAMPLES],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'soak',
          include: ['tests/soak/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
