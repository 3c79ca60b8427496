import { elapsedDays } from '#domain/calendar.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { type StatusStay, steadyStatuses, type WorkItem } from '#domain/work-item.ts';
import type { Lifetime } from '#statistics/survival.ts';
import { FLOW_DAYS, lookback } from '../lookback.ts';
import { cutoffOfWorkdays } from '../workday-cutoff.ts';
import type { Signal } from './signal.ts';
import { usualWait } from './usual-wait.ts';

const MIN_WORKDAYS = 2;
const FALLBACK_WORKDAYS = 5;

/**
 * Items that stay in review, test or another late status longer than that status usually takes.
 *
 * Usual is the P85 of the stays in the same status over the last 180 days, sub-tasks apart from the rest; a stay of 2
 * work days is never long. With fewer than 19 ended stays there is no usual: then more than 5 work days is a soft
 * signal.
 */
export function lingeringInLate(view: TeamView): readonly Signal[] {
  const late = view.items.filter((item) => item.stage === 'late');
  const waits = waitsByStatus(view, new Set(late.map((item) => waitingRoom(item, item.statusId))));
  const usual = new Map([...waits].map(([room, some]) => [room, usualWait(some)]));
  const short = cutoffOfWorkdays(view, MIN_WORKDAYS);
  const fallback = cutoffOfWorkdays(view, FALLBACK_WORKDAYS);

  return late.flatMap((item): readonly Signal[] => {
    const since = steadyStatuses(item.issue).stays.at(-1)?.from;
    if (since === undefined) return [];
    const limit = usual.get(waitingRoom(item, item.statusId));
    const claim = { kind: 'lingering_in_late', item, claimedAt: item.claimedAt ?? since } as const;
    if (limit === undefined) return since < fallback ? [{ ...claim, strength: 'soft' }] : [];
    const long = since < short && elapsedDays(since, view.asOf) > limit;
    return long ? [{ ...claim, strength: 'hard' }] : [];
  });
}

/** Items wait alike when they are in the same status and of the same family of types. */
function waitingRoom(item: WorkItem, statusId: string): string {
  const family = item.type.level < 0 ? 'sub-task' : 'standard';
  return `${issueRef(item.issue.source, statusId)}/${family}`;
}

function waitsByStatus(view: TeamView, rooms: ReadonlySet<string>): ReadonlyMap<string, readonly Lifetime[]> {
  const { since } = lookback(view, FLOW_DAYS);
  const out = new Map<string, Lifetime[]>();
  for (const item of rooms.size === 0 ? [] : view.items) {
    for (const stay of steadyStatuses(item.issue).stays) {
      const room = waitingRoom(item, stay.value);
      if (!rooms.has(room) || (stay.to ?? view.asOf) <= since) continue;
      const wait = lifetime(stay, since, view.asOf);
      const others = out.get(room);
      if (others) others.push(wait);
      else out.set(room, [wait]);
    }
  }
  return out;
}

function lifetime(stay: StatusStay, since: number, asOf: number): Lifetime {
  return {
    entry: Math.max(0, elapsedDays(stay.from, since)),
    exit: elapsedDays(stay.from, stay.to ?? asOf),
    event: stay.to !== undefined,
  };
}
