import { describe, expect, test } from 'vitest';
import type { Issue } from '#domain/issue.ts';
import { basicallyDone } from '#metrics/basically-done.ts';
import { claims } from '#metrics/claims.ts';
import { staleClaim } from '#metrics/signals/stale-claim.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** The issue with a comment that says it is almost done, at a moment. */
const saying = (of: Issue, ...moments: readonly string[]): Issue => ({
  ...of,
  claims: moments.map((at, i) => ({
    commentId: String(i),
    at: Date.parse(at),
    phrase: 'nearly_done',
    url: 'https://acme.example/c',
  })),
});
const said = '2026-01-12T09:00Z'; // Monday
const open = saying(issue('PAY-1', 'In Progress'), said);
const named = (day: string, ...issues: readonly Issue[]) =>
  staleClaim(view(team(), day, issues)).map(({ item }) => item.key);

describe('an item that a comment calls almost done', () => {
  test('and that is not done five work days later is basically done', () => {
    expect(named('2026-01-19', open)).toEqual([]); // Tuesday to Monday: five
    expect(named('2026-01-20', open)).toEqual(['PAY-1']);
    expect(basicallyDone(view(team(), '2026-01-20', [open])).items).toMatchObject([
      { signals: ['stale_claim'], claimedAt: '2026-01-12T09:00:00.000Z', confidence: 'low' },
    ]);
  });

  test('is none once it is done or dropped', () => {
    expect(named('2026-01-30', saying(issue('PAY-1', 'In Progress 10d → Done'), said))).toEqual([]);
    expect(named('2026-01-30', saying(issue('PAY-1', 'In Progress 10d → Cancelled'), said))).toEqual([]);
  });

  test('came true when it was done, and what is said after it came back counts anew', () => {
    const back = 'In Progress 8d → Done 2d → In Progress'; // done on the 13th, back on the 15th
    expect(named('2026-01-30', saying(issue('PAY-1', back), said))).toEqual([]);
    expect(named('2026-01-30', saying(issue('PAY-1', back), said, '2026-01-16T09:00Z'))).toEqual(['PAY-1']);
  });

  test('is not known before the comment was written', () => {
    expect(named('2026-01-09', open)).toEqual([]);
  });

  test('may be an epic, and one without comments that were read is no sign', () => {
    const epic = saying(issue('PAY-1', 'In Progress', { type: 'Epic' }), said);
    expect(named('2026-01-30', epic, issue('PAY-2', 'In Progress'))).toEqual(['PAY-1']);
  });
});

describe('the clock of a claim', () => {
  const clock = (one: Issue) =>
    claims(view(team({ stages: { acme: { Review: 'late' } } }), '2026-01-30', [one])).claims;

  test('starts with the first comment that says so, or with the late stage, whichever was first', () => {
    const path = 'In Progress 9d → Review 2d → Done'; // late on the 14th, done on the 16th
    const started = Date.UTC(2026, 0, 5);
    const done = Date.UTC(2026, 0, 16);
    expect(clock(saying(issue('PAY-1', path), said))).toEqual([
      { startedAt: started, claimedAt: Date.parse(said), reachedAt: done },
    ]);
    expect(clock(saying(issue('PAY-1', path), '2026-01-15T09:00Z'))).toEqual([
      { startedAt: started, claimedAt: Date.UTC(2026, 0, 14), reachedAt: done },
    ]);
  });

  test('is not started by what is said of work that is done', () => {
    expect(clock(saying(issue('PAY-1', 'In Progress 3d → Done'), said))).toEqual([]);
    expect(clock(saying(issue('PAY-1', 'In Progress 3d → In Progress'), said))).toMatchObject([
      { claimedAt: Date.parse(said) },
    ]);
  });
});
