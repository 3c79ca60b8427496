import type { Issue, IssueEvent } from './issue.ts';
import type { Label, Reference } from './reference.ts';

/**
 * The issues of a source with everything that labels, parents and themselves are or were called: a label that is renamed
 * and a parent that moves change their names on every issue at once, none of which changes by it. People write these
 * names into a configuration, and what they wrote goes on meaning what it meant, for any date.
 *
 * Labels with an id are called as the source does now. A parent that is not among the issues keeps the name it was read
 * with.
 */
export function withPresentNames<One extends Pick<Issue, 'id' | 'events'>>(
  issues: readonly One[],
  { labels = [] }: Pick<Reference, 'labels'>,
): readonly One[] {
  const labelsById = new Map(labels.map((label) => [label.id, label]));
  const keys = new Map(issues.map((issue) => [issue.id, keysEver(issue)]));
  return issues.map((issue) => {
    const events = issue.events.map((event) => {
      if (event.field === 'labels') return labelled(event, labelsById);
      if (event.field === 'parent') return alsoCalled(event, keys.get(event.to ?? ''));
      return event.field === 'key' ? alsoCalled(event, keys.get(issue.id)) : event;
    });
    return events.every((event, i) => event === issue.events[i]) ? issue : { ...issue, events };
  });
}

/** Every key an issue is known to have had, or to have now. */
export function keysEver({ events }: Pick<Issue, 'events'>): readonly string[] {
  const keys = new Set<string>();
  for (const { field, to, otherToNames = [] } of events) {
    if (field !== 'key') continue;
    if (to) keys.add(to);
    for (const other of otherToNames) keys.add(other);
  }
  return [...keys];
}

/** Labels as they are now, with the names they had before, and those that are there no more. */
export function retainedLabels(
  before: readonly Label[] | undefined,
  now: readonly Label[] | undefined,
): readonly Label[] | undefined {
  if (before === undefined || now === undefined) return now ?? before;
  const older = new Map(before.map((label) => [label.id, label]));
  const ids = new Set(now.map(({ id }) => id));
  return [
    ...now.map((label) => renamed(older.get(label.id), label)),
    ...before.filter(({ id }) => !ids.has(id)),
  ];
}

function labelled(event: IssueEvent, labels: ReadonlyMap<string, Label>): IssueEvent {
  const [from, to] = [event.from, event.to].map((id) => (id === undefined ? undefined : labels.get(id)));
  if (from === undefined && to === undefined) return event;
  return {
    ...event,
    ...(from === undefined ? {} : { fromName: from.name }),
    ...(to === undefined ? {} : { toName: to.name }),
    ...(to?.formerNames === undefined ? {} : { otherToNames: to.formerNames }),
  };
}

function alsoCalled(event: IssueEvent, keys: readonly string[] = []): IssueEvent {
  const others = keys.filter((key) => key !== event.to && key !== event.toName);
  return others.length === 0 ? event : { ...event, otherToNames: others };
}

function renamed(before: Label | undefined, { id, name }: Label): Label {
  const names = before === undefined ? [] : [...(before.formerNames ?? []), before.name];
  const formerNames = [...new Set(names)].filter((one) => one !== name);
  return formerNames.length === 0 ? { id, name } : { id, name, formerNames };
}
