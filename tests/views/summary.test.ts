import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { teamSummary } from '#views/summary.ts';
import { columnsOf, cut, padded, wrapped } from '#views/terminal-text.ts';
import { hostileTitle } from './hostile.ts';
import { busyReport, emptyReport, newTeamReport, retitled } from './reports.ts';

const busyTeam = busyReport();
const busy = teamSummary(busyTeam);

test('the summary tells the sentence, the numbers with their intervals, the oldest claims and the state of the data', () => {
  expect(busy.split('\n').map((line) => line.replaceAll(/ {2,}/g, '  '))).toEqual([
    'Payments · As of the end of Fri 23 January 2026, Europe/Stockholm',
    'Payments finishes 3.4 items a week, 85 % of what it starts within 15 days, has 8 items that are',
    'basically done but not Done and works on 3 workstreams at once. Whether it is set up for success',
    'cannot be said without a dated goal.',
    'Level: not known (rule 1: no committed dated goal, or no forecast for it)',
    'Holds it back: No dated goal: cost cannot be stated. The team named no goal.',
    'How it flows (90 % interval, n)',
    '  Finished in a week  3.4 items a week (2.8 to 4, n 26)',
    '  Half finish within  9 days (7 to 10, n 89)',
    '  85 % finish within  15 days (13 or more, n 89)',
    '  In progress now  15 items (exact, n 15)',
    '  Aged out  14 items (exact, n 15)',
    'Basically done',
    '  Called done, not Done  8 items (exact, n 8)',
    '  Half is Done within  3 days (2 to 4, n 35)',
    '  PAY-311  107 days  in a late stage: Title of PAY-311',
    'Can it be relied on',
    '  In time, 80 % promised  78 % (65 % to 87 %, n 36)',
    '  In 4 weeks, 85 % sure  at least 10 items (calibration unknown)',
    'Where the effort goes',
    '  Effective workstreams  3 workstreams (close to 3, n 100)',
    '  People for each of them  1.7 people (close to 1.7, n 100)',
    'How sure we are: 8 findings about the data, the first:',
    '  1 status that the tracker no longer knows was placed by name alone: Verifying as late. Map them to',
    '  be sure.',
  ]);
});

test('the rule is told to its end, since what it held to and what is found today may differ', () => {
  const clause =
    '5: P = 84 % is 80 % or more, nothing raised, but too few forecasts are resolved, as found on Sun 18 January 2026; today alone it would be 4: P = 78 % is below 80 %';
  const text = teamSummary({
    ...busyTeam,
    headline: { ...busyTeam.headline, level: 'on_track_unproven', clause },
  });
  const lines = text.split('\n');
  expect(lines).toHaveLength(busy.split('\n').length);
  expect(lines.join(' ')).toContain(`(rule ${clause})`);
});

test('a team without history says how much is needed, not zero', () => {
  const text = teamSummary(newTeamReport());
  expect(text).toContain('not enough data: 0 finished items with a recorded start, 19 needed');
  expect(text).not.toMatch(/NaN|undefined|null/);
  expect(teamSummary(emptyReport())).toContain(
    'How sure we are: nothing in the data makes the numbers less sure',
  );
});

test('a forecast that has not earned its number, or whose word was not kept, says so', () => {
  const [next, ...others] = busyTeam.forecast.howMany;
  if (next === undefined) throw new Error('the busy team has no forecast');
  const told = (verdict: (typeof next)['calibration']['verdict']) => {
    const howMany = [{ ...next, calibration: { ...next.calibration, verdict } }, ...others];
    return teamSummary({ ...busyTeam, forecast: { ...busyTeam.forecast, howMany } });
  };
  expect(told('over_confident')).toMatch(/at least \d+ items \(calibration off: over-confident\)/);
  expect(told('insufficient')).toMatch(/at least \d+ items \(calibration unknown\)/);
  expect(teamSummary(newTeamReport())).toMatch(/85 % sure +not enough data: .* \(calibration unknown\)/);
});

test('whatever trackers and configurations say, it stays within 25 lines of 100 columns and obeys no command', () => {
  fc.assert(
    fc.property(hostileTitle, (text) => {
      const report = retitled(busyTeam, text);
      const [first, ...others] = report.dataQuality;
      const summary = teamSummary({
        ...report,
        team: { ...report.team, name: text },
        headline: { ...report.headline, sentence: `${text} ${report.headline.sentence.repeat(3)} ${text}` },
        dataQuality: first === undefined ? [] : [{ ...first, sentence: text.repeat(9) }, ...others],
      });
      const lines = summary.split('\n');
      expect(lines.length).toBeLessThanOrEqual(25);
      expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(100);
      expect(lines.join('')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
    { numRuns: 25 },
  );
});

test('text that does not fit ends in an ellipsis within its columns', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdefg', 6)).toBe('abcde…');
  expect(padded('ab', 4)).toBe('ab  ');
  expect(wrapped('one two three four', 9, 2)).toEqual(['one two', 'three fo…']);
});

test('characters of two columns count as two', () => {
  expect(columnsOf('漢字')).toBe(4);
  expect(cut('漢字漢字', 5)).toBe('漢字…');
});
