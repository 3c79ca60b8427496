import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { type CalendarDay, endOf, parseDay, plusDays } from '#domain/calendar.ts';
import { scalarNow, setNow } from '#domain/field-values.ts';
import type { CurrentFields, Issue, NamedValue, ScalarField, SetField } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import { asOf } from '#domain/timeline.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import type { Store } from '#store/store.ts';
import { team } from '#tests/builders/team.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';

const file = sharedPath('data/jira-history/DURACLOUD.jsonl.gz');

describe.skipIf(file === undefined)(
  'a report of a past date (skipped where no recorded history lies beside the project)',
  () => {
    let database: TemporaryDatabase;
    let store: Store;
    const duracloud = team({ id: 'duracloud', name: 'DuraCloud', scope: [{ source: 'duracloud' }] });
    const report = async (day: string) =>
      JSON.stringify(await assessTeam(store, duracloud, dayIn(day)), undefined, 2);

    beforeAll(async () => {
      database = await temporaryDatabase();
      store = await database.open();
      const [recorded] = await sitesFromHistory([file ?? '']);
      if (!recorded) throw new Error('no history');
      await using simulator = await createJiraSimulator(recorded.site);
      await using tracker = createJiraTracker({
        source: 'duracloud',
        url: simulator.url,
        auth: SIMULATED_ACCOUNT,
        salt: 'salt',
      });
      await syncSource({ tracker, store, now: Date.now });
    });
    afterAll(async () => {
      await store[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    test('is the same bytes when asked twice', async () => {
      expect(await report('2013-06-01')).toBe(await report('2013-06-01'));
    });

    test.each(['2011-03-31', '2012-11-15', '2013-06-01', '2014-05-20'])(
      'is the same bytes at %s whether or not later events are in the store',
      async (day) => {
        const whole = await report(day);
        const issues = await store.readIssues('duracloud');
        const reference = await store.readReference('duracloud');
        if (!reference) throw new Error('no reference');
        const moment = endOf(dayIn(day), 'UTC');
        const then = issues.map((issue) => forgetting(issue, moment)).filter((issue) => issue !== undefined);
        expect(then.length).toBeGreaterThan(100);
        expect(then.length).toBeLessThan(issues.length);

        await using past = await database.open(`${database.schema}_${day.replaceAll('-', '')}`);
        await fill(past, reference, then);
        expect(JSON.stringify(await assessTeam(past, duracloud, dayIn(day)), undefined, 2)).toBe(whole);
      },
    );

    test('says which facts are today’s whatever its date', async () => {
      const document = await assessTeam(store, duracloud, dayIn('2013-06-01'));
      expect(document.definitions.knownOnlyNow).toContain(
        'a version’s release date and whether it is released',
      );
    });

    test('of a day that the data do not reach is refused: silence would count as idleness', async () => {
      const state = await store.syncState('duracloud');
      const last = dayIn(new Date(state.completeAsOf ?? 0).toISOString().slice(0, 10));
      await expect(assessTeam(store, duracloud, plusDays(last, 1))).rejects.toThrow(
        /sources were read up to/,
      );
      expect((await assessTeam(store, duracloud, last)).asOf).toBe(last);
    });

    test('without a date is as of the tracker’s own clock', async () => {
      // The simulator's clock stands a day after the last event it recorded.
      const document = await assessTeam(store, duracloud);
      const state = await store.syncState('duracloud');
      expect(document.asOf).toBe(new Date(state.completeAsOf ?? 0).toISOString().slice(0, 10));
    });
  },
);

function dayIn(text: string): CalendarDay {
  const day = parseDay(text);
  if (day === undefined) throw new RangeError(`"${text}" is no day`);
  return day;
}

async function fill(store: Store, reference: Reference, issues: readonly Issue[]): Promise<void> {
  await store.saveReference(reference, Date.now());
  await store.saveBatch(reference.source, issues);
  await store.finishSync(reference.source, Date.now(), Date.now());
}

/** The issue as a tracker would have shown it at a moment: later events gone, current values those of then. */
function forgetting(issue: Issue, moment: number): Issue | undefined {
  const view = asOf(issue, moment);
  if (!view) return undefined;
  const scalars: Partial<Record<ScalarField, NamedValue>> = {};
  for (const field of Object.keys(issue.current.scalars) as ScalarField[]) {
    const value = scalarNow(view, field);
    if (value) scalars[field] = value;
  }
  const sets: Partial<Record<SetField, readonly NamedValue[]>> = {};
  for (const field of ['labels', 'versions', 'components', 'cycles', 'links'] as const) {
    sets[field] = setNow(view, field).map((value) => ({ value }));
  }
  const current: CurrentFields = { scalars, sets };
  const recorded = view.events.filter((event) => event.origin === 'recorded');
  return withTimeline({ ...issue, updatedAt: moment, current }, recorded);
}
