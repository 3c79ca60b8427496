import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarDay, dayOf, endOf, MS_PER_DAY, plusDays } from '#domain/calendar.ts';
import type { DoneEvidence } from '#domain/done-evidence.ts';
import type { Issue } from '#domain/issue.ts';
import { earlierView, teamView } from '#domain/team-view.ts';
import { basicallyDone } from '#metrics/basically-done.ts';
import { BIRTH, copyAt, LIFETIME, type Life, livesOf } from '#tests/builders/arbitrary.ts';
import { deployment, evidence, verification } from '#tests/builders/evidence.ts';
import { history, team } from '#tests/builders/team.ts';

const payments = team({
  gates: {
    released: [{ environments: ['production'] }],
    verified: [{ verification: 'passed' }, { linked: { labels: ['x', 'y', 'z'] }, stage: 'done' }],
  },
});

/** Deployments and verifications of some of the issues, told at once or up to forty days late. */
const recordsOf = (lives: readonly Life[]) =>
  fc
    .array(
      fc.record({
        life: fc.nat({ max: lives.length - 1 }),
        at: fc.integer({ min: BIRTH, max: BIRTH + LIFETIME }),
        late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 * MS_PER_DAY })),
        passed: fc.boolean(),
      }),
      { maxLength: 60 },
    )
    .map((some): DoneEvidence => {
      const all = some.map(({ life, at, late, passed }, i) => ({
        id: String(i),
        recordedAt: at + late,
        at,
        issue: lives[life]?.id ?? '',
        passed,
      }));
      return evidence({
        deployments: all.map(({ issue, passed: _passed, ...record }) =>
          deployment(record.at, [issue], record),
        ),
        verifications: all.map(({ issue, passed, ...record }) =>
          verification(record.at, issue, { ...record, outcome: passed ? 'passed' : 'failed' }),
        ),
      });
    });

const worlds = livesOf(30).chain((lives) =>
  fc.record({
    lives: fc.constant(lives),
    told: recordsOf(lives),
    day: fc.integer({ min: 60, max: 230 }).map((days) => dayOf(BIRTH + days * MS_PER_DAY, 'UTC')),
  }),
);

const viewOf = (day: CalendarDay, lives: readonly Life[], until: number, told: DoneEvidence) => {
  const issues = lives.map((life) => copyAt(life, until)).filter((one): one is Issue => one !== undefined);
  const pay = { source: 'acme', projects: [{ id: 'pay', key: 'PAY', name: 'PAY' }] };
  return teamView(payments, day, [history(issues, pay)], told);
};

test('what is Done knows nothing that was told later, and a replayed day is that day', {
  timeout: 60_000,
}, () => {
  let moved = 0;
  fc.assert(
    fc.property(worlds, ({ lives, told, day }) => {
      const end = endOf(day, 'UTC');
      const then = viewOf(day, lives, end, {
        ...told,
        deployments: told.deployments.filter(({ recordedAt }) => recordedAt < end),
        verifications: told.verifications.filter(({ recordedAt }) => recordedAt < end),
      });
      const now = viewOf(plusDays(day, 400), lives, BIRTH + 2 * LIFETIME, told);
      const answer = basicallyDone(then);
      expect(basicallyDone(viewOf(day, lives, BIRTH + 2 * LIFETIME, told))).toEqual(answer);
      expect(basicallyDone(earlierView(now, day))).toEqual(answer);
      const bare = basicallyDone(viewOf(day, lives, end, evidence({})));
      if (JSON.stringify(bare.items) !== JSON.stringify(answer.items)) moved += 1;
    }),
    { numRuns: 80, seed: 7 },
  );
  // Else nothing was put to the test.
  expect(moved).toBeGreaterThan(20);
});
