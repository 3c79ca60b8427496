import { type Closure, type ClosuresPerDay, isBulkDay } from '#metrics/administrative.ts';

type Counted = Pick<Closure, 'day' | 'cancelled' | 'untouched'>;

/** Closures counted by day, from a day on: what telling deliveries from tidying up needs of each day. */
export interface ClosingTally extends ClosuresPerDay {
  readonly all: Int32Array;
  readonly untouched: Int32Array;
  /** Not dropped. */
  readonly done: Int32Array;
  /** Not dropped, and worked on. */
  readonly worked: Int32Array;
}

/** So many days in which nothing was closed. */
export function emptyTally(first: number, days: number): ClosingTally {
  const zeros = () => new Int32Array(days);
  return { first, all: zeros(), untouched: zeros(), done: zeros(), worked: zeros() };
}

/** Adds a closure to the day it is on; a day that is not counted is passed over. */
export function addTo(tally: ClosingTally, { day, cancelled, untouched }: Counted): void {
  const place = day - tally.first;
  if (place < 0 || place >= tally.all.length) return;
  const count = (days: Int32Array) => {
    days[place] = (days[place] ?? 0) + 1;
  };
  count(tally.all);
  if (untouched) count(tally.untouched);
  if (!cancelled) count(tally.done);
  if (!cancelled && !untouched) count(tally.worked);
}

/** A copy of some days of a tally; those it does not reach are empty. */
export function cutOf(tally: ClosingTally, first: number, days: number): ClosingTally {
  const ahead = Math.max(0, tally.first - first);
  const from = Math.max(0, first - tally.first);
  const cut = (whole: Int32Array) => {
    const out = new Int32Array(days);
    if (ahead < days) out.set(whole.subarray(from, from + days - ahead), ahead);
    return out;
  };
  return {
    first,
    all: cut(tally.all),
    untouched: cut(tally.untouched),
    done: cut(tally.done),
    worked: cut(tally.worked),
  };
}

/** The items delivered on each day from a day on; `batched` are the untouched ones that were closed in batches. */
export function delivered(tally: ClosingTally, from: number, batched: readonly Counted[]): readonly number[] {
  const days = tally.first + tally.all.length - from;
  const tidied = new Int32Array(days);
  for (const { day, cancelled } of batched) {
    const place = day - from;
    if (!cancelled && place >= 0 && place < days) tidied[place] = (tidied[place] ?? 0) + 1;
  }
  const out: number[] = [];
  for (let place = 0; place < days; place += 1) {
    const at = from + place - tally.first;
    const isBulk = isBulkDay(tally, from + place);
    out.push(isBulk ? (tally.worked[at] ?? 0) : (tally.done[at] ?? 0) - (tidied[place] ?? 0));
  }
  return out;
}
