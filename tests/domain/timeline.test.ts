import { describe, expect, test } from 'vitest';
import { scalarIntervals, scalarNow } from '#domain/field-values.ts';
import { asOf } from '#domain/timeline.ts';
import { issue } from '#tests/builders/timeline.ts';
import { at, known } from './recorded.ts';

describe('as of a moment', () => {
  const one = issue('PAY-1', 'To Do 2d → In Progress 3d → Done', { from: '2026-01-05' });

  test('an issue does not exist before it is created', () => {
    expect(asOf(one, at('2026-01-05'))).toBeUndefined();
    expect(asOf(one, at('2026-01-05T00:00:00.001Z'))).toBeDefined();
  });

  test('a change counts after its instant, not at it', () => {
    expect(scalarNow(known(one, '2026-01-07'), 'status')?.name).toBe('To Do');
    expect(scalarNow(known(one, '2026-01-07T00:00:00.001Z'), 'status')?.name).toBe('In Progress');
  });

  test('what came later leaves no trace, and nothing is closed', () => {
    const view = known(one, '2026-01-08');
    expect(JSON.stringify(view)).not.toContain('Done');
    expect(scalarIntervals(view, 'status').map(({ value, to }) => [value?.name, to])).toEqual([
      ['To Do', at('2026-01-07')],
      ['In Progress', undefined],
    ]);
  });
});
