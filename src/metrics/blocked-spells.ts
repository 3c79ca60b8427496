import { scalarIntervals } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import { oncePerView, remembered } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isClosed, steadyStatuses, type WorkItem } from '#domain/work-item.ts';
import { linkedItem, linkSpans } from './link-spans.ts';
import { openSpells } from './open-spells.ts';
import { overlap, type Span, unionOf } from './spans.ts';

/** What says that an item is blocked. */
export type BlockSignal = 'flag' | 'status' | 'link';

/** A stretch in which one thing said that an item was blocked while it was under way; an open one ends with the view. */
export interface Blocker extends Span {
  readonly signal: BlockSignal;
  /** The name of the status. */
  readonly status?: string;
  /** The key of what has to come first, and the issue itself when it was read. */
  readonly key?: string;
  readonly other?: WorkItem;
}

/** When an item was blocked while it was under way, whatever said so, and what says so now. */
export interface BlockedTime {
  readonly spells: readonly Span[];
  readonly now: readonly BlockSignal[];
}

/** A status with such a name says by itself that nothing can be done. */
const BLOCKED_STATUS = /\bblock(ed)?\b|\bon hold\b|\bimped|\bstuck\b/i;
/** What the history writes of a link to something that has to come first. */
const BLOCKING_LINK = /\b(blocked by|depends on|has to be done after)\b/i;

/**
 * When the items of a team could not go on, though they had been begun and were not closed.
 *
 * The union of three signals: a flag, a status whose name says so, and a link to something that has to come first and
 * is not closed yet. A linked issue that was not read counts as open for as long as the link stands. An open spell ends
 * with the view.
 */
export const blockedSpells: (view: TeamView) => (item: WorkItem) => BlockedTime = oncePerView((view) => {
  const blockersOf = blockers(view);
  return remembered((item) => {
    const found = blockersOf(item);
    if (found.length === 0) return NEVER;
    const standing = new Set(found.filter(({ to }) => to === view.asOf).map(({ signal }) => signal));
    return {
      spells: unionOf(found.map(({ from, to }) => ({ from, to }))),
      now: KINDS.filter((kind) => standing.has(kind)),
    };
  });
});

/** The same with every signal apart, each with what it names. */
export const blockers: (view: TeamView) => (item: WorkItem) => readonly Blocker[] = oncePerView((view) => {
  const signalsOf = blockSignals(view);
  return remembered((item) => {
    const underWay = openSpells(item).map(({ from, to = view.asOf }) => ({ from, to }));
    if (underWay.length === 0) return [];
    return Object.values(signalsOf(item)).flatMap((found) =>
      found.flatMap((one) => overlap([one], underWay).map((span) => ({ ...one, ...span }))),
    );
  });
});

/** What said of an item that it was blocked and when, whether it was under way or not. */
export function blockSignals(
  view: TeamView,
): (item: WorkItem) => Readonly<Record<BlockSignal, readonly Blocker[]>> {
  const otherOf = linkedItem(view);
  const until = view.asOf;
  return (item) => ({
    flag: scalarIntervals(item.issue, 'flagged')
      .filter(({ value }) => value !== undefined)
      .map(({ from, to = until }) => ({ signal: 'flag', from, to })),
    status: steadyStatuses(item.issue)
      .stays.filter(({ name }) => BLOCKED_STATUS.test(name))
      .map(({ from, to = until, name: status }) => ({ signal: 'status', status, from, to })),
    link: linkSpans(item, until, BLOCKING_LINK).flatMap(({ key, from, to }): readonly Blocker[] => {
      const other = otherOf(item, key);
      if (other === undefined) return [{ signal: 'link', key, from, to }];
      return overlap([{ from, to }], notClosed(other, until)).map((span) => ({
        signal: 'link',
        key,
        other,
        ...span,
      }));
    }),
  });
}

/** The issues that have to come first by the links of an item that stand now, as far as they were read. */
export function standingBlockers(view: TeamView): (item: WorkItem) => readonly WorkItem[] {
  const otherOf = linkedItem(view);
  return (item) =>
    linkSpans(item, view.asOf, BLOCKING_LINK)
      .filter(({ to }) => to === view.asOf)
      .flatMap(({ key }) => otherOf(item, key) ?? []);
}

const KINDS = ['flag', 'status', 'link'] as const;
const NEVER: BlockedTime = { spells: [], now: [] };

function notClosed(item: WorkItem, until: Instant): readonly Span[] {
  return item.stays.filter(({ stage }) => !isClosed(stage)).map(({ from, to = until }) => ({ from, to }));
}
