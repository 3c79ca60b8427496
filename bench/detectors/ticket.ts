import type { Instant } from '#domain/issue.ts';
import type { Draft } from './draft.ts';

/** Work that somebody has to do, while the life of a team is being made up. */
export interface Ticket {
  readonly draft: Draft;
  readonly kind: 'story' | 'bug' | 'support' | 'incident';
  readonly epic: Epic | undefined;
  readonly area: number;
  /** Hours of work. */
  readonly total: number;
  left: number;
  /** Of its last move, so that moves stay in order. */
  lastAt: Instant;
  begunAt?: Instant;
  reviewEnds?: Instant;
  doneAt?: Instant;
  /** What happens to it when so many hours are left: it happens once. */
  turn?: { readonly left: number; readonly kind: 'aside' | 'undecided' | 'stuck' | 'put_back' };
  cycle?: number;
}

export interface Epic {
  readonly draft: Draft;
  readonly isGoal: boolean;
  readonly todo: Ticket[];
  /** Children that are not done, those not begun among them. */
  open: number;
  /** Children that will be found only on the way. */
  hidden: number;
  openedAt?: Instant;
  doneAt?: Instant;
}

export interface Person {
  readonly index: number;
  readonly hash: string;
  current?: Ticket | undefined;
  /** What was put down for something more urgent. */
  readonly held: Ticket[];
}

export interface CyclePlan {
  readonly id: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly committed: Ticket[];
}

/** What really happened, whatever a tracker shows of it. */
export interface Facts {
  /** Reviews that nobody thought of any more, from the moment an honest one would have ended. */
  readonly forgotten: { readonly key: string; readonly since: Instant; readonly until: Instant }[];
  /** Items put aside for good. */
  readonly aside: { readonly key: string; readonly since: Instant }[];
  readonly supportHours: number[];
  readonly begun: { readonly at: Instant; readonly sudden: boolean }[];
  /** Waits for leaders, and for others. */
  readonly waits: {
    readonly key: string;
    readonly since: Instant;
    readonly until: Instant;
    readonly leaders: boolean;
  }[];
  readonly stops: Instant[];
}

export interface Life {
  readonly tickets: readonly Ticket[];
  readonly epics: readonly Epic[];
  readonly cycles: readonly CyclePlan[];
  readonly facts: Facts;
}
