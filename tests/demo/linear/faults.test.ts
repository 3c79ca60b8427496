import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FaultKind } from '#demo/faults.ts';
import {
  createLinearSimulator,
  type LinearSimulator,
  type LinearSimulatorOptions,
} from '#demo/linear/server.ts';
import { ask, askFor, connection, refusal } from './ask.ts';
import { DAY, entry, START, smallIssue, smallWorkspace } from './small-workspace.ts';

const workspace = smallWorkspace(
  Array.from({ length: 30 }, (_, index) =>
    smallIssue(index + 1, { history: [entry(`2${100 + index}`, 40), entry(`3${100 + index}`, 50)] }),
  ),
);
const PAGE = `query Page($after: String) { issues(first: 10, after: $after) {
  nodes { number history { nodes { id } } } pageInfo { hasNextPage endCursor } } }`;
const page = z.object({
  issues: connection(z.object({ number: z.number(), history: connection(z.unknown()) })),
});

/** A simulator whose first request goes wrong in this way, and whose second does not. */
async function failing(fault: FaultKind, options: LinearSimulatorOptions = {}): Promise<LinearSimulator> {
  const linear = await createLinearSimulator(workspace, options);
  linear.faults.set({ kind: 'at', request: 1, fault });
  return linear;
}

describe('a fault on request', () => {
  test.each([400, 429, 200] as const)(
    'a used up allowance with status %i says when it is back',
    async (status) => {
      await using linear = await failing('429_retry_after', { limitedStatus: status, retryAfterSeconds: 3 });
      const response = await ask(linear, PAGE);
      expect(response.headers.get('x-ratelimit-requests-reset')).toBe(String(START + 30 * DAY + 3000));
      expect(await refusal(response)).toMatch(new RegExp(`^${status} RATELIMITED `));
      expect((await ask(linear, PAGE)).status).toBe(200);
      expect(linear.faults.injected).toEqual([{ kind: '429_retry_after', path: 'Page' }]);
    },
  );

  test('429 of the gateway says nothing', async () => {
    await using linear = await failing('429_bare');
    const response = await ask(linear, PAGE);
    expect([response.status, response.headers.get('x-ratelimit-requests-reset')]).toEqual([429, null]);
    expect(response.headers.get('content-type')).toContain('text/plain');
  });

  test.each(['500', '502', '503'] as const)('%s has that status', async (kind) => {
    await using linear = await failing(kind);
    expect((await ask(linear, PAGE)).status).toBe(Number(kind));
  });

  test.each(['html_200', 'truncated_json_200', 'empty_200'] as const)('%s is no JSON', async (kind) => {
    await using linear = await failing(kind);
    const response = await ask(linear, PAGE);
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('a cut connection breaks off in the middle', async () => {
    await using linear = await failing('cut_connection');
    await expect((await ask(linear, PAGE)).text()).rejects.toThrow('terminated');
  });

  test.each(['slow_headers', 'slow_body'] as const)('%s is right for a patient client', async (kind) => {
    await using linear = await failing(kind, { stallMilliseconds: 20 });
    expect((await askFor(linear, page, PAGE)).issues.nodes).toHaveLength(10);
  });

  test('a page arrives twice, and asking again leads on', async () => {
    await using linear = await createLinearSimulator(workspace);
    const first = await askFor(linear, page, PAGE);
    const next = { after: first.issues.pageInfo?.endCursor };
    linear.faults.set({ kind: 'at', request: 1, fault: 'repeat_page' });
    expect(await askFor(linear, page, PAGE, next)).toEqual(first);
    const second = await askFor(linear, page, PAGE, next);
    expect(second.issues.nodes.map(({ number }) => number)).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11]);
  });

  test('a shuffled page has the right rows in a wrong order, and leads on', async () => {
    await using linear = await failing('shuffled');
    const shuffled = await askFor(linear, page, PAGE);
    const right = await askFor(linear, page, PAGE);
    const numbers = shuffled.issues.nodes.map(({ number }) => number);
    expect(numbers).not.toEqual(right.issues.nodes.map(({ number }) => number));
    expect(numbers.toSorted((a, b) => b - a)).toEqual(right.issues.nodes.map(({ number }) => number));
    expect(shuffled.issues.pageInfo).toEqual(right.issues.pageInfo);
  });
});
