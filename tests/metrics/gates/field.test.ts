import { describe, expect, test } from 'vitest';
import type { FieldValue } from '#domain/gate.ts';
import type { NamedValue } from '#domain/issue.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { progressOf } from '#metrics/gates/progress.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const QA = 'customfield_10070';
const at = (day: number) => Date.UTC(2026, 0, day);
const passed: NamedValue = { value: '501', name: 'Passed' };
const failed: NamedValue = { value: '500', name: 'Failed' };

/** PAY-1, done on 8 January, with what the field held since which day of it; from the first, since creation on the 5th. */
function held(...values: readonly (readonly [day: number, value?: NamedValue])[]) {
  const plain = issue('PAY-1', 'In Progress 3d → Done');
  const recorded = plain.events.filter(({ origin }) => origin === 'recorded');
  const changes = values.slice(1).map(([day, to], i) => {
    const from = values[i]?.[1];
    return {
      at: at(day),
      eventId: `qa${i}`,
      itemIndex: 0,
      field: QA,
      ...(from === undefined ? {} : { from: from.value, fromName: from.name ?? '' }),
      ...(to === undefined ? {} : { to: to.value, toName: to.name ?? '' }),
      origin: 'recorded',
    } as const;
  });
  const now = values.at(-1)?.[1] ?? { value: '' };
  return withTimeline({ ...plain, current: { ...plain.current, custom: { [QA]: now } } }, [
    ...recorded,
    ...changes,
  ]);
}

/** What the gate says of it as of the end of a day in January. */
function shown(of: ReturnType<typeof held>, field: FieldValue, day = 30) {
  const fields = [
    { id: QA, name: 'QA sign-off' },
    { id: 'customfield_1', name: 'Other' },
  ];
  const seen = view(
    team({ gates: { verified: [{ field }] } }),
    `2026-01-${String(day).padStart(2, '0')}`,
    [of],
    { fields },
  );
  const [item] = seen.items;
  if (item === undefined) throw new Error('PAY-1 is in scope');
  return progressOf(seen)(item).levels.verified;
}

describe('a field', () => {
  const signed = held([5], [12, failed], [15, passed]);

  test('opens its gate since it holds something, by its name or its id', () => {
    expect(shown(signed, { name: 'qa sign-off' })).toEqual({ kind: 'shown', since: at(12) });
    expect(shown(signed, { name: QA })).toEqual({ kind: 'shown', since: at(12) });
  });

  test('or since it holds one of some values, by name or id', () => {
    for (const value of ['passed', '501'])
      expect(shown(signed, { name: QA, values: ['Waived', value] })).toEqual({
        kind: 'shown',
        since: at(15),
      });
    expect(shown(signed, { name: QA, values: ['Waived'] })).toEqual({
      kind: 'lacking',
      what: `the field ${QA} set to Waived`,
    });
  });

  test('opens nothing before it was filled in, as of any day, nor after it was emptied again', () => {
    expect(shown(signed, { name: 'QA sign-off' }, 11)).toEqual({
      kind: 'lacking',
      what: 'the field QA sign-off filled in',
    });
    expect(shown(held([5], [12, passed], [20]), { name: QA })).toMatchObject({ kind: 'lacking' });
    expect(shown(held([5], [12, passed], [20]), { name: QA }, 15)).toEqual({ kind: 'shown', since: at(12) });
  });

  test('counts from the last time it came to hold it', () => {
    const again = held([5], [8, passed], [10], [14, passed]);
    expect(shown(again, { name: QA })).toEqual({ kind: 'shown', since: at(14) });
  });

  test('that held it from the beginning counts from there', () => {
    expect(shown(held([5, passed]), { name: QA })).toEqual({ kind: 'shown', since: at(5) });
  });

  test('of several choices opens it with one of them', () => {
    const both = held([5, { value: '[500, 501]', name: 'Failed, Passed' }]);
    for (const value of ['Passed', '500']) {
      expect(shown(both, { name: QA, values: [value] })).toMatchObject({ kind: 'shown' });
    }
  });

  test('that the tracker does not have opens nothing', () => {
    expect(shown(signed, { name: 'QA' })).toEqual({ kind: 'lacking', what: 'the field QA filled in' });
    expect(shown(signed, { name: 'Other' })).toMatchObject({ kind: 'lacking' });
  });
});
