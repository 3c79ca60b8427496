import { childrenOf, closedAt } from '../draft.ts';
import { NOW } from '../present.ts';
import type { Bed, Plant } from './planted.ts';

/** Epics whose work is all closed while they themselves are still in progress. The team's plan has them. */
export function forgottenEpics({ team, drafts }: Bed): Plant {
  const forgotten = [...team.epics].filter(([plan]) => plan.forgotten).map(([, epic]) => epic);
  const ends = forgotten.flatMap((epic) => childrenOf(epic, drafts).map((child) => closedAt(child) ?? NOW));
  return {
    kind: 'children_closed',
    drafts: forgotten,
    from: Math.max(...ends),
    to: NOW,
    expected: forgotten.length,
    meaning: 'epics in progress whose children have all been closed for months',
  };
}
