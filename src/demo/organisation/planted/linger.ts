import { freeze, isStandard, isSupport, lastEntry } from '../draft.ts';
import { NOW, weeksAgo } from '../present.ts';
import { type Bed, type Plant, take } from './planted.ts';

const LINGERING = 10;

/** Work that came as far as review or the release queue weeks ago, and has not moved since. */
export function letLinger(bed: Bed): Plant {
  const drafts = take(bed, LINGERING, (draft) => {
    const reviewed = lastEntry(draft, 'In Review');
    const ready = lastEntry(draft, 'Ready for Release');
    if (reviewed === undefined || ready === undefined || !isStandard(draft) || isSupport(draft)) return false;
    return reviewed > weeksAgo(10) && ready < weeksAgo(2.5);
  });
  const since = drafts.map(
    (draft, i) => lastEntry(draft, i % 2 === 0 ? 'In Review' : 'Ready for Release') ?? NOW,
  );
  for (const [i, draft] of drafts.entries()) freeze(draft, since[i] ?? NOW);
  return {
    kind: 'lingering_in_late',
    drafts,
    from: Math.min(...since),
    to: NOW,
    expected: drafts.length,
    meaning: 'issues standing in In Review or Ready for Release for more than two weeks',
  };
}
