import { type Insufficient, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import {
  chanceAtLeast,
  type EffortReadings,
  effortReadings,
  estimateOf,
  fteOf,
  type Statistic,
} from './effort-share.ts';
import { measuredBy } from './measured.ts';
import { onePersonsTime } from './one-persons-time.ts';
import { EFFORT_WORKDAYS, effortIn, type RecentEffort, recentEffort } from './recent-effort.ts';
import { isKnownKind, workKindsOf } from './work-kinds.ts';

export interface SupportLoad {
  /** How many people's time goes into support. */
  readonly fte: Measurement;
  /** The part of the team's time that this is. */
  readonly share: Measurement;
  /** How many full-time people the team has. */
  readonly team: Measurement;
  /** How likely at least half a person's time goes into support. */
  readonly halfPersonOrMore: Measurement;
  /** Person-days that no item in progress explains: what support takes unseen would be among them. */
  readonly unattributed: Measurement;
  /** Whether the team said what support is, or its name did. */
  readonly told: 'configured' | 'guessed' | 'unknown';
}

/**
 * How much of a team's time goes into support, in full-time people.
 *
 * Person-days on support items over the last 20 work days, for each of these days. What support is says
 * `work.support`, else names. The interval holds what every way of attributing effort says (equal split, work logs where
 * they are kept, as many items as there were at their median), each with whole weeks drawn again.
 *
 * Left out: days without an item in progress; they are told as unattributed. Insufficient with fewer than 3 active
 * people, under 60 % of the work days attributed, and where nothing is known to be support; and what it takes where that is
 * one person's time.
 */
export function supportLoad(view: TeamView): SupportLoad {
  return told(view, recentEffort(view), supportLoadOfView(view));
}

/** How many people's time goes into support, whoever's it is: for a computation, never to be told. */
export function supportTime(view: TeamView): Measurement {
  return supportLoadOfView(view).fte;
}

const supportLoadOfView = oncePerView((view): SupportLoad => {
  return supportLoadIn(view, recentEffort(view));
});

/** All of it over other work days, in ascending order; whoever's time it is, so this is never to be told either. */
export function supportLoadOver(view: TeamView, workdays: Parameters<typeof effortIn>[1]): SupportLoad {
  return supportLoadIn(view, effortIn(view, workdays));
}

function told(view: TeamView, recent: RecentEffort, load: SupportLoad): SupportLoad {
  const kindsOf = workKindsOf(view);
  const hidden = onePersonsTime(recent, (item) => kindsOf(item).includes('support'));
  if (hidden === undefined || load.fte.kind === 'insufficient') return load;
  return { ...load, fte: hidden, share: hidden };
}

function supportLoadIn(view: TeamView, recent: RecentEffort): SupportLoad {
  const basis = isKnownKind(view, 'support');
  const missing = recent.missing ?? (basis === undefined ? NOTHING_KNOWN : undefined);
  const by = basis?.by ?? 'unknown';
  if (missing !== undefined || basis === undefined) {
    return { ...nothing(missing ?? NOTHING_KNOWN), told: by };
  }
  const kindsOf = workKindsOf(view);
  const readings = effortReadings(view, recent, (item) => kindsOf(item).includes('support'));
  const [fte, share] = [
    estimate(view, recent, readings, fteOf),
    estimate(view, recent, readings, shareOfTeam(recent)),
  ];
  if (fte === undefined || share === undefined) return { ...nothing(NO_DAYS), told: by };
  const measured = measuredBy({
    n: recent.days.length,
    window: recent.window,
    confidence: by === 'guessed' ? 'low' : recent.coverage >= WELL_ATTRIBUTED ? 'high' : 'medium',
  });
  const chance = chanceAtLeast(readings, fteOf, HALF_A_PERSON, seedOf(view));
  const exactly = (value: number) => ({ value, interval: { lower: value, upper: value } });
  const [first] = readings.methods;
  return {
    fte: measured(fte, 'fte', `person_days_on_support_${first?.method ?? 'equal_split'}`),
    share: measured(share, 'share', 'support_of_team_time'),
    team: measured(exactly(recent.teamFte), 'fte', 'people_declared_or_seen'),
    halfPersonOrMore:
      chance === undefined
        ? insufficient(1, 2, 'weeks')
        : measured({ value: chance, interval: undefined }, 'probability', 'weeks_drawn_again'),
    unattributed: measured(exactly(1 - recent.coverage), 'share', 'work_days_without_item_in_progress'),
    told: by,
  };
}

const HALF_A_PERSON = 0.5;
const WELL_ATTRIBUTED = 0.8;

const NOTHING_KNOWN = insufficient(0, 1, 'kinds of issue known to be support (`work.support` says which)');
const NO_DAYS = insufficient(0, EFFORT_WORKDAYS, 'work days');

const seedOf = (view: TeamView): string => `${view.team.id}|supportLoad|${view.day}`;

function shareOfTeam({ teamFte }: RecentEffort): Statistic {
  return (weeks) => {
    const fte = fteOf(weeks);
    return fte === undefined || teamFte === 0 ? undefined : fte / teamFte;
  };
}

function estimate(
  view: TeamView,
  { teamFte, workdays }: RecentEffort,
  readings: EffortReadings,
  statistic: Statistic,
) {
  const perFte = statistic === fteOf ? 1 : 1 / teamFte;
  return estimateOf(readings, statistic, {
    seed: seedOf(view),
    byMedian: (readings.byMedian / workdays.length) * perFte,
    most: statistic === fteOf ? teamFte : 1,
  });
}

function nothing(why: Insufficient): Omit<SupportLoad, 'told'> {
  return { fte: why, share: why, team: why, halfPersonOrMore: why, unattributed: why };
}
