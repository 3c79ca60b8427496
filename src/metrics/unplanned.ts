import { fsum, min } from 'd3-array';
import { endOf, startOf, workdaysElapsed } from '#domain/calendar.ts';
import { setIntervals } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { probabilityShareAbove } from '#statistics/proportion.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { measuredBy } from './measured.ts';
import { onePersonsTime } from './one-persons-time.ts';
import { EFFORT_WORKDAYS, recentEffort } from './recent-effort.ts';
import { pooledShare } from './say-do.ts';
import { workKindsOf } from './work-kinds.ts';

export interface Unplanned {
  /** Of the items begun, the part that nobody had planned. */
  readonly share: Measurement;
  /** The same by the effort that went into them. */
  readonly effortShare: Measurement;
  /** People's time on unplanned items. */
  readonly fte: Measurement;
  /** How likely it is that more than half of what is begun was not planned. */
  readonly mostlyUnplanned: Measurement;
}

/**
 * How much of what a team begins it had not planned.
 *
 * Items first begun in the last 20 work days. Unplanned: created after the cycle had begun that it was begun in; or begun
 * by the end of the work day after its creation; or what the team calls unplanned. What lay in the backlog and was pulled
 * into a running cycle was planned once: that is added scope. The interval is the wider of Jeffreys' over all items and
 * Student's t over the weeks, whose items come together.
 *
 * Left out: parts of items, which are written down as one begins, and what was closed in bulk, such as by an import.
 * Insufficient under 5 items, and for a team that began to write things down in these 20 work days; the effort with fewer
 * than 3 active people, under 60 % of the work days attributed, and where it is one person's time.
 */
export function unplanned(view: TeamView): Unplanned {
  return unplannedIn(view).told;
}

/** How many people's time goes into it, whoever's it is: for a computation, never to be told. */
export function unplannedTime(view: TeamView): Measurement {
  return unplannedIn(view).time;
}

const unplannedIn = oncePerView((view): { readonly told: Unplanned; readonly time: Measurement } => {
  const recent = recentEffort(view);
  const { timezone } = view.team;
  const { window } = recent;
  const [from, to] = [startOf(window.from, timezone), endOf(window.to, timezone)];
  const begun = begunBetween(view, from, to);
  const first = min(view.items, ({ issue }) => issue.events[0]?.at) ?? view.asOf;
  const known = recent.workdays.filter((day) => startOf(day, timezone) >= first).length;
  // Who has just begun to write things down has planned nothing there.
  const few =
    first >= from
      ? insufficient(known, EFFORT_WORKDAYS, 'work days of history')
      : insufficient(begun.length, MIN_ITEMS, 'items begun in the last 20 work days');
  if (begun.length < MIN_ITEMS || first >= from)
    return { told: { share: few, effortShare: few, fte: few, mostlyUnplanned: few }, time: few };

  const isUnplanned = unplannedItems(view);
  const k = begun.filter(isUnplanned).length;
  const weeks = recent.weeks.flatMap((week) => {
    const [first, last] = [week[0] ?? window.from, week.at(-1) ?? window.to];
    const some = begun.filter(
      ({ startedAt = 0 }) => startedAt < endOf(last, timezone) && startedAt >= startOf(first, timezone),
    );
    return some.length === 0 ? [] : [{ k: some.filter(isUnplanned).length, n: some.length }];
  });
  const measured = measuredBy({
    n: begun.length,
    window,
    confidence: begun.length >= 2 * MIN_ITEMS ? 'high' : 'medium',
  });
  const { interval } = pooledShare(weeks.length > 0 ? weeks : [{ k, n: begun.length }]);
  const spent = (items: ReadonlySet<WorkItem>) =>
    fsum(recent.days, (day) => day.items.filter((item) => items.has(item)).length / day.items.length);
  const [theirs, every] = [new Set(begun.filter(isUnplanned)), new Set(begun)];
  const [ours, all] = [spent(theirs), spent(every)];
  const hidden = recent.missing ?? onePersonsTime(recent, (item) => theirs.has(item));
  const exactly = (value: number) => ({ value, interval: { lower: value, upper: value } });
  const time =
    recent.missing ??
    measured(exactly(ours / recent.workdays.length), 'fte', 'person_days_on_unplanned_items');
  const told: Unplanned = {
    share: measured({ value: k / begun.length, interval }, 'share', 'unplanned_of_items_begun'),
    effortShare:
      hidden ??
      (all === 0
        ? insufficient(0, 1, 'person-days on items begun in the last 20 work days')
        : measured(
            { value: ours / all, interval: undefined },
            'share',
            'unplanned_of_person_days_on_items_begun',
          )),
    fte: hidden ?? time,
    mostlyUnplanned: measured(
      { value: probabilityShareAbove(k, begun.length, 0.5), interval: undefined },
      'probability',
      'jeffreys_posterior_of_the_share',
    ),
  };
  return { told, time };
});

const MIN_ITEMS = 5;

/** The items first begun from one moment up to another, without parts of items and what was closed in bulk. */
export function begunBetween(view: TeamView, from: Instant, to: Instant): readonly WorkItem[] {
  const administrative = administrativeClosures(view);
  const isTidied = ({ issue }: WorkItem) => isBulk(administrative.get(issueRef(issue.source, issue.id)));
  return view.items.filter(
    (item) =>
      item.type.level >= 0 &&
      item.startedAt !== undefined &&
      item.startedAt >= from &&
      item.startedAt < to &&
      !isTidied(item),
  );
}

/** Whether an item was begun without having been planned. */
export function unplannedItems(view: TeamView): (item: WorkItem) => boolean {
  return unplannedItemsIn(view);
}

const unplannedItemsIn = oncePerView((view): ((item: WorkItem) => boolean) => {
  const kindsOf = workKindsOf(view);
  const { timezone, calendar } = view.team;
  const cyclesOf = runningCycles(view);
  const cameAfterCycleBegan = (item: WorkItem, startedAt: Instant) =>
    cyclesOf(item, startedAt).some((startAt) => item.issue.createdAt >= startAt);
  return (item) => {
    const { startedAt, issue } = item;
    if (startedAt === undefined) return false;
    return (
      kindsOf(item).includes('unplanned') ||
      cameAfterCycleBegan(item, startedAt) ||
      workdaysElapsed(issue.createdAt, startedAt, timezone, calendar) <= 1
    );
  };
});

/** When the cycles began that had not come to their end at a moment, of those that an item was in then. */
export function runningCycles(view: TeamView): (item: WorkItem, at: Instant) => readonly Instant[] {
  const cycles = new Map(
    [...view.references.values()].flatMap((reference) =>
      reference.cycles.map((cycle) => [issueRef(reference.source, cycle.id), cycle] as const),
    ),
  );
  return ({ issue }, at) =>
    (setIntervals(issue, 'cycles').findLast(({ from }) => from <= at)?.value ?? []).flatMap((id) => {
      const { startAt, plannedEndAt = at } = cycles.get(issueRef(issue.source, id)) ?? {};
      return startAt !== undefined && at <= plannedEndAt ? [startAt] : [];
    });
}
