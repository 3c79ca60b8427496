import { createHmac } from 'node:crypto';
import type { Delivery } from '#trackers/webhook.ts';

export const WEBHOOK_SECRET = 'a-secret-of-this-test-alone';

/** What Jira sends for a webhook that an administrator made. */
export function fromJira(
  text: string | Buffer,
  {
    secret = WEBHOOK_SECRET,
    algorithm = 'sha256',
    id,
  }: { readonly secret?: string; readonly algorithm?: string; readonly id?: string } = {},
): { readonly body: Buffer; readonly headers: Record<string, string> } {
  const body = typeof text === 'string' ? Buffer.from(text) : text;
  return {
    body,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'x-hub-signature': `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`,
      ...(id === undefined ? {} : { 'x-atlassian-webhook-identifier': id }),
    },
  };
}

/** What Linear sends. */
export function fromLinear(
  text: string | Buffer,
  { secret = WEBHOOK_SECRET, id }: { readonly secret?: string; readonly id?: string } = {},
): { readonly body: Buffer; readonly headers: Record<string, string> } {
  const body = typeof text === 'string' ? Buffer.from(text) : text;
  return {
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'linear-signature': createHmac('sha256', secret).update(body).digest('hex'),
      ...(id === undefined ? {} : { 'linear-delivery': id }),
    },
  };
}

export function delivery({ body, headers }: ReturnType<typeof fromJira>): Delivery {
  return { body, header: (name) => headers[name] };
}
