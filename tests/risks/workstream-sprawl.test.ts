import { describe, expect, test } from 'vitest';
import { workstreamSprawl } from '#risks/workstream-sprawl.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const PEOPLE = ['p1', 'p2', 'p3', 'p4', 'p5'];

describe('workstream sprawl', () => {
  const epics = PEOPLE.map((_, i) => issue(`PAY-9${i}`, 'In Progress', { type: 'Epic' }));
  const seen = (issues: Parameters<typeof view>[2]) => workstreamSprawl(view(team(), '2026-01-30', issues));

  // Over the 20 work days from 5 January each person is on one epic, and from the 19th on on another.
  const inTurn = (first: (person: number) => number, then: (person: number) => number) =>
    PEOPLE.flatMap((person, i) => [
      issue(`PAY-${i + 1}`, 'In Progress 14d → Done', {
        assignee: person,
        parent: `PAY-9${first(i)}`,
        from: '2026-01-05',
      }),
      issue(`PAY-${i + 11}`, 'In Progress', {
        assignee: person,
        parent: `PAY-9${then(i)}`,
        from: '2026-01-19',
      }),
    ]);

  test('is silent where lines of work follow one another: four in a month, two at a time', () => {
    const followed = inTurn(
      (i) => i % 2,
      (i) => 2 + (i % 2),
    );
    expect(seen([...epics, ...followed])).toEqual([]);
  });

  test('is seen where everybody goes from one line of work of their own to another', () => {
    const alone = inTurn(
      (i) => i,
      (i) => (i + 1) % PEOPLE.length,
    );
    expect(seen([...epics, ...alone])).toMatchObject([{ probabilityReal: 15 / 16 }]);
  });

  test('is silent where all but two lines of work have ended', () => {
    const ended = inTurn(
      (i) => i,
      (i) => i % 2,
    );
    expect(seen([...epics, ...ended])).toEqual([]);
  });

  test('would free what is in lines of work that the team still has: no single bugs, nor what has ended', () => {
    const goals = [{ id: 'first', name: 'First', scope: { kind: 'parent', name: 'PAY-90' } }] as const;
    const work = (key: string, person: string, parent?: string, from = '2026-01-05') =>
      issue(key, 'In Progress', { assignee: person, from, ...(parent === undefined ? {} : { parent }) });
    const issues = [
      ...epics,
      issue('PAY-95', 'In Progress', { type: 'Epic' }),
      ...PEOPLE.flatMap((person, i) => (i === 2 ? [] : [work(`PAY-${i + 1}`, person, `PAY-9${i}`)])),
      // Half of the second's time goes into a bug of its own, half of the third's went into what is done.
      work('PAY-21', 'p2'),
      issue('PAY-22', 'In Progress 14d → Done', { assignee: 'p3', parent: 'PAY-95', from: '2026-01-05' }),
      work('PAY-23', 'p3', 'PAY-92', '2026-01-19'),
    ];
    const [signal] = workstreamSprawl(view(team({ goals }), '2026-01-30', issues));
    expect(signal?.statement).toMatch(
      /^5 people work as if on 4\.\d equal workstreams at a time: 1\.\d people/,
    );
    // Of the four outside the goal one half, one half and two whole: 3 of 5 people.
    expect(signal?.relief).toMatchObject({
      kind: 'people',
      fte: [expect.any(Number), 3, expect.any(Number)],
    });
    const freed = signal?.relief?.kind === 'people' ? signal.relief.from?.() : undefined;
    expect([...(freed?.keys() ?? [])].toSorted()).toEqual([
      'acme/pay2',
      'acme/pay23',
      'acme/pay4',
      'acme/pay5',
    ]);
  });
});
