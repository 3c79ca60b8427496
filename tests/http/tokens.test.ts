import { describe, expect, test } from 'vitest';
import { basicPassword, bearerToken, tokenCheck } from '#http/tokens.ts';

describe('a token', () => {
  const isToken = tokenCheck(['first', 'second']);

  test('passes when it is any of the configured ones', () => {
    expect(isToken('first')).toBe(true);
    expect(isToken('second')).toBe(true);
  });

  test.each([undefined, '', 'firs', 'firstt', 'First', 'first second'])('does not pass as %s', (given) => {
    expect(isToken(given)).toBe(false);
  });

  test('does not pass where none is configured, and nothing is not an empty token', () => {
    expect(tokenCheck([])('first')).toBe(false);
    expect(tokenCheck([''])(undefined)).toBe(false);
  });
});

describe('an Authorization header', () => {
  test('carries a token after Bearer', () => {
    expect(bearerToken('Bearer abc')).toBe('abc');
    expect(bearerToken('bearer  abc')).toBe('abc');
    expect(bearerToken('Bearer a b')).toBeUndefined();
    expect(bearerToken('Basic abc')).toBeUndefined();
    expect(bearerToken(undefined)).toBeUndefined();
  });

  test('carries a token as the password of a browser, which may hold colons', () => {
    const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;
    expect(basicPassword(basic('anyone:abc'))).toBe('abc');
    expect(basicPassword(basic(':a:b'))).toBe('a:b');
    expect(basicPassword(basic('abc'))).toBeUndefined();
    expect(basicPassword('Basic ???')).toBeUndefined();
    expect(basicPassword('Bearer abc')).toBeUndefined();
  });
});
