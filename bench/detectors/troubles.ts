import { agingWork } from '#risks/aging-work.ts';
import { asksWithoutSharedGoal } from '#risks/asks-without-shared-goal.ts';
import { basicallyDone } from '#risks/basically-done.ts';
import { blockedWork } from '#risks/blocked-work.ts';
import { carryOver } from '#risks/carry-over.ts';
import { earlyFailure } from '#risks/early-failure.ts';
import { incidents } from '#risks/incidents.ts';
import { knowledgeConcentration } from '#risks/knowledge-concentration.ts';
import { noDatedGoal } from '#risks/no-dated-goal.ts';
import { priorityChurn } from '#risks/priority-churn.ts';
import type { RiskKind } from '#risks/risk.ts';
import { serviceLevelBurn } from '#risks/service-level-burn.ts';
import type { Detector } from '#risks/signal.ts';
import { silence } from '#risks/silence.ts';
import { slippingDates } from '#risks/slipping-dates.ts';
import { supportLoad } from '#risks/support-load.ts';
import { turnover } from '#risks/turnover.ts';
import { unansweredAsks } from '#risks/unanswered-asks.ts';
import { unclearGoal } from '#risks/unclear-goal.ts';
import { undecidedAlternatives } from '#risks/undecided-alternatives.ts';
import { unplannedWork } from '#risks/unplanned-work.ts';
import { unrealisticGoal } from '#risks/unrealistic-goal.ts';
import { unstableThroughput } from '#risks/unstable-throughput.ts';
import { workstreamSprawl } from '#risks/workstream-sprawl.ts';
import { integer, type Random, seededRandom, uniform } from '#statistics/random.ts';
import { live } from './life.ts';
import { type MadeUp, madeUp, PLAIN, type Setting } from './team.ts';
import { always, type ByWeek, from, healthyWay, type Way } from './way.ts';

/** A trouble that can be planted, and how much of it. */
export interface Trouble {
  readonly kind: RiskKind;
  readonly detector: Detector;
  readonly name: string;
  /** What is done to a team, in words of what people would see. */
  readonly what: string;
  readonly way?: (way: Way, onset: number, random: Random) => Partial<Way>;
  readonly setting?: (onset: number, way: Way) => Partial<Setting>;
  /** Weeks lived before it, where it needs a long history to be seen. */
  readonly before?: number;
  /** It was so from the beginning: there is no time to it. */
  readonly always?: true;
  /** It costs nothing that is computed, so it is told and never raised. */
  readonly toldOnly?: true;
}

/** A team with a trouble, and the week in which it began. */
export interface Planted {
  readonly trouble: Trouble;
  readonly onset: number;
  readonly made: MadeUp;
}

/** How long a trouble is watched, and how long a team is lived on so that what becomes of things is known. */
export const WATCHED_WEEKS = 26;
const AFTER_WEEKS = 20;

/** A team of that seed with one trouble, which begins in a week of its own and stays. */
export function planted(trouble: Trouble, seed: string): Planted {
  const random = seededRandom(`trouble ${trouble.name} ${seed}`);
  const onset = (trouble.before ?? 34) + integer(random, 0, 7);
  const base = healthyWay(`${trouble.name} ${seed}`, onset + WATCHED_WEEKS + AFTER_WEEKS);
  const way: Way = { ...base, ...trouble.way?.(base, onset, random) };
  const setting: Setting = { ...PLAIN, ...trouble.setting?.(onset, way) };
  return { trouble, onset: trouble.always ? 0 : onset, made: madeUp(way, setting, live(way)) };
}

const between = (random: Random, low: number, high: number): number => low + (high - low) * uniform(random);
const atLeastSix = ({ people }: Way): number => Math.max(6, people);

export const TROUBLES: readonly Trouble[] = [
  {
    kind: 'basically_done',
    detector: basicallyDone,
    name: 'forgotten reviews',
    what: 'a fifth to a third of the reviews are forgotten for about a month',
    way: (_, onset, random) => ({ forgotten: from(onset, between(random, 0.2, 0.33)) }),
  },
  {
    kind: 'workstream_sprawl',
    detector: workstreamSprawl,
    name: 'sprawl',
    what: 'each person works on an epic of their own',
    way: (_, onset) => ({ apart: (week) => week >= onset }),
  },
  {
    kind: 'unstable_throughput',
    detector: unstableThroughput,
    name: 'pace falls',
    what: 'everything goes 30-50 % as fast',
    way: ({ pace, bugs, support }, onset, random) => {
      const left = between(random, 0.3, 0.5);
      const fallen = (usual: ByWeek) => (week: number) => usual(week) * (week >= onset ? left : 1);
      return { pace: fallen(pace), bugs: fallen(bugs), support: fallen(support) };
    },
  },
  {
    kind: 'aging_work',
    detector: agingWork,
    name: 'put aside',
    what: 'a quarter to 40 % of the stories begun are put aside for good',
    way: (_, onset, random) => ({ aside: from(onset, between(random, 0.25, 0.4)) }),
  },
  {
    kind: 'carry_over',
    detector: carryOver,
    name: 'too much committed',
    what: 'cycles commit to 1.6 to 2.2 times what the last ones finished',
    way: (_, onset, random) => ({ cycleWeeks: 3, commit: from(onset, between(random, 1.6, 2.2), 0.6) }),
  },
  {
    kind: 'slipping_dates',
    detector: slippingDates,
    name: 'dates slip',
    what: 'half of the stories that have a date are done two to five weeks after it',
    way: (_, onset, random) => ({ due: 0.6, kept: from(onset, between(random, 0.3, 0.5), 0.92) }),
  },
  {
    kind: 'service_level_burn',
    detector: serviceLevelBurn,
    name: 'slow reviews',
    what: 'reviews take 8 to 12 times as long',
    way: (_, onset, random) => ({ review: [1, 0.6], slow: from(onset, between(random, 8, 12), 1) }),
  },
  {
    kind: 'support_load',
    detector: supportLoad,
    name: 'support',
    what: 'one or two people do nothing but support',
    way: (_, onset, random) => ({ supporters: from(onset, integer(random, 1, 2)) }),
  },
  {
    kind: 'incidents',
    detector: incidents,
    name: 'stop the line',
    what: 'most of the team is stopped for a day or two every other week',
    way: (_, onset) => ({ stops: Array.from({ length: 10 }, (__, i) => onset + 2 * i) }),
  },
  {
    kind: 'unplanned_work',
    detector: unplannedWork,
    name: 'thought of today',
    what: '70-85 % of stories are thought of on the day they are begun',
    way: (_, onset, random) => ({ sudden: from(onset, between(random, 0.7, 0.85), 0.08) }),
  },
  {
    kind: 'knowledge_concentration',
    detector: knowledgeConcentration,
    name: 'specialists',
    what: 'each area is done by one person alone',
    way: ({ people }) => ({
      people: Math.max(5, people),
      specialists: true,
      areas: Math.max(5, people),
      bugs: always(0),
      support: always(0),
      sudden: always(0),
    }),
    always: true,
    toldOnly: true,
  },
  {
    kind: 'turnover',
    detector: turnover,
    name: 'people leave',
    what: 'two or three leave in one week, as the roster says',
    way: (way, onset, random) => ({
      people: atLeastSix(way),
      lastWeek: Array.from({ length: integer(random, 2, 3) }, () => onset),
    }),
    setting: () => ({ hasRoster: true }),
  },
  {
    kind: 'unrealistic_goal',
    detector: unrealisticGoal,
    name: 'dream',
    what: 'a new goal that takes 2.5 to 4 times the quarter it has',
    way: (_, onset, random) => ({ dream: { week: onset, times: between(random, 2.5, 4) } }),
  },
  {
    kind: 'early_failure',
    detector: earlyFailure,
    name: 'hopeless',
    what: 'a new goal that takes 5 to 7 times the quarter it has, after two years and a half of history',
    way: (_, onset, random) => ({ dream: { week: onset, times: between(random, 5, 7) } }),
    before: 130,
  },
  {
    kind: 'early_failure',
    detector: undecidedAlternatives,
    name: 'choice overdue',
    what: 'two alternatives are worked on after the day to choose',
    way: (way) => ({ people: atLeastSix(way), streams: always(2), goalShare: 0.3 }),
    setting: (onset) => ({ alternatives: { from: onset, decideIn: onset - 1 } }),
  },
  {
    kind: 'no_dated_goal',
    detector: noDatedGoal,
    name: 'no goal',
    what: 'the team names no goal',
    setting: () => ({ hasGoal: false }),
    always: true,
  },
  {
    kind: 'unclear_goal',
    detector: unclearGoal,
    name: 'no measure',
    what: 'the goals say all but how success is measured',
    setting: () => ({ says: 'no_metric' }),
    always: true,
  },
  {
    kind: 'priority_churn',
    detector: priorityChurn,
    name: 'thrash',
    what: 'an item under way changes its priority every third day, and half of them are put back half done',
    way: (_, onset) => ({ reprioritised: from(onset, 0.33, 0.004), putBack: from(onset, 0.5, 0.005) }),
  },
  {
    kind: 'blocked_work',
    detector: blockedWork,
    name: 'no decisions',
    what: 'half of the stories wait two to three weeks for a decision of leaders',
    way: (_, onset) => ({ undecided: from(onset, 0.5, 0.02), waitDays: from(onset, 17, 2) }),
  },
  {
    kind: 'blocked_work',
    detector: blockedWork,
    name: 'stuck',
    what: 'half of the stories wait two to three weeks for something else',
    way: (_, onset) => ({ stuck: from(onset, 0.5, 0.03), waitDays: from(onset, 17, 2) }),
  },
  {
    kind: 'unanswered_asks',
    detector: unansweredAsks,
    name: 'no answers',
    what: 'a quarter of the stories need an answer of leaders, which takes three weeks',
    way: (_, onset) => ({ undecided: from(onset, 0.25, 0.05), waitDays: from(onset, 21, 2) }),
  },
  {
    kind: 'asks_without_shared_goal',
    detector: asksWithoutSharedGoal,
    name: 'nothing shared',
    what: 'a third of what is written down waits for another team under no common goal',
    setting: (onset) => ({ foreign: 0.33, isShared: (week) => week < onset }),
  },
  {
    kind: 'silence',
    detector: silence,
    name: 'nobody says',
    what: 'weekly updates end; no goal',
    setting: (onset) => ({ updatesUntil: onset, hasGoal: false }),
  },
];
