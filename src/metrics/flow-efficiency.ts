import { sum } from 'd3-array';
import { MS_PER_DAY } from '#domain/calendar.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { CYCLE_TIME_DEFAULT } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isClosed } from '#domain/work-item.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import { seededRandom, weekBootstrap } from '#statistics/random.ts';
import { blockedSpells } from './blocked-spells.ts';
import { flowSampleBy, type ItemSpell } from './flow-sample.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { measuredBy } from './measured.ts';
import { provenance } from './percentiles.ts';
import { lengthOf, overlap, type Span } from './spans.ts';

/** What an item's time from start to finish was made of. They add up to it. */
export const SEGMENTS = ['active', 'late', 'blocked', 'paused', 'calledDone'] as const;
export type Segment = (typeof SEGMENTS)[number];
export type Segments = Readonly<Record<Segment, number>>;

/** A finished item, and its days from first start to finish by what they were spent in. */
export interface SegmentedItem extends ItemRef {
  readonly days: Segments;
}

export interface FlowEfficiency {
  /** The part of the time from start to finish in which the work was being done: `active`. */
  readonly efficiency: Measurement;
  /** The parts of the time in each, adding up to 1. */
  readonly shares: Readonly<Record<Segment, Measurement>>;
  /** What counts as what: tools differ, and so do their numbers. */
  readonly definition: string;
  /** Longest first. */
  readonly items: readonly SegmentedItem[];
}

const DEFINITION =
  'Of the time from first start to finish, weekends included: active is in an active status and not blocked; late is ' +
  'in review, in test or waiting for a release; blocked is marked so, in whatever status; paused is back before the ' +
  'start; called done is from a done that did not hold until the work was taken up again.';

/**
 * How much of the time an item takes is spent working on it, and where the rest goes.
 *
 * All items finished in the last 180 days with a recorded start, their times summed: one long item weighs more than one
 * short. A person may not be at work at night: the share compares with that of last quarter, never with 1. The interval
 * comes from drawing the weeks of the finishes again (2,000 draws). Start and finish are ours, whatever the team calls
 * cycle time.
 *
 * Left out: items closed by tidying up, without a recorded start, or still open. Below 5 finished items nothing is told.
 *
 * @example flowEfficiency(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 3d → To Do 5d → In Progress 1d → Review 1d → Done')])).items[0].days
 *   // => { active: 4, late: 1, blocked: 0, paused: 5, calledDone: 0 }
 */
export function flowEfficiency(view: TeamView): FlowEfficiency {
  // Its segments are stages: what lies before a start or behind a finish that a team chose is no part of them.
  const sample = flowSampleBy(view, CYCLE_TIME_DEFAULT);
  const blockedTime = blockedSpells(view);
  const finished = sample.finished.map((spell) => ({
    spell,
    week: Math.floor((spell.until - sample.since) / (7 * MS_PER_DAY)),
    days: segments(spell, blockedTime(spell.item).spells),
  }));
  const need = minimumSample(50);
  const n = finished.length;
  const byWeek = [...Map.groupBy(finished, ({ week }) => week).values()];
  const shareOf = (segment: Segment): Measurement => {
    const weeks = byWeek.map((some) => ({
      part: sum(some, ({ days }) => days[segment]),
      all: sum(some, ({ days }) => sum(SEGMENTS, (each) => days[each])),
    }));
    const value = shareOfTime(weeks);
    if (n < need) return insufficient(n, need, 'finished items with a recorded start');
    if (value === undefined) return insufficient(0, 1, 'finished items that took any time');
    const seed = `${view.team.id}|flowEfficiency.${segment}|${view.day}`;
    const interval = weekBootstrap(seededRandom(seed), weeks, DRAWS, shareOfTime);
    return measuredBy(provenance(sample, n, need))(
      { value, interval },
      'share',
      `time ${segment} / time from start to finish`,
    );
  };
  const shares = {
    active: shareOf('active'),
    late: shareOf('late'),
    blocked: shareOf('blocked'),
    paused: shareOf('paused'),
    calledDone: shareOf('calledDone'),
  };
  return {
    efficiency: shares.active,
    shares,
    definition: DEFINITION,
    items: finished
      .toSorted((a, b) => b.spell.exit - a.spell.exit)
      .map(({ spell, days }) => ({ ...itemRef(view, spell.item), days })),
  };
}

const DRAWS = 2000;

/** The days of one finished item by what they were spent in. */
function segments({ item, startedAt, until }: ItemSpell, blocked: readonly Span[]): Segments {
  const days = { active: 0, late: 0, blocked: 0, paused: 0, calledDone: 0 };
  for (const { from, to = until, stage } of item.stays) {
    const stay = [{ from: Math.max(from, startedAt), to: Math.min(to, until) }];
    const [all, stuck] = [lengthOf(overlap(stay, stay)), lengthOf(overlap(stay, blocked))];
    days.blocked += stuck / MS_PER_DAY;
    const rest: Segment = isClosed(stage)
      ? 'calledDone'
      : stage === 'active' || stage === 'late'
        ? stage
        : 'paused';
    days[rest] += (all - stuck) / MS_PER_DAY;
  }
  return days;
}

interface Part {
  readonly part: number;
  readonly all: number;
}

function shareOfTime(weeks: readonly Part[]): number | undefined {
  const all = sum(weeks, (week) => week.all);
  return all === 0 ? undefined : sum(weeks, (week) => week.part) / all;
}
