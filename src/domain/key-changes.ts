import type { CurrentFields, Instant, IssueEvent } from './issue.ts';

/**
 * The changes of an issue's key, where the tracker names its former keys and not when it had them (Linear): a key goes
 * with the team, so that each ended with a move to another one, the last with the last. Those that no move tells of were
 * over when the history began, `start`.
 */
export function keyChanges(
  current: CurrentFields,
  recorded: readonly IssueEvent[],
  start: Instant,
): readonly IssueEvent[] {
  const { formerKeys = [], scalars } = current;
  if (formerKeys.length === 0 || scalars.key === undefined) return [];
  const moves = recorded.filter(({ field, from, to }) => field === 'team' && from && to);
  const missing = formerKeys.length - moves.length;
  return formerKeys.map((from, i): IssueEvent => {
    const move = moves[i - missing];
    return {
      at: move?.at ?? start,
      eventId: move?.eventId ?? '',
      itemIndex: PLACE + i,
      field: 'key',
      from,
      to: formerKeys[i + 1] ?? scalars.key?.value ?? from,
      origin: 'inferred',
    };
  });
}

/** Behind everything that an entry of a history may hold itself. */
const PLACE = 1000;
