import type { Confidence } from '#domain/measurement.ts';
import type { Level } from '#domain/team.ts';
import type { PlacedBy, Stage } from '#domain/workflow.ts';
import type { Verdict } from '#forecast/track-record.ts';
import type { AlternativesState } from '#metrics/alternatives.ts';
import type { WorkstreamLevel } from '#metrics/attribution.ts';
import type { BlockerOwner } from '#metrics/blocker-owner.ts';
import type { DefinitionName } from '#metrics/cycle-time-definitions.ts';
import { EVERY_METRIC } from '#metrics/finding.ts';
import type { Segment } from '#metrics/flow-efficiency.ts';
import type { SignalKind } from '#metrics/signals/signal.ts';
import type { Cover } from '#metrics/workstreams.ts';
import type { Risk } from '#risks/risk.ts';
import type { ChartSignal } from '#statistics/run-rules.ts';
import type { Headline } from './headline.ts';

/** What the code words of a report mean to a reader. Every format takes them from here. */

export const LEVEL_NAMES: Readonly<Record<Headline['level'], string>> = {
  unknown: 'Not known',
  not_set_up: 'Not set up for success',
  goal_unrealistic: 'Goal unrealistic as stated',
  at_risk: 'At risk',
  on_track_unproven: 'On track, unproven',
  set_up: 'Set up for success',
};

/** Whose move a risk is. */
export const MOVE_WORDS: Readonly<Record<Risk['owner'], string>> = {
  leadership: 'leaders',
  team: 'the team',
  shared: 'leaders and the team',
};

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
  merged_not_deployed: 'merged, and not deployed for longer than is usual',
  last_mile_work_open: 'nothing but documents, tests or rollout is open',
  stale_claim: 'said to be nearly done in a comment, more than 5 work days ago',
  released_not_adopted: 'released, and not taken up',
  gate_closed: 'called done, and what shows it is missing',
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

/** Whose move it is to unblock something. */
export const OWNER_WORDS: Readonly<Record<BlockerOwner, string>> = {
  leadership: 'leaders',
  team: 'the team',
  external: 'somebody outside',
  unknown: 'not said',
};

/** Whether a team's forecasts have earned their numbers. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  consistent: 'calibration: nothing against it',
  over_confident: 'calibration off: over-confident',
  under_confident: 'calibration off: too careful',
  insufficient: 'calibration unknown',
};

const REASONS: Readonly<Record<string, string>> = {
  administrative_closure: 'closed in bulk without being worked on',
  no_recorded_start: 'done without a recorded start',
  cancelled: 'dropped',
  release_without_date: 'released without a date',
  never_deployed: 'not deployed in half a year',
  linked_issue_not_read: 'linked to an issue that was not read',
  deployment_without_word: 'without a word whether it was rework',
};

const METHODS: Readonly<Record<string, string>> = {
  recent_pace_with_drift:
    'the pace of the last 26 weeks, as wide as forecasts for other teams were off, moved by what this team’s own would have been worth',
  scope_with_growth_against_pace_with_drift:
    'what is open, what is yet to be found and what may come in, against a pace as uncertain as forecasts for other teams were off',
  net_additions_since_begun:
    'what came in without being finished, less what was dropped or taken out, since work on it began',
  recent_pace_of_own_items: 'its own items finished in the last 26 weeks, recent weeks weighing more',
  team_pace_by_share_of_person_days: 'the team’s pace, times the share of its person-days',
  team_pace_by_share_of_finished_items: 'the team’s pace, times its share of the items finished',
  pace_needed_over_pace: 'what is needed a week by the date, over the pace there is',
  open_under_milestone: 'open items under it',
  done_under_milestone: 'done items under it',
  cancelled_under_milestone: 'dropped items under it',
  open_without_items: 'open epics under it that have no items',
  items_of_done_parents_of_the_same_level: 'as many items as done epics of that level had',
  date_passed: 'the date has passed with something left',
  nothing_left: 'nothing is left to do',
  pace_that_the_best_case_presumes: 'what has to be done by that day, by week',
  'time blocked by whose move / time under way': 'time blocked, by whose move it was, of the time under way',
  asked_by_label_status_or_link:
    'asked by a label, a status or a link; what was asked in comments is not known',
  dependencies_without_a_goal_above_both: 'links between teams with no epic, initiative or goal above both',
  changes_of_priority_goal_or_cycle_while_in_progress:
    'changes of priority, of a goal or of a running cycle while in progress, for each week an item was',
  changes_without_a_change_of_the_description:
    'those without a change of the description within a day; comments may explain more',
  put_back_before_the_start_after_a_person_day: 'put back from in progress after a person-day or more',
  weeks_with_an_update: 'weeks in which somebody said in the tracker how it is going',
  since_the_last_update: 'days since somebody said in the tracker how it is going',
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
  weeks_drawn_again: 'how often it is so when whole weeks are drawn again',
  weeks_of_both_times_drawn_again: 'how often it is so when whole weeks of both times are drawn again',
  person_days_on_all_but_the_largest: 'person-days on all of them but the largest, by work day',
  person_days_on_the_goal: 'person-days on items that serve a goal, of all person-days',
  person_days_outside_the_goal_that_could_pause:
    'person-days on items that serve no goal and are no support, no incident and not expedited, by work day',
  held_by_two_or_more_while_in_progress: 'items of the goal that two or more people held while in progress',
  begun_outside_the_goal_while_work_for_it_was_ready:
    'items outside the goal that were begun while an item of it was ready and nobody’s hands were bound',
  person_days_on_support_equal_split:
    'person-days on support items by work day, each split equally over the items in progress; the range holds the other ways to divide it',
  person_days_on_support_work_logs:
    'person-days on support items by work day, divided as time was logged; the range holds the equal split',
  support_of_team_time: 'person-days on support items, of the days of all people there are',
  people_declared_or_seen: 'the people the team says it has, or those seen at work when these are more',
  work_days_without_item_in_progress: 'work days on which somebody had no item in progress',
  incidents_that_stopped_the_line:
    'incidents that took at least half of the people at work on a day, or are marked so, by quarter; Garwood’s interval',
  jeffreys_posterior_of_the_rate: 'how likely the true rate is so high (Jeffreys)',
  jeffreys_posterior_of_the_share: 'how likely the true share is so high (Jeffreys)',
  work_days_on_which_the_line_stood: 'work days with such an incident',
  person_days_on_incidents_that_stopped_the_line: 'person-days on such incidents, of all person-days',
  weeks_around_less_weeks_with_an_incident:
    'what is finished in the weeks up to four weeks around, less that in weeks with an incident; the interval deals the incidents out by chance',
  finished_and_fallen_short_over_finished: 'what was finished and what fell short, over what was finished',
  unplanned_of_items_begun: 'items begun that nobody had planned, of all items begun',
  unplanned_of_person_days_on_items_begun: 'person-days on such items, of those on all items begun',
  person_days_on_unplanned_items: 'person-days on such items, by work day',
  rework_of_deployments:
    'deployments that nobody had planned and an incident was why, of all deployments that say',
  there_in_90_days_and_not_now: 'people who were there in the 90 days and are not now, or the reverse',
  gone_of_mean_size: 'people gone, of the mean size of the team at both times',
  roster: 'by the roster',
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

/** Why alternatives count as they do. */
export const ALTERNATIVES_WORDS: Readonly<Record<AlternativesState, string>> = {
  open: 'count as one until the day to decide',
  overdue: 'count apart: the day to decide has passed',
  undated: 'count apart: no decision date',
  without_metric: 'count apart: nothing is named that decides',
};

const METRICS: Readonly<Record<string, string>> = {
  blocked: 'what is blocked',
  stability: 'the rhythm of the weeks',
  sayDo: 'what cycles keep',
  slos: 'the delivery promise',
  blockedBy: 'whom blocked work waits for',
  asks: 'asks and answers',
  sharedGoals: 'shared goals',
  churn: 'how steady the target is',
  clarity: 'what goals say of themselves',
};

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
