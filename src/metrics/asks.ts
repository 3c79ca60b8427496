import { type CalendarDay, dayOf, elapsedDays, workdaysElapsed } from '#domain/calendar.ts';
import { setIntervals } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import { exactCount, insufficient, type Measurement, type Window } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed, isInProgress, type WorkItem } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { defaultGuard, type RiskSetGuard } from '#statistics/risk-set.ts';
import { kaplanMeier, probabilityOutlasts, survivalQuantile } from '#statistics/survival.ts';
import { blockedSpells, blockers, blockSignals } from './blocked-spells.ts';
import { type BlockerOwner, blockerOwner, labelNames, ownerInWords } from './blocker-owner.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { linkedItem, linkSpans } from './link-spans.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { overlap, type Span, unionOf } from './spans.ts';

/** Something asked for on an item; an open one ends with the view. */
export interface Ask extends Span {
  readonly item: WorkItem;
}

/** What was asked of one side in the last 180 days. */
export interface AnswerSide {
  /** Days until half of what is asked is answered. */
  readonly median: Measurement;
  readonly asked: Measurement;
  readonly open: Measurement;
}

/** An ask that nobody has answered yet. */
export interface OpenAsk extends ItemRef {
  readonly since: CalendarDay;
  readonly days: number;
  /** Longer than 85 % of asks take; absent where that is not known. */
  readonly overdue?: boolean;
}

/** The two-way street: what leaders owe answers to, and what others wait for from the team. */
export interface Asks {
  readonly leadership: AnswerSide;
  readonly team: AnswerSide;
  /** Of the blockers that lasted more than 2 work days, the part that somebody asked about, as far as it shows. */
  readonly askedAbout: Measurement;
  /** What leaders have not answered yet, oldest first. */
  readonly waiting: readonly OpenAsk[];
}

const MIN_ASKS = 5;
const MIN_BLOCKERS = 5;
const ASK_AFTER_WORKDAYS = 2;
/** What the history writes of a link to something that waits for the item. */
const WAITED_FOR = /\bblocks\b|\bis depended (up)?on\b|\bhas to be done before\b/i;

/**
 * How long asks take to be answered, on both sides, and whether what blocks is asked about at all.
 *
 * Asked of leaders: a label or the name of a status that says so, and a link to something of another team that has to
 * come first; until it is taken away, or the other thing or the item is closed. A label that is left on asks no longer
 * than until the flag or blocked status beside it is over, or the item that waited to be begun is begun. Asked of the
 * team: what others wait for, by links from its items to those of others. Kaplan and Meier over the last 180 days, asks
 * that are open counting as having lasted until now; from 5 asks on. Questions and answers in comments leave no trace
 * here, so the part of blockers that was asked about is at least what is told.
 */
export function asks(view: TeamView): Asks {
  return asksOfView(view);
}

const asksOfView = oncePerView((view): Asks => {
  const { window, since } = lookback(view, FLOW_DAYS);
  const { ofLeaders, ofTeam } = asksIn(view);
  const late = quantileOf(ofLeaders, since, view.asOf, 85);
  return {
    leadership: side(view, ofLeaders, since, window),
    team: side(view, ofTeam, since, window),
    askedAbout: askedAbout(view, since, window),
    waiting: ofLeaders
      .filter(({ to }) => to === view.asOf)
      .map(({ item, from }) => ({
        ...itemRef(view, item),
        since: dayOf(from, view.team.timezone),
        days: elapsedDays(from, view.asOf),
        ...(late === undefined ? {} : { overdue: elapsedDays(from, view.asOf) > late }),
      }))
      .toSorted((a, b) => b.days - a.days),
  };
});

/** All that was asked in the last 180 days, of leaders and of the team. */
export const asksIn: (view: TeamView) => {
  readonly ofLeaders: readonly Ask[];
  readonly ofTeam: readonly Ask[];
} = oncePerView((view) => {
  const { since } = lookback(view, FLOW_DAYS);
  const isRecent = ({ to }: Span) => to > since;
  const [said, others] = [saidOf(view), waitsForOthers(view)];
  const signalsOf = blockSignals(view);
  return {
    ofLeaders: view.items.flatMap((item) => {
      const { labels, statuses } = said(item, LEADERS);
      const asked = labels.flatMap((label) => unanswered(item, label, signalsOf(item)));
      return unionOf([
        ...overlap(unionOf([...asked, ...statuses]), openTime(item, view.asOf)),
        ...others(item),
      ])
        .filter(isRecent)
        .map((span) => ({ ...span, item }));
    }),
    ofTeam: askedOfTeam(view).filter(isRecent),
  };
});

/**
 * As long as a label really asks. Few take it away when the answer comes; they unblock the item and go on. So it asks
 * until what blocked the item beside it is over, and of an item that was not begun until it is; and again while the
 * item is blocked again.
 */
function unanswered(
  { stays }: WorkItem,
  label: Span,
  { flag, status }: ReturnType<ReturnType<typeof blockSignals>>,
): readonly Span[] {
  const blocked = overlap(unionOf([...flag, ...status].map(({ from, to }) => ({ from, to }))), [label]);
  const wasBegun = stays.some(({ from, stage }) => from <= label.from && isInProgress(stage));
  const begun = wasBegun
    ? undefined
    : stays.find(({ from, stage }) => from > label.from && isInProgress(stage))?.from;
  const to = Math.min(label.to, blocked[0]?.to ?? label.to, begun ?? label.to);
  return [{ from: label.from, to }, ...blocked];
}

/**
 * In how many days half of what was asked is answered; "more than" when that was never seen.
 *
 * `guard` says how many asks a curve has to stand on.
 */
export function answerTime(
  some: readonly Span[],
  { since, asOf, window }: { readonly since: Instant; readonly asOf: Instant; readonly window: Window },
  guard: RiskSetGuard = defaultGuard,
): Measurement {
  if (some.length < guard.atFirstEvent)
    return insufficient(some.length, MIN_ASKS, 'asks in the last 180 days');
  const curve = kaplanMeier(lifetimes(some, since, asOf), guard);
  if (curve.kind === 'insufficient') return insufficient(curve.have, curve.need, curve.what);
  const median = survivalQuantile(curve, 50);
  const reached = median.kind === 'reached';
  return {
    ...measuredBy({ n: some.length, window, confidence: 'low' })(
      {
        value: reached ? median.value : median.beyond,
        interval: { lower: median.lower, upper: reached ? median.upper : undefined },
      },
      'days',
      'kaplan_meier_delayed_entry',
    ),
    ...(reached ? {} : { bound: '>' as const }),
  };
}

function side(view: TeamView, some: readonly Ask[], since: Instant, window: Window): AnswerSide {
  const open = some.filter(({ to }) => to === view.asOf).length;
  const low = { confidence: 'low' } as const;
  return {
    median: answerTime(some, { since, asOf: view.asOf, window }),
    asked: exactCount(some.length, 'asks', window, 'asked_by_label_status_or_link', low),
    open: exactCount(open, 'asks', { from: view.day, to: view.day }, 'asked_by_label_status_or_link', low),
  };
}

/** How likely it is that more than half of what is asked of leaders waits for longer than so many days. */
export function probabilityHalfWait(view: TeamView, days: number): number | undefined {
  const { since } = lookback(view, FLOW_DAYS);
  const some = asksIn(view).ofLeaders;
  return some.length < MIN_ASKS
    ? undefined
    : probabilityOutlasts(lifetimes(some, since, view.asOf), { time: days, share: 0.5 });
}

function lifetimes(some: readonly Span[], since: Instant, asOf: Instant) {
  return some.map(({ from, to }) => ({
    entry: Math.max(0, elapsedDays(from, since)),
    exit: elapsedDays(from, to),
    event: to < asOf,
  }));
}

function quantileOf(
  some: readonly Span[],
  since: Instant,
  asOf: Instant,
  percent: number,
): number | undefined {
  const curve = kaplanMeier(lifetimes(some, since, asOf));
  if (curve.kind === 'insufficient') return undefined;
  const found = survivalQuantile(curve, percent);
  return found.kind === 'reached' ? found.value : undefined;
}

const LEADERS: readonly BlockerOwner[] = ['leadership'];
const ANYBODY: readonly BlockerOwner[] = ['leadership', 'team', 'external'];

/** When labels and statuses said that something is waited for of any of these. */
function saidOf(
  view: TeamView,
): (
  item: WorkItem,
  of: readonly BlockerOwner[],
) => { readonly labels: readonly Span[]; readonly statuses: readonly Span[] } {
  const [signalsOf, until] = [blockers(view), view.asOf];
  return (item, of) => {
    const names = labelNames(item);
    const isSaid = (words: string) => {
      const owner = ownerInWords(words);
      return owner !== undefined && of.includes(owner);
    };
    const labels = setIntervals(item.issue, 'labels')
      .filter(({ value }) => value.some((id) => isSaid(names(id))))
      .map(({ from, to = until }) => ({ from, to }));
    const statuses = signalsOf(item).filter(({ status }) => status !== undefined && isSaid(status));
    return { labels, statuses };
  };
}

function waitsForOthers(view: TeamView): (item: WorkItem) => readonly Span[] {
  const [blockersOf, ownerOf] = [blockers(view), blockerOwner(view)];
  return (item) =>
    blockersOf(item).filter(
      (blocker) => blocker.signal === 'link' && ownerOf(item, blocker) === 'leadership',
    );
}

/** What items of others wait for, from the link to the closing of the item they wait for. */
function askedOfTeam(view: TeamView): readonly Ask[] {
  const otherOf = linkedItem(view);
  const own = new Set(view.items.map(({ issue }) => issueRef(issue.source, issue.id)));
  return view.items.flatMap((item) =>
    linkSpans(item, view.asOf, WAITED_FOR)
      .filter(({ key }) => {
        const other = otherOf(item, key);
        return other !== undefined && !own.has(issueRef(other.issue.source, other.issue.id));
      })
      .flatMap((link) => overlap([link], openTime(item, view.asOf)))
      .map((span) => ({ ...span, item })),
  );
}

function openTime({ stays }: WorkItem, until: Instant): readonly Span[] {
  return unionOf(stays.filter(({ stage }) => !isClosed(stage)).map(({ from, to = until }) => ({ from, to })));
}

function askedAbout(view: TeamView, since: Instant, window: Window): Measurement {
  const { timezone, calendar } = view.team;
  const [spellsOf, others, said] = [blockedSpells(view), waitsForOthers(view), saidOf(view)];
  const long = view.items.flatMap((item) => {
    const lasting = spellsOf(item)
      .spells.filter(({ to }) => to > since)
      .filter(({ from, to }) => workdaysElapsed(from, to, timezone, calendar) > ASK_AFTER_WORKDAYS);
    if (lasting.length === 0) return [];
    const { labels, statuses } = said(item, ANYBODY);
    const marked = overlap(unionOf([...labels, ...statuses]), openTime(item, view.asOf));
    const asked = unionOf([...marked, ...others(item)]);
    return lasting.map((spell) => overlap([spell], asked).length > 0);
  });
  if (long.length < MIN_BLOCKERS) {
    return insufficient(long.length, MIN_BLOCKERS, 'blockers of more than 2 work days in the last 180 days');
  }
  const k = long.filter(Boolean).length;
  const { lower } = jeffreysProportion(k, long.length);
  return {
    ...measuredBy({ n: long.length, window, confidence: 'low' })(
      { value: k / long.length, interval: { lower, upper: undefined } },
      'share',
      'asked_by_label_status_or_link',
    ),
    bound: '>',
  };
}
