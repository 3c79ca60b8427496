import type { TeamView } from '#domain/team-view.ts';
import { isClosed } from '#domain/work-item.ts';
import { belongingWork } from '../gates/belonging.ts';
import { kpisOfItem, kpiWords } from '../gates/kpi.ts';
import { progressOf } from '../gates/progress.ts';
import { isAdoption } from '../last-mile-work.ts';
import { reaches, requiredLevels } from '../required-level.ts';
import { isOutWhenDone } from '../sent-out.ts';
import type { Signal } from './signal.ts';

/**
 * Work that is out and not taken up, where that is required.
 *
 * Hard when a KPI of its goal has a value below (or above) its target and the day by which it was to be there has passed;
 * a KPI of which no value was ever recorded says nothing. Soft when nothing but adoption is open among its parts and the
 * work linked with it. Done work without a version counts as out where nothing says that a release or a deployment was to
 * follow.
 */
export function releasedNotAdopted(view: TeamView): readonly Signal[] {
  const required = requiredLevels(view);
  const progress = progressOf(view);
  const isOutAsItIs = isOutWhenDone(view);
  const kpisOf = kpisOfItem(view);
  const belonging = belongingWork(view);

  return [...view.items, ...view.parents].flatMap((item): readonly Signal[] => {
    if (required(item) !== 'adopted') return [];
    const { achieved } = progress(item);
    const isOut = reaches(achieved, 'released') || (achieved === 'merged' && isOutAsItIs(item));
    if (!isOut || achieved === 'adopted') return [];
    const claimedAt = item.claimedAt ?? item.finishedAt ?? view.asOf;
    const common = { kind: 'released_not_adopted', item, claimedAt } as const;
    const overdue = kpisOf(item).filter(({ isOverdue }) => isOverdue);
    if (overdue.length > 0) {
      const lacking = overdue.map(kpiWords).join(', and ');
      // Whether those who are to take it up are another team or customers, nothing says.
      return [{ ...common, strength: 'hard', lacking, whoseMove: 'unknown' }];
    }
    const open = belonging(item)
      .map((one) => one.item)
      .filter(({ stage }) => !isClosed(stage));
    if (open.length === 0 || !open.every(isAdoption)) return [];
    return [
      { ...common, strength: 'soft', lacking: `work that is open: ${open.map(({ key }) => key).join(', ')}` },
    ];
  });
}
