import { describe, expect, test } from 'vitest';
import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import type { Alternatives, Team } from '#domain/team.ts';
import { workstreams } from '#metrics/workstreams.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const value = (measurement: Measurement) => (measurement.kind === 'value' ? measurement.value : measurement);
const day = (text: string): CalendarDay => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};

const epic = (key: string, options: IssueOptions = {}) =>
  issue(key, 'In Progress', { type: 'Epic', title: `Epic ${key}`, ...options });
const story = (key: string, person: string, parent: string, days?: number) =>
  issue(key, days === undefined ? 'In Progress' : `In Progress ${days}d → Done`, {
    assignee: person,
    parent,
  });

/**
 * Person-days in twenty work days from 5 January: A 20 by p1, B 20 by p2, C 10 by p3 and 10 of D after it; p4, p5
 * share them. So 20, 20, 10 and 10: the 10, 10, 5, 5 of the example, twice.
 */
const stories = [
  story('PAY-1', 'p1', 'PAY-91'),
  story('PAY-2', 'p2', 'PAY-92'),
  story('PAY-3', 'p3', 'PAY-93', 14),
  issue('PAY-4', 'In Progress', { assignee: 'p3', parent: 'PAY-94', from: '2026-01-19' }),
];
const epics = ['PAY-91', 'PAY-92', 'PAY-93', 'PAY-94'].map((key) => epic(key));

const of = (
  alternatives: readonly Alternatives[],
  issues = [...epics, ...stories],
  changes: Partial<Team> = {},
) => workstreams(view(team({ alternatives, workstreamBy: 'parent', ...changes }), '2026-01-30', issues));

const open: Alternatives = {
  id: 'checkout',
  streams: ['PAY-91', 'Epic PAY-92'],
  decideBy: day('2026-03-31'),
  metric: 'conversion',
};

/** Person-days of five people in the same twenty work days: A 20, B 20, C 10 and D 5 and 5, the example twice. */
const byFive = [
  story('PAY-1', 'p1', 'PAY-91'),
  story('PAY-2', 'p2', 'PAY-92'),
  story('PAY-3', 'p3', 'PAY-93', 14),
  story('PAY-4', 'p4', 'PAY-94', 7),
  story('PAY-5', 'p5', 'PAY-94', 7),
];

describe('declared alternatives', () => {
  test('are two of 3.6 workstreams when nobody declared them (WX-B1a)', () => {
    expect(value(of([]).effective)).toBeCloseTo(3.6, 10);
    expect(of([]).alternatives).toEqual([]);
    const five = of([], [...epics, ...byFive]);
    expect(value(five.effective)).toBeCloseTo(3.6, 10);
    expect(value(five.entropyEffective)).toBeCloseTo(3.78, 2);
    expect(value(five.people)).toBe(5);
    expect(value(five.peoplePerEffective)).toBeCloseTo(1.389, 3);
    expect(five.cover).toBe('fewer_than_two_each');
  });

  test('count as one until the day of their decision (WX-B1b)', () => {
    const result = of([open]);
    // 40, 10, 10: shares 2/3, 1/6, 1/6.
    expect(value(result.effective)).toBeCloseTo(2, 10);
    expect(result.alternatives).toMatchObject([{ id: 'checkout', state: 'open', streams: 2 }]);
    expect(value(of([{ ...open, decideBy: day('2026-01-30') }]).effective)).toBeCloseTo(2, 10);
    const five = of([open], [...epics, ...byFive]);
    expect(value(five.effective)).toBeCloseTo(2, 10);
    expect(value(five.peoplePerEffective)).toBeCloseTo(2.5, 10);
    expect(five.cover).toBe('two_or_more_each');
  });

  test('count as two without a date, and the report says so (WX-B7)', () => {
    const { decideBy: _, ...undated } = open;
    // Two of 20 person-days: one of p1, the other half of p2 and half of p3, who comes after.
    const two = [
      story('PAY-1', 'p1', 'PAY-91'),
      story('PAY-2', 'p2', 'PAY-92', 14),
      issue('PAY-3', 'In Progress', { assignee: 'p3', parent: 'PAY-92', from: '2026-01-19' }),
    ];
    const result = of([undated], [...epics, ...two]);
    expect(value(result.effective)).toBeCloseTo(2, 10);
    expect(value(of([open], [...epics, ...two]).effective)).toBeCloseTo(1, 10);
    expect(result.alternatives).toMatchObject([{ id: 'checkout', state: 'undated', streams: 2 }]);
  });

  test('count as two without anything that is to decide', () => {
    const { metric: _, ...bare } = open;
    expect(of([bare]).alternatives).toMatchObject([{ state: 'without_metric' }]);
    expect(value(of([bare]).effective)).toBeCloseTo(3.6, 10);
  });

  test('count as two after the day, with what still goes into all but the largest', () => {
    const late = of([{ ...open, decideBy: day('2026-01-27') }]);
    expect(value(late.effective)).toBeCloseTo(3.6, 10);
    // One person alone works on the smaller one: how much is nobody's business, nor that it is one.
    expect(late.alternatives).toMatchObject([
      { state: 'overdue', streams: 2, besideLargest: { kind: 'insufficient', have: 2, need: 3 } },
    ]);
  });

  test('tell what a decision would free, where three people work on it', () => {
    const many = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'].map((person, i) =>
      story(`PAY-${10 + i}`, person, i < 4 ? 'PAY-91' : 'PAY-92'),
    );
    const late = of([{ ...open, decideBy: day('2026-01-27') }], [...epics, ...many]);
    expect(late.alternatives).toMatchObject([{ state: 'overdue', besideLargest: { value: 3, unit: 'fte' } }]);
  });

  describe('of which one was chosen on the day to decide', () => {
    // Four people on the one that is kept, three on the other; Wednesday 28 January is the day.
    const chosen = (losing: string) =>
      ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'].map((person, i) =>
        issue(`PAY-${10 + i}`, i < 4 ? 'In Progress' : losing, {
          assignee: person,
          parent: i < 4 ? 'PAY-91' : 'PAY-92',
        }),
      );
    const on = (today: string, losing: string) =>
      workstreams(
        view(
          team({ alternatives: [{ ...open, decideBy: day('2026-01-28') }], workstreamBy: 'parent' }),
          today,
          [...epics, ...chosen(losing)],
        ),
      ).alternatives;

    test('are no choice that is open when the other’s last items close within two work days', () => {
      // From Monday 5 January 09:00, 25 days are to Friday 30 January: work on Thursday and Friday.
      for (const today of ['2026-01-29', '2026-01-30', '2026-02-02', '2026-02-13']) {
        const [group] = on(today, 'In Progress 25d → Done');
        expect(group?.state).toBe('overdue');
        expect(group?.streams).toBeLessThan(2);
      }
    });

    test('are one from the third work day on, and only what came since is what a choice would free', () => {
      expect(on('2026-01-30', 'In Progress')).toMatchObject([{ streams: 0 }]);
      // Thursday, Friday and Monday: three people on the lesser one each day, whatever went before.
      expect(on('2026-02-02', 'In Progress')).toMatchObject([{ streams: 2, besideLargest: { value: 3 } }]);
    });

    test('are none any more once the other was left for three of five work days', () => {
      // Worked on to Tuesday 3 February: four work days since; by Friday only two of the last five.
      const stopped = 'In Progress 29d → Done';
      expect(on('2026-02-03', stopped)).toMatchObject([{ streams: 2 }]);
      expect(on('2026-02-06', stopped)).toMatchObject([{ streams: 1 }]);
    });
  });

  test('are told by a label on what the work lies under', () => {
    const labelled = [
      epic('PAY-91', { labels: ['alternative-group:checkout'] }),
      epic('PAY-92', { labels: ['alternative-group:checkout'] }),
      ...epics.slice(2),
      ...stories,
    ];
    const { streams: _, ...rest } = open;
    expect(value(of([{ ...rest, labels: ['none'] }], labelled).effective)).toBeCloseTo(2, 10);
    expect(of([], labelled).alternatives).toMatchObject([{ id: 'checkout', state: 'undated', streams: 2 }]);
  });

  test('are told by a link, which has no date', () => {
    const linked = epic('PAY-91', {
      changes: [{ at: '1d', field: 'links', to: 'PAY-92', toName: 'This issue is an alternative to PAY-92' }],
    });
    const back = epic('PAY-92', {
      changes: [{ at: '1d', field: 'links', to: 'PAY-91', toName: 'This issue is an alternative to PAY-91' }],
    });
    const result = of([], [linked, back, ...epics.slice(2), ...stories]);
    expect(result.alternatives).toMatchObject([{ id: 'PAY-91 or PAY-92', state: 'undated', streams: 2 }]);
    expect(value(result.effective)).toBeCloseTo(3.6, 10);
  });
});

test('fewer than two people for each workstream is as likely as the weeks make it', () => {
  // Every week has the same three people; effective workstreams are 3 in some weeks and 4 never.
  expect(value(of([]).fewerThanTwo)).toBe(1);
  expect(of([]).fewerThanTwo).toMatchObject({ unit: 'probability' });
  const one = of([], [epics, stories.map((some) => some)].flat(), { workstreamBy: 'project' });
  expect(value(one.fewerThanTwo)).toBe(0);
});
