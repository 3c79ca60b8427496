import { MS_PER_DAY } from './calendar.ts';
import { type Interval, scalarIntervals, scalarNow } from './field-values.ts';
import type { Instant, IssueEvent, NamedValue } from './issue.ts';
import type { IssueType } from './reference.ts';
import type { IssueAsOf } from './timeline.ts';
import { effectiveStage, type ItemVisits, type Stage, type StatusVisit } from './workflow.ts';

/** A stay in a stage; consecutive statuses of one stage are one stay. */
export interface StageStay {
  readonly from: Instant;
  readonly to?: Instant;
  readonly stage: Stage;
  readonly statusId: string;
}

/** Work called done that came back. */
export interface Reopening {
  readonly doneAt: Instant;
  readonly reopenedAt: Instant;
}

/**
 * An issue read as work: what its timeline means under a team's stages, as of one moment. Every metric starts here.
 */
export interface WorkItem {
  readonly issue: IssueAsOf;
  readonly key: string;
  readonly title: string;
  readonly type: IssueType;
  /** Stays in stages, oldest first, without gaps. */
  readonly stays: readonly StageStay[];
  readonly stage: Stage;
  readonly statusId: string;
  /** First entry into active or late; kept when work moves back, since rework belongs to the item. */
  readonly startedAt?: Instant;
  /** The last crossing into done from outside it, only while the item is done. */
  readonly finishedAt?: Instant;
  /** The last crossing into cancelled, only while the item is cancelled. */
  readonly cancelledAt?: Instant;
  /** The first time the item was claimed nearly done: entered late. Kept on backward moves. */
  readonly claimedAt?: Instant;
  /** Done without ever having been active or late. */
  readonly skippedStart: boolean;
  readonly reopenings: readonly Reopening[];
  /** Moves to an earlier stage among backlog, todo, active, late. */
  readonly backwardMoves: number;
  /** Stays of under five minutes that ended where they began: slips of the mouse, dropped. */
  readonly flickers: number;
}

/** Under this, a move there and straight back is taken for a slip of the mouse. */
const FLICKER_MS = 5 * 60_000;

/**
 * Reads an issue as work. `stageOf` gives the stage of a status id.
 *
 * Start, finish, rework and reopening follow one rule each: first start counts; the last crossing into done counts
 * and only while it holds; Resolved → Closed re-dates nothing; a reopened item is unfinished again and its age runs
 * from its first start.
 */
export function workItem(
  issue: IssueAsOf,
  stageOf: (statusId: string) => Stage,
  typeOf: (typeId: string, name: string | undefined) => IssueType,
): WorkItem | undefined {
  const { stays: statusStays, flickers } = steadyStatuses(issue);
  const stays = stageStays(issue, statusStays, stageOf);
  const last = stays.at(-1);
  const lastStatus = statusStays.at(-1);
  if (!last || !lastStatus) return undefined;

  const type = scalarNow(issue, 'type');
  const startedAt = stays.find((stay) => isInProgress(stay.stage))?.from;
  const claimedAt = stays.find((stay) => stay.stage === 'late')?.from;
  return {
    issue,
    key: scalarNow(issue, 'key')?.value ?? issue.id,
    title: scalarNow(issue, 'title')?.value ?? '',
    type: typeOf(type?.value ?? '', type?.name),
    stays,
    stage: last.stage,
    statusId: lastStatus.value,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(last.stage === 'done' ? { finishedAt: last.from } : {}),
    ...(last.stage === 'cancelled' ? { cancelledAt: last.from } : {}),
    ...(claimedAt === undefined ? {} : { claimedAt }),
    skippedStart: last.stage === 'done' && startedAt === undefined,
    reopenings: reopenings(stays),
    backwardMoves: backwardMoves(stays),
    flickers,
  };
}

/** Whether an item is open work: begun, and neither done nor cancelled. */
export function isInProgress(stage: Stage): boolean {
  return stage === 'active' || stage === 'late';
}

/** Whether an item has left the system, delivered or not. */
export function isClosed(stage: Stage): boolean {
  return stage === 'done' || stage === 'cancelled';
}

/** Days from first start to finish, in fractional elapsed days; undefined while unfinished or when never started. */
export function cycleTimeDays(item: Pick<WorkItem, 'startedAt' | 'finishedAt'>): number | undefined {
  if (item.startedAt === undefined || item.finishedAt === undefined) return undefined;
  return (item.finishedAt - item.startedAt) / MS_PER_DAY;
}

function visitsOf(stays: readonly StatusStay[]): readonly StatusVisit[] {
  const seen = new Set<string>();
  return stays.map((stay, i) => {
    seen.add(stay.value);
    const next = stays[i + 1];
    return {
      statusId: stay.value,
      name: stay.name,
      ...(next && !seen.has(next.value) ? { nextForward: next.value } : {}),
    };
  });
}

export interface StatusStay extends Interval<string> {
  readonly name: string;
}

/** The stays in statuses, slips of the mouse dropped, oldest first. */
export function steadyStatuses(issue: Pick<IssueAsOf, 'events'>): Statuses {
  const known = statusesOf.get(issue.events) ?? readStatuses(issue);
  statusesOf.set(issue.events, known);
  return known;
}

export interface Statuses extends ItemVisits {
  readonly stays: readonly StatusStay[];
  /** Slips that were dropped. */
  readonly flickers: number;
}

// Guessing the stages, reading the work and several metrics ask the same of every issue; its events never change.
const statusesOf = new WeakMap<readonly IssueEvent[], Statuses>();

function readStatuses(issue: Pick<IssueAsOf, 'events'>): Statuses {
  const out: StatusStay[] = [];
  let flickers = 0;
  for (const interval of scalarIntervals(issue, 'status')) {
    if (interval.value === undefined) continue;
    const stay: StatusStay = {
      from: interval.from,
      ...(interval.to === undefined ? {} : { to: interval.to }),
      value: interval.value.value,
      name: interval.value.name ?? interval.value.value,
    };
    const slip = out.at(-1);
    const before = out.at(-2);
    if (slip && before && before.value === stay.value && stay.from - slip.from < FLICKER_MS) {
      out.splice(-2, 2, { ...stay, from: before.from });
      flickers += 1;
    } else out.push(stay);
  }
  return { stays: out, visits: visitsOf(out), flickers };
}

/** Stages over time: a function of status and resolution, merged where the stage stays the same. */
function stageStays(
  issue: IssueAsOf,
  statuses: readonly StatusStay[],
  stageOf: (statusId: string) => Stage,
): readonly StageStay[] {
  const out: StageStay[] = [];
  const add = (stage: Stage, statusId: string, from: Instant, to: Instant | undefined) => {
    const last = out.at(-1);
    if (last?.stage === stage) out[out.length - 1] = withEnd(last, to);
    else out.push(withEnd({ from, stage, statusId }, to));
  };
  let resolutions: readonly Interval<NamedValue | undefined>[] | undefined;
  for (const { value: statusId, from, to } of statuses) {
    const stage = stageOf(statusId);
    if (stage !== 'done') {
      add(stage, statusId, from, to);
      continue;
    }
    // Why work was closed matters to done work alone, and may be said or changed while it is done.
    resolutions ??= scalarIntervals(issue, 'resolution');
    const held = resolutions.findLast((interval) => interval.from <= from)?.value;
    let [begin, why] = [from, held];
    for (const change of resolutions) {
      if (change.from <= from || (to !== undefined && change.from >= to)) continue;
      add(effectiveStage(stage, why?.name ?? why?.value), statusId, begin, change.from);
      [begin, why] = [change.from, change.value];
    }
    add(effectiveStage(stage, why?.name ?? why?.value), statusId, begin, to);
  }
  return out;
}

function withEnd(stay: StageStay, to: Instant | undefined): StageStay {
  const { from, stage, statusId } = stay;
  return to === undefined ? { from, stage, statusId } : { from, to, stage, statusId };
}

function reopenings(stays: readonly StageStay[]): readonly Reopening[] {
  return stays
    .filter((stay) => stay.stage === 'done' && stay.to !== undefined)
    .filter((stay) => stays.find((next) => next.from === stay.to)?.stage !== 'cancelled')
    .map((stay) => ({ doneAt: stay.from, reopenedAt: stay.to ?? stay.from }));
}

const ORDER: Readonly<Record<Stage, number>> = {
  backlog: 0,
  todo: 1,
  active: 2,
  late: 3,
  done: 4,
  cancelled: 4,
};

function backwardMoves(stays: readonly StageStay[]): number {
  return stays.filter((stay, i) => {
    const before = stays[i - 1];
    return before !== undefined && !isClosed(before.stage) && ORDER[stay.stage] < ORDER[before.stage];
  }).length;
}
