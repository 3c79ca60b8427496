import type { Instant } from '#domain/issue.ts';
import { oncePerView } from '#domain/once.ts';
import { type CycleTimeDefinition, cycleTimeDefinition } from '#domain/team.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { CompetingSpell } from '#statistics/competing-risks.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { type Ending, endingOf, itemClock } from './item-clock.ts';
import { FLOW_DAYS, type Lookback, lookback } from './lookback.ts';

/** One item's time under way, in days of the definition's clock: from `entry`, when we began to look, to `exit`. */
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
  /** Finished in the window without a start: never begun, or wiped for good. */
  readonly skippedStart: readonly WorkItem[];
  /** Closed in the window by tidying up. */
  readonly bulk: readonly WorkItem[];
  readonly method: 'kaplan_meier_delayed_entry' | 'aalen_johansen_delayed_entry';
}

/** Above this share, treating the dropped as merely unobserved would claim too much about the rest. */
const MAX_CENSORED_CANCELLED = 0.05;

/**
 * The items of the last 180 days as spells on their own clock, that of the team's definition of cycle time. An item
 * begun before the window enters late (delayed entry), at what its clock showed when the window began: it would not be
 * here had it been closed before. Dropped items count as a competing ending when they are more than 5 % of the endings,
 * else as no longer observed.
 *
 * On the clock of `active_only` an item that was paused all the time is watched at the one reading it came with, where
 * it may end like any other.
 */
export function flowSample(view: TeamView): FlowSample {
  return flowSampleBy(view, cycleTimeDefinition(view.team));
}

/** The sample that the same history gives by another definition: who finished, when, and after how many days. */
export function flowSampleBy(view: TeamView, definition: CycleTimeDefinition): FlowSample {
  const { clock, start, finish, backward } = definition;
  const [known, name] = [samplesOf(view), `${clock} ${start} ${finish} ${backward}`];
  const sample = known.get(name) ?? sampleBy(view, definition);
  known.set(name, sample);
  return sample;
}

const samplesOf = oncePerView(() => new Map<string, FlowSample>());
/** The items closed by tidying up. */
const bulkOf = oncePerView((view): ReadonlySet<WorkItem> => {
  const administrative = administrativeClosures(view);
  return new Set(
    view.items.filter(({ issue }) => isBulk(administrative.get(issueRef(issue.source, issue.id)))),
  );
});

function sampleBy(view: TeamView, definition: CycleTimeDefinition): FlowSample {
  const tidied = bulkOf(view);
  const { window, since } = lookback(view, FLOW_DAYS);
  const inWindow = view.items.filter((item) => endingOf(item, definition, view.asOf).until > since);
  const bulk = inWindow.filter((item) => tidied.has(item));
  const counted = inWindow.filter((item) => !tidied.has(item));
  const skippedStart: WorkItem[] = [];
  const begun = counted.flatMap((item): readonly ItemSpell[] => {
    const clock = itemClock(item, definition, view);
    if (clock === undefined) {
      if (endingOf(item, definition, view.asOf).kind === 'finished') skippedStart.push(item);
      return [];
    }
    const { startedAt, ending, days } = clock;
    const entry = clock.daysBefore(since);
    return [{ item, startedAt, until: ending.until, entry, exit: days, outcome: OUTCOMES[ending.kind] }];
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
    skippedStart,
    bulk,
    method: compete ? 'aalen_johansen_delayed_entry' : 'kaplan_meier_delayed_entry',
  };
}

const OUTCOMES: Readonly<Record<Ending['kind'], CompetingSpell['outcome']>> = {
  finished: 'event',
  dropped: 'competing',
  open: 'censored',
};

function withoutCompetition(spell: ItemSpell): ItemSpell {
  return spell.outcome === 'competing' ? { ...spell, outcome: 'censored' } : spell;
}
