import type { Draft } from '../draft.ts';
import type { KeyOf } from '../history.ts';
import { dayOf } from '../present.ts';
import type { Team } from '../team.ts';

/** Something that was put into the simulated organisation for a report to find, or not to find. */
export interface Planted {
  readonly kind: PlantedKind;
  /** Id of the team. */
  readonly team: string;
  /** The issues that carry it, by number. */
  readonly issueKeys: readonly string[];
  /** First and last day on which it shows, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** How many there are of what `meaning` speaks of. */
  readonly expected: number;
  readonly meaning: string;
}

export type PlantedKind =
  | 'lingering_in_late'
  | 'done_in_unreleased_version'
  | 'children_closed'
  | 'reopened'
  | 'missed_milestone'
  | 'workstream_sprawl'
  | 'focused_team'
  | 'support_drain'
  | 'healthy_team'
  | 'bulk_closure'
  | 'skipped_start'
  | 'status_flicker'
  | 'late_sounding_status'
  | 'on_track_but_late'
  | 'team_in_two_trackers'
  | 'initiative_in_two_trackers';

/** A plant while the issues have no keys yet. */
export interface Plant extends Omit<Planted, 'team' | 'issueKeys' | 'from' | 'to'> {
  readonly drafts: readonly Draft[];
  readonly from: number;
  readonly to: number;
}

/** A team's issues to plant in. What one plant has taken, no other may change. */
export interface Bed {
  readonly team: Team;
  readonly drafts: readonly Draft[];
  readonly taken: Set<Draft>;
}

/** So many issues that no plant has taken yet and that satisfy the condition, by chance; they are taken now. */
export function take(
  { team, drafts, taken }: Bed,
  count: number,
  fits: (draft: Draft) => boolean,
): readonly Draft[] {
  const found = team.chance.some(
    drafts.filter((draft) => !taken.has(draft) && fits(draft)),
    count,
  );
  for (const draft of found) taken.add(draft);
  return found;
}

/** The plant as it is told to others. */
export function named({ drafts, from, to, ...plant }: Plant, { plan }: Team, keyOf: KeyOf): Planted {
  const numberOf = (key: string): number => Number(key.split('-')[1]);
  return {
    kind: plant.kind,
    team: plan.id,
    issueKeys: drafts.map((draft) => keyOf(draft).key).sort((a, b) => numberOf(a) - numberOf(b)),
    from: dayOf(from),
    to: dayOf(to),
    expected: plant.expected,
    meaning: plant.meaning,
  };
}
