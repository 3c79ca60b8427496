import type { Allowance as KnownAllowance } from '#domain/allowance.ts';
import type { Instant } from '#domain/issue.ts';
import type { ReadLimits } from '../budget.ts';
import { statedWait } from '../limits.ts';
import type { ResponseHeaders } from '../transport.ts';

/** One of the allowances that Jira grants an app, as its last answer told. */
export interface Allowance {
  readonly name: string;
  /** How much there is in a window, and how long that is. */
  readonly quota?: number;
  readonly windowSeconds?: number;
  /** What is left of it, told only when little is, and when it begins anew. */
  readonly remaining?: number;
  readonly resetSeconds?: number;
  /** Announced and not refused yet. */
  readonly isBeta: boolean;
}

/**
 * What the headers `RateLimit-Policy` (`"name";q=65000;w=3600`) and `RateLimit` (`"name";r=11000;t=600`) say, each
 * with several allowances, and each also under a name that begins with `Beta-`. Tokens of users are outside of these,
 * so mostly there are none.
 */
export function readAllowances(headers: ResponseHeaders): readonly Allowance[] {
  const found = new Map<string, Allowance>();
  for (const prefix of ['', 'beta-']) {
    for (const header of ['ratelimit-policy', 'ratelimit']) {
      for (const [name, numbers] of itemsOf(headers.get(prefix + header) ?? '')) {
        const isBeta = prefix !== '';
        const key = `${prefix}${name}`;
        found.set(key, { ...(found.get(key) ?? { name, isBeta }), ...partOf(numbers) });
      }
    }
  }
  return [...found.values()];
}

/**
 * When the allowance that a refusal is about begins anew, milliseconds from now: the last of those that are used up.
 * Undefined when none is said to be.
 */
export function untilAllowed(headers: ResponseHeaders): number | undefined {
  const waits = readAllowances(headers).flatMap(({ isBeta, remaining, resetSeconds }) =>
    !isBeta && remaining === 0 && resetSeconds !== undefined ? [resetSeconds * 1000] : [],
  );
  return waits.length === 0 ? undefined : Math.max(...waits);
}

function partOf(numbers: ReadonlyMap<string, number>): Partial<Allowance> {
  const named = { quota: 'q', windowSeconds: 'w', remaining: 'r', resetSeconds: 't' };
  return Object.fromEntries(
    Object.entries(named).flatMap(([word, letter]) => {
      const number = numbers.get(letter);
      return number === undefined ? [] : [[word, number]];
    }),
  );
}

/** The items of a structured header field: quoted names with numbers behind them. */
function itemsOf(text: string): readonly (readonly [name: string, numbers: ReadonlyMap<string, number>])[] {
  return [...text.matchAll(/"([^"]+)"((?:\s*;\s*[a-z]+=[^;,]*)*)/gi)].map(([, name = '', rest = '']) => [
    name,
    new Map(
      [...rest.matchAll(/;\s*([a-z]+)=(\d+)/gi)].map(([, letter = '', digits = '']) => [
        letter.toLowerCase(),
        Number(digits),
      ]),
    ),
  ]);
}

/**
 * The same as what a budget knows: points by the hour, of which nothing is told until few are left, and the burst limit
 * that an answer came close to.
 */
export const readJiraLimits: ReadLimits = (headers, now, trackerNow) => {
  const points = readAllowances(headers).flatMap((told): readonly KnownAllowance[] => {
    const { quota: limit, windowSeconds, remaining, resetSeconds, isBeta } = told;
    if (!limit || remaining === undefined || windowSeconds === undefined) return [];
    return [
      {
        resource: isBeta ? 'points-announced' : 'points',
        limit,
        remaining,
        windowMs: windowSeconds * 1000,
        refill: 'at_reset',
        resetsAt: now + (resetSeconds ?? windowSeconds) * 1000,
        observedAt: now,
        ...(isBeta ? { announced: true } : {}),
      },
    ];
  });
  return { allowances: [...fewestLeft(points), ...burstIn(headers, now, trackerNow)], cost: new Map() };
};

/** Of several policies, as of an app and of a tenant, the one that ends first. */
function fewestLeft(allowances: readonly KnownAllowance[]): readonly KnownAllowance[] {
  return [...Map.groupBy(allowances, ({ resource }) => resource).values()].flatMap((same) =>
    same.toSorted((a, b) => a.remaining / a.limit - b.remaining / b.limit).slice(0, 1),
  );
}

const BURST_MS = 1000;

function burstIn(headers: ResponseHeaders, now: Instant, trackerNow: Instant): readonly KnownAllowance[] {
  const number = (name: string): number => Number(headers.get(name) ?? Number.NaN);
  const [limit, remaining] = [number('x-ratelimit-limit'), number('x-ratelimit-remaining')];
  if (!(limit > 0 && remaining >= 0)) return [];
  const untilReset = statedWait(headers, trackerNow) ?? BURST_MS;
  return [
    {
      resource: 'burst',
      limit,
      remaining,
      windowMs: BURST_MS,
      refill: 'at_reset',
      resetsAt: now + untilReset,
      observedAt: now,
    },
  ];
}
