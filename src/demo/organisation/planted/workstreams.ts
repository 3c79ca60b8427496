import { NOW, weeksAgo } from '../present.ts';
import type { Bed, Plant } from './planted.ts';

/** The epics a team has open at once in the last four weeks, as its plan says: many, few, or a healthy two. */
export function workstreams(
  { team }: Bed,
  kind: 'workstream_sprawl' | 'focused_team' | 'healthy_team',
): Plant {
  const open = [...team.epics].filter(
    ([{ to = '9999', isSupport }]) => !isSupport && Date.parse(to) > weeksAgo(4),
  );
  return {
    kind,
    drafts: open.map(([, epic]) => epic),
    from: weeksAgo(4),
    to: NOW,
    expected: open.length,
    meaning: MEANINGS[kind],
  };
}

const MEANINGS = {
  workstream_sprawl: 'epics worked on side by side in the last four weeks, mostly by one person each',
  focused_team: 'epics the team concentrates on in the last four weeks, customer support aside',
  healthy_team: 'epics of the healthy team: steady weeks, short reviews, nothing planted',
} as const;
