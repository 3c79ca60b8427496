import { expect, test } from 'vitest';
import { ageWords, problemWords } from '#http/age-words.ts';

const NOW = Date.UTC(2026, 2, 20, 12);
const readAt = (finishedAt: string) => ageWords([{ source: 'acme', finishedAt }], NOW);

test('the age of data is told in the largest whole unit', () => {
  expect(readAt('2026-03-20T11:59:30.000Z')).toBe('acme was read completely just now');
  expect(readAt('2026-03-20T11:58:30.000Z')).toBe('acme was read completely 1 minute ago');
  expect(readAt('2026-03-20T09:00:00.000Z')).toBe('acme was read completely 3 hours ago');
  expect(readAt('2026-03-17T11:00:00.000Z')).toBe('acme was read completely 3 days ago');
});

test('a source that fails is named with its reason, beside the age of what there is', () => {
  const ages = [
    { source: 'acme', finishedAt: '2026-03-20T09:00:00.000Z', lastError: 'the site answers 503' },
    { source: 'labs' },
  ];
  expect(problemWords(ages)).toBe('The last attempt to read acme failed: the site answers 503');
  expect(ageWords(ages, NOW)).toBe(
    'acme was read completely 3 hours ago. labs was never read completely. The last attempt to read acme failed: the site answers 503',
  );
  expect(problemWords([{ source: 'labs' }])).toBeUndefined();
});
