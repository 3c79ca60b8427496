import type { FastifyReply } from 'fastify';
import type { SimulatedClock } from '../clock.ts';

/** What a credential may spend in an hour. */
export interface HourlyLimits {
  readonly requests: number;
  /** Points. */
  readonly complexity: number;
}

/** What Linear grants an API key. */
export const API_KEY_LIMITS: HourlyLimits = { requests: 2500, complexity: 3_000_000 };

export type Allowance = keyof HourlyLimits;

/** Two leaky buckets: what is spent flows off at a steady rate, by the simulated clock. */
export interface RateLimiter {
  /** Which allowance is used up; undefined while another request may pass. */
  readonly exhausted: () => Allowance | undefined;
  readonly charge: (allowance: Allowance, amount: number) => void;
  /** `rateLimitStatus` of the schema. */
  readonly status: () => object;
  /** Writes Linear's headers: what is left of each allowance, and when it is whole again (epoch milliseconds). */
  readonly writeHeaders: (reply: FastifyReply) => void;
}

const HOUR = 3_600_000;
const ALLOWANCES: readonly Allowance[] = ['requests', 'complexity'];

export function createRateLimiter(limits: HourlyLimits, clock: SimulatedClock): RateLimiter {
  const spent = { requests: 0, complexity: 0 };
  let at = clock.now();

  const settle = (): void => {
    const elapsed = Math.max(0, clock.now() - at);
    at = clock.now();
    for (const name of ALLOWANCES) spent[name] = Math.max(0, spent[name] - (limits[name] * elapsed) / HOUR);
  };
  const remaining = (name: Allowance): number => Math.max(0, Math.floor(limits[name] - spent[name]));
  const wholeAgainAt = (name: Allowance): number =>
    Math.ceil(clock.now() + (spent[name] / limits[name]) * HOUR);

  return {
    exhausted: () => {
      settle();
      return ALLOWANCES.find((name) => remaining(name) < 1);
    },
    charge: (name, amount) => {
      settle();
      spent[name] += amount;
    },
    status: () => {
      settle();
      return {
        kind: 'apiKey',
        identifier: 'simulated',
        limits: ALLOWANCES.map((name) => ({
          type: name,
          allowedAmount: limits[name],
          requestedAmount: Math.ceil(spent[name]),
          remainingAmount: remaining(name),
          period: HOUR,
          reset: wholeAgainAt(name),
        })),
      };
    },
    writeHeaders: (reply) => {
      settle();
      for (const name of ALLOWANCES) {
        reply.headers({
          [`x-ratelimit-${name}-limit`]: String(limits[name]),
          [`x-ratelimit-${name}-remaining`]: String(remaining(name)),
          [`x-ratelimit-${name}-reset`]: String(wholeAgainAt(name)),
        });
      }
    },
  };
}
