import { closedAt, type Draft, firstEntry, isStandard, ordered, save, valuesAt } from '../draft.ts';
import { NOW, weeksAgo } from '../present.ts';
import { type Bed, type Plant, take } from './planted.ts';

/** Habits of recording that make numbers less sure than they look. */
export function addWarts(bed: Bed): readonly Plant[] {
  return [skipStart(bed), flicker(bed), planRelease(bed)];
}

const isDelivered = (draft: Draft, since: number): boolean => {
  const at = closedAt(draft);
  return isStandard(draft) && at !== undefined && at > since && valuesAt(draft, NOW).resolution === 'Done';
};

/** Nobody moved the card until the work was done. */
function skipStart(bed: Bed): Plant {
  const drafts = take(bed, 6, (draft) => isDelivered(draft, weeksAgo(16)));
  for (const draft of drafts) {
    const last = closedAt(draft);
    draft.edits = draft.edits.filter(({ at, set }) => set.status === undefined || at === last);
  }
  return {
    kind: 'skipped_start',
    drafts,
    from: Math.min(...drafts.map((draft) => closedAt(draft) ?? NOW)),
    to: NOW,
    expected: drafts.length,
    meaning: 'issues that went from Backlog to Done directly, without a recorded start',
  };
}

const SLIP = 90_000;

/** A card dropped in the wrong column and put right at once. */
function flicker(bed: Bed): Plant {
  const { hours } = bed.team;
  const drafts = take(bed, 4, (draft) => {
    const begun = firstEntry(draft, 'In Progress');
    const next = ordered(draft).find(({ at, set }) => set.status !== undefined && at > (begun ?? NOW))?.at;
    return (
      isDelivered(draft, weeksAgo(20)) &&
      begun !== undefined &&
      hours.until(next ?? begun) > hours.until(begun) + 1
    );
  });
  const slips = drafts.map((draft) => hours.at(hours.until(firstEntry(draft, 'In Progress') ?? NOW) + 0.5));
  for (const [i, draft] of drafts.entries()) {
    const at = slips[i] ?? NOW;
    const by = valuesAt(draft, at).assignee ?? draft.creator;
    save(draft, at, by, { status: 'Ready for Release' });
    save(draft, at + SLIP, by, { status: 'In Progress' });
  }
  return {
    kind: 'status_flicker',
    drafts,
    from: Math.min(...slips),
    to: Math.max(...slips),
    expected: drafts.length,
    meaning: 'issues that stood in a wrong status for a minute and a half',
  };
}

/** For some months the team planned releases in a status of its own, before any work. */
function planRelease(bed: Bed): Plant {
  const planning = (draft: Draft): number | undefined => {
    const begun = firstEntry(draft, 'In Progress');
    const selected = firstEntry(draft, 'Selected for Development');
    if (begun === undefined || selected === undefined || begun - selected < 7_200_000) return undefined;
    return bed.team.hours.at((bed.team.hours.until(selected) + bed.team.hours.until(begun)) / 2);
  };
  const drafts = take(bed, 14, (draft) => {
    const at = planning(draft);
    return isDelivered(draft, weeksAgo(36)) && at !== undefined && at > weeksAgo(36) && at < weeksAgo(16);
  });
  const moments = drafts.map((draft) => planning(draft) ?? NOW);
  for (const [i, draft] of drafts.entries()) {
    save(draft, moments[i] ?? NOW, draft.creator, { status: 'Release Planning' });
  }
  return {
    kind: 'late_sounding_status',
    drafts,
    from: Math.min(...moments),
    to: Math.max(...moments),
    expected: drafts.length,
    meaning: 'issues that passed "Release Planning", a status that sounds late and stands before the work',
  };
}
