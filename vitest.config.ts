import { defineConfig } from 'vitest/config';

// `unit` is pure and fast enough for --watch; `integration` opens ports, databases and browsers. `soak` is long and not
// part of `npm test`: each kind of fault at each request of each history, and other mixtures of edits every time.
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
          include: [
            'tests/{domain,statistics,metrics,forecast,risks,report,views,config,trackers,architecture,docs}/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            'tests/{store,queue,pipeline,http,cli,demo,workers,journeys}/**/*.test.ts',
            'tests/*.test.ts',
          ],
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
