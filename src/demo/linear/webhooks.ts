import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedClock } from '../clock.ts';
import { uuidOf } from './ids.ts';

/** What Linear tells of, to whom it is told. */
export interface LinearWebhooks {
  /** From now on every edit is sent there, signed with the secret. */
  readonly deliverTo: (url: string, secret: string) => void;
  /** Every attempt so far, in the order they ended. */
  readonly attempts: readonly DeliveryAttempt[];
  /** Resolves when nothing is under way any more, retries included. */
  readonly settled: () => Promise<void>;
}

export interface DeliveryAttempt {
  /** The same for all attempts of one delivery. */
  readonly delivery: string;
  readonly event: string;
  /** Undefined when nobody answered in time. */
  readonly status: number | undefined;
}

/** What is told: the body without what each delivery adds. */
export interface WebhookMessage {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** Linear waits so long for an answer, and tries again after a minute, an hour and six hours. */
const PATIENCE = 5000;
const RETRY_DELAYS = [60_000, 3_600_000, 21_600_000];

/** Signed deliveries over real HTTP; anything but 200 is tried again after each of the delays, then given up. */
export function createWebhooks(
  clock: SimulatedClock,
  { retryDelays = RETRY_DELAYS }: { readonly retryDelays?: readonly number[] },
): LinearWebhooks & {
  readonly send: (message: WebhookMessage) => void;
  readonly close: () => Promise<void>;
} {
  const receivers: { readonly id: string; readonly url: string; readonly secret: string }[] = [];
  const attempts: DeliveryAttempt[] = [];
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();
  let sent = 0;

  const deliver = async (
    { id, url, secret }: (typeof receivers)[number],
    message: WebhookMessage,
    delivery: string,
  ): Promise<void> => {
    const webhookTimestamp = clock.now();
    const body = JSON.stringify({ ...message, webhookTimestamp, webhookId: id });
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Linear-Webhook',
      'linear-delivery': delivery,
      'linear-event': message.type,
      'linear-timestamp': String(webhookTimestamp),
      'linear-signature': createHmac('sha256', secret).update(body).digest('hex'),
    };
    for (const delay of [0, ...retryDelays]) {
      if (delay > 0) await sleep(delay, undefined, { signal: closing.signal, ref: false });
      const status = await statusOf(url, headers, body, closing.signal);
      attempts.push({ delivery, event: message.type, status });
      if (status === 200) return;
    }
  };

  return {
    attempts,
    deliverTo: (url, secret) => {
      receivers.push({ id: uuidOf('webhook', url), url, secret });
    },
    send: (message) => {
      for (const receiver of receivers) {
        sent += 1;
        const delivered = deliver(receiver, message, uuidOf('delivery', receiver.id, sent))
          // Closing the simulator ends a wait for the next attempt.
          .catch((error: unknown) => {
            if (!closing.signal.aborted) throw error;
          })
          .finally(() => underWay.delete(delivered));
        underWay.add(delivered);
      }
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: async () => {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}

async function statusOf(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Nobody there, too slow, or cut off: to Linear all of them are an attempt that failed.
    return undefined;
  }
}
