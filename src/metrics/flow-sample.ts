import { elapsedDays } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { CompetingSpell } from '#statistics/competing-risks.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { FLOW_DAYS, type Lookback, lookback } from './lookback.ts';

/** One item's time under way, in elapsed days since its first start: from `entry`, when we began to look, to `exit`. */
export interface ItemSpell extends CompetingSpell {
  readonly item: WorkItem;
  readonly startedAt: Instant;
  /** When it finished or was dropped; for an open item the end of the view. */
  readonly until: Instant;
}

/** The items a question about time to finish is answered from, and the ones it cannot use. */
export interface FlowSample extends Lookback {
  /** Begun before the end of the view and not closed before the window. */
  readonly spells: readonly ItemSpell[];
  readonly finished: readonly ItemSpell[];
  readonly open: readonly ItemSpell[];
  readonly cancelled: readonly ItemSpell[];
  /** Finished in the window without ever having been in progress. */
  readonly skippedStart: readonly WorkItem[];
  /** Closed in the window by tidying up. */
  readonly bulk: readonly WorkItem[];
  readonly method: 'kaplan_meier_delayed_entry' | 'aalen_johansen_delayed_entry';
}

/** Above this share, treating the dropped as merely unobserved would claim too much about the rest. */
const MAX_CENSORED_CANCELLED = 0.05;

/**
 * The items of the last 180 days as spells on their own clock, in elapsed days since first start. An item begun
 * before the window enters late (delayed entry): it would not be here had it been closed before. Dropped items count
 * as a competing ending when they are more than 5 % of the endings, else as no longer observed.
 */
export function flowSample(view: TeamView): FlowSample {
  const administrative = administrativeClosures(view);
  const { window, since } = lookback(view, FLOW_DAYS);
  const inWindow = view.items.filter((item) => (item.finishedAt ?? item.cancelledAt ?? view.asOf) > since);
  const isBulkItem = (item: WorkItem) =>
    isBulk(administrative.get(issueRef(item.issue.source, item.issue.id)));
  const bulk = inWindow.filter(isBulkItem);
  const counted = inWindow.filter((item) => !isBulkItem(item));
  const begun = counted.flatMap((item): readonly ItemSpell[] => {
    const { startedAt } = item;
    if (startedAt === undefined) return [];
    const until = item.finishedAt ?? item.cancelledAt ?? view.asOf;
    const entry = Math.max(0, elapsedDays(startedAt, since));
    const outcome = item.stage === 'done' ? 'event' : item.stage === 'cancelled' ? 'competing' : 'censored';
    return [{ item, startedAt, until, entry, exit: elapsedDays(startedAt, until), outcome }];
  });
  const ended = (outcome: CompetingSpell['outcome']) => begun.filter((spell) => spell.outcome === outcome);
  const [finished, cancelled] = [ended('event'), ended('competing')];
  const compete = cancelled.length > MAX_CENSORED_CANCELLED * (finished.length + cancelled.length);
  return {
    window,
    since,
    spells: compete ? begun : begun.map(withoutCompetition),
    finished,
    open: ended('censored'),
    cancelled,
    skippedStart: counted.filter((item) => item.skippedStart),
    bulk,
    method: compete ? 'aalen_johansen_delayed_entry' : 'kaplan_meier_delayed_entry',
  };
}

function withoutCompetition(spell: ItemSpell): ItemSpell {
  return spell.outcome === 'competing' ? { ...spell, outcome: 'censored' } : spell;
}
