import { defineConfig } from 'vitest/config';

// Two projects: `unit` is pure and fast enough for --watch; `integration` opens ports, databases and browsers.
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
            'tests/{domain,statistics,metrics,forecast,report,views,config,trackers,architecture,docs}/**/*.test.ts',
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
    ],
  },
});
