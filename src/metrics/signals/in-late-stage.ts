import type { TeamView } from '#domain/team-view.ts';
import type { Signal } from './signal.ts';

/** Items that stand in a late stage: whoever moved them there claimed that little is left. */
export function inLateStage(view: Pick<TeamView, 'items' | 'asOf'>): readonly Signal[] {
  return view.items
    .filter((item) => item.stage === 'late')
    .map((item) => ({
      kind: 'in_late_stage',
      strength: 'soft',
      item,
      claimedAt: item.claimedAt ?? view.asOf,
    }));
}
