import { mean, min, sum } from 'd3-array';
import type { Value } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { plural } from '#domain/wording.ts';
import { isInProgress } from '#domain/work-item.ts';
import { type FlowSample, flowSample } from '#metrics/flow-sample.ts';
import { FLOW_DAYS } from '#metrics/lookback.ts';
import { completedPercentiles } from '#metrics/percentiles.ts';
import { workItemAge } from '#metrics/work-item-age.ts';
import { normalCdf } from '#statistics/tails.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Detector, Signal } from './signal.ts';

/**
 * Work that is left lying: items older than 85 % of the finished ones took, while these make the team look quicker than
 * its open work is.
 *
 * Old items alone are nothing unusual: where times to finish differ much, a quarter of open work is that old at any
 * moment. So it is the flow debt that speaks: how many days longer the work under way takes, by Little's law, than
 * the finished items did, and how likely that is more than a quarter of what they took. Its chance comes from items that arrive independently (compound Poisson, nearly normal): each
 * open item adds the time it has been under way, each finished one takes away what it had spent before the window.
 *
 * Work that was begun and put back to be begun again lies in nobody's hands: the metric's clock runs on, since rework
 * belongs to the item, but here neither its age nor its time counts.
 *
 * Sees nothing while the team is younger than the window of half a year, or takes so long that three times its 85 %
 * cycle time does not fit into it: the time before the window would then be missing, and look like debt.
 */
export const agingWork: Detector = (view) => {
  const { items, agedOut, flowDebt } = workItemAge(view);
  const sample = withoutPutBack(flowSample(view));
  const { p85 } = completedPercentiles(sample);
  if (p85.kind === 'insufficient' || flowDebt.debt.kind === 'insufficient') return [];
  if (!isSettled(view, sample, p85.value)) return [];
  const underWay = items.filter(({ stage }) => isInProgress(stage));
  const old = underWay.filter(({ ageDays }) => ageDays > p85.value);
  if (old.length === 0) return [];
  const debt = debtOf(sample);
  if (debt === undefined) return [];
  const probabilityReal = normalCdf((debt.days - MATERIAL * debt.usual) / debt.error);
  if (probabilityReal < 0.5) return [];
  const [lower, upper] = [Math.max(0, debt.days - Z90 * debt.error), debt.days + Z90 * debt.error];
  const number: Value = {
    ...flowDebt.debt,
    value: debt.days,
    interval90: [debt.days - Z90 * debt.error, upper],
    ...(underWay.length < items.length
      ? { method: `${flowDebt.debt.method}, of what was not put back` }
      : {}),
  };
  return [
    {
      kind: 'aging_work',
      statement:
        `${old.length} of the ${underWay.length} items under way are older than 85 % of the finished ones got ` +
        `(${plural(p85.value, 'day')}); with work left lying an item takes ${plural(debt.days, 'day')} longer than these suggest.`,
      evidence: [
        evidenceOf(
          'workItemAge.flowDebt.debt',
          number,
          old.map((item) => refWhy(item, `${plural(item.ageDays, 'day')} under way, in ${item.status}`)),
        ),
        evidenceOf('workItemAge.agedOut', agedOut),
      ],
      probabilityReal,
      confidence: trustIn({ 'the flow debt': flowDebt.debt }),
      owner: 'team',
      cost: { weeks: [lower / 7, upper / 7] },
      options: OPTIONS,
    },
  ];
};

const Z90 = 1.6449;
const CYCLES_SEEN = 3;
/** Below a quarter of the usual time nobody would plan otherwise. */
const MATERIAL = 0.25;

const OPTIONS: Signal['options'] = [
  {
    action: 'Go through the oldest items: finish each, or drop it and say so.',
    assumption: 'What is dropped was not needed; what is finished frees attention for the rest.',
    whoDecides: 'team',
    relief: () => 'old items say nothing of the pace of the goal',
  },
  {
    action: 'Begin nothing new while items older than the usual time are open.',
    assumption: 'The oldest items can be worked on, and do not all wait for others.',
    whoDecides: 'team',
    relief: () => 'nobody knows how much faster items go when fewer are open',
  },
];

/** The sample without what was begun and stands now where it has to be begun again. */
function withoutPutBack(sample: FlowSample): FlowSample {
  const open = sample.open.filter(({ item }) => isInProgress(item.stage));
  if (open.length === sample.open.length) return sample;
  const [under, all] = [new Set(open.map(({ item }) => item)), new Set(sample.open.map(({ item }) => item))];
  return { ...sample, open, spells: sample.spells.filter(({ item }) => under.has(item) || !all.has(item)) };
}

/** Whether the window is long enough to hold the whole of what it is to judge. */
function isSettled(view: TeamView, sample: FlowSample, p85: number): boolean {
  const begun = min(view.items, ({ startedAt }) => startedAt);
  return begun !== undefined && begun <= sample.since && CYCLES_SEEN * p85 <= FLOW_DAYS;
}

/** The flow debt item by item: the same sum as that of the metric, and how far chance alone would spread it. */
function debtOf({ spells, finished, cancelled }: FlowSample) {
  const usual = mean(finished, ({ exit }) => exit) ?? 0;
  const [done, dropped] = [
    new Set(finished.map(({ item }) => item)),
    new Set(cancelled.map(({ item }) => item)),
  ];
  const owed = spells.map(
    ({ item, entry, exit }) => exit - entry - (done.has(item) ? exit : dropped.has(item) ? usual : 0),
  );
  const departures = finished.length + cancelled.length;
  const error = Math.sqrt(sum(owed, (days) => days ** 2)) / departures;
  return departures === 0 || error === 0 ? undefined : { days: sum(owed) / departures, error, usual };
}
