import type { GatedLevel } from '#domain/gate.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isNamed, progressOf } from './gates/progress.ts';
import { lastVerification, teamDeployments } from './gates/recorded.ts';
import { releases } from './release.ts';
import { reaches } from './required-level.ts';

/**
 * Whether anything was ever recorded that tells of a level: an item that has it or more; without a gate of the team's also
 * work in a version or a deployment for `released`, a verification that failed for `verified`, and the value of a KPI for
 * `adopted`. Where nothing was, that work lacks the level says more of the records than of the work.
 */
export function isLevelRecorded(view: TeamView, level: GatedLevel): boolean {
  const progress = progressOf(view);
  if (view.items.some((item) => reaches(progress(item).achieved, level))) return true;
  if (isNamed(view, level)) return false;
  if (level === 'released') {
    const releaseOf = releases(view);
    return (
      teamDeployments(view).length > 0 || view.items.some((item) => releaseOf(item).kind !== 'untracked')
    );
  }
  if (level === 'verified') {
    const last = lastVerification(view);
    return view.items.some((item) => last(item) !== undefined);
  }
  return level === 'adopted' && view.evidence.kpiValues.some(({ team }) => team === view.team.id);
}
