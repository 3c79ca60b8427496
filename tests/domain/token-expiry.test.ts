import { expect, test } from 'vitest';
import { expiresSoon, expiryWarning } from '#domain/token-expiry.ts';

const at = (month: number, day: number) => Date.UTC(2026, month - 1, day, 12);

test('while there is a month left nothing is said', () => {
  expect(expiryWarning('acme', '2026-12-31', at(11, 30))).toBeUndefined();
});

test.each([
  [at(12, 1), 'expires in 30 days'],
  [at(12, 30), 'expires tomorrow'],
  [at(12, 31), 'expires today'],
  [Date.UTC(2027, 0, 1), 'has expired'],
])('as of %i a token that expires on 31 December 2026: %s', (now, said) => {
  expect(expiryWarning('acme', '2026-12-31', now)).toContain(
    `The token of acme ${said}, on 2026-12-31. Make a new one`,
  );
});

test.each([undefined, '', 'soon'])('of a token that expires %o nothing is said', (expires) => {
  expect(expiresSoon(expires, at(12, 31))).toBe(false);
  expect(expiryWarning('acme', expires, at(12, 31))).toBeUndefined();
});
