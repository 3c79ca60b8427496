import { describe, expect, test } from 'vitest';
import type { Measurement } from '#domain/measurement.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { goalFocus, goalFocusOn } from '#metrics/goal-focus.ts';
import { swarmRate, swarmRateOn } from '#metrics/swarm.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const value = (measurement: Measurement) => (measurement.kind === 'value' ? measurement.value : measurement);
const story = (key: string, person: string, label: string, path = 'In Progress') =>
  issue(key, path, { assignee: person, labels: [label] });
const labelled =
  (...labels: readonly string[]) =>
  (item: WorkItem) =>
    item.issue.events.some(({ field, to }) => field === 'labels' && labels.includes(to ?? ''));

/** WX-EFF-1 twice as long: p1 on X and Y, p2 on X, p3 on Y and Z for eight work days and then on Z. */
const spread = [
  story('PAY-1', 'p1', 'x'),
  story('PAY-2', 'p1', 'y'),
  story('PAY-3', 'p2', 'x'),
  story('PAY-4', 'p3', 'y', 'In Progress 10d → Done'),
  story('PAY-5', 'p3', 'z'),
];
const seen = view(team(), '2026-01-30', spread);

describe('goal focus', () => {
  test('is half of the effort with X for a goal (WX-B2)', () => {
    const { share, couldPause } = goalFocusOn(seen, labelled('x'));
    expect(value(share)).toBeCloseTo(0.5, 10);
    expect(share).toMatchObject({ n: 60, interval90: [expect.closeTo(0.5, 10), expect.closeTo(0.5, 10)] });
    // 30 person-days in 20 work days.
    expect(value(couldPause)).toBeCloseTo(1.5, 10);
  });

  test('is .767 with X and Z for goals (WX-B3)', () => {
    // (30 + 16) / 60.
    expect(value(goalFocusOn(seen, labelled('x', 'z')).share)).toBeCloseTo(23 / 30, 10);
  });

  test('leaves support where it is: only other work could pause', () => {
    const support = [...spread.slice(1), story('PAY-1', 'p1', 'support')];
    const { couldPause } = goalFocusOn(view(team(), '2026-01-30', support), labelled('x'));
    expect(value(couldPause)).toBeCloseTo(1.5, 10);
  });

  test('is unknown without a goal', () => {
    expect(goalFocus(seen).share).toMatchObject({ kind: 'insufficient', have: 0, need: 1 });
    expect(swarmRate(seen)).toMatchObject({ kind: 'insufficient', have: 0, need: 1 });
  });

  test('of a goal that fewer than three people work on is theirs alone, and not told', () => {
    const goals = [{ id: 'x', name: 'X', scope: { kind: 'label' as const, name: 'x' } }];
    const ofTwo = goalFocus(view(team({ goals }), '2026-01-30', spread));
    const hidden = {
      kind: 'insufficient',
      have: 2,
      need: 3,
      what: 'people who work on the goal (one is told as two)',
    };
    // What could pause is what remains of the team's time; of one person no more is told than of two.
    expect(ofTwo).toEqual({ share: hidden, couldPause: hidden });
    const ofOne = [{ id: 'z', name: 'Z', scope: { kind: 'label' as const, name: 'z' } }];
    expect(goalFocus(view(team({ goals: ofOne }), '2026-01-30', spread))).toEqual(ofTwo);
    const third = [...spread, story('PAY-6', 'p3', 'x')];
    // Thirty person-days and a half or a third of the others': p1 .5, p2 1, p3 a third of 8 days and half of 12.
    expect(value(goalFocus(view(team({ goals }), '2026-01-30', third)).share)).toBeCloseTo(
      (10 + 20 + 8 / 3 + 6) / 60,
      10,
    );
  });

  describe('that three people work on', () => {
    const goals = [{ id: 'x', name: 'X', scope: { kind: 'label' as const, name: 'x' } }];
    const four = ['p1', 'p2', 'p3', 'p4'];
    const onGoal = four.map((person, i) => story(`PAY-1${i}`, person, 'x'));
    const told = (...rest: readonly (readonly [person: string, label: string])[]) => {
      const others = rest.map(([person, label], i) => story(`PAY-2${i}`, person, label));
      const { share, couldPause } = goalFocus(view(team({ goals }), '2026-01-30', [...onGoal, ...others]));
      return [share.kind, couldPause.kind];
    };
    const [BOTH, SHARE, NONE] = [
      ['value', 'value'],
      ['value', 'insufficient'],
      ['insufficient', 'insufficient'],
    ];

    test('is told with what could pause where both are more than one person’s time', () => {
      expect(told()).toEqual(BOTH);
      expect(told(['p5', 'y'], ['p6', 'y'])).toEqual(BOTH);
      expect(told(['p5', 'y'], ['p6', 'y'], ['p5', 'support'], ['p6', 'support'])).toEqual(BOTH);
    });

    test('is not told where all that is outside it, or could pause, is one person’s time', () => {
      expect(told(['p5', 'y'])).toEqual(NONE);
      expect(told(['p5', 'support'])).toEqual(NONE);
      expect(told(['p5', 'y'], ['p6', 'support'], ['p7', 'support'])).toEqual(NONE);
    });

    test('is told alone where support is one person’s time, which what could pause would leave over', () => {
      expect(told(['p5', 'y'], ['p6', 'y'], ['p7', 'support'])).toEqual(SHARE);
    });
  });

  test('is not told of two people', () => {
    const two = view(team(), '2026-01-30', spread.slice(0, 3));
    expect(goalFocusOn(two, labelled('x')).share).toMatchObject({ have: 2, need: 3, what: 'active people' });
  });
});

describe('the swarm rate', () => {
  const goal = (key: string, assignee: string) => issue(key, 'In Progress', { assignee, labels: ['goal'] });
  const items = [
    goal('PAY-1', 'a'),
    goal('PAY-2', 'a 3d → b'),
    goal('PAY-3', 'b 3d → c'),
    goal('PAY-4', 'c'),
    goal('PAY-5', 'a'),
  ];

  test('is 2 of 5 with contributors {a}, {a, b}, {b, c}, {c}, {a} (WX-B6)', () => {
    const rate = swarmRateOn(view(team(), '2026-01-30', items), labelled('goal'));
    expect(rate).toMatchObject({ value: 0.4, n: 5, unit: 'share' });
  });

  test('does not count who held an item before it was begun', () => {
    const handed = [
      ...items.slice(1),
      issue('PAY-1', 'To Do 2d → In Progress', { assignee: 'b 1d → a', labels: ['goal'] }),
    ];
    expect(value(swarmRateOn(view(team(), '2026-01-30', handed), labelled('goal')))).toBe(0.4);
  });

  test('needs five items', () => {
    const four = view(team(), '2026-01-30', items.slice(0, 4));
    expect(swarmRateOn(four, labelled('goal'))).toMatchObject({ kind: 'insufficient', have: 4, need: 5 });
  });
});
