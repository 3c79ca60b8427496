import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Team } from '#domain/team.ts';
import { assessRisks } from '#risks/assess.ts';
import { freedPeople } from '#risks/freed-people.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import type { Relief } from '#risks/relief.ts';
import { supportLoad } from '#risks/support-load.ts';
import { undecidedAlternatives } from '#risks/undecided-alternatives.ts';
import { workstreamSprawl } from '#risks/workstream-sprawl.ts';
import { day, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const freeing = (fte: number, from?: Readonly<Record<string, number>>): Relief => ({
  kind: 'people',
  fte: [fte, fte, fte],
  ...(from === undefined ? {} : { from: () => new Map(Object.entries(from)) }),
});

describe('people who are freed', () => {
  const isOwn = (ref: string) => ref.startsWith('goal');

  test('add up where they come from different work', () => {
    expect(freedPeople({ isOwn }, [freeing(2, { a: 2 }), freeing(1, { b: 1 })])).toEqual([3, 3]);
  });

  test('come once, however many reliefs free them', () => {
    const [sprawl, alternatives] = [freeing(15, { a: 12, b: 3 }), freeing(3, { b: 3 })];
    expect(freedPeople({ isOwn }, [alternatives, sprawl])).toEqual([15, 15]);
    // Of these three one is among the first two.
    expect(freedPeople({}, [freeing(2, { a: 1, b: 1 }), freeing(3, { b: 1, c: 2 })])).toEqual([4, 4]);
  });

  test('are not on the goal already', () => {
    expect(freedPeople({ isOwn }, [freeing(3, { 'goal-1': 1, a: 2 })])).toEqual([2, 2]);
    expect(freedPeople({ isOwn }, [freeing(3, { 'goal-1': 3 })])).toEqual([0, 0]);
  });

  test('are no more than do not work on the goal', () => {
    expect(freedPeople({ elsewhere: 4 }, [freeing(3), freeing(2)])).toEqual([4, 4]);
  });

  test('are unknown where nobody is freed', () => {
    expect(freedPeople({}, [{ kind: 'pace', ratio: [1, 2] }])).toBeUndefined();
  });

  test('are never fewer together than from one alone', () => {
    const work = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'goal'), fc.integer({ min: 1, max: 5 }), {
      minKeys: 1,
    });
    const relief = work.map((from) =>
      freeing(
        Object.values(from).reduce((a, b) => a + b, 0),
        from,
      ),
    );
    fc.assert(
      fc.property(fc.array(relief, { minLength: 1, maxLength: 4 }), (reliefs) => {
        const [low = 0] = freedPeople({}, reliefs) ?? [];
        for (const one of reliefs)
          expect(low).toBeGreaterThanOrEqual((freedPeople({}, [one])?.[0] ?? 0) - 1e-9);
      }),
    );
  });
});

describe('what relief brings to a goal', () => {
  const at = (days: number) => new Date(Date.UTC(2025, 5, 2) + days * 86_400_000).toISOString();

  /** Half a year of people who each finish an item a week under the epic named for them; the goal is PAY-1. */
  function assessed(
    epics: readonly string[],
    changes: Partial<Team>,
    options: (person: number) => IssueOptions = () => ({}),
  ) {
    const issues = [...new Set(epics)].map((key) => issue(key, 'In Progress', { type: 'Epic', from: at(0) }));
    for (let week = 0; week < 27; week += 1) {
      epics.forEach((parent, person) => {
        issues.push(
          issue(`PAY-${100 + 20 * week + person}`, 'To Do 1h → In Progress 6d → Done', {
            from: at(7 * week - 2),
            assignee: `person${person}`,
            parent,
            ...options(person),
          }),
        );
      });
    }
    for (let i = 0; i < 30; i += 1)
      issues.push(issue(`PAY-${900 + i}`, 'To Do', { from: at(1), parent: 'PAY-1' }));
    const of = team({ goals: [goal('2026-02-01')], workstreamBy: 'parent', ...changes });
    const detectors = [undecidedAlternatives, workstreamSprawl, supportLoad];
    return assessRisks(view(of, '2025-12-01', issues), { detectors, goalAhead });
  }
  const way = { id: 'way', streams: ['PAY-1', 'PAY-2'], decideBy: day('2025-10-15'), metric: 'conversion' };
  const times = (count: number, key: string) => Array.from({ length: count }, () => key);

  test('is nobody where the lesser of two alternatives is the goal itself', () => {
    const { risks } = assessed([...times(3, 'PAY-1'), ...times(4, 'PAY-2')], { alternatives: [way] });
    expect(risks.map(({ kind, impact }) => [kind, impact])).toEqual([['early_failure', { fte: [3, 3] }]]);
  });

  test('is at most those who are not on it, by two drains that overlap', () => {
    const single = Array.from({ length: 12 }, (_, i) => `PAY-${3 + i}`);
    const people = [...times(4, 'PAY-1'), ...times(3, 'PAY-2'), ...single];
    const { risks, together } = assessed(people, { alternatives: [way] });
    expect(risks.map(({ kind, impact }) => [kind, impact.fte])).toEqual([
      ['workstream_sprawl', [15, 15]],
      ['early_failure', [3, 3]],
    ]);
    expect(together?.fte).toEqual([15, 15]);
  });

  test('is not the support that the goal itself asks for', () => {
    const support = { work: { support: { types: ['Support'] } } };
    const { risks } = assessed(times(5, 'PAY-1'), support, (person) =>
      person < 2 ? { type: 'Support' } : {},
    );
    expect(risks.map(({ kind, impact: { dP } }) => [kind, dP])).toEqual([['support_load', undefined]]);
  });
});
