import { describe, expect, test } from 'vitest';
import { parseDay } from '#domain/calendar.ts';
import { type Insufficient, insufficient, type Value } from '#domain/measurement.ts';
import type { MilestoneForecast } from '#forecast/milestone-forecast.ts';
import { milestoneBlocks, milestoneSentence } from '#views/content/milestones.ts';
import { teamReportHtml } from '#views/html/team-page.ts';
import { teamReportMarkdown } from '#views/markdown.ts';
import { milestoneMarkdown } from '#views/milestone.ts';
import { busyReport } from './reports.ts';

const day = (text: string) => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError('no day');
  return parsed;
};
const value = (of: number, unit: string, more: Partial<Value> = {}): Value => ({
  kind: 'value',
  value: of,
  unit,
  interval90: [of, of],
  n: 30,
  window: { from: day('2025-07-01'), to: day('2026-01-23') },
  method: 'nothing_left',
  confidence: 'medium',
  excluded: [],
  ...more,
});
const young: Insufficient = insufficient(1, 2, 'weeks of work on it');

const ahead: MilestoneForecast = {
  kind: 'version',
  key: 'PAY 2.0',
  title: '2.0',
  url: 'https://acme.example/projects/PAY/versions/v2',
  state: 'ahead',
  date: day('2026-03-20'),
  dateFrom: 'version',
  dateKnownOnlyNow: true,
  scope: {
    open: value(12, 'items'),
    done: value(30, 'items'),
    dropped: value(1, 'items'),
    unsplit: value(1, 'epics'),
    undiscovered: value(6, 'items', { interval90: [2, 11] }),
  },
  growthPerWeek: value(0.5, 'items_per_week', { interval90: [-0.2, 1.1] }),
  pacePerWeek: value(2, 'items_per_week', { interval90: [1.4, 2.7] }),
  probability: value(0.64, 'probability', { interval90: [0.4, 0.8] }),
  within15: value(40, 'days'),
  within50: value(52, 'days'),
  within85: value(90, 'days', { interval90: [30, null] }),
  ambition: value(1.2, 'ratio', { interval90: [0.88, 1.67] }),
};
const unknown: MilestoneForecast = {
  ...ahead,
  growthPerWeek: young,
  pacePerWeek: young,
  probability: young,
  within15: young,
  within50: young,
  within85: young,
  ambition: young,
};
const {
  date: _date,
  dateFrom: _from,
  ...undated
} = { ...ahead, state: 'undated', dateKnownOnlyNow: false } as const;

describe('the one thing to know about a milestone', () => {
  test.each<[MilestoneForecast, string]>([
    [
      ahead,
      'Done by the end of Fri 20 March 2026, the day it is planned for: 64 % (confidence: medium). That day is the one set today: no older one is known.',
    ],
    [
      {
        ...ahead,
        dateFrom: 'asked',
        dateKnownOnlyNow: false,
        probability: value(0.05, 'probability', { bound: '<' }),
      },
      'Done by the end of Fri 20 March 2026: less than 5 % (confidence: medium).',
    ],
    [
      { ...unknown, dateFrom: 'due_date', dateKnownOnlyNow: false },
      'Done by the end of Fri 20 March 2026, the day it is due: not enough data: 1 week of work on it, 2 needed.',
    ],
    [{ ...ahead, state: 'date_passed' }, 'Its date, Fri 20 March 2026, has passed with 12 items open.'],
    [{ ...ahead, state: 'done' }, 'Nothing under it is left to do: it is done.'],
    [undated, 'It has no date of its own.'],
  ])('%#', (milestone, words) => {
    expect(milestoneSentence(milestone)).toBe(words);
  });
});

describe('a milestone that was asked about', () => {
  const answer = (milestone: MilestoneForecast) =>
    milestoneMarkdown({
      team: { id: 'payments', name: 'Payments' },
      asOf: day('2026-01-23'),
      milestone,
      how: 'so',
    });

  test('is told with its days, its scope and how each is counted', () => {
    const text = answer(ahead);
    expect(text).toContain('| 15 % (best case) | Wed 4 March 2026, 40 days ahead (confidence: medium) |');
    expect(text).toContain('| 85 % (realistic) | Thu 23 April 2026, 90 days ahead (confidence: medium) |');
    expect(text).toContain('| Items that those may hold | 6 items (90 %: 2 to 11) |');
    expect(text).toContain('| Growth | 0.50 items a week (90 %: -0.20 to 1.1) |');
    expect(text).toContain('over the pace there is | 1.2 × (90 %: 0.88 to 1.7) |');
  });

  test('of which too little is known says what is missing, and promises no days', () => {
    const text = answer(unknown);
    expect(text).not.toContain('how sure');
    expect(text).toContain('| Pace | not enough data: 1 week of work on it, 2 needed |');
  });

  test('with a hostile name stays text', () => {
    const text = answer({
      ...ahead,
      kind: 'parent',
      key: 'PAY-1',
      title: '<img src=x onerror=alert(1)> | [a](b)',
    });
    expect(text).not.toContain('<img');
    expect(text).not.toContain('[a](b)');
  });
});

describe('in the report', () => {
  test('milestones are a table, each with its link, and why nothing is known is said once', () => {
    const [table, more] = milestoneBlocks({ milestones: [ahead, unknown, undated], milestonesLeftOut: 3 });
    if (table?.kind !== 'table') throw new Error('no table');
    expect(table.rows.map((row) => row[0])).toEqual(
      [ahead, unknown, undated].map(({ key, url }) => [{ kind: 'link', text: key, url }]),
    );
    expect(table.rows[1]?.slice(2, 4)).toEqual([{ kind: 'number', number: young }, ['not known']]);
    expect(table.rows[2]?.slice(1, 3)).toEqual([['none'], ['no date']]);
    expect(more).toEqual({ kind: 'paragraph', words: ['3 further milestones left out.'] });
    expect(milestoneBlocks({ milestones: [], milestonesLeftOut: 0 })).toEqual([]);
  });

  test('they stand on the page and in the text', () => {
    const report = busyReport();
    expect(report.forecast.milestones.map(({ title }) => title)).toEqual(['Checkout', 'Refunds', 'Invoices']);
    for (const text of [teamReportHtml(report), teamReportMarkdown(report)]) {
      expect(text).toContain('Milestones ahead');
    }
  });
});
