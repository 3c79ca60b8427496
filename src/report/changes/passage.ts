import type { Level } from '#domain/team.ts';
import { issueRef, itemUrl, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { progressOf } from '#metrics/gates/progress.ts';
import { type ItemRef, itemRef } from '#metrics/item-ref.ts';
import { reaches, requiredLevels } from '#metrics/required-level.ts';
import { isOutWhenDone } from '#metrics/sent-out.ts';
import { type GoalChange, goalChanges } from '#risks/goal-change.ts';

/** What became of an item that an earlier report named. */
export interface Fate {
  /** As it is called now; as then, when it is no longer in sight. */
  readonly item: ItemRef;
  readonly state: 'open' | 'done' | 'dropped' | 'elsewhere' | 'out_of_sight';
  /** Present when it is done only because less is asked of it than on the earlier day: the level that is enough now. */
  readonly enough?: Level;
}

/** What two reports alone do not say of the time between them. */
export interface Passage {
  /** Whether anything was known of the team on the earlier day. */
  readonly hasBefore: boolean;
  /** What became of one of the team's items, by where it was opened on the earlier day; items keep no key for life. */
  readonly fateOf: (url: string) => Fate | undefined;
  readonly goals: readonly GoalChange[];
}

/** What became of a team's items and goals between two days, from views of the same history. */
export function passage(before: TeamView, now: TeamView): Passage {
  const then = [...before.items, ...before.parents];
  const byUrl = new Map(then.map((item) => [itemUrl(before, item), item]));
  const ours = new Set([...now.items, ...now.parents]);
  const enough = lessIsEnough(before, now);
  return {
    hasBefore: then.length > 0,
    fateOf: (url) => {
      const item = byUrl.get(url);
      return item && fate(now, ours, item, enough);
    },
    goals: goalChanges(before, now),
  };
}

function fate(
  now: TeamView,
  ours: ReadonlySet<WorkItem>,
  then: WorkItem,
  enoughFor: ReturnType<typeof lessIsEnough>,
): Fate {
  const item = now.byRef.get(issueRef(then.issue.source, then.issue.id));
  if (item === undefined) return { item: itemRef(now, then), state: 'out_of_sight' };
  const { stage } = item;
  const state =
    stage === 'done' ? 'done' : stage === 'cancelled' ? 'dropped' : ours.has(item) ? 'open' : 'elsewhere';
  const enough = state === 'done' ? enoughFor(then, item) : undefined;
  return { item: itemRef(now, item), state, ...(enough === undefined ? {} : { enough }) };
}

/** The level that is enough for an item now where it is not as far as was asked of it then, as when releases stopped. */
function lessIsEnough(
  before: TeamView,
  now: TeamView,
): (then: WorkItem, item: WorkItem) => Level | undefined {
  const [asked, asks] = [requiredLevels(before), requiredLevels(now)];
  const [progress, isOut] = [progressOf(now), isOutWhenDone(now)];
  return (then, item) => {
    const [level, enough] = [asked(then), asks(item)];
    const isAsFar = reaches(enough, level) || reaches(progress(item).achieved, level) || isOut(item);
    return isAsFar ? undefined : enough;
  };
}
