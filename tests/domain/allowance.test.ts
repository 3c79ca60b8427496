import { describe, expect, test } from 'vitest';
import { type Allowance, leftNow, paceMs } from '#domain/allowance.ts';

const HOUR = 3_600_000;

/** Linear's points: 3,000,000 an hour are 833⅓ a second. */
const complexity = (remaining: number): Allowance => ({
  resource: 'complexity',
  limit: 3_000_000,
  remaining,
  windowMs: HOUR,
  refill: 'steadily',
  resetsAt: HOUR,
  observedAt: 0,
});
/** Jira's points: the hour's are whole again at once. */
const points = (remaining: number): Allowance => ({
  resource: 'points',
  limit: 65_000,
  remaining,
  windowMs: HOUR,
  refill: 'at_reset',
  resetsAt: 600_000,
  observedAt: 0,
});

describe('what is left', () => {
  test('grows by the second where it flows back, and not beyond the whole', () => {
    expect(leftNow(complexity(0), 60_000)).toBe(50_000);
    expect(leftNow(complexity(2_999_000), 60_000)).toBe(3_000_000);
    expect(leftNow(complexity(100), -5_000)).toBe(100);
  });

  test('is what was told until the reset, and then the whole', () => {
    expect(leftNow(points(11_000), 599_999)).toBe(11_000);
    expect(leftNow(points(11_000), 600_000)).toBe(65_000);
  });
});

describe('a reading of everything waits', () => {
  test('for nothing while more than three tenths are left beside what it costs', () => {
    expect(paceMs(complexity(3_000_000), 10_000, 0)).toBe(0);
    expect(paceMs(complexity(910_000), 10_000, 0)).toBe(0);
    expect(paceMs(points(19_505), 5, 0)).toBe(0);
  });

  test('until so much has flowed back', () => {
    // 900,000 are kept; 10,000 at 833⅓ a second take 12 seconds.
    expect(paceMs(complexity(900_000), 10_000, 0)).toBe(12_000);
    expect(paceMs(complexity(0), 10_000, 0)).toBe(1_092_000);
    expect(paceMs(complexity(900_000), 10_000, 12_000)).toBe(0);
  });

  test('until the reset', () => {
    expect(paceMs(points(19_504), 5, 0)).toBe(600_000);
    expect(paceMs(points(0), 5, 100_000)).toBe(500_000);
    expect(paceMs(points(0), 5, 600_000)).toBe(0);
  });

  test('and not for ever, whatever it costs', () => {
    expect(paceMs(complexity(3_000_000), 9_000_000, 0)).toBe(0);
    expect(paceMs(complexity(900_000), Number.POSITIVE_INFINITY, 0)).toBe(2_520_000);
  });
});
