import { expect, test } from 'vitest';
import { personHasher } from '#trackers/person.ts';

test('a person hash is the first 16 hex digits of an HMAC over source and account', () => {
  // printf 'acme:5b10a2844c20165700ede21g' | openssl dgst -sha256 -hmac pepper
  expect(personHasher('acme', 'pepper')('5b10a2844c20165700ede21g')).toBe('9a6dc0d84e9a2541');
});

test('one account has one hash in a source, and another in every other source and under every other salt', () => {
  const hash = personHasher('acme', 'pepper');
  expect(hash('ann')).toBe(hash('ann'));
  const hashes = [
    hash('ann'),
    hash('bob'),
    personHasher('labs', 'pepper')('ann'),
    personHasher('acme', 'salt')('ann'),
  ];
  expect(new Set(hashes).size).toBe(4);
});
