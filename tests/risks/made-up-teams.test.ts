import { sum } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { dayOf, endOf } from '#domain/calendar.ts';
import { scalarIntervals } from '#domain/field-values.ts';
import type { Issue } from '#domain/issue.ts';
import { cycleResults } from '#metrics/cycle-results.ts';
import { parents, releases, reopenings } from '../../bench/detectors/added.ts';
import { adoption } from '../../bench/detectors/adoption.ts';
import { comments } from '../../bench/detectors/comments.ts';
import { deployments } from '../../bench/detectors/deployments.ts';
import { gatedWork } from '../../bench/detectors/gates.ts';
import { HEALTHY, healthyTeam } from '../../bench/detectors/healthy.ts';
import { ITEM_WEEKS, type LabelledItems } from '../../bench/detectors/labelled.ts';
import { lastMile } from '../../bench/detectors/last-mile.ts';
import { live } from '../../bench/detectors/life.ts';
import { lateStages, reviews, underWay, waits } from '../../bench/detectors/lived.ts';
import { rollouts } from '../../bench/detectors/rollouts.ts';
import { madeUp, PLAIN, viewOf } from '../../bench/detectors/team.ts';
import { planted, TROUBLES } from '../../bench/detectors/troubles.ts';
import { healthyWay } from '../../bench/detectors/way.ts';

/** What was made up is what the detectors are judged by: so that it is so is tested, on the histories alone. */
const way = healthyWay('a', 60);
const plain = madeUp(way, PLAIN, live(way));

const statusesOf = (issue: Issue | undefined) =>
  issue === undefined
    ? []
    : scalarIntervals(issue, 'status').map(({ from, to, value }) => ({ from, to, name: value?.name }));
const keyed = ({ made: { issues } }: LabelledItems) =>
  new Map(issues.map((issue) => [issue.current.scalars.key?.value ?? '', issue]));
const inTrouble = (made: LabelledItems) => {
  const issues = keyed(made);
  return made.labels.flatMap(({ key, trouble }) =>
    trouble === undefined ? [] : [{ trouble, issue: issues.get(key) }],
  );
};

describe('a made-up team', () => {
  test('is the same for the same seed, and another for another', () => {
    const again = madeUp(way, PLAIN, live(way));
    expect(again.issues).toEqual(plain.issues);
    const other = healthyWay('b', 60);
    expect(madeUp(other, PLAIN, live(other)).issues).not.toEqual(plain.issues);
  });

  test('works on work days of its zone, a few nights apart, and each history is in order', () => {
    const awake = live({ ...way, nights: 0, timezone: 'Asia/Tokyo' });
    const days = awake.tickets.flatMap(({ draft: { planned: changes } }) =>
      changes.map(({ at }) => dayOf(at, 'Asia/Tokyo')),
    );
    const weekend = days.filter((day) => [0, 6].includes(new Date(day).getUTCDay()));
    expect(weekend).toEqual([]);
    for (const { events } of plain.issues) {
      expect(events.every(({ at }, i) => i === 0 || at >= (events[i - 1]?.at ?? 0))).toBe(true);
    }
  });

  test('finishes about as many items a week as teams do that are alike, more unevenly than by chance alone', () => {
    const paces = ['c', 'd', 'e', 'f', 'g', 'h'].map((seed) => {
      const one = healthyWay(seed, 60);
      const made = madeUp(one, PLAIN, live(one));
      const done = made.life.tickets.flatMap(({ doneAt }) =>
        doneAt === undefined ? [] : [made.weekOf(doneAt)],
      );
      return { people: one.people, perWeek: done.length / 60 };
    });
    for (const { people, perWeek } of paces) {
      expect(perWeek / people).toBeGreaterThan(0.5);
      expect(perWeek / people).toBeLessThan(3);
    }
  });
});

describe('what is said of a healthy team is so', () => {
  test('its goals are done by their dates, as far as it lived', () => {
    const done = plain.life.epics.filter(({ isGoal, doneAt }) => isGoal && doneAt !== undefined);
    expect(done.length).toBeGreaterThan(2);
    for (const { draft: of, doneAt = 0 } of done) {
      const goal = plain.goals.find(({ scope }) => scope.name === of.key);
      expect(doneAt).toBeLessThan(goal?.date === undefined ? 0 : endOf(goal.date, way.timezone));
    }
  });

  test('its cycles keep four of five items or more', () => {
    const cycling = { ...way, cycleWeeks: 3 };
    const results = cycleResults(viewOf(madeUp(cycling, PLAIN, live(cycling)), plain.endOfWeek(59))).slice(3);
    const [done, committed] = [sum(results, (one) => one.done), sum(results, (one) => one.committed)];
    expect(done / committed).toBeGreaterThan(0.8);
  });

  test('there is every hard way: imports, bulk closures, moves, holidays, trains, alternatives, nights', () => {
    expect(HEALTHY.length).toBeGreaterThanOrEqual(16);
    const [bulk, imported, moved] = [
      'bulk closures by an administrator',
      'an import at one moment',
      're-organisations',
    ].map((name) => {
      const found = HEALTHY.find((one) => one.name === name);
      if (found === undefined) throw new Error(name);
      return healthyTeam(found, '0', true).issues;
    });
    const most = (issues: readonly Issue[] | undefined, field: string, minutes: number) => {
      const counts = Map.groupBy(
        (issues ?? []).flatMap(({ events }) =>
          events.filter((event) => event.field === field && event.origin === 'recorded'),
        ),
        ({ at }) => Math.floor(at / (minutes * 60_000)),
      );
      return Math.max(...[...counts.values()].map((some) => some.length));
    };
    expect(most(bulk, 'status', 10)).toBeGreaterThanOrEqual(30);
    expect(most(imported, 'status', 1)).toBeGreaterThanOrEqual(300);
    expect(most(moved, 'project', 10)).toBeGreaterThanOrEqual(70);
  });
});

describe('what is planted in a team begins in its week, and not before', () => {
  const trouble = (name: string) => {
    const found = TROUBLES.find((one) => one.name === name);
    if (found === undefined) throw new Error(name);
    return planted(found, '0');
  };
  const perWeek = (weeks: readonly number[], first: number, last: number) =>
    weeks.filter((week) => week >= first && week < last).length / (last - first);

  test('a pace that falls', () => {
    const { made, onset } = trouble('pace falls');
    const done = made.life.tickets.flatMap(({ doneAt }) =>
      doneAt === undefined ? [] : [made.weekOf(doneAt)],
    );
    expect(perWeek(done, onset + 2, onset + 20) / perWeek(done, 4, onset)).toBeLessThan(0.65);
  });

  test('support, in hours that were really spent', () => {
    const { made, onset } = trouble('support');
    const hours = made.life.facts.supportHours;
    const spent = (first: number, last: number) => sum(hours.slice(first, last)) / (last - first);
    expect(spent(onset, onset + 10)).toBeGreaterThan(25);
    expect(spent(4, onset)).toBeLessThan(15);
  });

  test('what is thought of on the day it is begun', () => {
    const { made, onset } = trouble('thought of today');
    const share = (first: number, last: number) => {
      const begun = made.life.facts.begun.filter(
        ({ at }) => made.weekOf(at) >= first && made.weekOf(at) < last,
      );
      return begun.filter(({ sudden }) => sudden).length / begun.length;
    };
    expect(share(onset, onset + 10)).toBeGreaterThan(0.6);
    expect(share(4, onset)).toBeLessThan(0.4);
  });

  test('a goal that is not done by its date', () => {
    const { made, onset } = trouble('dream');
    const dream = made.life.epics.find(
      ({ isGoal, openedAt }) => isGoal && openedAt !== undefined && made.weekOf(openedAt) === onset,
    );
    const goal = made.goals.find(({ scope }) => scope.name === dream?.draft.key);
    const due = goal?.date === undefined ? 0 : endOf(goal.date, made.way.timezone);
    expect(due).toBeGreaterThan(0);
    expect(dream?.doneAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(due);
  });
});

describe('what is said of an item is so', () => {
  test('in a forgotten review nothing happens until its end', () => {
    const found = inTrouble(reviews('0', 1 / 6));
    expect(found.length).toBeGreaterThan(10);
    for (const { trouble, issue } of found) {
      const last = statusesOf(issue).at(-2);
      expect(last?.name).toBe('Review');
      expect(last?.from).toBeLessThan(trouble.since);
      // A minute of order among the moves of one item.
      expect((last?.to ?? 0) + 3_600_000).toBeGreaterThanOrEqual(trouble.until);
    }
  });

  test('what is put aside is never moved again, and what waits moves when its wait is over', () => {
    for (const { trouble, issue } of inTrouble(underWay('0'))) {
      expect(statusesOf(issue).at(-1)).toMatchObject({ name: 'In Progress', to: undefined });
      expect(issue?.events.findLast(({ field }) => field === 'status')?.at).toBeLessThanOrEqual(
        trouble.since,
      );
    }
    for (const { trouble, issue } of inTrouble(waits('0'))) {
      const during = statusesOf(issue).filter(
        ({ from }) => from > trouble.since + 60_000 && from < trouble.until,
      );
      expect(during).toEqual([]);
    }
  });

  test('a forgotten version goes out weeks after the train that should have taken it', () => {
    const made = releases('1');
    for (const { trouble, issue } of inTrouble(made)) {
      const done = statusesOf(issue).at(-1);
      expect(done?.name).toBe('Done');
      expect(trouble.since).toBeGreaterThanOrEqual(done?.from ?? 0);
      expect(trouble.until - trouble.since).toBeGreaterThan(14 * 86_400_000);
    }
  });

  test('under a forgotten parent everything is done, and nothing else happens', () => {
    const made = parents('0');
    for (const { trouble, issue } of inTrouble(made)) {
      const parts = made.made.issues.filter((one) => one.current.scalars.parent?.value === issue?.id);
      expect(parts.length).toBeGreaterThan(0);
      for (const part of parts) {
        expect(statusesOf(part).at(-1)).toMatchObject({ name: 'Done' });
        expect(part.events.at(-1)?.at).toBeLessThanOrEqual(trouble.since);
      }
      expect(statusesOf(issue).at(-1)?.from).toBe(trouble.until);
    }
  });

  test('what came back unfinished is open from then on for days, and what came back by mistake for minutes', () => {
    const made = reopenings('0');
    const issues = keyed(made);
    const openFor = (key: string) => {
      const [back, again] = statusesOf(issues.get(key)).slice(-2);
      return (again?.from ?? 0) - (back?.from ?? 0);
    };
    const openOf = (...ways: readonly string[]) =>
      made.labels.filter(({ how }) => ways.includes(how)).map(({ key }) => openFor(key));
    expect(Math.min(...openOf('incomplete'))).toBeGreaterThan(3 * 86_400_000);
    expect(Math.max(...openOf('by mistake', 'at midnight', 'in bulk'))).toBeLessThan(3_600_000);
  });

  test('what stands before its last step does so in a status of whatever name', () => {
    const names = ['0', '7'].map((seed) => {
      const made = lateStages(seed);
      const [first] = inTrouble(made);
      return statusesOf(first?.issue).find(({ from }) => from === first?.trouble.since)?.name;
    });
    expect(names).toEqual(['Review', 'Peer check']);
  });

  test('of a team mapped and of one not the work is the same, and only what it says of its stages differs', () => {
    const [guessed, mapped] = [lateStages('7'), lateStages('7', true)];
    expect(mapped.labels).toEqual(guessed.labels);
    expect(mapped.made.issues).toEqual(guessed.made.issues);
    expect([guessed.made.team.stages, mapped.made.team.stages]).toEqual([
      {},
      { acme: { 'Peer check': 'late', 'Pending Estimate': 'active' } },
    ]);
  });

  test('work whose deployment was forgotten goes to production when its trouble ends, and other work before', () => {
    const made = deployments('2', true);
    const told = made.made.evidence?.deployments ?? [];
    const out = Map.groupBy(
      told.filter(({ environment }) => /production/i.test(environment)),
      ({ issues: [name = ''] }) => name.toUpperCase(),
    );
    const firstOut = (key: string) => out.get(key)?.[0]?.at;
    expect(inTrouble(made).length).toBeGreaterThan(3);
    for (const { key, trouble } of made.labels.filter((label) => label.trouble !== undefined))
      expect(firstOut(key)).toBe(trouble?.until);
    for (const { key, alike } of made.labels.filter(({ how }) => how === 'waits for the next'))
      expect(firstOut(key)).toBe(alike?.until);
    const never = ['nothing to deploy', 'sub-task', 'closed in bulk', 'brought in'];
    expect(made.labels.filter(({ key, how }) => never.includes(how) && out.has(key))).toEqual([]);
    expect(told.every(({ at, recordedAt }) => recordedAt > at)).toBe(true);
    const moved = keyed(made).get('PAY-40000');
    const before = moved?.events.findLast(({ field }) => field === 'key');
    expect([before?.from, moved?.current.scalars.project?.name]).toEqual(['OPS-500', 'PAY']);
    expect(firstOut('OPS-500')).toBeLessThan(before?.at ?? 0);
  });

  test.each(['0', '1', '2', '3'])(
    'what shows a gate of team %s comes weeks after it was called done, where it is forgotten',
    (seed) => {
      const { made, labels } = gatedWork(seed);
      const issues = keyed({ made, labels });
      const shownAt = (key: string): number | undefined => {
        const issue = issues.get(key);
        const told = [
          ...(made.evidence?.verifications ?? []).map((one) => ({ ...one, issues: [one.issue] })),
          ...(made.evidence?.deployments ?? []),
        ];
        const recorded = told.find(({ issues: [name] }) => name === key || name === issue?.id)?.at;
        const label = issue?.events.find(({ field, to }) => field === 'labels' && to === 'verified')?.at;
        const text = issue?.events.findLast(({ field }) => field === 'links')?.to;
        const written =
          text === undefined
            ? undefined
            : statusesOf(issues.get(text)).find(({ name }) => name === 'Done')?.from;
        return recorded ?? label ?? written;
      };
      const forgotten = labels.filter(({ how }) => how === 'forgotten');
      expect(forgotten.length).toBeGreaterThan(3);
      for (const { key, trouble } of forgotten) {
        expect(shownAt(key)).toBe(trouble?.until);
        expect((trouble?.until ?? 0) - (trouble?.since ?? 0)).toBeGreaterThan(20 * 86_400_000);
      }
      for (const { key, alike } of labels.filter(({ how }) => how === 'shown within days'))
        expect(shownAt(key)).toBe(alike?.until);
    },
  );

  test('of a goal that too few take up every value is below its target until weeks after its day', () => {
    const { made, labels } = adoption('0');
    const known = labels.map(({ key, ...label }) => {
      const goal = made.goals.find(({ id }) => id === key);
      const [kpi] = goal?.kpis ?? [];
      const values = (made.evidence?.kpiValues ?? []).filter((one) => one.goal === key);
      const due = endOf(goal?.date ?? made.endOfWeek(0), made.way.timezone);
      const metAt = values.find(({ value }) => value === kpi?.target)?.at ?? Number.POSITIVE_INFINITY;
      const isAsked = goal?.adopters !== undefined;
      return { ...label, due, daysLate: (metAt - due) / 86_400_000, isMeasured: values.length > 0, isAsked };
    });
    const of = (how: string) => known.filter((one) => one.how === how);
    expect(of('too few').every(({ trouble, due }) => trouble?.since === due)).toBe(true);
    expect(Math.min(...of('too few').map(({ daysLate }) => daysLate))).toBeGreaterThan(28);
    // The value that shows it comes up to nine days later.
    expect(Math.max(...of('taken up in time').map(({ daysLate }) => daysLate))).toBeLessThan(9);
    expect(of('taken up days late').every(({ alike, due }) => alike?.since === due)).toBe(true);
    expect(new Set(known.filter(({ isMeasured }) => !isMeasured).map(({ how }) => how))).toEqual(
      new Set(['nobody measures']),
    );
    expect(new Set(known.filter(({ isAsked }) => !isAsked).map(({ how }) => how))).toEqual(
      new Set(['nobody has to take it up']),
    );
  });

  test('of a goal of which only the rollout is open one part is, and two where something else is', () => {
    const { made, labels } = rollouts('0');
    const issues = keyed({ made, labels });
    const openParts = (key: string, at = 0) =>
      made.issues.filter(
        (one) =>
          one.current.scalars.parent?.value === issues.get(key)?.id &&
          (statusesOf(one).find(({ name }) => name === 'Done')?.from ?? 0) > at,
      ).length;
    const of = (kind: string) => labels.filter(({ how }) => how === kind);
    expect(of('only the rollout is open').length).toBeGreaterThan(5);
    for (const { key, trouble } of of('only the rollout is open'))
      expect(openParts(key, trouble?.since)).toBe(1);
    for (const { key, alike } of of('something else is open as well'))
      expect(openParts(key, alike?.since)).toBe(2);
    for (const { key, alike } of of('rolled out')) expect(openParts(key, alike?.since)).toBe(0);
  });

  test('what a comment calls nearly done and nothing comes of is open for three weeks or more after it', () => {
    for (const { trouble, issue } of inTrouble(comments('0'))) {
      const done = statusesOf(issue).at(-1);
      expect(done).toMatchObject({ name: 'Done', from: trouble.until });
      expect(trouble.until - trouble.since).toBeGreaterThan(17 * 86_400_000);
    }
  });

  test('where all but the last mile is done, one part is open, and where work is done and its documents are open, they are', () => {
    const made = lastMile('0');
    const issues = keyed(made);
    const named = (how: string) => made.labels.filter((label) => label.how === how);
    const partsOf = (id: string | undefined) =>
      made.made.issues.filter((one) => id !== undefined && one.current.scalars.parent?.value === id);
    const openAt = (some: readonly (Issue | undefined)[], at: number) =>
      some.filter((one) => (statusesOf(one).find(({ name }) => name === 'Done')?.from ?? 0) > at);
    const left = named('all but the last mile is done');
    expect(left.length).toBeGreaterThan(5);
    for (const { key, trouble } of left) {
      expect(openAt(partsOf(issues.get(key)?.id), trouble?.since ?? 0)).toHaveLength(1);
    }
    for (const { key, trouble } of named('done, and its documents are open')) {
      const link = issues.get(key)?.events.find(({ field }) => field === 'links')?.to ?? '';
      expect(openAt([issues.get(link)], trouble?.since ?? 0)).toHaveLength(1);
      expect(statusesOf(issues.get(key)).at(-1)).toMatchObject({ name: 'Done', from: trouble?.since });
    }
    for (const { key, alike } of named('something else is open as well'))
      expect(openAt(partsOf(issues.get(key)?.id), alike?.since ?? 0)).toHaveLength(2);
  });

  test('lies in the weeks that are asked about', () => {
    expect(ITEM_WEEKS.first).toBeGreaterThanOrEqual(26);
    expect(ITEM_WEEKS.lived).toBeGreaterThan(ITEM_WEEKS.last + 8);
  });
});
