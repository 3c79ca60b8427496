import { expect, test } from 'vitest';
import { TrackerError, type TrackerErrorKind } from '#trackers/tracker-error.ts';
import { waitAfter } from '#workers/later.ts';
import { createPatience } from '#workers/patience.ts';

test('patience is two seconds, and twice as much after each time that a job was put off for nothing', () => {
  const patience = createPatience();
  const putOff = (cameFurther: boolean) => {
    patience.putOff('sync:acme', cameFurther);
    return patience.of('sync:acme', 100);
  };
  expect(patience.of('sync:acme', 100)).toBe(2_000);
  expect([putOff(false), putOff(false), putOff(false), putOff(false), putOff(false)]).toEqual([
    4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
  expect(patience.of('sync:labs', 100)).toBe(2_000);
  expect(putOff(true)).toBe(2_000);
  putOff(false);
  patience.ended('sync:acme');
  expect(patience.of('sync:acme', 100)).toBe(2_000);
});

test('who has been at it for long waits as long as that rather than lose it, for half a minute at most', () => {
  const patience = createPatience();
  expect([0, 1_999, 5_000, 600_000].map((ms) => patience.of('sync:acme', ms))).toEqual([
    2_000, 2_000, 5_000, 30_000,
  ]);
});

test('a job is put off as long as its tracker asks, for a second at least and an hour at most', () => {
  const after = (kind: TrackerErrorKind, retryAfterMs?: number) =>
    waitAfter(new TrackerError(kind, { source: 'acme', message: 'No.', retryAfterMs }));
  expect(after('rate_limited', 5_000)).toBe(5_000);
  expect(after('rate_limited', 0)).toBe(1_000);
  expect(after('rate_limited', 86_400_000)).toBe(3_600_000);
  expect(after('rate_limited')).toBe(60_000);
  expect(after('unavailable', 600_000)).toBe(600_000);
});

test('a failure that says nothing of when it is over costs a try', () => {
  for (const kind of ['unavailable', 'unexpected_response', 'forbidden'] as const) {
    expect(waitAfter(new TrackerError(kind, { source: 'acme', message: 'No.' }))).toBeUndefined();
  }
  expect(waitAfter(new Error('No.'))).toBeUndefined();
});
