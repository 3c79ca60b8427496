import { describe, expect, test } from 'vitest';
import { CYCLE_TIME_DEFAULT, type CycleTimeDefinition } from '#domain/team.ts';
import { teamReport } from '#report/team-report.ts';
import { EVERY_DEFINITION } from '#tests/builders/definitions.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { teamReportMarkdown } from '#views/markdown.ts';
import { teamSummary } from '#views/summary.ts';

const issues = [
  ...Array.from({ length: 20 }, (_, i) =>
    issue(`PAY-${i + 1}`, 'To Do 1d → In Progress 3d → To Do 20d → In Progress 2d → Review 1d → Done', {
      from: '2025-11-03',
    }),
  ),
  issue('PAY-50', 'To Do 1d → In Progress', { from: '2026-01-21' }),
];
const reportOf = (cycleTime?: CycleTimeDefinition) =>
  teamReport(
    view(
      team({
        timezone: 'Europe/Stockholm',
        stages: { acme: { Review: 'late' } },
        ...(cycleTime === undefined ? {} : { cycleTime }),
      }),
      '2026-01-23',
      issues,
    ),
  );
const by = (changes: Partial<CycleTimeDefinition>) => reportOf({ ...CYCLE_TIME_DEFAULT, ...changes });

describe('the first sentence', () => {
  test.each<[Partial<CycleTimeDefinition>, string]>([
    [{}, '85 % of what it starts within 26 days. '],
    [{ clock: 'active_only' }, '85 % of what it starts within 6 days without pauses. '],
    [{ clock: 'inclusive_days' }, '85 % of what it starts within 27 calendar days. '],
    [{ backward: 'wiped' }, '85 % of what it starts within 3 days of its last start. '],
    [{ start: 'created' }, '85 % of what is written down within 27 days. '],
    [{ start: 'todo' }, '85 % of what it commits to within 27 days. '],
    [{ start: 'late' }, '85 % of what comes to a late stage within 1 day. '],
    [{ finish: 'late' }, 'brings 85 % of what it starts to a late stage within 25 days. '],
  ])('with %o says "%s"', (changes, said) => {
    expect(by(changes).headline.sentence).toContain(said);
  });
});

describe('the definitions of a report', () => {
  test('are ours where the team says nothing', () => {
    expect(reportOf().definitions).toMatchObject({
      start: 'first entry into active or late',
      finish: 'last crossing into done from outside it, while the item is done',
      cycleTime: 'elapsed days from start to finish, weekends included',
      backward: 'a move back before the start does not undo it',
      cycleTimeDefinition: CYCLE_TIME_DEFAULT,
    });
  });

  test('say in words what the team chose', () => {
    const { definitions } = by({ clock: 'active_only', start: 'todo', finish: 'late', backward: 'wiped' });
    expect(definitions).toMatchObject({
      start: 'first entry into todo, active or late, since the last move back before it',
      finish: 'last crossing into late or done from a stage before them, while the item stays there',
      cycleTime: 'days spent from start to finish in todo or active, weekends included',
      backward: 'a move back before the start makes it forgotten; the next start counts',
    });
    expect(by({ clock: 'inclusive_days' }).definitions.cycleTime).toBe(
      'calendar days touched from start to finish, both ends counted, in Europe/Stockholm',
    );
    expect(by({ start: 'created' }).definitions.backward).toMatch(/^nothing lies before the creation/);
  });

  test('differ in words wherever they differ, and say what none of them moves', { timeout: 30_000 }, () => {
    const words = EVERY_DEFINITION.filter(
      ({ start, backward }) => !(start === 'created' && backward === 'wiped'),
    ).map((definition) => {
      const { start, finish, cycleTime, backward, countedAlike } = reportOf(definition).definitions;
      expect(countedAlike).toContain('throughput, forecasts');
      return [start, finish, cycleTime, backward].join('|');
    });
    expect(new Set(words).size).toBe(words.length);
  });
});

test('no page speaks of the first start, weekends or elapsed time where another definition counts', () => {
  const report = by({ clock: 'active_only', start: 'todo', finish: 'late', backward: 'wiped' });
  const page = teamReportMarkdown(report);
  // The table of all definitions names ours beside the others, and flow efficiency keeps to it.
  const flow = page.slice(page.indexOf('How it flows'), page.indexOf('## Basically done'));
  expect(flow).toContain('Cycle time: from the last commitment to a late stage, without pauses');
  expect(flow).toContain('Age of what has begun and not ended, without pauses');
  expect(flow).toContain('Chance to reach a late stage within 14 days without pauses');
  expect(flow).not.toMatch(/elapsed|first start|weekends/i);
  expect(page).toMatch(
    /The delivery promise: 80 % of items reach a late stage within \d+ days? without pauses/,
  );
  expect(page).toContain('| As this team has it configured (this team’s) |');
  expect(teamSummary(report)).toContain('without pauses');
});
