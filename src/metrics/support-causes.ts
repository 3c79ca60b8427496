import { type Insufficient, insufficient } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { type Workstream, workstreamsOf } from './attribution.ts';
import { type ItemEffort, itemEffort } from './item-effort.ts';
import { tooFew } from './one-persons-time.ts';
import { MIN_GROUP } from './people.ts';
import { recentEffort } from './recent-effort.ts';
import { splitEffort } from './stream-effort.ts';
import { workKindsOf } from './work-kinds.ts';
import { MIN_ATTRIBUTED } from './workstream-level.ts';

/** What more of the support is about than any other thing. */
export interface SupportCause {
  readonly by: 'component' | 'label';
  readonly name: string;
  /** Its part of the effort on support. */
  readonly share: number;
  /** The effort on it, item by item. */
  readonly effort: () => ItemEffort;
}

/**
 * The largest cause of a team's support: the component that most of its effort of the last 20 work days is about, else the
 * label.
 *
 * Names that nearly all of it has (95 %) say that it is support, not what it is about. Insufficient where fewer than 60 % of
 * it have any other, and where fewer than 3 people are on the largest.
 */
export function largestSupportCause(view: TeamView): SupportCause | Insufficient {
  const found = (['component', 'label'] as const).map((by) => causeBy(view, by));
  return found.find((one) => !('kind' in one)) ?? found[0] ?? NOTHING;
}

function causeBy(view: TeamView, by: SupportCause['by']): SupportCause | Insufficient {
  const kindsOf = workKindsOf(view);
  const { days, weeks } = recentEffort(view);
  const isSupport = (item: WorkItem) => kindsOf(item).includes('support');
  const whole = new Map<string, number>();
  let all = 0;
  for (const { items } of days) {
    for (const item of items.filter(isSupport)) {
      all += 1 / items.length;
      for (const { id } of workstreamsOf(view, by)(item))
        whole.set(id, (whole.get(id) ?? 0) + 1 / items.length);
    }
  }
  if (all === 0) return NOTHING;
  const causesOf = (item: WorkItem): readonly Workstream[] =>
    isSupport(item)
      ? workstreamsOf(view, by)(item).filter(({ id }) => (whole.get(id) ?? 0) < NEARLY_ALL * all)
      : [];
  const { streams } = splitEffort(days, causesOf, weeks);
  const [largest] = streams;
  const covered = streams.reduce((total, one) => total + one.total, 0) / all;
  if (largest === undefined || covered < MIN_ATTRIBUTED) {
    return insufficient(Math.floor(100 * covered), 100 * MIN_ATTRIBUTED, `% of it with a ${by} of its own`);
  }
  if (largest.byPerson.size < MIN_GROUP) {
    return tooFew('on its largest cause');
  }
  const { id, name } = largest.stream;
  return {
    by,
    name,
    share: largest.total / all,
    effort: () =>
      itemEffort(view, (item) => {
        const causes = causesOf(item);
        return causes.some((one) => one.id === id) ? 1 / causes.length : 0;
      }),
  };
}

const NEARLY_ALL = 0.95;
const NOTHING = insufficient(0, 1, 'person-days on support');
