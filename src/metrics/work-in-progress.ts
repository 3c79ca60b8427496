import { min, range, sum } from 'd3-array';
import { type CalendarDay, dayOf, plusWeeks, startOfWeek } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';
import { lookback } from './lookback.ts';
import { type OpenSpell, openSpells } from './open-spells.ts';

/** How many items were in progress at the end of a day. */
export interface DayCount {
  readonly day: CalendarDay;
  readonly count: number;
}

export interface WorkInProgress {
  readonly now: Measurement;
  readonly byStage: {
    readonly active: Measurement;
    readonly late: Measurement;
    /** Begun, then moved back to a stage before the start. */
    readonly paused: Measurement;
  };
  /** Over the time the series covers, every moment counted alike. */
  readonly average: Measurement;
  /** At the end of each of the last 26 weeks, oldest first, and at the end of the view. */
  readonly series: readonly DayCount[];
}

/**
 * How much a team has begun and not finished.
 *
 * An item is in progress from its first start until it is done or cancelled, and again once reopened; moving it back
 * to the backlog pauses it but does not end it. So at any time the count is the starts so far less the closings so far.
 *
 * Left out: epics and what lies above them, and items never begun. Nothing is estimated: the counts are exact.
 *
 * @example workInProgress(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress'), issue('PAY-2', 'To Do')])).now.value // => 1
 */
export function workInProgress(view: TeamView): WorkInProgress {
  const today = lookback(view, 1).window;
  const open = view.items.filter(
    (item) => openSpells(item).at(-1)?.to === undefined && item.startedAt !== undefined,
  );
  const count = (items: readonly WorkItem[], method: string) =>
    exactCount(items.length, 'items', today, method);
  const spells = view.items.flatMap((item) => openSpells(item));
  const moments = weekEnds(view);
  return {
    now: count(open, 'begun and not closed'),
    byStage: {
      active: count(
        open.filter((item) => item.stage === 'active'),
        'now in an active status',
      ),
      late: count(
        open.filter((item) => item.stage === 'late'),
        'now in a late status',
      ),
      paused: count(
        open.filter((item) => !isInProgress(item.stage)),
        'begun, now in a status before the start',
      ),
    },
    average: average(view, spells, moments[0]),
    series: moments.map((at) => ({
      day: dayOf(at - 1, view.team.timezone),
      count: spells.filter((spell) => spell.from < at && (spell.to === undefined || spell.to >= at)).length,
    })),
  };
}

const WEEKS = 26;

/** The ends of the last weeks since the team's first activity, and the end of the view, which may be in mid-week. */
function weekEnds(view: TeamView): readonly Instant[] {
  const { timezone } = view.team;
  const firstActivity = min(view.items, (item) => item.issue.events[0]?.at);
  if (firstActivity === undefined) return [];
  const monday = startOfWeek(view.asOf, timezone);
  const mondays = range(WEEKS - 1, -1, -1).map((ago) => plusWeeks(monday, -ago, timezone));
  const ends = mondays.filter((at) => at > firstActivity);
  return ends.at(-1) === view.asOf ? ends : [...ends, view.asOf];
}

function average(view: TeamView, spells: readonly OpenSpell[], since: Instant | undefined): Measurement {
  if (since === undefined || since >= view.asOf) return insufficient(0, 1, 'complete weeks');
  const seen = sum(spells, ({ from, to = view.asOf }) => Math.max(0, to - Math.max(from, since)));
  const value = seen / (view.asOf - since);
  return {
    kind: 'value',
    value,
    unit: 'items',
    interval90: [value, value],
    n: spells.filter(({ to = view.asOf }) => to > since).length,
    window: { from: dayOf(since, view.team.timezone), to: view.day },
    method: 'time in progress of all items / length of the window',
    confidence: 'high',
    excluded: [],
  };
}
