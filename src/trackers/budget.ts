import {
  type Allowance,
  type BudgetNews,
  type Budget as Known,
  type Pause,
  paceMs,
} from '#domain/allowance.ts';
import type { Instant } from '#domain/issue.ts';
import type { ResponseHeaders } from './transport.ts';

/** Where all processes that read a source keep what they learnt of its limits. */
export interface Ledger {
  budget(source: string): Promise<Known>;
  addToBudget(source: string, news: BudgetNews): Promise<void>;
}

/** What an answer tells of limits: what is left of them, and what it cost besides being a request. */
export interface ToldLimits {
  readonly allowances: readonly Allowance[];
  readonly cost: ReadonlyMap<string, number>;
}

/** Reads the limits out of an answer. `now` is our clock and `trackerNow` the tracker's at the same moment. */
export type ReadLimits = (headers: ResponseHeaders, now: Instant, trackerNow: Instant) => ToldLimits;

/** One question about to be asked. */
export interface Intent {
  /** Its method and its path, without ids. */
  readonly endpoint: string;
  /** Part of a reading of everything, which leaves something to polls and webhooks. */
  readonly bulk: boolean;
  /** Pauses up to then were waited for already. */
  readonly waitedUntil: Instant;
  /** Whoever would have to wait longer does not ask at all. */
  readonly patienceMs: number;
}

/** Why and for how long a question is not asked yet. */
export interface Wait {
  readonly ms: number;
  readonly until: Instant;
  readonly why: 'paused' | 'endpoint' | 'paced';
}

/**
 * The limits of one connection, shared with whoever else reads the same source. Every question asks for leave before
 * and tells afterwards what the answer said; pauses are told at once, the rest when it has come to something.
 */
export interface Budget {
  /**
   * Undefined: ask now. After a wait for a pause, ask for leave again; one whose wait is `paced` may ask after it. Who
   * was let go tells of an answer, also if there was none. Who has not the patience is told to come back when there is
   * enough for a good many questions, since beginning anew costs some too.
   */
  readonly leave: (intent: Intent) => Promise<Wait | undefined>;
  readonly answered: (told: ToldLimits) => Promise<void>;
  /** Who was let go does not ask after all. */
  readonly forgo: () => void;
  readonly pause: (pause: Pause) => Promise<void>;
  readonly flush: () => Promise<void>;
}

export interface BudgetOptions {
  readonly source: string;
  /** Without one nobody else hears of it. */
  readonly ledger?: Ledger;
  readonly now?: () => Instant;
}

/** What has come to something: so long since the last time, or such a part of an allowance. */
const SAVE_EVERY_MS = 5_000;
const SAVE_EVERY_PART = 0.05;

/** For so many questions there is enough when one who was sent away comes back. */
const STRETCH = 30;

/** What comes back in a moment is not saved up: who goes over it is refused for that moment. */
const SHORT_WINDOW_MS = 60_000;

export function createBudget({ source, ledger, now = Date.now }: BudgetOptions): Budget {
  const allowances = new Map<string, Allowance>();
  const pauses = new Map<string | undefined, Instant>();
  const lastCost = new Map<string, number>();
  const saved = new Map<string, number>();
  let unsaved = new Map<string, number>();
  let savedAt = now();
  /** Questions that were given leave and have no answer yet; each will cost about what the last one did. */
  let underWay = 0;

  function learn(known: Pick<Known, 'allowances' | 'pauses'>): void {
    for (const allowance of known.allowances) {
      const own = allowances.get(allowance.resource);
      if (own === undefined || allowance.observedAt >= own.observedAt) {
        allowances.set(allowance.resource, allowance);
      }
    }
    for (const { endpoint, until } of known.pauses) {
      pauses.set(endpoint, Math.max(until, pauses.get(endpoint) ?? until));
    }
  }

  async function save(news: readonly Pause[] = []): Promise<void> {
    if (ledger === undefined) return;
    const spent = unsaved;
    unsaved = new Map();
    savedAt = now();
    for (const { resource, remaining } of allowances.values()) saved.set(resource, remaining);
    await ledger.addToBudget(source, {
      at: savedAt,
      allowances: [...allowances.values()],
      pauses: news,
      spent,
    });
  }

  const hasComeToSomething = (): boolean =>
    now() - savedAt >= SAVE_EVERY_MS ||
    [...allowances.values()].some(
      ({ resource, limit, remaining }) =>
        Math.abs(remaining - (saved.get(resource) ?? Number.POSITIVE_INFINITY)) > limit * SAVE_EVERY_PART,
    );

  function pace(at: Instant, questions: number): number {
    const waits = [...allowances.values()]
      .filter(({ announced, windowMs }) => announced !== true && windowMs >= SHORT_WINDOW_MS)
      .map((allowance) => {
        const cost = allowance.resource === 'requests' ? 1 : (lastCost.get(allowance.resource) ?? 0);
        return paceMs(allowance, cost * (underWay + questions), at);
      });
    return Math.max(0, ...waits);
  }

  return {
    leave: async ({ endpoint, bulk, waitedUntil, patienceMs }) => {
      if (ledger !== undefined) learn(await ledger.budget(source));
      const at = now();
      const scopes = [
        [undefined, 'paused'],
        [endpoint, 'endpoint'],
      ] as const;
      for (const [scope, why] of scopes) {
        const until = pauses.get(scope) ?? at;
        if (until > at && until > waitedUntil) return { ms: until - at, until, why };
      }
      const soonest = bulk ? pace(at, 1) : 0;
      const isLetGo = soonest <= patienceMs;
      if (isLetGo) underWay += 1;
      const ms = isLetGo ? soonest : pace(at, STRETCH);
      return ms > 0 ? { ms, until: at + ms, why: 'paced' } : undefined;
    },
    forgo: () => {
      underWay = Math.max(0, underWay - 1);
    },
    answered: async (told) => {
      underWay = Math.max(0, underWay - 1);
      learn({ allowances: told.allowances, pauses: [] });
      for (const [resource, amount] of [['requests', 1] as const, ...told.cost]) {
        unsaved.set(resource, (unsaved.get(resource) ?? 0) + amount);
        lastCost.set(resource, amount);
      }
      if (hasComeToSomething()) await save();
    },
    pause: async (pause) => {
      learn({ allowances: [], pauses: [pause] });
      await save([pause]);
    },
    flush: async () => {
      if (unsaved.size > 0) await save();
    },
  };
}

/** The method and the path of a question without the ids in it, which is what trackers limit bursts by. */
export function endpointOf(method: string, path: string): string {
  return `${method} ${path.replace(/(?<!\/api)\/(\d+|[A-Z][A-Z0-9_]*-\d+)(?=\/|$)/g, '/*')}`;
}
