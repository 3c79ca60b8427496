import { firstEntry, isSupport } from '../draft.ts';
import { NOW } from '../present.ts';
import type { Bed, Plant } from './planted.ts';

/** What the support desk of the team's plan took on. */
export function supportDrain({ team, drafts }: Bed): Plant {
  const { supportDesk } = team.plan;
  if (supportDesk === undefined) throw new RangeError(`${team.plan.id} has no support desk`);
  const from = Date.parse(supportDesk.from);
  return {
    kind: 'support_drain',
    drafts: drafts.filter(
      (draft) => isSupport(draft) && begunBetween(firstEntry(draft, 'In Progress'), from),
    ),
    from,
    to: NOW,
    expected: supportDesk.people.length,
    meaning:
      'people who spend nearly all their time on issues labelled support; features slow down accordingly',
  };
}

function begunBetween(begun: number | undefined, from: number): boolean {
  return begun !== undefined && begun >= from && begun <= NOW;
}
