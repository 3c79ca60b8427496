import type { IssueEvent } from './issue.ts';
import type { TeamView } from './team-view.ts';

/** An answer that is asked for more than once, worked out the first time; it goes when `remembered` does. */
export function remembered<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, work(key));
    return known.get(key) as V;
  };
}

/**
 * An answer that several metrics of one report need, worked out for the first of them. A view never changes, so neither
 * does what is true of it; the answer goes when the view does.
 */
export function oncePerView<T extends object>(answer: (view: TeamView) => T): (view: TeamView) => T {
  return oncePer(answer);
}

/** An answer about something that never changes; it goes when what it is about does. */
export function oncePer<One extends object, T extends object>(answer: (one: One) => T): (one: One) => T {
  const known = new WeakMap<One, T>();
  return (one) => {
    const found = known.get(one) ?? answer(one);
    known.set(one, found);
    return found;
  };
}

/**
 * What follows from a field's events alone, worked out once for each history. Views of several days share the history of
 * an issue to which nothing happened in between, so what holds on one of them is not worked out again for the others.
 */
export function oncePerHistory<Field extends string, T, One extends History = History>(
  work: (issue: One, field: Field) => T,
): (issue: One, field: Field) => T {
  const known = new WeakMap<History['events'], Map<Field, T>>();
  return (issue, field) => {
    const ofIssue = known.get(issue.events) ?? new Map<Field, T>();
    known.set(issue.events, ofIssue);
    if (!ofIssue.has(field)) ofIssue.set(field, work(issue, field));
    return ofIssue.get(field) as T;
  };
}

interface History {
  readonly events: readonly IssueEvent[];
}
