import { describe, expect, test } from 'vitest';
import { missed, seen } from '#domain/absence.ts';
import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Absence, Issue } from '#domain/issue.ts';
import { earlierView } from '#domain/team-view.ts';
import { cycleTime } from '#metrics/cycle-time.ts';
import { throughput } from '#metrics/throughput.ts';
import { day } from '#tests/builders/day.ts';
import { team, view } from '#tests/builders/team.ts';
import { idOf, issue } from '#tests/builders/timeline.ts';

const at = (text: string) => Date.parse(text);
const gone = (one: Issue, ...absences: readonly Absence[]): Issue => ({ ...one, gone: absences });
const open = issue('PAY-1', 'To Do 2d → In Progress', { from: '2026-01-05' });
const done = issue('PAY-2', 'To Do 2d → In Progress 2d → Done', { from: '2026-01-05' });
const missing = (why: Absence['why'], until?: string): Absence => ({
  since: at('2026-01-12T03:00Z'),
  ...(until === undefined ? {} : { until: at(until) }),
  why,
});
const stagesOn = (text: string, ...issues: readonly Issue[]) =>
  view(team(), text, issues).items.map(({ key, stage }) => [key, stage]);

describe('an issue that the tracker no longer shows', () => {
  test.each(['deleted', 'trashed', 'archived', 'access_lost'] as const)(
    'changes no day that was over when it was missed (%s)',
    (why) => {
      expect(view(team(), '2026-01-11', [gone(open, missing(why)), done])).toEqual(
        view(team(), '2026-01-11', [open, done]),
      );
    },
  );

  test.each(['deleted', 'trashed'] as const)('was dropped when it was unfinished and %s', (why) => {
    const [item] = view(team(), '2026-01-12', [gone(open, missing(why))]).items;
    expect(item).toMatchObject({ stage: 'cancelled', cancelledAt: at('2026-01-12T03:00Z') });
    expect(item?.finishedAt).toBeUndefined();
    expect(item?.stays.map(({ stage, from, to }) => [stage, from, to])).toEqual([
      ['todo', at('2026-01-05'), at('2026-01-07')],
      ['active', at('2026-01-07'), at('2026-01-12T03:00Z')],
      ['cancelled', at('2026-01-12T03:00Z'), undefined],
    ]);
  });

  test.each(['archived', 'access_lost'] as const)(
    'is neither open nor ended when it was unfinished and %s',
    (why) => {
      const after = view(team(), '2026-01-12', [gone(open, missing(why)), done]);
      expect(after.items.map(({ key }) => key)).toEqual(['PAY-2']);
      expect([...after.byRef.keys()]).toEqual([`acme/${idOf('PAY-2')}`]);
      expect(after.outOfSight.map(({ key }) => key)).toEqual(['PAY-1']);
    },
  );

  test.each(['deleted', 'trashed', 'archived', 'access_lost'] as const)(
    'stays finished when it was (%s)',
    (why) => {
      const [before, after] = [done, gone(done, missing(why))].map((one) =>
        view(team(), '2026-01-16', [one]),
      );
      expect(after?.items.map(({ finishedAt }) => finishedAt)).toEqual([at('2026-01-09')]);
      expect(after && throughput(after)).toEqual(before && throughput(before));
      expect(after && cycleTime(after)).toEqual(before && cycleTime(before));
    },
  );

  test('is itself again once it is met again, and what was told meanwhile stands', () => {
    const back = gone(open, missing('deleted', '2026-01-14T12:00Z'));
    expect(stagesOn('2026-01-13', back)).toEqual([['PAY-1', 'cancelled']]);
    expect(stagesOn('2026-01-14', back)).toEqual([['PAY-1', 'active']]);
    const unseen = gone(open, missing('access_lost', '2026-01-14T12:00Z'));
    expect(stagesOn('2026-01-13', unseen)).toEqual([]);
    expect(stagesOn('2026-01-14', unseen)).toEqual([['PAY-1', 'active']]);
  });

  test('is not known to have changed while it was gone, only afterwards', () => {
    const finishedUnseen = issue('PAY-1', 'To Do 2d → In Progress 6d → Done', { from: '2026-01-05' });
    const back = gone(finishedUnseen, missing('access_lost', '2026-01-14T12:00Z'));
    expect(stagesOn('2026-01-13', back)).toEqual([]);
    expect(stagesOn('2026-01-14', back)).toEqual([['PAY-1', 'done']]);
  });

  test('is in the replay of an earlier day as it was in the view of that day', () => {
    const issues = [
      gone(open, missing('archived')),
      gone(issue('PAY-3', 'In Progress'), missing('deleted', '2026-01-14')),
      done,
    ];
    const now = view(team(), '2026-01-16', issues);
    for (let moment = at('2026-01-05'); moment < at('2026-01-16'); moment += MS_PER_DAY) {
      const then = new Date(moment).toISOString().slice(0, 10);
      expect(earlierView(now, day(then))).toEqual(view(team(), then, issues));
    }
  });
});

describe('absences', () => {
  test('go on while censuses keep missing the issue, and begin anew for another reason', () => {
    const first = missed([], 10, 'archived');
    expect(first).toEqual([{ since: 10, why: 'archived' }]);
    expect(missed(first, 20, 'archived')).toEqual(first);
    expect(missed(first, 20, 'deleted')).toEqual([
      { since: 10, until: 20, why: 'archived' },
      { since: 20, why: 'deleted' },
    ]);
  });

  test('end when the issue is met, unless it was missed after that', () => {
    const one = missed([], 10, 'deleted');
    expect(seen(one, 15)).toEqual([{ since: 10, until: 15, why: 'deleted' }]);
    expect(seen(one, 9)).toEqual(one);
    expect(seen(one, 10)).toEqual([]);
    expect(seen(seen(one, 15), 20)).toEqual(seen(one, 15));
    expect(seen([], 1)).toEqual([]);
  });

  test('of late messages change nothing', () => {
    const one = missed([], 10, 'deleted');
    expect(missed(one, 5, 'archived')).toEqual(one);
  });
});

describe('an issue that was archived by itself, as its history tells', () => {
  const archived = (text: string, to: boolean) => ({
    at: at(text),
    eventId: text,
    itemIndex: 12,
    field: 'archived',
    from: String(!to),
    to: String(to),
    origin: 'recorded' as const,
  });
  const told = (one: Issue, ...more: readonly ReturnType<typeof archived>[]): Issue => ({
    ...one,
    events: [...one.events, ...more].toSorted((a, b) => a.at - b.at),
  });
  const hidden = told(open, archived('2026-01-12T03:00Z', true));

  test('changes no day that was over, and is neither open nor ended from then on', () => {
    expect(stagesOn('2026-01-11', hidden, done)).toEqual(stagesOn('2026-01-11', open, done));
    const after = view(team(), '2026-01-12', [hidden, done]);
    expect(after.items.map(({ key }) => key)).toEqual(['PAY-2']);
    expect(after.outOfSight.map(({ key }) => key)).toEqual(['PAY-1']);
  });

  test('is in sight again once it was taken out', () => {
    const back = told(hidden, archived('2026-01-14T03:00Z', false));
    expect(stagesOn('2026-01-13', back)).toEqual([]);
    expect(stagesOn('2026-01-14', back)).toEqual([['PAY-1', 'active']]);
  });

  test('stays finished when it was, and what is thrown away after it is dropped', () => {
    expect(stagesOn('2026-01-16', told(done, archived('2026-01-15T03:00Z', true)))).toEqual([
      ['PAY-2', 'done'],
    ]);
    const binned = gone(hidden, { since: at('2026-01-13T03:00Z'), why: 'trashed' });
    expect(stagesOn('2026-01-14', binned)).toEqual([['PAY-1', 'cancelled']]);
  });
});
