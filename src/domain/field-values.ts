import type { Instant, IssueEvent, NamedValue, ScalarField, SetField } from './issue.ts';
import { changeLinks, type HeldLinks } from './links.ts';
import { oncePerHistory } from './once.ts';
import { applySet } from './set-changes.ts';

/** A stretch of time `[from, to)` in which a field had one value; `to` absent: it still has it. */
export interface Interval<V> {
  readonly from: Instant;
  readonly to?: Instant;
  readonly value: V;
}

/** The values a scalar field had, oldest first, without gaps; an unset field is an interval of value undefined. */
export const scalarIntervals: (
  issue: Pick<History, 'events'>,
  field: ScalarField,
) => readonly Interval<NamedValue | undefined>[] = (issue, field) => valueIntervals(issue, field);

/** The same for a field of the tracker's own, by its id there. */
export const customIntervals: (
  issue: Pick<History, 'events'>,
  id: string,
) => readonly Interval<NamedValue | undefined>[] = (issue, id) => valueIntervals(issue, id);

const valueIntervals = oncePerHistory((issue, field: string) => {
  const out: Interval<NamedValue | undefined>[] = [];
  for (const event of issue.events) {
    if (event.field !== field) continue;
    push(out, event.at, held(event.to, event.toName), sameValue);
  }
  return out;
});

/** The members a set field had, oldest first. */
export const setIntervals: (
  issue: Pick<History, 'events'>,
  field: SetField,
) => readonly Interval<readonly string[]>[] = oncePerHistory((issue, field) => {
  const out: Interval<readonly string[]>[] = [];
  let members: readonly string[] = [];
  const links: HeldLinks = new Map();
  for (const event of issue.events) {
    if (event.field !== field) continue;
    if (field === 'links') {
      changeLinks(links, event);
      members = [...links.keys()];
    } else members = applySet(members, event);
    push(out, event.at, members, sameMembers);
  }
  return out;
});

/** The value of a scalar field at the end of the as-of view, with the name it was recorded under. */
export function scalarNow(issue: Pick<History, 'events'>, field: ScalarField): NamedValue | undefined {
  for (let i = issue.events.length - 1; i >= 0; i -= 1) {
    const event = issue.events[i];
    if (event?.field !== field) continue;
    return held(event.to, event.toName);
  }
  return undefined;
}

/** The members of a set field at the end of the as-of view. */
export function setNow(issue: Pick<History, 'events'>, field: SetField): readonly string[] {
  return setIntervals(issue, field).at(-1)?.value ?? [];
}

/** Of an issue, what its fields' values are read from. */
interface History {
  readonly events: readonly IssueEvent[];
}

function push<V>(out: Interval<V>[], at: Instant, value: V, same: (a: V, b: V) => boolean): void {
  const last = out.at(-1);
  if (last) {
    if (same(last.value, value)) return;
    // Two changes in one instant: only the last of them ever held.
    if (last.from === at) out.pop();
    else out[out.length - 1] = { ...last, to: at };
    const previous = out.at(-1);
    if (previous && last.from === at && same(previous.value, value)) {
      out[out.length - 1] = { from: previous.from, value: previous.value };
      return;
    }
  }
  out.push({ from: at, value });
}

const sameValue = (a: NamedValue | undefined, b: NamedValue | undefined): boolean => a?.value === b?.value;

const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member) => b.includes(member));

/** Trackers clear a field by leaving the value out, or by an empty text; both mean that it is not set. */
export function held(value: string | undefined, name: string | undefined): NamedValue | undefined {
  if (value === undefined || value === '') return undefined;
  return name === undefined ? { value } : { value, name };
}
