import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import type { Instant } from '#domain/issue.ts';
import { type Delivery, WebhookRefusal } from './webhook.ts';

/** Refuses a body that the secret did not sign. Takes the same time however much of the signature is right. */
export function checkSignature(body: Buffer, secret: string, algorithm: string, given: string): void {
  const expected = createHmac(algorithm, secret).update(body).digest();
  const isHex = new RegExp(`^[0-9a-f]{${expected.length * 2}}$`, 'i').test(given);
  // Compared even when it cannot be right, so that a wrong length is not told apart by time.
  const signature = isHex ? Buffer.from(given, 'hex') : Buffer.alloc(expected.length);
  if (timingSafeEqual(expected, signature) && isHex) return;
  throw new WebhookRefusal(
    'forged',
    'The signature is not that of this body under the secret of this source. Give the webhook in the tracker the secret that webhookSecret of this source stands for; each source has its own.',
  );
}

/** How far the moment that a delivery was signed with may lie from our clock. */
export interface AgeLimits {
  readonly oldMs: number;
  readonly aheadMs: number;
}

/** Refuses a delivery of another time: whoever recorded one could send it again for ever. */
export function checkAge(sentAt: Instant | undefined, now: Instant, { oldMs, aheadMs }: AgeLimits): void {
  if (sentAt === undefined) {
    throw new WebhookRefusal(
      'stale',
      'Nothing that is signed says when this was sent, so it may be of any age.',
    );
  }
  const age = now - sentAt;
  if (age <= oldMs && age >= -aheadMs) return;
  const seconds = Math.round(Math.abs(age) / 1000);
  throw new WebhookRefusal(
    'stale',
    `This was sent ${seconds} seconds ${age > 0 ? 'ago' : 'from now'} by its own account, and at most ${(age > 0 ? oldMs : aheadMs) / 1000} are allowed. If it was sent just now, set the clock of this machine.`,
  );
}

/** The fields that are read of a signed body. */
export function parseBody<Schema extends z.ZodType>(body: Buffer, schema: Schema): z.infer<Schema> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new WebhookRefusal('malformed', 'The body is signed, but it is no JSON.');
  }
  const { success, data, error } = schema.safeParse(parsed);
  if (success) return data;
  const [first] = error.issues;
  // The place and the complaint only: the value may be somebody's text.
  const place = first === undefined || first.path.length === 0 ? 'the body' : first.path.join('.');
  throw new WebhookRefusal('malformed', `The body is not as expected: ${place}: ${first?.message ?? ''}.`);
}

/**
 * What a delivery is recognised by: the id its sender gives all attempts of it, and its bytes, since the id stands in a
 * header, which nobody signed.
 */
export function marksOf({ body, header }: Delivery, idHeader: string): readonly string[] {
  const id = header(idHeader);
  return [
    `body:${createHash('sha256').update(body).digest('hex')}`,
    ...(id === undefined ? [] : [`id:${createHash('sha256').update(id).digest('hex')}`]),
  ];
}
