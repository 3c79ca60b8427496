import { describe, expect, test } from 'vitest';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { type CalendarDay, dayOf, MS_PER_DAY, plusDays } from '#domain/calendar.ts';
import { scalarIntervals, setIntervals } from '#domain/field-values.ts';
import type { Issue } from '#domain/issue.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import { team } from '#tests/builders/team.ts';
import { firstSync, polled } from '#tests/support/served/readings.ts';
import type { Served } from '#tests/support/served/served.ts';
import { aPartOf, serve } from '#tests/support/served/trackers.ts';
import { suiteStore } from '#tests/support/suite-store.ts';

const store = suiteStore();
const site = aPartOf(simulatedOrganisation().site, 40);
const SOURCE = 'moved';
const everything = team({ id: 'all', name: 'All', scope: [{ source: SOURCE }] });

/** Lets something happen to so many issues, three hours after each other. */
function happen(served: Served, what: RegExp, times: number): void {
  const [, happening] = Object.entries(served.happenings).find(([name]) => what.test(name)) ?? [];
  if (happening === undefined) throw new RangeError(`nothing is called ${what}`);
  for (let i = 0; i < times; i += 1) {
    happening(7 * (31 * i + 5) + (i % 7));
    served.clock.advance(3 * 3_600_000);
  }
}

async function reports(days: readonly CalendarDay[]): Promise<readonly string[]> {
  const documents: string[] = [];
  for (const day of days) documents.push(JSON.stringify(await assessTeam(store(), everything, day)));
  return documents;
}

const today = (served: Served): CalendarDay => dayOf(served.clock.now(), 'UTC');
const linksOf = (issues: readonly Issue[]) => issues.map((one) => [one.id, setIntervals(one, 'links')]);
const keysOf = (issues: readonly Issue[]) => issues.map((one) => [one.id, scalarIntervals(one, 'key')]);

describe.each(['jira', 'linear'] as const)('issues that move, in %s,', (tracker) => {
  test('leave past reports as they were, whether they are followed or read anew', async () => {
    await using served = await serve(tracker, site);
    await firstSync(served, store(), SOURCE);
    const before = today(served);
    served.clock.advance(2 * MS_PER_DAY);
    happen(served, /are linked/, 40);
    served.clock.advance(MS_PER_DAY);
    await polled(served, store(), SOURCE);
    const linked = today(served);
    const days = [before, plusDays(before, 4), plusDays(linked, -1)];
    const told = await reports(days);
    const links = linksOf(await store().readIssues(SOURCE));
    expect(links.filter(([, held]) => (held?.length ?? 0) > 0).length).toBeGreaterThan(30);

    served.clock.advance(MS_PER_DAY);
    happen(served, /is moved/, 60);
    await polled(served, store(), SOURCE);
    const moved = await store().readIssues(SOURCE);
    const keys = keysOf(moved).filter(([, held]) => (held?.length ?? 0) > 1);
    expect(keys.length).toBeGreaterThan(20);
    expect(linksOf(moved)).toEqual(links);
    expect(await reports(days)).toEqual(told);

    await firstSync(served, store(), SOURCE);
    const anew = await store().readIssues(SOURCE);
    expect(linksOf(anew)).toEqual(links);
    expect(keysOf(anew)).toEqual(keysOf(moved));
    expect(await reports(days)).toEqual(told);

    happen(served, /link is removed/, 30);
    await polled(served, store(), SOURCE);
    expect(await reports(days)).toEqual(told);
    await firstSync(served, store(), SOURCE);
    expect(await reports(days)).toEqual(told);
  });
});
