import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClaimPhrase, claimIn } from '#domain/claim.ts';

describe('what the page calls a claim and what none (WX-A7)', () => {
  test('"This is not almost done" is no claim', () => {
    expect(claimIn('This is not almost done')).toBeUndefined();
  });

  test('"almost done, just needs docs" is one', () => {
    expect(claimIn('almost done, just needs docs')).toBe('nearly_done');
  });
});

test.each<[string, ClaimPhrase]>([
  ['Basically done.', 'nearly_done'],
  ['PRETTY MUCH FINISHED', 'nearly_done'],
  ['we are practically  there', 'nearly_done'],
  ['essentially complete on my side', 'nearly_done'],
  ['It just needs a review', 'just_needs'],
  ['Just waiting for QA', 'just_needs'],
  ['I just have to write the docs', 'just_needs'],
  ['just missing the translations', 'just_needs'],
  ['Only two small things left', 'only_left'],
  ['only the migration of v1.2 clients remaining', 'only_left'],
  ['About 95% there', 'ninety_percent'],
  ['this is 90 % of the way', 'ninety_percent'],
  ['Done except for the tests', 'done_except'],
  ['done apart from one edge case', 'done_except'],
  ['Done but not deployed', 'done_except'],
  ['Ready to merge', 'ready_to'],
  ['ready for release', 'ready_to'],
  // The denial is of something else, or too far off.
  ['It does not work on Windows yet. Otherwise almost done.', 'nearly_done'],
  ['I will not make the meeting but this is almost done', 'nearly_done'],
  ['No, almost done', 'nearly_done'],
  ['Is QA blocked? We are almost done.', 'nearly_done'],
  ['That isn’t urgent: the parser is basically done', 'nearly_done'],
  ['not sure about docs; ready to ship', 'ready_to'],
  // The first that is meant counts.
  ['not almost done, but done except for docs', 'done_except'],
  ['ready to merge and almost done', 'ready_to'],
])('%j claims %s', (text, phrase) => {
  expect(claimIn(text)).toBe(phrase);
});

test.each([
  "It isn't almost done",
  'It isn’t nearly finished',
  'isnt basically done',
  'We are far from almost done',
  'This is far from being nearly complete',
  'nowhere near pretty much done',
  'never really almost there',
  "it's hardly 90% done",
  'This is not yet ready to merge',
  "That wasn't ready for release",
  'I cannot call this basically done',
  'not just waiting for QA',
  'no longer ready to deploy',
  'Is this almost done?',
  'When will it be ready to merge?',
  'Ping me when it is ready to ship',
  'Once ready to deploy, tell support',
  'If almost done, please say so',
  'do not merge until nearly complete',
  'unless it is ready to merge',
  // Words that only look like it.
  'The almost-done column should be blue',
  'doneness is almost everything',
  'We only met them on Tuesday. Nothing is left to chance',
  'the only thing that nobody at all ever wanted was what is left',
  'just needed a break',
  'justneeds',
  'CPU went to 190%',
  'an error of 0.95 %',
  'up by 1,90%',
  '96% of users',
  'redone except here',
  'Undone but fine',
  'already to merge',
  'Ready to review',
  'ready',
  'Done.',
  'this has been finished',
  'almost undone',
  'readying for release',
  '',
  '   \n ',
])('%j claims nothing', (text) => {
  expect(claimIn(text)).toBeUndefined();
});

test('any text at all is read, and quickly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      claimIn(text);
    }),
  );
  const started = performance.now();
  for (const hostile of [
    'only '.repeat(20_000),
    'not '.repeat(20_000),
    '9'.repeat(100_000),
    '. '.repeat(50_000),
  ]) {
    claimIn(hostile);
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
