import type { Confidence } from '#domain/measurement.ts';
import type { Level } from '#domain/team.ts';
import type { PlacedBy, Stage } from '#domain/workflow.ts';
import type { Verdict } from '#forecast/track-record.ts';
import type { WorkstreamLevel } from '#metrics/attribution.ts';
import type { DefinitionName } from '#metrics/cycle-time-definitions.ts';
import { EVERY_METRIC } from '#metrics/finding.ts';
import type { Segment } from '#metrics/flow-efficiency.ts';
import type { SignalKind } from '#metrics/signals/signal.ts';
import type { Cover } from '#metrics/workstreams.ts';
import type { ChartSignal } from '#statistics/run-rules.ts';
import type { Headline } from './headline.ts';

/** What the code words of a report mean to a reader. Every format takes them from here. */

export const LEVEL_NAMES: Readonly<Record<Headline['level'], string>> = { unknown: 'Not known' };

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  backlog: 'backlog',
  todo: 'to do',
  active: 'active',
  late: 'late (review, test, waiting for release)',
  done: 'done',
  cancelled: 'cancelled',
};

export const PLACED_WORDS: Readonly<Record<PlacedBy, string>> = {
  mapped: 'your mapping',
  category: 'the tracker’s category',
  name_and_position: 'its name, and where items go from there',
  name_only: 'its name alone: too little history to check',
  deleted_status: 'its name alone: the tracker no longer knows it',
};

export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  high: 'sure',
  medium: 'fairly sure',
  low: 'a guess',
};

/** What has to happen before a level is reached. */
export const GATE_WORDS: Readonly<Record<Level, string>> = {
  coded: 'the code',
  merged: 'to be called done',
  released: 'a release',
  verified: 'verification in use',
  adopted: 'adoption',
};

/** What a level says of an item. */
export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  coded: 'coded',
  merged: 'done in the tracker',
  released: 'released',
  verified: 'verified',
  adopted: 'adopted',
};

export const SIGNAL_WORDS: Readonly<Record<SignalKind, string>> = {
  in_late_stage: 'in a late stage',
  lingering_in_late: 'longer in its late status than is usual',
  resolved_in_unreleased_version: 'resolved in a version that is not released',
  children_closed: 'all or nearly all of its parts are closed',
  reopened: 'called done, then reopened',
};

export const WORKSTREAM_WORDS: Readonly<Record<WorkstreamLevel, string>> = {
  initiative: 'initiative',
  project: 'project',
  parent: 'epic',
  component: 'component',
  label: 'label',
};

/** The ways to count cycle time. */
export const DEFINITION_WORDS: Readonly<Record<DefinitionName, string>> = {
  elapsed: 'from the first start to the last finish, everything counted',
  active_only: 'only the time in progress',
  inclusive_days: 'calendar days touched',
  wiped_on_backward_move: 'started anew after a move back',
  from_commitment: 'from when it was to be done',
  from_creation: 'from when it was written down',
  until_late: 'until it was nearly done',
  custom: 'as this team has it configured',
};

/** What makes a week stand out; above or below what is usual follows. */
export const RULE_WORDS: Readonly<Record<ChartSignal['rule'], string>> = {
  outside_limits: 'Far',
  eight_on_one_side: 'The eighth week in a row',
};

/** What an item's time from start to finish is made of. */
export const SEGMENT_WORDS: Readonly<Record<Segment, string>> = {
  active: 'being worked on',
  late: 'in review, in test or waiting for a release',
  blocked: 'blocked, in whatever status',
  paused: 'put back before the start',
  calledDone: 'called done, then reopened',
};

/** What the cover says, where it says anything. */
export const COVER_WORDS: Readonly<Record<Cover, string | undefined>> = {
  two_or_more_each: 'There are two or more people for each effective workstream.',
  fewer_than_two_each:
    'There are fewer than two people for each effective workstream: some of it rests on one person.',
  one_person_team: 'One person works here, so nothing about workstreams is told.',
  unknown: undefined,
};

/** Whether a team's forecasts have earned their numbers. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  consistent: 'calibration: nothing against it',
  over_confident: 'calibration off: over-confident',
  under_confident: 'calibration off: too careful',
  insufficient: 'calibration unknown',
};

const QUESTIONS: Readonly<Record<string, string>> = {
  risks: 'what puts the team at risk, and what that costs',
  changedSince: 'what changed since last week',
};

const REASONS: Readonly<Record<string, string>> = {
  administrative_closure: 'closed in bulk without being worked on',
  no_recorded_start: 'done without a recorded start',
  cancelled: 'dropped',
  release_without_date: 'released without a date',
};

const METHODS: Readonly<Record<string, string>> = {
  recent_pace_with_drift:
    'the pace of the last 26 weeks, as wide as forecasts for other teams were off, moved by what this team’s own would have been worth',
  clopper_pearson: 'a share of past forecasts that do not overlap, with the Clopper-Pearson interval',
  'claimed >= merged and achieved < required':
    'claimed to be done, and not at the level that counts as Done here',
  kaplan_meier_delayed_entry:
    'items still open count as having lasted until now (Kaplan and Meier, with delayed entry)',
  aalen_johansen_delayed_entry:
    'items still open count as having lasted until now, dropped ones as ending in another way (Aalen and Johansen, with delayed entry)',
  completed_in_window: 'finished items alone, as most tools count',
  at_least_3_active_person_days: 'people with an item in progress on at least 3 days',
  active_person_days_of_work_days: 'person-days with an item in progress, of all work days of these people',
  inverse_herfindahl_of_active_person_days:
    'so many equally large workstreams would spread the person-days as much (inverse Herfindahl index)',
  exp_entropy_of_active_person_days:
    'so many equally large workstreams would spread the person-days as much, by entropy: small ones count for more',
  active_people_per_effective_workstream: 'active people divided by effective workstreams',
  top_contributor_80_percent_of_at_least_5_person_days:
    'workstreams of at least 5 person-days, 80 % of them by one person',
  jeffreys: 'a share of counted things, with the Jeffreys interval',
  active_person_days_without_workstream: 'person-days on items that belong to no workstream',
  active_person_days_equal_split: 'person-days, each split equally over the items in progress',
  any_item_in_progress_in_window: 'workstreams with any item in progress, however small',
  ...DEFINITION_WORDS,
  ...Object.fromEntries(
    Object.entries(SEGMENT_WORDS).map(([segment, words]) => [
      `time ${segment} / time from start to finish`,
      `time ${words} / time from start to finish`,
    ]),
  ),
  '(1 - objective) * decisions': 'of the items decided, the part that may miss',
  'miss rate / (1 - objective)': 'the part that missed, divided by the part that may',
  'decided at finishing or when the age passes the expectation':
    'an item is decided when it finishes, or when its age passes the promised time',
  'passed the expectation': 'items whose age passed the promised time, finished or not',
  "Jeffreys' posterior": 'how likely the true part of misses is above the part that is allowed (Jeffreys)',
  'greedy removal until more than half of the areas are orphaned':
    'one by one, whoever leaves most areas without anybody, until more than half of them are',
};

const METRICS: Readonly<Record<string, string>> = {
  blocked: 'what is blocked',
  stability: 'the rhythm of the weeks',
  sayDo: 'what cycles keep',
  slos: 'the delivery promise',
};

/**
 * A question the report does not answer yet.
 * @example questionWords('changedSince') // => 'what changed since last week'
 */
export function questionWords(code: string): string {
  return QUESTIONS[code] ?? spelledOut(code);
}

/**
 * Why something was left out.
 * @example reasonWords('cancelled') // => 'dropped'
 */
export function reasonWords(code: string): string {
  return REASONS[code] ?? spelledOut(code);
}

/**
 * How a number was made: each part of a method that has words of its own is told in them, the rest as it is.
 * @example methodWords('variance / mean of weekly counts') // => 'variance / mean of weekly counts'
 * @example methodWords('active_only, completed_in_window') // => 'only the time in progress, finished items alone, as most tools count'
 */
export function methodWords(code: string): string {
  return (
    METHODS[code] ??
    code
      .split(', ')
      .map((part) => METHODS[part] ?? spelledOut(part))
      .join(', ')
  );
}

/**
 * The name of a metric from its key.
 * @example metricWords('workInProgress') // => 'work in progress'
 */
export function metricWords(key: string): string {
  return METRICS[key] ?? key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/**
 * The metrics that something touches, or that it touches all of them.
 * @example affectedWords(['cycleTime', 'sayDo']) // => 'cycle time, what cycles keep'
 */
export function affectedWords(keys: readonly string[]): string {
  return EVERY_METRIC.every((key) => keys.includes(key)) ? 'every number' : keys.map(metricWords).join(', ');
}

/** A word for a code that has none yet: better read than guessed. */
function spelledOut(code: string): string {
  return code.replaceAll('_', ' ');
}
