import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import type { Version } from '#domain/reference.ts';
import type { Team } from '#domain/team.ts';
import { basicallyDone } from '#metrics/basically-done.ts';
import { claimedShare, timeSpent } from '#metrics/last-mile.ts';
import { deployment, evidence } from '#tests/builders/evidence.ts';
import { goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** Friday; the view ends on Saturday 31 January 2026, 00:00 UTC. */
const AS_OF = '2026-01-30';
type Issues = Parameters<typeof view>[2];
const of = (issues: Issues, changes: Partial<Team> = {}, versions: readonly Version[] = []) =>
  basicallyDone(view(team(changes), AS_OF, issues, { versions }));
const keys = (issues: Issues, changes: Partial<Team> = {}, versions: readonly Version[] = []) =>
  of(issues, changes, versions).items.map(({ key, signals }) => [key, ...signals]);

const mapped = { stages: { acme: { Review: 'late' } } } as const;
const out: Version = {
  id: '1.0',
  projectId: 'pay',
  name: '1.0',
  released: true,
  releaseDay: '2026-01-20' as CalendarDay,
};
const next: Version = { id: '2.0', projectId: 'pay', name: '2.0', released: false };

describe('the list of what is basically done', () => {
  test('says what is claimed, what is shown and what is missing', () => {
    const waiting = issue('PAY-1', 'In Progress 10d → Review', {
      from: '2026-01-19T06:00Z',
      title: 'Retry queue',
    });
    expect(of([waiting], { ...mapped, doneMeans: 'released' }).items).toEqual([
      {
        key: 'PAY-1',
        title: 'Retry queue',
        url: 'https://acme.example/browse/PAY-1',
        claimedAt: '2026-01-29T06:00:00.000Z',
        claimed: 'merged',
        achieved: 'coded',
        required: 'released',
        missing: ['merged', 'released'],
        lacking: ['a released version'],
        ageDays: 1.8,
        signals: ['in_late_stage'],
        confidence: 'medium',
        knownOnlyNow: [],
        whoseMove: 'team',
      },
    ]);
  });

  test('holds nothing that is merely in progress, done, dropped or moved back from review', () => {
    const rest = [
      'To Do',
      'In Progress',
      'Review 1d → Done',
      'Review 1d → Cancelled',
      'Review 1d → In Progress',
    ];
    expect(keys(rest.map((path, i) => issue(`PAY-${i + 1}`, path)))).toEqual([]);
  });

  test('names an item once, with every sign, oldest claim first', () => {
    const again = issue('PAY-2', 'In Progress 1d → Done 1d → Review', { from: '2026-01-26' });
    const older = issue('PAY-1', 'In Progress 1d → Review', { from: '2026-01-25' });
    const result = of([again, older], mapped);
    expect(result.items.map(({ key, signals, confidence }) => [key, signals, confidence])).toEqual([
      ['PAY-1', ['in_late_stage'], 'medium'],
      ['PAY-2', ['in_late_stage', 'reopened'], 'high'],
    ]);
    expect(result.count).toMatchObject({ value: 2, interval90: [2, 2] });
    expect(result.items[1]?.claimedAt).toBe('2026-01-27T00:00:00.000Z');
  });

  test('holds reopened work while it is open, wherever it was put', () => {
    expect(keys([issue('PAY-1', 'Done 10d → To Do')])).toEqual([['PAY-1', 'reopened']]);
    expect(keys([issue('PAY-1', 'Done 10d → To Do 1d → Done')])).toEqual([]);
    expect(keys([issue('PAY-1', 'Done 31d → To Do', { from: '2025-12-20' })])).toEqual([]);
  });

  test('holds an epic whose children are closed, which is no work in progress of its own', () => {
    const epic = issue('PAY-9', 'In Progress', { type: 'Epic' });
    const child = issue('PAY-1', 'In Progress 1d → Done', { parent: 'PAY-9' });
    const open = issue('PAY-2', 'In Progress');
    const result = of([epic, child, open]);
    expect(result.items.map(({ key, signals }) => [key, signals])).toEqual([['PAY-9', ['children_closed']]]);
    expect(result.shareOfWip).toMatchObject({ value: 0, n: 1 });
  });

  test('holds done work only when its version is named and not out', () => {
    const done = (key: string, versions?: string[]) =>
      issue(key, 'In Progress 1d → Done', versions ? { versions } : {});
    const result = of([done('PAY-1', ['2.0']), done('PAY-2'), done('PAY-3', ['1.0'])], {}, [out, next]);
    expect(result.items).toMatchObject([
      { key: 'PAY-1', achieved: 'merged', required: 'released', missing: ['released'], confidence: 'low' },
    ]);
    expect(result.knownOnlyNow).toEqual(['version.released']);
    expect(result.count).toMatchObject({ confidence: 'medium' });
  });

  test('takes a planned version that was released for no proof of unfinished work', () => {
    const item = issue('PAY-1', 'In Progress 1d → Review', { versions: ['1.0'] });
    expect(of([item], {}, [out]).items).toMatchObject([{ achieved: 'coded', required: 'released' }]);
  });

  test('is only as sure as the guess that a status is late', () => {
    const named = [issue('PAY-1', 'In Progress 1d → Review', { from: '2026-01-28' })];
    expect(of(named).items).toMatchObject([{ confidence: 'low' }]);
    expect(of(named, mapped).items).toMatchObject([{ confidence: 'medium' }]);
    // Long in a status that only sounds late: two soft signs.
    const long = [issue('PAY-1', 'In Progress 1d → Review', { from: '2026-01-08' })];
    expect(of(long).items).toMatchObject([
      { signals: ['in_late_stage', 'lingering_in_late'], confidence: 'medium' },
    ]);
  });

  test.each([
    ['Waiting', [], 'unknown'],
    ['Waiting for approval', [], 'leadership'],
    ['Waiting for customer', [], 'external'],
    ['Review', [], 'team'],
    ['Review', ['needs-decision'], 'leadership'],
    ['Customer test', [], 'unknown'],
  ] as const)(
    'says whose move it is as far as a status or a label tells: %s, %o',
    (status, labels, whoseMove) => {
      const stages = { acme: { [status]: 'late' } } as const;
      const waiting = issue('PAY-1', `In Progress 1d → ${status}`, { labels });
      expect(of([waiting], { stages }).items).toMatchObject([{ whoseMove }]);
    },
  );

  test('is empty where coded is all that Done means', () => {
    expect(keys([issue('PAY-1', 'In Progress 1d → Review')], { doneMeans: 'coded' })).toEqual([]);
  });
});

describe('the share of the work in progress', () => {
  test('counts what is begun and not closed', () => {
    const paths = ['Review', 'Review', 'In Progress', 'In Progress 1d → To Do', 'To Do', 'Done'];
    const result = of(
      paths.map((path, i) => issue(`PAY-${i + 1}`, path)),
      mapped,
    );
    expect(result.shareOfWip).toMatchObject({ value: 0.5, n: 4 });
  });

  test('is not told when nothing is in progress', () => {
    expect(of([]).shareOfWip).toMatchObject({ kind: 'insufficient', have: 0, need: 1 });
  });
});

/** Claims that came true after 2, 3, 5 and 9 days, and two still open after 3 and 8. */
const claimed = [
  ...[2, 3, 5, 9].map((days, i) => issue(`PAY-${i + 1}`, `In Progress 1d → Review ${days}d → Done`)),
  issue('PAY-5', 'In Progress 1d → Review', { from: '2026-01-27' }),
  issue('PAY-6', 'In Progress 1d → Review', { from: '2026-01-22' }),
];

describe('the places that it holds', () => {
  test('are the days since the claim of what is still open, all together', () => {
    // In review for 3 and 8 days; what is called done and waits for a release holds none.
    const open = [
      ...claimed.slice(4),
      issue('PAY-7', 'In Progress 1d → Done', { versions: ['2.0'], from: '2026-01-05' }),
    ];
    expect(of(open, mapped, [out, next]).itemDaysHeld).toMatchObject({ value: 11, unit: 'item_days', n: 2 });
  });
});

describe('what serves a goal', () => {
  const two = [
    issue('PAY-1', 'In Progress 1d → Review', { labels: ['go'] }),
    issue('PAY-2', 'In Progress 1d → Review'),
  ];

  test('is counted among what is basically done', () => {
    const goals = [goal(undefined, { scope: { kind: 'label', name: 'go' } })];
    expect(of(two, { goals }).goalPath).toMatchObject({ value: 1, interval90: [1, 1] });
  });

  test('is not known of a team without a goal', () => {
    expect(of(two).goalPath).toMatchObject({ kind: 'insufficient' });
  });
});

describe('what is called done and what is Done in a week', () => {
  /** Two items done in each of eight weeks from 10 November, all in a version that came out on 20 January. */
  const weekly = Array.from({ length: 16 }, (_, i) =>
    issue(`PAY-${i + 1}`, 'In Progress 1d → Done', {
      from: new Date(Date.UTC(2025, 10, 10 + 7 * Math.floor(i / 2))).toISOString(),
      versions: ['1.0'],
    }),
  );

  test('are the same where Done is being called done', () => {
    const { calledDone, trulyDone } = of(weekly, { doneMeans: 'merged' }, [out]);
    // From the week of 10 November to that of 19 January: 11 complete weeks, the last one not over.
    expect(calledDone).toMatchObject({ value: 16 / 11, n: 11, unit: 'items_per_week' });
    expect(trulyDone).toMatchObject({
      value: 16 / 11,
      n: 11,
      interval90: calledDone.kind === 'value' ? calledDone.interval90 : [],
    });
  });

  test('differ by what waits for a release, and by when it came out', () => {
    const waiting = weekly.map((one, i) =>
      i < 12
        ? one
        : issue(`PAY-${i + 1}`, 'In Progress 1d → Done', { from: '2025-12-29', versions: ['2.0'] }),
    );
    const { calledDone, trulyDone } = of(waiting, {}, [out, next]);
    expect(calledDone).toMatchObject({ value: 16 / 11 });
    expect(trulyDone).toMatchObject({ value: 12 / 11 });
  });

  describe('where work is deployed', () => {
    /** Two a week for eight weeks from 10 November, the first ten of them deployed the day after. */
    const work = weekly.map((one, i) => ({ key: `PAY-${i + 1}`, from: one.createdAt }));
    const deployed = work
      .slice(0, 10)
      .map(({ key, from }) => deployment(from + 2 * 86_400_000, [key], { id: key }));
    const plain = (labels: readonly string[] = []) =>
      work.map(({ key, from }) =>
        issue(key, 'In Progress 1d → Done', { from: new Date(from).toISOString(), labels }),
      );
    const seen = (issues: readonly Issue[], changes: Partial<Team> = {}) =>
      basicallyDone(view(team(changes), '2026-01-30', issues, {}, evidence({ deployments: deployed })));

    test('what never was is not Done, in the rates as on the list', () => {
      const result = seen(plain());
      expect(result.calledDone).toMatchObject({ value: 16 / 11 });
      expect(result.trulyDone).toMatchObject({ value: 10 / 11 });
      expect(result.items.map(({ key }) => key)).toEqual(work.slice(10).map(({ key }) => key));
      // Named, the default counts the same.
      const gates: Team['gates'] = { released: [{ environments: ['production'] }] };
      expect(seen(plain(), { gates }).trulyDone).toMatchObject({ value: 10 / 11 });
    });

    test('claims of it stay open', () => {
      const reviewed = work.map(({ key, from }) =>
        issue(key, 'In Progress 12h → Review 12h → Done', { from: new Date(from).toISOString() }),
      );
      // Claimed half a day after they were begun, and out a day and a half after that.
      expect(seen(reviewed, mapped)).toMatchObject({
        halfLife: { value: 1.5, n: 16 },
        openClaims: { value: 6 },
      });
    });

    test('a type of work that is not made to be deployed is Done when it is called so', () => {
      const requests = Array.from({ length: 6 }, (_, i) =>
        issue(`PAY-${50 + i}`, 'In Progress 1d → Done', { from: '2025-11-18', labels: ['support'] }),
      );
      const part = (parent: string, key: string) =>
        issue(key, 'In Progress 1d → Done', { from: '2025-11-18', type: 'Sub-task', parent });
      // What a request is made of is Done with it; a part of what waits for a deployment waits for it.
      const parts = [part('PAY-50', 'PAY-70'), part('PAY-11', 'PAY-71')];
      const result = seen([...plain(), ...requests, ...parts]);
      expect(result.trulyDone).toMatchObject({ value: 17 / 11 });
      expect(result.items).toHaveLength(6);
    });

    test('nothing is waited for, nor missing in the rates, where every third item is never deployed and others pass it', () => {
      // Thirty in a row, one a day from 1 December; 20 of them are deployed the day after.
      const mixed = Array.from({ length: 30 }, (_, i) =>
        issue(`PAY-${i + 1}`, 'In Progress 1d → Done', {
          from: new Date(Date.UTC(2025, 11, 1 + i)).toISOString(),
        }),
      );
      const told = mixed
        .filter((_, i) => i % 3 !== 2)
        .map(({ id, createdAt }) => deployment(createdAt + 2 * 86_400_000, [id], { id }));
      const result = basicallyDone(view(team(), AS_OF, mixed, {}, evidence({ deployments: told })));
      expect(result.items).toEqual([]);
      // From the week of 1 December to that of 19 January.
      expect(result.calledDone).toMatchObject({ value: 30 / 8 });
      expect(result.trulyDone).toMatchObject({ value: 30 / 8 });
    });

    test('what was called done before anybody told of deployments is Done', () => {
      const early = issue('PAY-60', 'In Progress 1d → Done', { from: '2025-11-10' });
      expect(seen([...plain(), early]).trulyDone).toMatchObject({ value: 11 / 11 });
    });

    test('what was not in half a year is in no rate, as on no list', () => {
      const reviewed = (n: number, from: string) =>
        issue(`PAY-${n}`, 'In Progress 12h → Review 12h → Done', { from });
      const forgotten = reviewed(5, '2025-11-10');
      const others = [1, 2, 3, 4, 6, 7, 8, 9].map((n) => reviewed(n, n < 5 ? '2025-11-08' : '2026-04-01'));
      const told = others.map(({ id, createdAt }) => deployment(createdAt + 2 * 86_400_000, [id], { id }));
      const on = (date: string) => {
        const seen = view(team(mapped), date, [...others, forgotten], {}, evidence({ deployments: told }));
        const { items, openClaims, halfLife } = basicallyDone(seen);
        return [items.map(({ key }) => key), openClaims, halfLife];
      };
      // Merged at the beginning of 11 November; 180 days before the end of 8 May is that of the 10th.
      expect(on('2026-05-08')).toMatchObject([['PAY-5'], { value: 1 }, { n: 5 }]);
      expect(on('2026-05-09')).toMatchObject([[], { value: 0 }, { kind: 'insufficient', have: 4 }]);
    });

    test('what the gate of merging does not let through is neither merged nor out', () => {
      const gates: Team['gates'] = { merged: [{ labels: ['merged'] }] };
      expect(seen(plain(), { gates }).trulyDone).toMatchObject({ value: 0 });
      expect(seen(plain(), { gates }).items).toHaveLength(16);
    });
  });

  test('are not told from five weeks', () => {
    const { calledDone, trulyDone } = of(weekly.slice(-2), {}, [out]);
    expect([calledDone, trulyDone]).toMatchObject([{ kind: 'insufficient' }, { kind: 'insufficient' }]);
  });
});

describe('what "basically done" means in days', () => {
  test('is the median time from claim to Done, open claims counted as they stand (WX-A9)', () => {
    // S(2) = 5/6, S(3) = 2/3, S(5) = 4/9: half are Done within 5 days.
    const result = of(claimed, mapped);
    expect(result.halfLife).toMatchObject({ value: 5, unit: 'days', n: 6 });
    expect(result.halfLife).not.toHaveProperty('bound');
    expect(result.openClaims).toMatchObject({ value: 2 });
  });

  test('is not told from four claims, nor from two that came true', () => {
    expect(of(claimed.slice(0, 4), mapped).halfLife).toMatchObject({
      kind: 'insufficient',
      have: 4,
      need: 5,
    });
    expect(of(claimed.slice(2), { ...mapped }).halfLife).toMatchObject({
      kind: 'insufficient',
      have: 4,
      need: 5,
    });
    const open = Array.from({ length: 4 }, (_, i) => issue(`PAY-${20 + i}`, 'In Progress 1d → Review'));
    expect(of([...claimed.slice(0, 2), ...open], mapped).halfLife).toMatchObject({
      kind: 'insufficient',
      have: 2,
      need: 3,
    });
  });

  test('keeps the first claim when work goes back and forth', () => {
    const back = Array.from({ length: 5 }, (_, i) =>
      issue(`PAY-${i + 1}`, 'In Progress 1d → Review 2d → In Progress 3d → Review 1d → Done'),
    );
    expect(of(back, mapped).halfLife).toMatchObject({ value: 6 });
  });

  test('runs to the release where Done means released', () => {
    // Done on 7 January, released at the end of the 20th: 14 days after, and 15 after the claim on the 6th.
    const five = Array.from({ length: 5 }, (_, i) =>
      issue(`PAY-${i + 1}`, 'In Progress 1d → Review 1d → Done', { versions: ['1.0'] }),
    );
    expect(of(five, mapped, [out]).halfLife).toMatchObject({ value: 15 });
    expect(of(five, { ...mapped, doneMeans: 'merged' }, [out]).halfLife).toMatchObject({ value: 1 });
  });

  test('is not told where nothing in a tracker shows the required level', () => {
    const lacking = { kind: 'insufficient', have: 0, need: 3, what: 'claims that came true' };
    expect(of(claimed, { ...mapped, doneMeans: 'adopted' }).halfLife).toEqual(lacking);
  });

  test('leaves out cancelled claims and says how many', () => {
    const dropped = issue('PAY-7', 'In Progress 1d → Review 3d → Cancelled');
    expect(of([...claimed, dropped], mapped).halfLife).toMatchObject({
      value: 5,
      n: 6,
      excluded: [{ reason: 'cancelled', count: 1 }],
    });
  });

  test('is a bound when fewer than half have come true', () => {
    const open = Array.from({ length: 6 }, (_, i) =>
      issue(`PAY-${20 + i}`, 'In Progress 1d → Review', { from: '2026-01-10' }),
    );
    const result = of([...claimed.slice(0, 3), ...open], mapped).halfLife;
    // Three of nine came true; the six others are still open after 20 days.
    expect(result).toMatchObject({ value: 20, bound: '>', interval90: [expect.any(Number), null] });
  });
});

describe('the last mile', () => {
  const day = 86_400_000;

  test('is the time after the claim, of all time since the start (WX-A-LM)', () => {
    // Claim to end 6, 2 and 10 days (open at 16), start to end 10, 5 and 16: 18 of 31.
    const three = [
      { startedAt: 0, claimedAt: 4 * day, reachedAt: 10 * day },
      { startedAt: 0, claimedAt: 3 * day, reachedAt: 5 * day },
      { startedAt: 0, claimedAt: 6 * day },
    ];
    expect(claimedShare([timeSpent(three, 16 * day)])).toBeCloseTo(18 / 31, 10);
  });

  test('is told with an interval that holds it', () => {
    // 2 + 3 + 5 + 9 + 3 + 8 = 30 days claimed, one more day each before: 30 of 36.
    const share = of(claimed, mapped).lastMileShare;
    if (share.kind !== 'value') throw new Error('expected a value');
    expect(share.value).toBeCloseTo(30 / 36, 10);
    const [low, high] = share.interval90;
    expect(low).toBeLessThanOrEqual(share.value);
    expect(high).toBeGreaterThanOrEqual(share.value);
  });

  test('needs as many claims as the half-life', () => {
    expect(of(claimed.slice(0, 4), mapped).lastMileShare).toMatchObject({ kind: 'insufficient', need: 5 });
  });
});

test('what happens after the day changes nothing', () => {
  const before = of(claimed, mapped);
  const later = claimed.map((one, i) =>
    i < 4
      ? one
      : issue(one.current.scalars.key?.value ?? '', 'In Progress 1d → Review 9d → Done 1d → In Progress', {
          from: i === 4 ? '2026-01-27' : '2026-01-22',
        }),
  );
  expect(basicallyDone(view(team(mapped), AS_OF, later))).toEqual(before);
});
