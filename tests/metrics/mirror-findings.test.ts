import { describe, expect, test } from 'vitest';
import type { Issue } from '#domain/issue.ts';
import { earlierView } from '#domain/team-view.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { throughput } from '#metrics/throughput.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** The same work in the other tracker, as its sync tells: `acme` is at https://acme.example. */
const mirroring = (one: Issue, ...urls: readonly string[]): Issue => ({
  ...one,
  events: [
    ...urls.map((to, itemIndex) => ({
      at: one.createdAt,
      eventId: 'mirror',
      itemIndex,
      field: 'mirrors',
      to,
      origin: 'inferred' as const,
    })),
    ...one.events,
  ],
});
const DONE = 'In Progress 2d → Done';
const inJira = (key: string, from = '2026-01-05') => issue(key, DONE, { from });
const inLinear = (key: string) => issue(key, DONE, { source: 'labs', from: '2026-01-05' });
const BOTH = team({ scope: [{ source: 'acme' }, { source: 'labs' }] });
const keysOf = (of: typeof BOTH, ...issues: readonly Issue[]) =>
  view(of, '2026-01-20', issues).items.map(({ key }) => key);
const mirrored = (of: typeof BOTH, ...issues: readonly Issue[]) =>
  dataQuality(view(of, '2026-01-20', issues)).filter(({ check }) => check === 'mirrored');

describe('work that the trackers mirror', () => {
  const pair = [
    inJira('PAY-1'),
    inJira('PAY-2'),
    mirroring(inLinear('MOB-7'), 'https://acme.example/browse/PAY-1?atl=1'),
    inLinear('MOB-8'),
  ];

  test('counts once, as the source has it that the scope names first', () => {
    expect(keysOf(BOTH, ...pair)).toEqual(['PAY-1', 'PAY-2', 'MOB-8']);
    const turned = team({ scope: [{ source: 'labs' }, { source: 'acme' }] });
    expect(keysOf(turned, ...pair)).toEqual(['PAY-2', 'MOB-7', 'MOB-8']);
    const days = throughput(view(BOTH, '2026-01-20', pair));
    expect(JSON.stringify(days)).toBe(
      JSON.stringify(throughput(view(BOTH, '2026-01-20', [...pair.slice(0, 2), inLinear('MOB-8')]))),
    );
  });

  test('is told with a count, examples, and what it would do', () => {
    const [one, ...more] = mirrored(BOTH, ...pair);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ count: 1, items: [{ key: 'PAY-1' }] });
    expect(one?.sentence).toContain('1 item is kept the same in two trackers by their own sync');
    expect(one?.sentence).toContain(
      'would count twice: each counts once, as "acme" has it (PAY-1 for MOB-7)',
    );
  });

  test('counts where only one of the two is the team’s', () => {
    const one = team({ scope: [{ source: 'acme', projects: ['OPS'] }, { source: 'labs' }] });
    expect(keysOf(one, ...pair)).toEqual(['MOB-7', 'MOB-8']);
    expect(mirrored(one, ...pair)).toEqual([]);
  });

  test('is never guessed: not from a title, not from an address that is not that of a source', () => {
    const [first, second] = [inJira('PAY-1'), inLinear('PAY-1')];
    expect(keysOf(BOTH, first, second)).toHaveLength(2);
    const elsewhere = mirroring(
      inLinear('MOB-7'),
      'https://other.example/browse/PAY-1',
      'https://acme.example/wiki/PAY-1',
    );
    expect(keysOf(BOTH, first, elsewhere)).toHaveLength(2);
  });

  test('is found under a key that the other has no more', () => {
    const now = inJira('PAY-1');
    const began = { at: now.createdAt, eventId: 'key', itemIndex: 0, field: 'key', to: 'OPS-4' };
    const moved: Issue = { ...now, events: [{ ...began, origin: 'inferred' }, ...now.events] };
    expect(keysOf(BOTH, moved, mirroring(inLinear('MOB-7'), 'https://acme.example/browse/OPS-4'))).toEqual([
      'PAY-1',
    ]);
  });

  test('counts once on earlier days as well, and from its own day on where the other is younger', () => {
    const issues = [
      inJira('PAY-1', '2026-01-15'),
      mirroring(inLinear('MOB-7'), 'https://acme.example/browse/PAY-1'),
    ];
    const late = view(BOTH, '2026-01-20', issues);
    expect(late.items.map(({ key }) => key)).toEqual(['PAY-1']);
    const early = view(BOTH, '2026-01-10', issues);
    expect(early.items.map(({ key }) => key)).toEqual(['MOB-7']);
    expect(earlierView(late, early.day).items).toEqual(early.items);
  });

  test('of which one has two copies, or a copy of a copy, counts once', () => {
    const [one, other] = ['MOB-7', 'MOB-8'].map((key) =>
      mirroring(inLinear(key), 'https://acme.example/browse/PAY-1'),
    );
    if (one === undefined || other === undefined) throw new RangeError('two copies');
    expect(keysOf(BOTH, inJira('PAY-1'), one, other)).toEqual(['PAY-1']);
    expect(mirrored(BOTH, inJira('PAY-1'), one, other)).toMatchObject([{ count: 2 }]);
    const three = team({ scope: [{ source: 'acme' }, { source: 'labs' }, { source: 'site' }] });
    const again = mirroring(
      issue('WEB-3', DONE, { source: 'site', from: '2026-01-05' }),
      'https://labs.example/browse/MOB-7',
    );
    expect(keysOf(three, inJira('PAY-1'), one, again)).toEqual(['PAY-1']);
    expect(mirrored(three, inJira('PAY-1'), one, again)[0]?.sentence).toContain('PAY-1 for WEB-3');
  });
});
