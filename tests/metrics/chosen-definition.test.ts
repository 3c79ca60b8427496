import { describe, expect, test } from 'vitest';
import { CYCLE_TIME_DEFAULT, type CycleTimeDefinition } from '#domain/team.ts';
import { cycleTime } from '#metrics/cycle-time.ts';
import { cycleTimeDefinitions } from '#metrics/cycle-time-definitions.ts';
import { decisionsOf } from '#metrics/decisions.ts';
import { flowEfficiency } from '#metrics/flow-efficiency.ts';
import { flowSample } from '#metrics/flow-sample.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { throughput } from '#metrics/throughput.ts';
import { workInProgress } from '#metrics/work-in-progress.ts';
import { workItemAge } from '#metrics/work-item-age.ts';
import { EVERY_DEFINITION } from '#tests/builders/definitions.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

type Issues = Parameters<typeof view>[2];
const going = (changes: Partial<CycleTimeDefinition>, day: string, issues: Issues) =>
  view(team({ cycleTime: { ...CYCLE_TIME_DEFAULT, ...changes } }), day, issues);
const many = (count: number, first: number, path: string, options: IssueOptions) =>
  Array.from({ length: count }, (_, i) => issue(`PAY-${first + i}`, path, options));
/** So much work, half before and half after ten days aside. */
const paused = (days: number) => `In Progress ${days / 2}d → To Do 10d → In Progress ${days / 2}d → Done`;

describe('the percentiles', () => {
  // As in the tests of cycle time: 2, 3, 3+, 4, 5, 8+, 9 days of work give a median of 5.
  const issues = [
    ...[2, 3, 4, 5, 9].map((days, i) => issue(`PAY-${1 + i}`, paused(days), { from: '2026-05-01' })),
    issue('PAY-50', 'In Progress 1d → To Do 10d → In Progress', { from: '2026-06-18' }),
    issue('PAY-51', 'In Progress 1d → To Do 10d → In Progress', { from: '2026-06-13' }),
  ];
  const measure = (changes: Partial<CycleTimeDefinition>) => cycleTime(going(changes, '2026-06-30', issues));

  test.each<[Partial<CycleTimeDefinition>, number, number]>([
    [{ clock: 'active_only' }, 5, 4],
    // All of them, open and finished, ten days longer.
    [{}, 15, 14],
    // A day touched begins and one ends each: 12.0 days from midnight on touch 13 of them.
    [{ clock: 'inclusive_days' }, 16, 15],
    // Half of the work came after the last start: 1, 1.5, 2, 2+, 2.5, 4.5, 7+ days.
    [{ backward: 'wiped' }, 2.5, 2],
  ])('with %o are %d days, of the finished alone %d', (changes, all, finished) => {
    const { p50, completedOnly } = measure(changes);
    expect([p50, completedOnly.p50]).toMatchObject([{ value: all }, { value: finished }]);
  });

  test('finish with review, where the team finishes there, and begin with it, where it begins there', () => {
    const path = 'In Progress 3d → Review 2d → Done';
    const reviewed = many(5, 1, path, { from: '2026-05-01' });
    const waiting = issue('PAY-60', 'In Progress 3d → Review', { from: '2026-05-01' });
    const read = (changes: Partial<CycleTimeDefinition>) => {
      const { finished, open, items } = cycleTime(going(changes, '2026-06-30', [...reviewed, waiting]));
      return [finished, open]
        .map((count) => count.kind === 'value' && count.value)
        .concat(items[0]?.days ?? 0);
    };
    expect(read({ finish: 'late' })).toEqual([6, 0, 3]);
    expect(read({ start: 'late' })).toEqual([5, 1, 2]);
  });
});

describe('an item begun before the window', () => {
  // The window begins on 2 January. Four days of work from 23 December on, 100 aside, six of work.
  const across = issue('PAY-1', 'In Progress 4d → To Do 100d → In Progress 6d → Done', {
    from: '2025-12-23',
  });
  const spellOf = (changes: Partial<CycleTimeDefinition>, one = across) =>
    flowSample(going(changes, '2026-06-30', [one])).spells.map(({ entry, exit, outcome }) => [
      Number(entry.toFixed(6)),
      exit,
      outcome,
    ]);

  test('enters at what its clock showed then, in the days of that clock', () => {
    expect(spellOf({})).toEqual([[10, 110, 'event']]);
    expect(spellOf({ clock: 'active_only' })).toEqual([[4, 10, 'event']]);
    // 23 December to 1 January are ten days, and the day of the finish counts.
    expect(spellOf({ clock: 'inclusive_days' })).toEqual([[10, 111, 'event']]);
    expect(spellOf({ backward: 'wiped' })).toEqual([[0, 6, 'event']]);
  });

  test('and ended from a pause is at risk at the reading it came with, not lost', () => {
    const ended = issue('PAY-1', 'In Progress 4d → To Do 100d → Done', { from: '2025-12-23' });
    const { spells } = flowSample(going({ clock: 'active_only' }, '2026-06-30', [ended]));
    expect(spells).toMatchObject([{ exit: 4, outcome: 'event' }]);
    expect(spells[0]?.entry).toBeLessThan(4);
  });
});

describe('an open item', () => {
  const aside = issue('PAY-50', 'In Progress 5d → To Do', { from: '2026-06-11' });
  const longer = issue('PAY-51', 'In Progress', { from: '2026-06-19' });
  const ages = (changes: Partial<CycleTimeDefinition>) =>
    workItemAge(going(changes, '2026-06-30', [aside, longer])).items.map(({ key, ageDays }) => [
      key,
      ageDays,
    ]);

  test('is as old as the clock of the definition shows, the oldest by it first', () => {
    expect(ages({})).toEqual([
      ['PAY-50', 20],
      ['PAY-51', 12],
    ]);
    expect(ages({ clock: 'active_only' })).toEqual([
      ['PAY-51', 12],
      ['PAY-50', 5],
    ]);
    expect(ages({ clock: 'inclusive_days' })).toEqual([
      ['PAY-50', 20],
      ['PAY-51', 12],
    ]);
    expect(ages({ backward: 'wiped' })).toEqual([['PAY-51', 12]]);
  });

  test('is held against times of the same clock: aged out by elapsed time, not by that of work', () => {
    // 4 days of work each, 14 days in all; the open one has worked 2 and lain aside for 30.
    const past = Array.from({ length: 20 }, (_, i) =>
      issue(`PAY-${i + 1}`, paused(4), { from: '2026-05-01' }),
    );
    const open = issue('PAY-60', 'In Progress 1d → To Do 30d → In Progress', { from: '2026-05-30' });
    const agedOut = (changes: Partial<CycleTimeDefinition>) =>
      workItemAge(going(changes, '2026-06-30', [...past, open])).items.map((item) => item.agedOut);
    expect(agedOut({})).toEqual([true]);
    expect(agedOut({ clock: 'active_only' })).toEqual([false]);
  });
});

test('Little’s law is held in the days of the clock: steady work owes nothing by any', () => {
  // Every three days one begins: a day and a half of work around a day aside.
  const issues = Array.from({ length: 60 }, (_, i) =>
    issue(`PAY-${i + 1}`, 'In Progress 1d → To Do 1d → In Progress 0.5d → Done', {
      from: new Date(Date.UTC(2026, 0, 2) + 3 * i * 86_400_000).toISOString(),
    }),
  );
  const law = (changes: Partial<CycleTimeDefinition>) => {
    const { inProgress, cycleTime: days, debt } = workItemAge(going(changes, '2026-06-30', issues)).flowDebt;
    return [inProgress, days, debt].map((one) => one.kind === 'value' && Number(one.value.toFixed(6)));
  };
  expect(law({})).toEqual([0.833333, 2.5, 0]);
  expect(law({ clock: 'active_only' })).toEqual([0.5, 1.5, 0]);
  expect(law({ clock: 'inclusive_days' })).toEqual([1, 3, 0]);
});

describe('a decision against 10 days', () => {
  const decided = (changes: Partial<CycleTimeDefinition>, path: string) =>
    decisionsOf(going(changes, '2026-03-31', [issue('PAY-1', path, { from: '2026-01-01' })]), 10).map(
      ({ outcome, at, finished }) => [outcome, new Date(at).toISOString().slice(0, 10), finished],
    );

  test.each<[Partial<CycleTimeDefinition>, string, readonly (string | boolean)[]]>([
    [{}, 'In Progress 10d → Done', ['kept', '2026-01-11', true]],
    // Eleven days are touched; the eleventh began on the 11th.
    [{ clock: 'inclusive_days' }, 'In Progress 10d → Done', ['missed', '2026-01-11', true]],
    [{ clock: 'inclusive_days' }, 'In Progress 9d → Done', ['kept', '2026-01-10', true]],
    [{}, 'In Progress 6d → To Do 9d → In Progress 4d → Done', ['missed', '2026-01-11', true]],
    [
      { clock: 'active_only' },
      'In Progress 6d → To Do 9d → In Progress 4d → Done',
      ['kept', '2026-01-20', true],
    ],
    [{ clock: 'active_only' }, 'In Progress 6d → To Do 9d → In Progress', ['missed', '2026-01-20', false]],
    [
      { backward: 'wiped' },
      'In Progress 12d → To Do 9d → In Progress 4d → Done',
      ['kept', '2026-01-26', true],
    ],
    [{ finish: 'late' }, 'In Progress 9d → Review 5d → Done', ['kept', '2026-01-10', true]],
    [{ finish: 'late' }, 'In Progress 11d → Review', ['missed', '2026-01-11', true]],
    [{ start: 'created' }, 'To Do 8d → In Progress 4d → Done', ['missed', '2026-01-11', true]],
  ])('with %o, %s is %o', (changes, path, expected) => {
    expect(decided(changes, path)).toEqual([expected]);
  });
});

test('the delivery promise is made and kept on one clock', () => {
  // Last quarter 4 days of work in 14 days; this one 3 days of work in 33 days.
  const issues = [
    ...many(20, 100, paused(4), { from: '2025-11-03' }),
    ...many(10, 200, 'In Progress 1d → To Do 30d → In Progress 2d → Done', { from: '2026-02-02' }),
  ];
  const promise = (changes: Partial<CycleTimeDefinition>) =>
    serviceLevel(going(changes, '2026-03-27', issues));
  expect(promise({})).toMatchObject({ expectation: { value: 14 }, inTime: { value: 0, n: 10 } });
  expect(promise({ clock: 'active_only' })).toMatchObject({
    expectation: { value: 4 },
    inTime: { value: 1, n: 10 },
  });
});

describe('whatever the definition', () => {
  const issues = [
    ...many(20, 100, paused(4), { from: '2025-11-03' }),
    ...many(20, 200, 'To Do 2d → In Progress 3d → Review 4d → Done', { from: '2026-01-05' }),
    ...many(4, 300, 'To Do 2d → In Progress 3d → To Do', { from: '2026-02-02' }),
  ];

  test('throughput, work in progress and flow efficiency are the same', () => {
    const counted = (changes: Partial<CycleTimeDefinition>) => {
      const all = going(changes, '2026-02-27', issues);
      return [throughput(all), workInProgress(all), flowEfficiency(all)];
    };
    for (const definition of EVERY_DEFINITION) expect(counted(definition)).toEqual(counted({}));
  });

  test('the table of definitions tells the headline of each, whichever was chosen, and the chosen one’s own numbers', () => {
    const rows = (changes: Partial<CycleTimeDefinition>) =>
      cycleTimeDefinitions(going(changes, '2026-02-27', issues)).filter(({ name }) => name !== 'custom');
    const headlines = rows({}).map(({ name, headlineP85 }) => [name, headlineP85]);
    for (const definition of EVERY_DEFINITION) {
      expect(rows(definition).map(({ name, headlineP85 }) => [name, headlineP85])).toEqual(headlines);
      const all = going(definition, '2026-02-27', issues);
      const { p85, completedOnly } = cycleTime(all);
      const chosen = cycleTimeDefinitions(all).filter((row) => row.chosen);
      expect(chosen).toHaveLength(1);
      const figure = (one = p85) => (one.kind === 'value' ? [one.value, one.n, one.interval90] : [one.have]);
      expect(figure(chosen[0]?.headlineP85)).toEqual(figure(p85));
      expect(figure(chosen[0]?.p85)).toEqual(figure(completedOnly.p85));
    }
  });
});
