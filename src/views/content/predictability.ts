import type { DueDates } from '#metrics/due-dates.ts';
import type { SayDo, Trend } from '#metrics/say-do.ts';
import type { ServiceLevel } from '#metrics/service-level.ts';
import type { Stability } from '#metrics/stability.ts';
import type { TeamReport } from '#report/team-report.ts';
import { percent, rounded } from '#report/words.ts';
import type { List, Section } from './blocks.ts';
import { heldUp } from './held-up.ts';
import { knowledgeBlocks } from './knowledge.ts';
import { commitments, dueDateNumbers, promise, rhythm } from './promises.ts';

/** Whether what the team says can be relied on: the answers in a sentence each, then the numbers behind them. */
export function predictabilitySection(report: TeamReport): Section {
  const { metrics, slos, definitions } = report;
  return {
    id: 'predictability',
    title: 'Can it be relied on',
    blocks: [
      inShort(report),
      ...slos.flatMap((slo) => promise(slo, definitions.cycleTimeDefinition)),
      ...rhythm(metrics.stability),
      ...commitments(metrics.sayDo),
      ...dueDateNumbers(metrics.dueDates),
      ...heldUp(metrics),
      ...knowledgeBlocks(metrics.knowledge),
    ],
  };
}

function inShort({ metrics, slos }: TeamReport): List {
  const sentences = [
    ...slos.map(promiseKept),
    steady(metrics.stability),
    cyclesKept(metrics.sayDo),
    datesKept(metrics.dueDates),
  ];
  return { kind: 'list', title: 'In short', items: sentences.map((sentence) => [sentence]) };
}

function promiseKept({ objective, inTime, alert }: ServiceLevel): string {
  if (inTime.kind === 'insufficient' || alert === undefined) {
    return 'The delivery promise: there is too little to say whether it is kept.';
  }
  const figures = `${percent(inTime.value)} finished in time over 8 weeks, ${percent(objective)} are promised`;
  if (alert) return `The delivery promise is being broken: ${figures}, and the last 2 weeks are no better.`;
  return inTime.value >= objective
    ? `The delivery promise is kept: ${figures}.`
    : `The delivery promise: ${figures}. Chance may explain that, or the last 2 weeks are better.`;
}

function steady({ recent: { finished, expected, alarm } }: Stability): string {
  if (alarm === undefined || finished.kind === 'insufficient' || expected.kind === 'insufficient') {
    return 'The rhythm of the weeks: there is too little to say whether it has changed.';
  }
  const figures = `${rounded(finished.value)} finished in the last 4 weeks, where the weeks before let one expect ${rounded(Math.round(expected.value))}`;
  return alarm
    ? `The rhythm of the weeks has dropped: ${figures}. Chance alone hardly does that.`
    : `The rhythm of the weeks: ${figures}. That is no sign of a drop.`;
}

function cyclesKept({ sayDo, trend, cycles }: SayDo): string {
  if (cycles.length === 0) return 'Cycles: none that items were committed to has ended in the last 180 days.';
  if (sayDo.kind === 'insufficient') return 'Cycles: too few have ended to say what they keep.';
  return `Cycles: ${percent(sayDo.value)} of what they commit to is done by their end. ${TREND_WORDS[trend.kind]}`;
}

const TREND_WORDS: Readonly<Record<Trend['kind'], string>> = {
  better: 'It gets better.',
  worse: 'It gets worse.',
  cannot_tell: 'Whether that gets better or worse cannot be told.',
  insufficient: 'There are too few to say whether that gets better or worse.',
};

function datesKept({ hitFirst, hitLast, items }: DueDates): string {
  if (items.length === 0) return 'Due dates: none has come in the last 180 days.';
  if (hitFirst.kind === 'insufficient') return 'Due dates: too few have come to say whether they are kept.';
  const first = `Due dates: ${percent(hitFirst.value)} of items were done by the date first promised`;
  return hitLast.kind === 'insufficient'
    ? `${first}.`
    : `${first}; by the last date set it looks like ${percent(hitLast.value)}.`;
}
