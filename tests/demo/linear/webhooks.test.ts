import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createLinearSimulator } from '#demo/linear/server.ts';
import { ANN, DAY, DOING, START, smallIssue, smallWorkspace, TODO, uuid } from './small-workspace.ts';

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly raw: Buffer;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A receiver that answers with these statuses, one after the other, and then with 200. */
async function receiver(...statuses: readonly number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((raw) => {
      received.push({ headers: request.headers, raw, body: JSON.parse(raw.toString()) });
      response.writeHead(statuses[received.length - 1] ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const ID = uuid('1001');
const workspace = smallWorkspace([smallIssue(1)]);

test('a change is sent, signed, with what it was before', async () => {
  await using hook = await receiver();
  await using linear = await createLinearSimulator(workspace);
  linear.webhooks.deliverTo(hook.url, 'secret');
  linear.edits.update(ID, { stateId: DOING, dueDate: '2026-04-01' }, ANN);
  await linear.webhooks.settled();
  const [first] = hook.received;
  expect(first?.body).toEqual({
    action: 'update',
    type: 'Issue',
    actor: { id: ANN, type: 'user', name: 'Ann' },
    createdAt: '2026-03-31T00:00:00.000Z',
    data: expect.objectContaining({
      id: ID,
      identifier: 'PAY-1',
      stateId: DOING,
      state: { id: DOING, name: 'In Progress', type: 'started' },
      team: { id: uuid('c1'), key: 'PAY', name: 'Payments' },
      updatedAt: '2026-03-31T00:00:00.000Z',
    }),
    updatedFrom: { stateId: TODO, dueDate: null, startedAt: null, updatedAt: '2026-03-01T00:01:00.000Z' },
    url: linear.url.replace('/graphql', '/issue/PAY-1'),
    organizationId: uuid('99'),
    webhookTimestamp: START + 30 * DAY,
    webhookId: expect.any(String),
  });
  const signature = createHmac('sha256', 'secret')
    .update(first?.raw ?? '')
    .digest('hex');
  expect(first?.headers).toMatchObject({
    'linear-signature': signature,
    'linear-event': 'Issue',
    'linear-timestamp': String(START + 30 * DAY),
    'linear-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('changes of the first three minutes, which no history tells, are sent too', async () => {
  await using hook = await receiver();
  await using linear = await createLinearSimulator(workspace);
  linear.webhooks.deliverTo(hook.url, 'secret');
  const { id } = linear.edits.createIssue({ title: 'Fresh', teamId: uuid('c1'), stateId: TODO }, ANN);
  await linear.webhooks.settled();
  linear.edits.update(id, { stateId: DOING }, ANN);
  await linear.webhooks.settled();
  linear.edits.trash(id);
  await linear.webhooks.settled();
  linear.edits.save('labels', { id: uuid('e8'), createdAt: START, updatedAt: START, name: 'x' });
  await linear.webhooks.settled();
  expect(hook.received.map(({ body }) => [body['type'], body['action']])).toEqual([
    ['Issue', 'create'],
    ['Issue', 'update'],
    ['Issue', 'remove'],
    ['IssueLabel', 'create'],
  ]);
});

test('what is not answered with 200 is sent again after each delay, as the same delivery, and then given up', async () => {
  await using hook = await receiver(500, 302, 200, 500, 500, 500);
  await using linear = await createLinearSimulator(workspace, { webhookRetryDelays: [5, 10] });
  linear.webhooks.deliverTo(hook.url, 'secret');
  linear.edits.update(ID, { priority: 1 });
  await linear.webhooks.settled();
  linear.edits.update(ID, { priority: 2 });
  await linear.webhooks.settled();
  expect(linear.webhooks.attempts.map(({ status }) => status)).toEqual([500, 302, 200, 500, 500, 500]);
  const deliveries = hook.received.map(({ headers }) => headers['linear-delivery']);
  expect(new Set(deliveries.slice(0, 3)).size).toBe(1);
  expect(new Set(deliveries).size).toBe(2);
});

test('a receiver that is away counts as a failed attempt, and closing does not wait for the next', async () => {
  const linear = await createLinearSimulator(workspace);
  linear.webhooks.deliverTo('http://127.0.0.1:1/hook', 'secret');
  linear.edits.update(ID, { priority: 1 });
  await expect
    .poll(() => linear.webhooks.attempts)
    .toEqual([{ delivery: expect.any(String), event: 'Issue', status: undefined }]);
  await linear.close();
});
