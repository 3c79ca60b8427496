import { describe, expect, test } from 'vitest';
import { exactCount } from '#domain/measurement.ts';
import { CYCLE_TIME_DEFAULT } from '#domain/team.ts';
import { type HeadlineNumbers, headline } from '#report/headline.ts';
import { teamReport } from '#report/team-report.ts';
import type { HeadlineLevel } from '#risks/level.ts';
import { day, epicWith, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';

const DAY = '2025-11-30';

/** A team of which 2 items of an epic are finished a week, so many of it open, due on a day. */
const reportOf = (due: string | undefined, open = 30) =>
  teamReport(view(team(due === undefined ? {} : { goals: [goal(due)] }), DAY, epicWith('PAY-1', { open })));

describe('the first sentence', () => {
  test('without a dated goal says what is known, and that the level is not', () => {
    const { level, sentence } = reportOf(undefined).headline;
    expect(level).toBe('unknown');
    expect(sentence).toMatch(/^Payments finishes .+ cannot be said without a dated goal\.$/);
  });

  test('of a team whose goal nothing in the data goes by says that', () => {
    const goals = [goal('2026-02-08', {}, 'PAY-99')];
    const { headline: first } = teamReport(view(team({ goals }), DAY, epicWith('PAY-1', { open: 4 })));
    expect(first.level).toBe('unknown');
    expect(first.sentence).toMatch(
      / cannot be said as long as nothing in the data goes by the name of its goal “Checkout is live”\.$/,
    );
  });

  test('speaks of one workstream as one', () => {
    const numbers = reportOf(undefined);
    const effective = exactCount(1, 'workstreams', { from: day(DAY), to: day(DAY) }, 'counted');
    const { sentence } = headline(
      'Payments',
      CYCLE_TIME_DEFAULT,
      { ...numbers, workstreams: { effective } },
      { level: { level: 'unknown', clause: '1' }, risks: [] },
    );
    expect(sentence).toContain('works on 1 workstream at once.');
  });

  test('names the promise with its chance', () => {
    const { headline: first, goals } = reportOf('2026-02-08', 24);
    const { probability } = goals.goals[0]?.forecast ?? {};
    const chance = probability?.kind === 'value' ? Math.round(100 * probability.value) : undefined;
    expect(first.sentence).toMatch(
      new RegExp(
        `^Payments has a goal that is unrealistic as stated: 24 items of “Checkout is live” are promised for Sun 8 February 2026 with a chance of ${chance} %\\.`,
      ),
    );
    expect(first.clause).toMatch(/^3: P = \d+ % is below 50 % and no raised risk lifts it/);
  });

  test('says so when the date has passed', () => {
    expect(reportOf('2025-11-16').headline.sentence).toContain(
      'the date of “Checkout is live”, Sun 16 November 2025, passed with 30 items left.',
    );
  });

  test('says so when all of the goal is done', () => {
    expect(reportOf('2026-02-08', 0).headline.sentence).toContain(
      'all of “Checkout is live”, promised for Sun 8 February 2026, is done.',
    );
  });

  test.each<readonly [HeadlineLevel, string]>([
    ['not_set_up', 'Payments is not set up for success: '],
    ['goal_unrealistic', 'Payments has a goal that is unrealistic as stated: '],
    ['at_risk', 'Payments is at risk: '],
    ['on_track_unproven', 'Payments is on track, as far as forecasts that are not proven can say: '],
    ['set_up', 'Payments is set up for success: '],
  ])('of a team that is %s begins "%s"', (level, begins) => {
    const numbers: HeadlineNumbers = reportOf('2026-02-08', 24);
    const risks = [
      { id: 'payments/unrealistic_goal/checkout', kind: 'unrealistic_goal', statement: 'A poor chance.' },
      { id: 'payments/early_failure/checkout', kind: 'early_failure', statement: 'Stop or change course.' },
      { id: 'payments/support_load', kind: 'support_load', statement: 'Support takes 2 of 5 people.' },
    ] as const;
    const told = headline('Payments', CYCLE_TIME_DEFAULT, numbers, {
      level: { level, clause: '0: as given' },
      risks,
    });
    expect(told.sentence.startsWith(begins)).toBe(true);
    // What stands against it besides the promise, which has said by itself that it is unlikely.
    expect(told.sentence).toMatch(/Support takes 2 of 5 people\.$/);
    expect(told).toMatchObject({ level, clause: '0: as given' });
  });
});

test('the first sentence says when the level is held against what today alone would say', () => {
  const risks = [
    { id: 'payments/support_load', kind: 'support_load', statement: 'Support takes 2.' },
  ] as const;
  const { sentence } = headline('Payments', CYCLE_TIME_DEFAULT, reportOf('2026-02-08', 24), {
    level: { level: 'set_up', clause: '6', held: { foundOn: day('2025-11-23'), today: 'at_risk' } },
    risks,
  });
  expect(sentence).toMatch(/^Payments is set up for success: 24 items of “Checkout is live” are promised/);
  expect(sentence).toMatch(
    / That was found on Sun 23 November 2025; today alone it would be “At risk”, which counts once two Mondays in a row find it\. Support takes 2\.$/,
  );
});

test('the first sentence names a choice that is overdue, which the promise does not say by itself', () => {
  const statement = 'A choice between 2 alternatives was due.';
  const { sentence } = headline('Payments', CYCLE_TIME_DEFAULT, reportOf('2026-02-08', 24), {
    level: { level: 'not_set_up', clause: '2: as given' },
    risks: [{ id: 'payments/early_failure/alternatives/way', kind: 'early_failure', statement }],
  });
  expect(sentence.endsWith(statement)).toBe(true);
});

test('a report gives the same bytes twice, risks included', () => {
  expect(JSON.stringify(reportOf('2026-02-08'))).toBe(JSON.stringify(reportOf('2026-02-08')));
});
