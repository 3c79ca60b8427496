import type { Issue, IssueEvent } from '#domain/issue.ts';
import { asOf, type IssueAsOf } from '#domain/timeline.ts';

export const at = (text: string): number => Date.parse(text);

/** An issue as of a moment, of one that existed by then. */
export function known(one: Issue, moment: string): IssueAsOf {
  const view = asOf(one, at(moment));
  if (view === undefined) throw new RangeError(`${one.id} did not exist at ${moment}`);
  return view;
}

/** A change that a tracker recorded, in an entry of its own. */
export function event(field: string, when: string, change: Partial<IssueEvent>): IssueEvent {
  return { at: at(when), eventId: when, itemIndex: 0, field, origin: 'recorded', ...change };
}

/** An issue without any field. */
export const bare = { source: 'acme', id: '1', createdAt: at('2026-01-05'), updatedAt: at('2026-02-01') };
