import { sum } from 'd3-array';
import { exactCount, insufficient, type Measurement, type Window } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import { claims } from './claims.ts';
import { doneThroughput } from './done-throughput.ts';
import { goalItems, NO_GOAL } from './goal-items.ts';
import { halfLife } from './half-life.ts';
import { lastMileShare } from './last-mile.ts';
import { type LedgerEntry, type LedgerItem, ledger } from './ledger.ts';
import { lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { reopenRate } from './reopen-rate.ts';

export interface BasicallyDone {
  /** Items said or shown to be nearly done that are not at the required level. */
  readonly count: Measurement;
  /** The part of the work in progress that they are. */
  readonly shareOfWip: Measurement;
  /** Days that those of them that are not called done have been open since the claim: places among the work in progress. */
  readonly itemDaysHeld: Measurement;
  /** Those among the items that serve a goal. */
  readonly goalPath: Measurement;
  /** Items called done a week, and items that became Done in those weeks. */
  readonly calledDone: Measurement;
  readonly trulyDone: Measurement;
  /** When this team says basically done, half of it is Done within this many days. */
  readonly halfLife: Measurement;
  /** Claims of the half-life's sample that have not come true yet. */
  readonly openClaims: Measurement;
  /** The part of the time from start to Done that comes after the claim. */
  readonly lastMileShare: Measurement;
  readonly reopenRate: Measurement;
  readonly lateReopens: Measurement;
  /** Facts that the tracker keeps no history of: these are today's, whatever the date asked for. */
  readonly knownOnlyNow: readonly string[];
  /** Oldest claim first. */
  readonly items: readonly LedgerItem[];
}

/**
 * The work that is basically done but not Done, how long such work takes to get there, and how often it comes back.
 *
 * An item is basically done when it stands in a late stage, or when a fact of the tracker or of what people recorded
 * claims it done (`signals/`), and it has not reached the level that counts as Done here. Each item counts once, however
 * many signals name it. Work in a done stage is listed only when something says what it waits for: an unreleased version, a
 * deployment that others had, open documents, a KPI, a gate of the team's. Otherwise years of finished work would bury the
 * list. Epics enter when their children are closed, a comment claims them done, or they have to be adopted.
 * Left out: cancelled items; bulk closures from everything that is a rate or a time.
 */
export function basicallyDone(view: TeamView): BasicallyDone {
  const entries = ledger(view);
  const today = lookback(view, 1).window;
  const sample = claims(view);
  const reopenings = reopenRate(view);
  const open = sample.claims.filter((claim) => claim.reachedAt === undefined).length;
  const knownOnlyNow = hasVersions(view) ? ['version.released'] : [];
  return {
    count: exactCount(entries.length, 'items', today, 'claimed >= merged and achieved < required', {
      confidence: knownOnlyNow.length > 0 ? 'medium' : 'high',
    }),
    shareOfWip: shareOfWip(view, entries),
    itemDaysHeld: itemDaysHeld(entries, today),
    goalPath: goalPath(view, entries),
    ...doneThroughput(view),
    halfLife: halfLife(sample),
    openClaims: exactCount(open, 'items', sample.window, 'claimed nearly done, not at the required level', {
      excluded: sample.excluded,
    }),
    lastMileShare: lastMileShare(sample, view.team.timezone, `${view.team.id}|lastMileShare|${view.day}`),
    reopenRate: reopenings.rate,
    lateReopens: reopenings.late,
    knownOnlyNow,
    items: entries.map(({ line }) => line),
  };
}

function goalPath(view: TeamView, entries: readonly LedgerEntry[]): Measurement {
  const servesGoal = goalItems(view);
  if (servesGoal === undefined) return NO_GOAL;
  const count = entries.filter(({ item }) => servesGoal(item)).length;
  return exactCount(count, 'items', lookback(view, 1).window, 'basically done, under a goal of the team');
}

/** Parents are no work in progress of their own: their children are. */
function itemDaysHeld(entries: readonly LedgerEntry[], today: Window): Measurement {
  const held = entries.filter(({ item }) => item.type.level <= 0 && !isClosed(item.stage));
  const days = Math.round(10 * sum(held, ({ line }) => line.ageDays)) / 10;
  return measuredBy({ n: held.length, window: today, confidence: 'high' })(
    { value: days, interval: { lower: days, upper: days } },
    'item_days',
    'days_since_the_claim_of_what_is_open',
  );
}

function shareOfWip(view: TeamView, entries: readonly LedgerEntry[]): Measurement {
  const isWip = (item: WorkItem) => item.startedAt !== undefined && !isClosed(item.stage);
  const wip = view.items.filter(isWip).length;
  if (wip === 0) return insufficient(0, 1, 'items in progress');
  // Parents are no work in progress of their own: their children are.
  const value = entries.filter(({ item }) => item.type.level <= 0 && isWip(item)).length / wip;
  const { window } = lookback(view, 1);
  return measuredBy({ n: wip, window, confidence: 'high' })(
    { value, interval: { lower: value, upper: value } },
    'share',
    'basically done, of begun and not closed',
  );
}

function hasVersions(view: TeamView): boolean {
  return [...view.references.values()].some((reference) => reference.versions.length > 0);
}
