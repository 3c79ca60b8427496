import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { Issue } from '#domain/issue.ts';
import type { Team } from '#domain/team.ts';
import { ledger } from '#metrics/ledger.ts';
import { mergedNotDeployed } from '#metrics/signals/merged-not-deployed.ts';
import { deployment, evidence } from '#tests/builders/evidence.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const day = 86_400_000;
const START = Date.UTC(2025, 10, 3);
/** What the team calls merged is its status Review. */
const of: Partial<Team> = {
  stages: { acme: { Review: 'late' } },
  gates: { merged: [{ stage: 'late' }] },
};

/** Twenty items merged day by day, each deployed a week after. */
const train = range(20).map((i) =>
  issue(`PAY-${100 + i}`, 'In Progress 1d → Review 6d → Done', {
    from: new Date(START + i * day).toISOString(),
  }),
);
const trains = (wait: number, count = 20) =>
  range(count).map((i) => deployment(START + (i + 1 + wait) * day, [`PAY-${100 + i}`]));

/** Merged on 10 January, a Saturday. */
const merged = issue('PAY-1', 'In Progress 5d → Review');

/** The sign of PAY-1 at the end of a day of January. */
function sign(
  date: number,
  deployments = trains(7),
  changes: Partial<Team> = of,
  issues = [merged, ...train],
) {
  const seen = view(team(changes), `2026-01-${date}`, issues, {}, evidence({ deployments }));
  return mergedNotDeployed(seen).find(({ item }) => item.key === 'PAY-1');
}

describe('an item merged and not deployed', () => {
  test('is a sign once it waits longer than is usual here (WX-A1)', () => {
    // Merged on the 10th at 00:00: 8 days at the end of the 17th, 7 at the end of the 16th; usual are 7.
    expect(sign(17)).toMatchObject({ strength: 'hard', claimedAt: Date.UTC(2026, 0, 10) });
    expect(sign(16)).toBeUndefined();
    expect(sign(15)).toBeUndefined();
  });

  test('is none once it is deployed, or once it is deployed elsewhere than where it is used', () => {
    const out = (environment: string) => [
      ...trains(7),
      deployment(Date.UTC(2026, 0, 12), ['PAY-1'], { environment }),
    ];
    expect(sign(30, out('production'))).toBeUndefined();
    expect(sign(30, out('staging'))).toMatchObject({ strength: 'hard' });
  });

  test('is told on the ledger with what is missing, and is done and not in a version', () => {
    const done = issue('PAY-1', 'In Progress 5d → Done');
    const seen = view(team(), '2026-01-30', [done, ...train], {}, evidence({ deployments: trains(7) }));
    expect(ledger(seen).map(({ line }) => line)).toMatchObject([
      {
        key: 'PAY-1',
        achieved: 'merged',
        required: 'released',
        missing: ['released'],
        lacking: ['a released version or a deployment to production'],
        signals: ['merged_not_deployed'],
        confidence: 'high',
        whoseMove: 'team',
      },
    ]);
  });

  test('is told of a story and not of each of its sub-tasks', () => {
    const part = issue('PAY-2', 'In Progress 5d → Review', { type: 'Sub-task', parent: 'PAY-1' });
    const seen = view(
      team(of),
      '2026-01-30',
      [merged, part, ...train],
      {},
      evidence({ deployments: trains(7) }),
    );
    expect(mergedNotDeployed(seen).map(({ item }) => item.key)).toEqual(['PAY-1']);
  });

  test('is a soft sign after five work days where too little went out to know what is usual', () => {
    // Done on Saturday 10 January: Monday 12 to Friday 16 are five work days.
    expect(sign(16, trains(7, 18))).toBeUndefined();
    expect(sign(19, trains(7, 18))).toMatchObject({ strength: 'soft' });
  });
});

describe('where deployments stop', () => {
  /** Fifteen more, merged day by day from 25 November on, and nothing of it goes out. */
  const stuck = range(15).map((i) =>
    issue(`PAY-${200 + i}`, 'In Progress 1d → Review', {
      from: new Date(START + (21 + i) * day).toISOString(),
    }),
  );
  const named = (deployments = trains(7), more: readonly Issue[] = [], date = '2026-01-05') => {
    const seen = view(team(of), date, [...train, ...stuck, ...more], {}, evidence({ deployments }));
    return mergedNotDeployed(seen).map(({ item, strength }) => `${item.key} ${strength}`);
  };
  const all = stuck.map((_, i) => `PAY-${200 + i} hard`);

  test('all that waits longer than any wait that ended is a sign, however much it is', () => {
    // 20 of 35 are out, after seven days each: less than 85 % have been seen to end.
    expect(named()).toEqual(all);
    // The twelfth was merged on 6 December, seven days before the end of the 12th; the eleventh waits for eight.
    expect(named(trains(7), [], '2025-12-12')).toEqual(all.slice(0, 11));
  });

  test('a repair that goes out past the rest says nothing of the rest', () => {
    const repair = issue('PAY-300', 'In Progress 1d → Review', { from: '2025-12-20' });
    const out = deployment(Date.UTC(2025, 11, 22), ['PAY-300']);
    expect(named([...trains(7), out], [repair])).toEqual(all);
  });

  test('what was never made to be deployed still is not waited for', () => {
    const request = (i: number, from: string) =>
      issue(`PAY-${400 + i}`, 'In Progress 1d → Done', { from, labels: ['support'] });
    const before = range(10).map((i) => request(i, '2025-11-10'));
    const since = range(10).map((i) => request(10 + i, '2025-12-01'));
    expect(named(trains(7), [...before, ...since])).toEqual(all);
  });

  test('what was never made to be deployed is remembered when all that ever was lies half a year back', () => {
    // The view begins on 3 January: of what was merged since, nothing had a chance.
    const later = (i: number, labels: readonly string[]) =>
      issue(`PAY-${500 + i}`, 'In Progress 1d → Done', { from: '2026-05-04', labels });
    const answered = range(10).map((i) =>
      issue(`PAY-${400 + i}`, 'In Progress 1d → Done', { from: '2025-11-11', labels: ['support'] }),
    );
    const issues = [...train, ...answered, later(0, []), later(1, ['support'])];
    const seen = view(
      team({ ...of, doneMeans: 'released' }),
      '2026-07-01',
      issues,
      {},
      evidence({ deployments: trains(7) }),
    );
    expect(mergedNotDeployed(seen)).toMatchObject([{ item: { key: 'PAY-500' }, strength: 'soft' }]);
  });
});

describe('nothing is said', () => {
  test('where nobody tells of deployments', () => {
    expect(sign(30, [])).toBeUndefined();
  });

  test('of a team much of whose merged work never goes out', () => {
    const chores = range(10).map((i) =>
      issue(`PAY-${200 + i}`, 'In Progress 1d → Done', { from: '2025-11-17' }),
    );
    expect(sign(30, trains(7), of, [merged, ...train, ...chores])).toBeUndefined();
  });

  test('of types of work of which most never goes out, nor of what was closed in bulk; both leave the rest as it is', () => {
    const answered = range(10).map((i) =>
      issue(`PAY-${200 + i}`, 'In Progress 1d → Done', { from: '2025-11-17', labels: ['support'] }),
    );
    const tidied = range(10).map((i) =>
      issue(`PAY-${300 + i}`, 'To Do 60d → Done', { from: '2025-11-01', actor: 'admin' }),
    );
    const issues = [merged, ...train, ...answered, ...tidied];
    const seen = view(team(of), '2026-01-30', issues, {}, evidence({ deployments: trains(7) }));
    expect(mergedNotDeployed(seen).map(({ item }) => item.key)).toEqual(['PAY-1']);
  });

  test('of work that was merged before deployments were told of', () => {
    const before = issue('PAY-1', 'In Progress 5d → Review', { from: '2025-10-01' });
    expect(sign(30, trains(7), of, [before, ...train])).toBeUndefined();
  });

  test('where merged is all that Done means', () => {
    expect(sign(30, trains(7), { ...of, doneMeans: 'merged' })).toBeUndefined();
  });
});
