import { expect, test } from 'vitest';
import { EXIT, exitCodeOf } from '#cli/exit-code.ts';
import { StoppedError } from '#cli/stop-signal.ts';

test('a command that was stopped ends as one that is not complete, anything unforeseen as failed', () => {
  expect(exitCodeOf(new StoppedError())).toBe(EXIT.incomplete);
  expect(exitCodeOf(new Error('unforeseen'))).toBe(EXIT.failed);
});
