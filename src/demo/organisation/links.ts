import { type Draft, type DraftLink, isStandard, save } from './draft.ts';
import type { Team } from './team.ts';

const LINKED_SHARE = 0.06;
const BACK: Readonly<Record<DraftLink['phrase'], DraftLink['phrase']>> = {
  blocks: 'is blocked by',
  'is blocked by': 'blocks',
  'relates to': 'relates to',
};

/** Links some issues to older ones of the team, each at most once; both ends remember it. */
export function linkIssues(team: Team, drafts: readonly Draft[]): void {
  const { chance, hours, people, plan } = team;
  const byAge = drafts.filter(isStandard).toSorted((a, b) => a.created - b.created);
  const free = new Set(byAge);
  for (const [i, draft] of byAge.entries()) {
    const other = byAge[i - chance.integer(1, 12)];
    if (!chance.happens(LINKED_SHARE) || other === undefined || !free.has(draft) || !free.has(other))
      continue;
    free.delete(draft);
    free.delete(other);
    const phrase = chance.pick<DraftLink['phrase']>(['blocks', 'is blocked by', 'relates to']);
    const id = String(Number(plan.projectId) * 1000 + i);
    const at = hours.at(hours.until(draft.created) + 0.3);
    const by = chance.pick(people);
    save(draft, at, by, { links: [{ id, phrase, other }] });
    save(other, at, by, { links: [{ id, phrase: BACK[phrase], other: draft }] });
  }
}
