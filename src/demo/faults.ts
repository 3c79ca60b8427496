import { createHash } from 'node:crypto';

/** What may go wrong with an answer, as seen from real trackers and the gateways before them. */
export const FAULT_KINDS = [
  /** 429 of the tracker itself, with `Retry-After`. */
  '429_retry_after',
  /** 429 of the gateway: no `Retry-After`, only `X-RateLimit-Reset`. */
  '429_bare',
  '500',
  '502',
  '503',
  /** 200 with a login page. */
  'html_200',
  /** 200 with the first half of the JSON, complete as far as HTTP knows. */
  'truncated_json_200',
  /** 200 with no body. */
  'empty_200',
  /** Nothing at all for a while, then the right answer. */
  'slow_headers',
  /** Half of the body, a stall, then the rest. */
  'slow_body',
  /** Half of the body, then the connection is gone. */
  'cut_connection',
  /** The page before the one asked for, once more, with the token it had; asking again leads on. */
  'repeat_page',
  /** The right rows in a wrong order: issues at random, histories newest first. */
  'shuffled',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** When something goes wrong. */
export type FaultPlan =
  | {
      readonly kind: 'rate';
      /** The share of requests, 0 to 1. */
      readonly rate: number;
      /** The same seed and the same order of requests give the same faults. */
      readonly seed: number;
      /** Which faults, drawn evenly. Default all. */
      readonly faults?: readonly FaultKind[];
    }
  | {
      readonly kind: 'at';
      /** The request that fails, counted from 1 since the plan was set. It passes when the fault cannot apply to it. */
      readonly request: number;
      readonly fault: FaultKind;
    };

/** A request as far as faults care. */
export interface FaultyRequest {
  /** Equal for a request and its retries. */
  readonly signature: string;
  /** Whether it asks for a following page, so that the page before exists. */
  readonly followsPage: boolean;
  /** Whether the answer has rows to shuffle. */
  readonly hasRows: boolean;
}

export interface FaultControl {
  /** Replaces the plan and starts counting requests anew; undefined stops all faults. */
  set(plan: FaultPlan | undefined): void;
  /** Every fault there was, in order. */
  readonly injected: readonly { readonly kind: FaultKind; readonly path: string }[];
}

/**
 * How often in a row one and the same request can go wrong. A client that tries four times gets through whatever the
 * plan, with one try to spare.
 */
export const MOST_FAULTS_IN_A_ROW = 2;

/** Decides which requests go wrong; `next` is asked once for each. */
export function createFaults(): FaultControl & {
  next(request: FaultyRequest, path: string): FaultKind | undefined;
} {
  let plan: FaultPlan | undefined;
  let count = 0;
  const inARow = new Map<string, number>();
  const injected: { readonly kind: FaultKind; readonly path: string }[] = [];
  return {
    injected,
    set: (next) => {
      plan = next;
      count = 0;
      inARow.clear();
    },
    next: (request, path) => {
      count += 1;
      const kind = plan === undefined ? undefined : choose(plan, count, request);
      const before = inARow.get(request.signature) ?? 0;
      if (kind === undefined || before >= MOST_FAULTS_IN_A_ROW) {
        inARow.delete(request.signature);
        return undefined;
      }
      inARow.set(request.signature, before + 1);
      injected.push({ kind, path });
      return kind;
    },
  };
}

/** The rows in another order, always the same for the same seed. */
export function shuffled<Row>(rows: readonly Row[], seed: string): readonly Row[] {
  return rows
    .map((row, index) => ({ row, rank: chance(`${seed}:${index}`) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}

function choose(plan: FaultPlan, count: number, request: FaultyRequest): FaultKind | undefined {
  if (plan.kind === 'at') {
    return count === plan.request && applies(plan.fault, request) ? plan.fault : undefined;
  }
  if (chance(`${plan.seed}:${count}:whether`) >= plan.rate) return undefined;
  const possible = (plan.faults ?? FAULT_KINDS).filter((kind) => applies(kind, request));
  return possible[Math.floor(chance(`${plan.seed}:${count}:which`) * possible.length)];
}

function applies(kind: FaultKind, request: FaultyRequest): boolean {
  if (kind === 'repeat_page') return request.followsPage;
  return kind !== 'shuffled' || request.hasRows;
}

/** A number in [0, 1) that depends on the text alone. */
function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
