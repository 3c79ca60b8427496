import type { Draft } from '../draft.ts';
import { childrenOf, closedAt, firstEntry } from '../draft.ts';
import type { KeyOf } from '../history.ts';
import { dayOf, NOW } from '../present.ts';
import { SHARED_INITIATIVE } from '../shared-initiative.ts';
import type { Team } from '../team.ts';
import type { Planted } from './planted.ts';

/** The work of one team in one tracker. */
export interface Half {
  readonly team: Team;
  readonly drafts: readonly Draft[];
  readonly keyOf: KeyOf;
}

/** A team whose work is in two trackers, and an initiative that is an epic in one and has projects in the other. */
export function twoTrackers(halves: readonly Half[], others: readonly Half[]): readonly Planted[] {
  const [first] = halves;
  if (first === undefined) return [];
  const begun = halves.flatMap((half) => named(half, half.drafts.filter(isInProgress)));
  const shared = [...halves, ...others].flatMap((half) => named(half, sharedWork(half)));
  const told = { team: first.team.plan.id, to: dayOf(NOW) };
  return [
    {
      ...told,
      kind: 'team_in_two_trackers',
      issueKeys: begun,
      from: '2025-09-29',
      expected: begun.length,
      meaning:
        'issues in progress of one team that works in two trackers, where its people have different accounts; one of them has two',
    },
    {
      ...told,
      kind: 'initiative_in_two_trackers',
      issueKeys: shared,
      from: '2026-06-15',
      expected: shared.length,
      meaning: `open issues of "${SHARED_INITIATIVE}": an epic of Lending in Jira, and an initiative in Linear with a project of Lending and one of Mobile; the name is all that joins them`,
    },
  ];
}

function sharedWork({ team, drafts }: Half): readonly Draft[] {
  return [...team.epics]
    .filter(([{ title, initiative }]) => [title, initiative].includes(SHARED_INITIATIVE))
    .flatMap(([, epic]) => childrenOf(epic, drafts))
    .filter((draft) => closedAt(draft) === undefined);
}

function isInProgress(draft: Draft): boolean {
  const begun = firstEntry(draft, 'In Progress');
  return draft.type !== 'Epic' && begun !== undefined && begun <= NOW && closedAt(draft) === undefined;
}

function named({ keyOf }: Half, drafts: readonly Draft[]): readonly string[] {
  return drafts
    .filter(({ created }) => created <= NOW)
    .map((draft) => keyOf(draft).key)
    .toSorted((a, b) => Number(a.split('-')[1]) - Number(b.split('-')[1]));
}
