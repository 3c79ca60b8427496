import { describe, expect, test } from 'vitest';
import { reopenRate } from '#metrics/reopen-rate.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const AS_OF = '2026-01-30';
const items = (count: number, path: string, from = '2025-10-01', first = 1) =>
  Array.from({ length: count }, (_, i) => issue(`PAY-${first + i}`, path, { from }));
const rate = (issues: Parameters<typeof view>[2]) => reopenRate(view(team(), AS_OF, issues));

describe('how often done work comes back', () => {
  test('is told with its interval: 3 of 40 (WX-A6)', () => {
    const kept = items(37, 'In Progress 1d → Done');
    const back = items(3, 'In Progress 1d → Done 10d → In Progress 1d → Done', '2025-10-01', 100);
    // Jeffreys for 3 of 40.
    expect(rate([...kept, ...back]).rate).toMatchObject({
      value: 0.075,
      n: 40,
      interval90: [expect.closeTo(0.0276, 4), expect.closeTo(0.1661, 4)],
    });
  });

  test('is not told under 20 items', () => {
    const few = rate(items(19, 'In Progress 1d → Done')).rate;
    expect(few).toEqual({
      kind: 'insufficient',
      have: 19,
      need: 20,
      what: 'items done at least 30 days ago',
    });
  });

  test('counts an item once, however often it goes to and fro', () => {
    const restless = items(1, 'Done 1d → To Do 1d → Done 1d → To Do 1d → Done', '2025-10-01', 100);
    expect(rate([...items(19, 'In Progress 1d → Done'), ...restless]).rate).toMatchObject({
      value: 0.05,
      n: 20,
    });
  });

  test('leaves later returns out of the rate and counts them apart (WX-A6b)', () => {
    // Done on the first day, back on the fortieth.
    const later = items(1, 'In Progress 1d → Done 39d → In Progress', '2025-10-01', 100);
    const result = rate([...items(19, 'In Progress 1d → Done'), ...later]);
    expect(result.rate).toMatchObject({ value: 0, n: 20 });
    expect(result.late).toMatchObject({ value: 1 });
  });

  test('takes what was taken back within the hour for a slip put right, of neither kind', () => {
    const slips = items(1, 'In Progress 1d → Done 20m → To Do 3d → Done', '2025-10-01', 100);
    const result = rate([...items(19, 'In Progress 1d → Done'), ...slips]);
    expect(result.rate).toMatchObject({ value: 0, n: 20 });
    expect(result.late).toMatchObject({ value: 0 });
  });

  test('waits until an item has had its 30 days, and forgets after 180', () => {
    const old = items(20, 'In Progress 1d → Done', '2025-07-01', 100);
    const fresh = items(20, 'In Progress 1d → Done', '2026-01-02', 200);
    expect(rate([...old, ...fresh]).rate).toMatchObject({ kind: 'insufficient', have: 0 });
  });

  test('takes no notice of work closed in a mass, or dropped after being done', () => {
    const mass = Array.from({ length: 12 }, (_, i) =>
      issue(`PAY-${200 + i}`, 'To Do 60d → Done', { from: '2025-09-01', actor: 'admin' }),
    );
    const dropped = items(1, 'In Progress 1d → Done 5d → Cancelled', '2025-10-01', 100);
    expect(rate([...items(19, 'In Progress 1d → Done'), ...mass, ...dropped]).rate).toMatchObject({
      value: 0,
      n: 20,
      excluded: [{ reason: 'administrative_closure', count: 12 }],
    });
  });
});
