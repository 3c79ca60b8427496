import { comeBack } from '../delivery.ts';
import { closedAt, type Draft, isStandard, isSupport, valuesAt } from '../draft.ts';
import { NOW, weeksAgo } from '../present.ts';
import { type Bed, type Plant, take } from './planted.ts';

const MENDED = 4;
const STILL_OPEN = 2;

/** Work that was called done and came back within weeks. Some of it was done again, some is open now. */
export function reopen(bed: Bed): Plant {
  const forgotten = new Set([...bed.team.epics].filter(([plan]) => plan.forgotten).map(([, epic]) => epic));
  const doneBetween = (from: number, to: number) => (draft: Draft) => {
    const at = closedAt(draft);
    const { resolution, parent } = valuesAt(draft, NOW);
    if (at === undefined || resolution !== 'Done' || !isStandard(draft) || isSupport(draft)) return false;
    return at > from && at < to && !(parent && forgotten.has(parent));
  };
  const open = take(bed, STILL_OPEN, doneBetween(weeksAgo(5), weeksAgo(1.5)));
  const mended = take(bed, MENDED, doneBetween(weeksAgo(24), weeksAgo(8)));
  const backAt = [
    ...open.map((draft) => comeBack(bed.team, draft, { within: 5, staysOpen: true })),
    ...mended.map((draft) => comeBack(bed.team, draft, { within: 15, staysOpen: false })),
  ];
  return {
    kind: 'reopened',
    drafts: [...open, ...mended],
    from: Math.min(...backAt),
    to: NOW,
    expected: open.length + mended.length,
    meaning: `issues reopened within 30 days of Done, ${open.length} of them open now`,
  };
}
