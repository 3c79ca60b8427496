import { idea } from '../backlog.ts';
import { type Draft, save } from '../draft.ts';
import { FIRST_DAY } from '../present.ts';
import { personOf, type Team } from '../team.ts';
import type { Plant } from './planted.ts';

const CLOSED = 18;
const DAY = '2026-08-05';

/**
 * Old ideas that nobody ever began, closed as done within a few minutes by one person: no delivery, and yet it would
 * be the team's best day. Returns the issues, which are new ones.
 */
export function closeInBulk(team: Team): { readonly added: readonly Draft[]; readonly plant: Plant } {
  const { chance, hours } = team;
  const by = personOf(team, 0);
  const begins = hours.at(hours.until(Date.parse(`${DAY}T23:00:00Z`)) - 2);
  const added = Array.from({ length: CLOSED }, () =>
    idea(team, Date.parse(FIRST_DAY), Date.parse('2026-05-01')),
  );
  const at = added.map((_, i) => begins + i * 17_000 + chance.integer(0, 9000));
  for (const [i, draft] of added.entries()) {
    save(draft, at[i] ?? begins, by, { status: 'Closed', resolution: 'Done' });
  }
  return {
    added,
    plant: {
      kind: 'bulk_closure',
      drafts: added,
      from: begins,
      to: Math.max(...at),
      expected: added.length,
      meaning: 'old backlog issues closed by one account within six minutes: tidying up, no delivery',
    },
  };
}
