import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarDay, dayOf, endOf, MS_PER_DAY } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { CYCLE_TIME_DEFAULT, type CycleTimeDefinition } from '#domain/team.ts';
import { type TeamView, teamView } from '#domain/team-view.ts';
import { cycleTimeDays, type StageStay, type WorkItem } from '#domain/work-item.ts';
import { cycleTime } from '#metrics/cycle-time.ts';
import { cycleTimeDefinitions } from '#metrics/cycle-time-definitions.ts';
import { flowSample } from '#metrics/flow-sample.ts';
import { itemClock } from '#metrics/item-clock.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { workItemAge } from '#metrics/work-item-age.ts';
import { arbitraryLives, BIRTH, copyAt, LIFETIME, type Life } from '#tests/builders/arbitrary.ts';
import { EVERY_DEFINITION } from '#tests/builders/definitions.ts';
import { history, team } from '#tests/builders/team.ts';

const of = team({ timezone: 'America/New_York', stages: { acme: { QA: 'late' } } });
const worlds = fc.record({
  lives: arbitraryLives,
  day: fc.integer({ min: 60, max: 230 }).map((days) => dayOf(BIRTH + days * MS_PER_DAY, of.timezone)),
});

const viewOf = (day: CalendarDay, lives: readonly Life[], knownUntil: number): TeamView => {
  const issues = lives
    .map((life) => copyAt(life, knownUntil))
    .filter((issue): issue is Issue => issue !== undefined);
  const projects = [{ id: 'pay', key: 'PAY', name: 'PAY' }];
  return teamView(of, day, [history(issues, { source: 'acme', projects })]);
};
const goingBy = (view: TeamView, definition: CycleTimeDefinition): TeamView => ({
  ...view,
  team: { ...view.team, cycleTime: definition },
});

test('under every definition no metric that goes by it knows what came later', { timeout: 120_000 }, () => {
  const told = { open: 0, finished: 0 };
  fc.assert(
    fc.property(worlds, ({ lives, day }) => {
      const then = viewOf(day, lives, endOf(day, of.timezone));
      const now = viewOf(day, lives, BIRTH + 2 * LIFETIME);
      for (const definition of EVERY_DEFINITION) {
        const [a, b] = [goingBy(then, definition), goingBy(now, definition)];
        for (const metric of [flowSample, cycleTime, workItemAge, serviceLevel, cycleTimeDefinitions]) {
          expect(metric(b)).toEqual(metric(a));
        }
        told.open += flowSample(a).open.length;
        told.finished += flowSample(a).finished.length;
      }
    }),
    { numRuns: 25 },
  );
  expect(Math.min(told.open, told.finished)).toBeGreaterThan(100);
});

test('under every definition ages and times are 0 or more, and nobody enters after leaving', () => {
  fc.assert(
    fc.property(worlds, ({ lives, day }) => {
      const view = viewOf(day, lives, BIRTH + 2 * LIFETIME);
      for (const definition of EVERY_DEFINITION) {
        const going = goingBy(view, definition);
        const { spells } = flowSample(going);
        expect(spells.filter(({ entry, exit }) => !(entry >= 0 && entry <= exit))).toEqual([]);
        expect(workItemAge(going).items.filter(({ ageDays }) => !(ageDays >= 0))).toEqual([]);
        for (const item of view.items) {
          const clock = itemClock(item, definition, view);
          if (clock === undefined) continue;
          const half = clock.days / 2;
          const passed = clock.passed(half);
          expect(passed !== undefined).toBe(clock.days > 0);
          expect(clock.passed(clock.days)).toBeUndefined();
          if (passed === undefined) continue;
          expect(passed).toBeGreaterThanOrEqual(clock.startedAt);
          expect(passed).toBeLessThanOrEqual(clock.ending.until);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('under every definition an item is as old the moment it finishes as it took', () => {
  let compared = 0;
  fc.assert(
    fc.property(worlds, ({ lives, day }) => {
      const view = viewOf(day, lives, BIRTH + 2 * LIFETIME);
      for (const definition of EVERY_DEFINITION) {
        for (const item of view.items) {
          const clock = itemClock(item, definition, view);
          if (clock?.ending.kind !== 'finished' || clock.days === 0) continue;
          const { until } = clock.ending;
          // The day of the finish is touched the moment the item finishes, and not before.
          const moment = until + (definition.clock === 'inclusive_days' ? 1 : 0);
          const age = itemClock(justBefore(item, until), definition, { ...view, asOf: moment });
          expect([age?.ending.kind, age?.startedAt, age?.days]).toEqual([
            'open',
            clock.startedAt,
            clock.days,
          ]);
          compared += 1;
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(1000);
});

test('by our own definition the clock reads what the item itself says', () => {
  fc.assert(
    fc.property(worlds, ({ lives, day }) => {
      const view = viewOf(day, lives, BIRTH + 2 * LIFETIME);
      for (const item of view.items) {
        const clock = itemClock(item, CYCLE_TIME_DEFAULT, view);
        expect(clock?.startedAt).toBe(item.startedAt);
        expect(clock?.ending.kind === 'finished' ? clock.days : undefined).toBe(cycleTimeDays(item));
      }
    }),
    { numRuns: 100 },
  );
});

/** The item as it stood before it finished. */
function justBefore(item: WorkItem, finishedAt: number): WorkItem {
  const { finishedAt: _, cancelledAt: __, ...open } = item;
  const stays = item.stays
    .filter(({ from }) => from < finishedAt)
    .map(({ to, ...stay }): StageStay => (to === undefined || to >= finishedAt ? stay : { ...stay, to }));
  return { ...open, stays };
}
