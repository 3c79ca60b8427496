import type { Instant } from '#domain/issue.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { scalarIntervals } from '#domain/timeline.ts';
import { isClosed, steadyStatuses, type WorkItem } from '#domain/work-item.ts';
import { openSpells } from './open-spells.ts';
import { overlap, type Span, unionOf } from './spans.ts';

/** What says that an item is blocked. */
export type BlockSignal = 'flag' | 'status' | 'link';

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
export function blockedSpells(view: TeamView): (item: WorkItem) => BlockedTime {
  let byKey: ReadonlyMap<string, WorkItem> | undefined;
  return (item) => {
    const until = view.asOf;
    const signals: Readonly<Record<BlockSignal, readonly Span[]>> = {
      flag: scalarIntervals(item.issue, 'flagged')
        .filter(({ value }) => value !== undefined)
        .map(({ from, to = until }) => ({ from, to })),
      status: steadyStatuses(item.issue)
        .stays.filter(({ name }) => BLOCKED_STATUS.test(name))
        .map(({ from, to = until }) => ({ from, to })),
      link: links(item, until).flatMap((link) => {
        // Most teams link little: the keys are looked through once somebody did.
        byKey ??= itemsByKey(view);
        const other = byKey.get(issueRef(item.issue.source, link.key));
        return other === undefined ? [link] : overlap([link], notClosed(other, until));
      }),
    };
    const underWay = openSpells(item).map(({ from, to = until }) => ({ from, to }));
    const kinds = ['flag', 'status', 'link'] as const;
    return {
      spells: overlap(unionOf(kinds.flatMap((kind) => signals[kind])), underWay),
      now: kinds.filter((kind) => overlap(signals[kind], underWay).some(({ to }) => to === until)),
    };
  };
}

/** Every issue read, by each key it ever had: links are written with the key of their day. */
function itemsByKey(view: TeamView): ReadonlyMap<string, WorkItem> {
  const byKey = new Map<string, WorkItem>();
  for (const item of view.byRef.values()) {
    for (const { value } of scalarIntervals(item.issue, 'key')) {
      if (value !== undefined) byKey.set(issueRef(item.issue.source, value.value), item);
    }
  }
  return byKey;
}

interface LinkSpan extends Span {
  readonly key: string;
}

/** The stretches in which an item was linked to something that has to come first. */
function links(item: WorkItem, until: Instant): readonly LinkSpan[] {
  const spans: LinkSpan[] = [];
  const open = new Map<string, Instant>();
  for (const { field, at, from, fromName = '', to, toName = '' } of item.issue.events) {
    if (field !== 'links') continue;
    const begun = from === undefined || !BLOCKING_LINK.test(fromName) ? undefined : open.get(from);
    if (from !== undefined && begun !== undefined) {
      spans.push({ key: from, from: begun, to: at });
      open.delete(from);
    }
    if (to !== undefined && BLOCKING_LINK.test(toName)) open.set(to, at);
  }
  return [...spans, ...[...open].map(([key, from]) => ({ key, from, to: until }))];
}

function notClosed(item: WorkItem, until: Instant): readonly Span[] {
  return item.stays.filter(({ stage }) => !isClosed(stage)).map(({ from, to = until }) => ({ from, to }));
}
