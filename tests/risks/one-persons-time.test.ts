import { describe, expect, test } from 'vitest';
import type { Team } from '#domain/team.ts';
import { incidents as incidentsOf } from '#metrics/incidents.ts';
import { incidentsLately } from '#metrics/incidents-lately.ts';
import { onePersonsTime } from '#metrics/one-persons-time.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import { supportLoad as supportLoadOf, supportTime } from '#metrics/support-load.ts';
import { unplanned } from '#metrics/unplanned.ts';
import { assessRisks } from '#risks/assess.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import { incidents } from '#risks/incidents.ts';
import type { Detector, Signal } from '#risks/signal.ts';
import { supportLoad } from '#risks/support-load.ts';
import { workstreamSprawl } from '#risks/workstream-sprawl.ts';
import { epicWith, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const LAST = '2026-01-30';
const PEOPLE = ['p1', 'p2', 'p3', 'p4', 'p5'];
const HIDDEN = {
  kind: 'insufficient',
  have: 2,
  need: 3,
  what: 'people whose time it is (one is told as two)',
};
const said: Partial<Team> = { work: { support: { labels: ['support'] }, incident: { labels: ['sev1'] } } };
type Issues = Parameters<typeof view>[2];

const since = '2025-11-03';
const work = (key: string, person: string, more: IssueOptions = {}) =>
  issue(key, 'In Progress', { assignee: person, from: since, ...more });
const SUPPORT = { labels: ['support'] };
/** Each of five on one item; the first so many on support. */
const supportedBy = (count: number) =>
  PEOPLE.map((person, i) => work(`PAY-${i + 1}`, person, i < count ? SUPPORT : {}));
const seenIn = (issues: Issues, changes: Partial<Team> = said) => view(team(changes), LAST, issues);
const raisedIn = (issues: Issues, detectors: readonly Detector[], changes: Partial<Team> = said) =>
  assessRisks(seenIn(issues, changes), { detectors, goalAhead: () => undefined });

describe('one person’s time', () => {
  test('is nobody’s, one person’s, or nearly all one person’s of two; never that of three', () => {
    const of = (...days: readonly number[]) =>
      onePersonsTime(
        recentEffort(
          seenIn(
            days.map((count, i) =>
              issue(`PAY-${i + 1}`, `In Progress ${count}d → Done`, {
                assignee: `p${i + 1}`,
                from: '2026-01-05',
              }),
            ),
          ),
        ),
        () => true,
      );
    expect(of()).toBeUndefined();
    expect(of(5)).toEqual(HIDDEN);
    expect(of(5, 5)).toBeUndefined();
    // Of 5 + 2 person-days 71 % are one person's, of 12 + 3 80 %: 5 days touch 5 work days, 16 days touch 12.
    expect(of(5, 2)).toBeUndefined();
    expect(of(16, 3)).toEqual(HIDDEN);
    expect(of(16, 1, 1)).toBeUndefined();
  });
});

describe('support', () => {
  test('of one of five is told as that of fewer than three, without a figure', () => {
    const { fte, share, team: all, halfPersonOrMore } = supportLoadOf(seenIn(supportedBy(1)));
    expect([fte, share]).toEqual([HIDDEN, HIDDEN]);
    expect(all).toMatchObject({ value: 5 });
    expect(halfPersonOrMore).toMatchObject({ value: 1 });
    expect(supportTime(seenIn(supportedBy(1)))).toMatchObject({ value: 1 });
  });

  test('of one is raised by what it takes all the same, and no word or number of the risk tells it', () => {
    const { risks } = raisedIn(supportedBy(1), [supportLoad]);
    expect(risks).toMatchObject([
      {
        statement:
          'Support takes time of fewer than 3 of 5 people, likely half a person’s or more. How much is not told.',
        impact: {},
        costMeans:
          'How much of the people’s time it takes is not told: it would tell what one or two of them do.',
        acceptMeans:
          'It goes on taking that time. How much is not told: it would say what one or two people do.',
      },
    ]);
    expect(risks[0]?.evidence.slice(0, 2).map(({ number }) => number)).toEqual([HIDDEN, HIDDEN]);
  });

  test('of two of five is told: “support takes two engineers” is what leadership has to hear', () => {
    expect(raisedIn(supportedBy(2), [supportLoad]).risks).toMatchObject([
      { statement: 'Support takes 2 of 5 people.', impact: { fte: [2, 2] } },
    ]);
  });
});

describe('unplanned work', () => {
  const sudden = (person: (i: number) => string) =>
    Array.from({ length: 12 }, (_, i) =>
      issue(`PAY-${100 + i}`, 'To Do 1h → In Progress 40h → Done', {
        from: new Date(Date.UTC(2026, 0, 5 + 2 * i, 9)).toISOString(),
        assignee: person(i),
      }),
    );
  const planned = PEOPLE.slice(1).map((person, i) =>
    issue(`PAY-5${i}`, 'To Do 40d → In Progress', { from: '2025-12-01', assignee: person }),
  );

  test('of one person is told by its items alone', () => {
    const { share, effortShare, fte } = unplanned(seenIn([...planned, ...sudden(() => 'p1')]));
    expect([effortShare, fte]).toEqual([HIDDEN, HIDDEN]);
    expect(share).toMatchObject({ value: 0.75 });
    const two = unplanned(seenIn([...planned, ...sudden((i) => `p${1 + (i % 2)}`)]));
    expect([two.fte.kind, two.effortShare.kind]).toEqual(['value', 'value']);
  });
});

describe('incidents', () => {
  const base = PEOPLE.map((person, i) => work(`PAY-${i + 1}`, person, { from: '2025-06-02' }));
  const stops = (person: (i: number) => string) =>
    Array.from({ length: 10 }, (_, i) =>
      issue(`PAY-${100 + i}`, 'In Progress 100h → Done', {
        from: new Date(Date.UTC(2025, 6, 7 + 21 * i, 9)).toISOString(),
        assignee: person(i),
        labels: ['sev1', 'stop-the-line'],
      }),
    );

  test('of one person are counted, and what they take of the people’s time is not told', () => {
    const alone = seenIn([...base, ...stops(() => 'p1')]);
    expect(incidentsOf(alone).share).toEqual(HIDDEN);
    expect(incidentsLately(alone).share).toEqual(HIDDEN);
    expect(incidentsOf(alone).perQuarter.kind).toBe('value');
    const [signal] = incidents(alone);
    expect(signal?.ofTooFew).toBe(true);
    expect(signal?.statement).not.toContain('of the team’s time');
  });

  test('of two people who share them are told with what they take', () => {
    const both = seenIn([...base, ...stops((i) => `p${1 + (i % 2)}`)]);
    expect(incidentsOf(both).share.kind).toBe('value');
    expect(incidents(both)[0]).not.toHaveProperty('ofTooFew');
  });
});

describe('workstream sprawl', () => {
  const HEARD = ['2025-12-22', '2026-01-12'].map((at) => ({ at, field: 'priority' as const, to: at }));
  const epics = PEOPLE.map((_, i) => issue(`PAY-9${i}`, 'In Progress', { type: 'Epic', from: since }));
  const apart = [
    ...epics,
    ...PEOPLE.map((person, i) => work(`PAY-${i + 1}`, person, { parent: `PAY-9${i}`, changes: HEARD })),
  ];
  const goals = [goal('2026-06-30', {}, 'PAY-90')];

  test('beside a goal of one person tells no people’s time, which is what she leaves', () => {
    const { risks } = raisedIn(apart, [workstreamSprawl], { goals });
    expect(risks).toMatchObject([
      { kind: 'workstream_sprawl', impact: {}, costMeans: expect.stringMatching(/^How much .* is not told/) },
    ]);
  });

  test('without a goal has no cost, and hides none', () => {
    const [signal] = workstreamSprawl(seenIn(apart));
    expect(signal).not.toHaveProperty('cost');
    expect(signal).not.toHaveProperty('ofTooFew');
  });
});

describe('what all raised risks take together', () => {
  const freed = (fte: number, more: Partial<Signal> = {}): Detector => {
    const relief = { kind: 'people', fte: [fte, fte, fte] } as const;
    const [signal] = supportLoad(seenIn(supportedBy(2)));
    return () =>
      signal === undefined ? [] : [{ ...signal, options: [], cost: { fte: [fte, fte] }, relief, ...more }];
  };
  const assessed = (more: Partial<Signal>) => {
    const issues = [
      ...epicWith('PAY-1', { open: 30 }),
      ...PEOPLE.map((person, i) => work(`PAY-9${i}`, person)),
    ];
    return assessRisks(view(team({ goals: [goal('2026-02-08')] }), '2025-11-30', issues), {
      detectors: [freed(1, more), freed(1.5, { kind: 'workstream_sprawl' })],
      goalAhead: (of) => {
        const ahead = goalAhead(of);
        return ahead && { ...ahead, people: 2, elsewhere: 3 };
      },
    });
  };

  test('is not told where it would tell, less what the others take, one person’s time', () => {
    const { risks, together } = assessed({ ofTooFew: true });
    expect(risks.map(({ kind, impact }) => [kind, impact.fte])).toEqual([
      ['workstream_sprawl', [1.5, 1.5]],
      ['support_load', undefined],
    ]);
    expect(together).not.toHaveProperty('fte');
    expect(together?.dP?.[0]).toBeGreaterThan(0.1);
    expect(assessed({}).together?.fte).toEqual([2.5, 2.5]);
  });
});
