import { describe, expect, test } from 'vitest';
import { type CalendarDay, parseDay, plusDays } from '#domain/calendar.ts';
import type { Team } from '#domain/team.ts';
import { incidents as incidentsOf } from '#metrics/incidents.ts';
import { incidents } from '#risks/incidents.ts';
import { knowledgeConcentration } from '#risks/knowledge-concentration.ts';
import { watch } from '#risks/seen.ts';
import type { Detector } from '#risks/signal.ts';
import { supportLoad } from '#risks/support-load.ts';
import { turnover } from '#risks/turnover.ts';
import { undecidedAlternatives } from '#risks/undecided-alternatives.ts';
import { workstreamSprawl } from '#risks/workstream-sprawl.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const day = (text: string): CalendarDay => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};

type Issues = Parameters<typeof view>[2];
const LAST = '2026-01-30';
const PEOPLE = ['p1', 'p2', 'p3', 'p4', 'p5'];
const work = (key: string, person: string, more: IssueOptions = {}) =>
  issue(key, 'In Progress', { assignee: person, ...more });

const seen = (detector: Detector, issues: Issues, changes: Partial<Team> = {}, last = LAST) =>
  detector(view(team(changes), last, issues));

/** Two of five on support, three on features, all along. */
const supported = PEOPLE.map((person, i) =>
  work(`PAY-${i + 1}`, person, i < 2 ? { labels: ['support'] } : {}),
);
const said: Partial<Team> = { work: { support: { labels: ['support'] } } };

describe('support load', () => {
  test('says what it takes, and that all of it would be free', () => {
    const [signal] = seen(supportLoad, supported, said);
    expect(signal).toMatchObject({
      kind: 'support_load',
      statement: 'Support takes 2 of 5 people.',
      probabilityReal: 1,
      relief: { kind: 'people', fte: [2, 2, 2] },
      cost: { fte: [2, 2] },
      owner: 'leadership',
      confidence: { level: 'high' },
    });
    expect(signal?.evidence[0]?.items.map(({ key }) => key)).toEqual(['PAY-1', 'PAY-2']);
  });

  describe('can be taken over, or lose its largest cause', () => {
    // Four of five on support: three of them on payouts, one on log-ins.
    const about = (component: string | undefined, i: number): IssueOptions =>
      component === undefined ? {} : { labels: ['support'], components: [component, `all ${i < 4}`] };
    const caused = (components: readonly (string | undefined)[]) =>
      PEOPLE.map((person, i) => work(`PAY-${i + 1}`, person, about(components[i], i)));
    const optionsWith = (...components: readonly (string | undefined)[]) => {
      const [signal] = seen(supportLoad, caused(components), said);
      return signal?.options ?? [];
    };

    test('named with its part, which is what it would free', () => {
      const [all, cause] = optionsWith('Payouts', 'Payouts', 'Payouts', 'Log-in');
      expect(all?.relief()).toMatchObject({ kind: 'people', fte: [4, 4, 4] });
      expect(cause?.action).toBe('Remove the largest cause of support: “Payouts”, 75 % of it.');
      expect(cause?.relief()).toMatchObject({ kind: 'people', fte: [3, 3, 3] });
    });

    test('whose part is not told where fewer than three people are on it, or most of it has no name', () => {
      const unnamed = (options: ReturnType<typeof optionsWith>) => options[1]?.relief();
      expect(unnamed(optionsWith('Payouts', 'Payouts', 'Log-in', 'Log-in'))).toBe(
        'it would say what one or two people do',
      );
      expect(seen(supportLoad, supported, said)[0]?.options[1]?.relief()).toBe(
        '0 % of it with a component of its own, 60 needed',
      );
    });
  });

  test('is a guess when only names tell it', () => {
    expect(seen(supportLoad, supported)[0]?.confidence).toMatchObject({
      level: 'low',
      reasons: expect.arrayContaining(['what counts as support was guessed from names']),
    });
  });

  test('is no ground for a verdict when only components tell it', () => {
    const about = (more: IssueOptions) =>
      PEOPLE.map((person, i) => work(`PAY-${i}`, person, i < 2 ? more : {}));
    expect(seen(supportLoad, about({ components: ['Support'] }))[0]?.isGuess).toBe(true);
    expect(seen(supportLoad, about({ labels: ['support'] }))[0]).not.toHaveProperty('isGuess');
    expect(seen(supportLoad, about({ type: 'Support request' }))[0]).not.toHaveProperty('isGuess');
    expect(seen(supportLoad, about({ components: ['customer-portal'] }))).toEqual([]);
  });

  test('is silent without support, and where too little is known', () => {
    expect(seen(supportLoad, supported.slice(2), said)).toEqual([]);
    expect(seen(supportLoad, [])).toEqual([]);
  });
});

describe('workstream sprawl', () => {
  const epics = PEOPLE.map((_, i) => issue(`PAY-9${i}`, 'In Progress', { type: 'Epic' }));
  const spread = PEOPLE.map((person, i) => work(`PAY-${i + 1}`, person, { parent: `PAY-9${i}` }));
  const goals = [{ id: 'first', name: 'First', scope: { kind: 'parent', name: 'PAY-90' } }] as const;

  test('says how thinly, and that what is outside the goal could pause', () => {
    const [signal] = seen(workstreamSprawl, [...epics, ...spread], { goals });
    expect(signal).toMatchObject({
      statement:
        '5 people work as if on 5 equal workstreams at a time: 1 person for each. 5 of 5 workstreams rest on one person nearly alone.',
      probabilityReal: 15 / 16,
      relief: { kind: 'people', fte: [4, 4, 4] },
    });
    expect(signal?.note).toContain('Sjøberg 2018');
    expect(signal?.confidence.reasons.join(' ')).not.toContain('Sjøberg');
    expect(JSON.stringify(signal)).not.toMatch(/"p[1-5]"/);
  });

  test('can be mended by pausing all outside the goal, or only the fewest that leave two people for each of the rest', () => {
    const six = [...PEOPLE, 'p6'];
    const lines = [
      ...six.map((_, i) => issue(`PAY-9${i}`, 'In Progress', { type: 'Epic' })),
      ...six.map((person, i) => work(`PAY-${i + 1}`, person, { parent: `PAY-9${i}` })),
    ];
    const [all, fewest] = seen(workstreamSprawl, lines, { goals })[0]?.options ?? [];
    expect(all?.relief()).toMatchObject({ kind: 'people', fte: [5, 5, 5] });
    // Six people on six lines; with three paused there are two for each of the other three.
    expect(fewest?.action).toBe('Pause the 3 smallest workstreams of the 5 outside the goal.');
    expect(fewest?.relief()).toMatchObject({ kind: 'people', fte: [3, 3, 3] });
    // What ended two weeks ago cannot pause, and nobody has to stand by it.
    const over = [
      issue('PAY-97', 'Done', { type: 'Epic' }),
      issue('PAY-7', 'In Progress 4d → Done', { assignee: 'p1', parent: 'PAY-97', from: '2026-01-12' }),
    ];
    const [, still] = seen(workstreamSprawl, [...lines, ...over], { goals })[0]?.options ?? [];
    expect(still?.action).toBe(fewest?.action);
  });

  test('offers the fewest only where some outside the goal could go on', () => {
    // Five people on five lines: pausing two leaves three, pausing three two and a half people for each.
    const [signal] = seen(workstreamSprawl, [...epics, ...spread], { goals });
    expect(signal?.options.map(({ action }) => action.slice(0, 9))).toEqual([
      'Pause the',
      'Pause the',
      'Put two p',
    ]);
    const pairs = PEOPLE.slice(0, 3).map((person, i) =>
      work(`PAY-${i + 1}`, person, { parent: `PAY-9${i}` }),
    );
    expect(seen(workstreamSprawl, [...epics, ...pairs], { goals })[0]?.options).toHaveLength(2);
  });

  test('has no relief without a goal', () => {
    expect(seen(workstreamSprawl, [...epics, ...spread])[0]).not.toHaveProperty('relief');
  });

  // The window of 20 work days begins on Monday 5 January: three of five, then two, were touched in it.
  test('is silent where most of it is what was begun and forgotten', () => {
    const since = (touched: number) =>
      spread.map((_, i) =>
        work(`PAY-${i + 1}`, PEOPLE[i] ?? '', {
          parent: `PAY-9${i}`,
          from: i < touched ? '2026-01-05' : '2025-11-03',
        }),
      );
    expect(seen(workstreamSprawl, [...epics, ...since(3)])).toHaveLength(1);
    expect(seen(workstreamSprawl, [...epics, ...since(2)])).toEqual([]);
  });

  test('is silent with two people or more for each', () => {
    const together = PEOPLE.map((person, i) => work(`PAY-${i + 1}`, person, { parent: `PAY-9${i % 2}` }));
    expect(seen(workstreamSprawl, [...epics, ...together])).toEqual([]);
  });
});

test('alternatives whose day has passed are told as a choice that is overdue, once for each group', () => {
  const epics = ['PAY-91', 'PAY-92'].map((key) => issue(key, 'In Progress', { type: 'Epic' }));
  const both = [...PEOPLE, 'p6', 'p7'].map((person, i) =>
    work(`PAY-${i + 1}`, person, { parent: i < 4 ? 'PAY-91' : 'PAY-92' }),
  );
  const group = { id: 'checkout', streams: ['PAY-91', 'PAY-92'], metric: 'conversion' };
  const due = (decideBy: string) =>
    seen(undecidedAlternatives, [...epics, ...both], {
      alternatives: [{ ...group, decideBy: day(decideBy) }],
    });
  expect(due('2026-01-27')).toMatchObject([
    {
      kind: 'early_failure',
      about: 'alternatives/checkout',
      statement:
        'A choice between alternatives of “checkout” was due on Tue 27 January 2026, and effort still goes into 2 of them.',
      probabilityReal: 1,
      relief: { kind: 'people', fte: [3, 3, 3] },
    },
  ]);
  // Two work days are given to stop what was not chosen.
  expect(due('2026-01-28')).toEqual([]);
  expect(due('2026-01-30')).toEqual([]);
});

describe('alternatives whose day has passed, with fewer than three people on all but the largest', () => {
  const epics = ['PAY-91', 'PAY-92'].map((key) => issue(key, 'In Progress', { type: 'Epic' }));
  const both = (path: string) =>
    [...PEOPLE, 'p6', 'p7'].map((person, i) =>
      i < 5
        ? work(`PAY-${i + 1}`, person, { parent: 'PAY-91' })
        : issue(`PAY-${i + 1}`, path, { from: '2025-12-29', assignee: person, parent: 'PAY-92' }),
    );
  const alternatives = [
    { id: 'checkout', streams: ['PAY-91', 'PAY-92'], metric: 'conversion', decideBy: day('2026-01-15') },
  ];
  const found = (path: string) => {
    const of = view(team({ alternatives }), LAST, [...epics, ...both(path)]);
    return watch(of, { detectors: [undecidedAlternatives], goalAhead: () => undefined }).seenOn(of.day);
  };

  test('are raised without a figure, and say so', () => {
    const [one] = found('In Progress');
    expect(one?.isRaised).toBe(true);
    expect(one?.impact).toEqual({});
    expect(one?.signal.statement).toBe(
      'A choice between alternatives of “checkout” was due on Thu 15 January 2026, and effort still goes into 2 of them. How much it takes is not told: fewer than 3 people are on all but the largest.',
    );
  });

  test('are none once the others have stopped, though they were worked on within the month', () => {
    expect(found('In Progress 14d → Cancelled')).toEqual([]);
  });
});

describe('incidents', () => {
  const first = day('2025-08-04');
  const base = PEOPLE.map((person, i) => work(`PAY-${i + 1}`, person, { from: first }));
  const stops = [0, 3, 6, 9, 12, 15, 18, 21].flatMap((week, n) =>
    PEOPLE.slice(0, 3).map((person, i) =>
      issue(`PAY-${100 + 10 * n + i}`, 'In Progress 2d → Done', {
        from: plusDays(first, 7 * week),
        assignee: person,
        type: 'Incident',
      }),
    ),
  );

  test('say how often, and what of the people’s time they take', () => {
    const configured = { work: { incident: { types: ['Incident'] } } };
    const [signal] = seen(incidents, [...base, ...stops], configured);
    expect(signal?.statement).toMatch(/^Incidents stopped the line 24 times: \d+ in a quarter\.$/);
    expect(signal?.probabilityReal).toBeGreaterThan(0.99);
    // Their part of the year's time, of five people; the last quarter, from 1 November on, has fewer of them.
    const share = incidentsOf(view(team(configured), LAST, [...base, ...stops])).share;
    const [low, high] = share.kind === 'value' ? share.interval90 : [null, null];
    expect(signal?.cost?.fte).toEqual([5 * (low ?? Number.NaN), 5 * (high ?? Number.NaN)]);
    expect(signal?.evidence[0]?.items).toHaveLength(10);
  });

  test('are told in the quarter in which they take a twentieth of it, however few in the year', () => {
    const long = PEOPLE.map((person, i) => work(`PAY-${i + 1}`, person, { from: '2025-02-03' }));
    // On 5 days each of 4 times, 3 of 5 people, half of whose days it takes: 30 of 325 person-days.
    const lately = (weeks: readonly number[]) =>
      weeks.flatMap((week, n) =>
        PEOPLE.slice(0, 3).map((person, i) =>
          issue(`PAY-${100 + 10 * n + i}`, 'In Progress 90h → Done', {
            from: `${plusDays(day('2025-11-03'), 7 * week)}T09:00Z`,
            assignee: person,
            ...(i === 0
              ? { type: 'Incident' }
              : { type: 'Sub-task', labels: ['incident'], parent: `PAY-${100 + 10 * n}` }),
          }),
        ),
      );
    const configured = { work: { incident: { types: ['Incident'], labels: ['incident'] } } };
    const [signal] = seen(incidents, [...long, ...lately([1, 4, 7, 10])], configured);
    expect(signal?.statement).toBe(
      'Incidents stopped the line 4 times: 1 in a quarter. In the last quarter they took 9 % of the team’s time.',
    );
    expect(signal?.probabilityReal).toBeGreaterThan(0.8);
    expect(seen(incidents, [...long, ...lately([4])], configured)).toEqual([]);
  });

  test('are silent when there are none', () => {
    expect(seen(incidents, base, { work: { incident: { types: ['Bug'] } } })).toEqual([]);
  });
});

describe('knowledge concentration', () => {
  const areas = (people: readonly string[], each: number) =>
    people.flatMap((person, i) =>
      Array.from({ length: each }, (_, n) =>
        issue(`PAY-${100 * (i + 1) + n}`, 'In Progress 2d → Done', {
          assignee: person,
          components: [`area${i}`],
        }),
      ),
    );

  test('counts areas and people, and names nobody', () => {
    const [signal] = seen(knowledgeConcentration, areas(PEOPLE, 3));
    expect(signal?.statement).toBe(
      '5 of 5 areas are known by one person alone; without 3 people most areas would have nobody who knows them.',
    );
    expect(signal).not.toHaveProperty('relief');
    expect(JSON.stringify(signal)).not.toMatch(/"p[1-5]"/);
  });

  test('is silent under three areas', () => {
    expect(seen(knowledgeConcentration, areas(PEOPLE.slice(0, 2), 3))).toEqual([]);
  });
});

describe('turnover', () => {
  const there = PEOPLE.map((person, i) =>
    issue(`PAY-${i + 1}`, `In Progress ${i < 3 ? 90 : 40}d → Done`, { from: '2026-01-05', assignee: person }),
  );

  test('by activity says no longer active, and may be nothing at all', () => {
    const [signal] = seen(turnover, there, {}, '2026-03-30');
    expect(signal).toMatchObject({
      statement: '2 of 5 people are no longer active and 0 came in the last 90 days: a turnover of 50 %.',
      cost: { fte: [0, 2] },
      confidence: { level: 'low' },
    });
  });

  test('by activity costs at least those that leave does not explain, and is raised by that', () => {
    // Of eight people two are hardly ever away at once if one in ten is: of five who are gone three have left.
    const eight = [...PEOPLE, 'p6', 'p7', 'p8'].map((person, i) =>
      issue(`PAY-${i + 1}`, `In Progress ${i < 3 ? 90 : 45}d → Done`, {
        from: '2026-01-05',
        assignee: person,
      }),
    );
    const of = view(team(), '2026-03-30', eight);
    const [one] = watch(of, { detectors: [turnover], goalAhead: () => undefined }).seenOn(of.day);
    expect(one).toMatchObject({
      isRaised: true,
      impact: { fte: [3, 5] },
      signal: { confidence: { level: 'low' } },
    });
    expect(seen(turnover, eight.slice(1), {}, '2026-03-30')).toMatchObject([
      {
        statement: '5 of 7 people are no longer active and 0 came in the last 90 days: a turnover of 111 %.',
        cost: { fte: [3, 5] },
      },
    ]);
  });

  test('by the roster says who has left, as a count', () => {
    const members = PEOPLE.map((person, i) => ({
      ids: { acme: person },
      fte: 1,
      ...(i === 4 ? { to: day('2026-02-15') } : {}),
    }));
    expect(seen(turnover, there, { members }, '2026-03-30')).toMatchObject([
      {
        statement: '1 of 5 people has left and 0 came in the last 90 days: a turnover of 22 %.',
        probabilityReal: 1,
        cost: { fte: [1, 1] },
        confidence: { level: 'high' },
      },
    ]);
  });

  test('by the roster is silent over the weekend between who leaves and who follows', () => {
    const until = (person: string, i: number) => ({
      ids: { acme: person },
      fte: 1,
      ...(i === 4 ? { to: day('2026-03-27') } : {}),
    });
    const handover = [...PEOPLE.map(until), { ids: { acme: 'p6' }, fte: 1, from: day('2026-03-30') }];
    // A Friday, the Sunday of the weekly report, the Monday.
    expect(seen(turnover, there, { members: handover }, '2026-03-27')).toEqual([]);
    expect(seen(turnover, there, { members: handover }, '2026-03-29')[0]).not.toHaveProperty('cost');
    expect(seen(turnover, there, { members: handover }, '2026-03-30')[0]).not.toHaveProperty('cost');
    expect(seen(turnover, there, { members: PEOPLE.map(until) }, '2026-03-29')[0]?.cost?.fte).toEqual([1, 1]);
  });

  test('is silent when nobody is gone', () => {
    expect(seen(turnover, there.slice(0, 3), {}, '2026-03-30')).toEqual([]);
  });
});
