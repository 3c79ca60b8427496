import { min } from 'd3-array';
import type { Instant } from '#domain/issue.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import { childrenByParent } from '#metrics/children.ts';
import type { Members, Span } from './membership.ts';
import type { Milestone } from './milestone.ts';

/** What lies under a milestone at the end of the view. */
export interface Scope {
  readonly open: readonly WorkItem[];
  readonly done: number;
  readonly dropped: number;
  /** Open epics, or what lies above them, without any part that was not dropped: their items are yet to be found. */
  readonly unsplit: readonly WorkItem[];
  /** The first moment anything under it was in progress or done, or the parent itself was begun. */
  readonly startedAt?: Instant;
}

/** What is known of a milestone's scope at the end of the view; `children` are those of every parent. */
export function scopeOf(
  view: TeamView,
  { item: parent }: Pick<Milestone, 'item'>,
  members: Members,
  children: ReturnType<typeof childrenByParent> = childrenByParent(view),
): Scope {
  const now = [...members].filter(([, spans]) => spans.some(({ to }) => to === undefined));
  const items = now.map(([item]) => item).filter(({ type }) => type.level <= 0);
  const parents = now.map(([item]) => item).filter(({ type }) => type.level > 0);
  const isUnsplit = ({ issue, stage }: WorkItem) =>
    !isClosed(stage) &&
    (children.get(`${issue.source}/${issue.id}`) ?? []).every((part) => part.stage === 'cancelled');
  const begun = [...members]
    .flatMap(([item, spans]) => spans.map((span) => begunWithin(item, span)))
    .concat(parent?.startedAt)
    .filter((at) => at !== undefined);
  const startedAt = min(begun);
  return {
    open: items.filter(({ stage }) => !isClosed(stage)),
    done: items.filter(({ stage }) => stage === 'done').length,
    dropped: items.filter(({ stage }) => stage === 'cancelled').length,
    unsplit: [...(parent === undefined ? [] : [parent]), ...parents].filter(isUnsplit),
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

/** When an item was first in progress or done while it lay under the milestone. */
function begunWithin({ stays }: WorkItem, { from, to }: Span): Instant | undefined {
  const begun = stays.find(
    (stay) =>
      (stay.stage === 'active' || stay.stage === 'late' || stay.stage === 'done') &&
      (stay.to === undefined || stay.to > from) &&
      (to === undefined || stay.from < to),
  );
  return begun && Math.max(begun.from, from);
}
