import type { IssueEvent } from './issue.ts';

/** The members of a set field after one of its changes. */
export function applySet(
  members: readonly string[],
  event: Pick<IssueEvent, 'from' | 'to' | 'separator'>,
): readonly string[] {
  if (event.separator !== undefined) return splitList(event.to, event.separator);
  const without = members.filter((member) => member !== event.from);
  if (!event.to || without.includes(event.to)) return without;
  return [...without, event.to];
}

/** The change that takes another back; a list that was written anew says both what it was and what it became. */
export function undo(event: IssueEvent): Pick<IssueEvent, 'from' | 'to' | 'separator'> {
  return {
    ...(event.to === undefined ? {} : { from: event.to }),
    ...(event.from === undefined ? {} : { to: event.from }),
    ...(event.separator === undefined ? {} : { separator: event.separator }),
  };
}

function splitList(list: string | undefined, separator: ' ' | ','): readonly string[] {
  const members = (list ?? '')
    .split(separator)
    .map((member) => member.trim())
    .filter((member) => member !== '');
  return [...new Set(members)];
}
