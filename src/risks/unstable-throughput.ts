import { min, sum } from 'd3-array';
import { dayOf, plusDays, startOf } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { plural } from '#domain/wording.ts';
import { goalBases } from '#forecast/goal-forecast.ts';
import { knownCompletions } from '#forecast/known-completions.ts';
import { priorAt } from '#forecast/prior.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { ratesOf } from '#forecast/rates.ts';
import { itemRef } from '#metrics/item-ref.ts';
import { stability } from '#metrics/stability.ts';
import { lowCountAlarm } from '#statistics/control-chart.ts';
import { type Baseline, overdispersionOfSums, probabilityFallen } from '#statistics/level-change.ts';
import { jeffreysRate, summarizeCounts } from '#statistics/rate.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Range } from './risk.ts';
import type { Detector, Signal } from './signal.ts';
import { type WorkedWeek, workedWeeks } from './worked-weeks.ts';

/**
 * A pace that has fallen: the last four weeks brought fewer items than 1 % of unchanged teams would have, and still do
 * when holidays are taken out.
 *
 * And fewer than any four weeks in a row before them: who has had as few within half a year varies as ever. That alarm is
 * the only way in. Signals of the chart stand beside it as evidence: its rules ring for teams with few
 * items a week, whose counts lie below their mean more often than not. A pace that has risen is no risk. How likely the
 * fall is real, is told by the posterior whose prior is how far four weeks of real projects have strayed from what the
 * weeks before let expect (the drift of the shipped forecast).
 *
 * Without a goal to count its cost in, it costs the weeks of the earlier pace that are lost in these four.
 */
export const unstableThroughput: Detector = (view) => {
  const found = stability(view);
  const { recent, weeks } = found;
  if (recent.alarm !== true || recent.finished.kind === 'insufficient') return [];
  const worked = workedWeeks(view, weeks);
  const before = worked.slice(0, -SPAN).filter(isWorked);
  const last = workedOf(worked.slice(-SPAN), paceOf(before)).filter(isWorked);
  const span = sum(last, (week) => week.worked);
  const baseline = baselineOf(before);
  const finished = sum(last, (week) => week.count);
  const outlook = lowCountAlarm(baseline, finished, span);
  const spread = Math.sqrt(priorAt(SHIPPED_PRIOR, 7 * SPAN)?.drift ?? 0);
  const probabilityReal = probabilityFallen(baseline, finished, { span, spread });
  if (baseline.weeks < MIN_BEFORE || span < MIN_LAST || outlook?.alarm !== true) return [];
  if (paceOf(last) >= leastOf(before)) return [];
  if (probabilityReal === undefined) return [];
  const away = weeks.length - before.length - last.length;
  const pace = reliefOf(view, baseline);
  return [
    {
      kind: 'unstable_throughput',
      statement:
        `${plural(finished, 'item')} ${finished === 1 ? 'was' : 'were'} finished in the last ${SPAN} weeks, where the ${before.length} weeks before let expect ` +
        `${Math.round(outlook.expected)}${away > 0 ? `, weeks in which hardly anything moved left out (${away})` : ''}.`,
      evidence: [
        evidenceOf('stability.recent.finished', recent.finished, finishedItems(view, last)),
        evidenceOf('stability.recent.expected', recent.expected),
        evidenceOf('stability.recent.probability', recent.probability),
        ...(found.chart.signals.some(({ side, from }) => side === 'below' && from >= (last[0]?.from ?? from))
          ? [evidenceOf('stability.chart.lower', found.chart.lower)]
          : []),
      ],
      probabilityReal,
      confidence: trustIn({ 'the expected count': recent.expected }),
      owner: 'shared',
      ...(pace === undefined ? {} : { relief: { kind: 'pace', ratio: pace } }),
      relievedIf: 'the pace were again what it was before',
      ...(hasGoalAhead(view) ? {} : { cost: { weeks: weeksLost(baseline, { finished, span }) } }),
      options: optionsFor(pace),
    },
  ];
};

const SPAN = 4;
const MIN_BEFORE = 8;
const MIN_LAST = 2;

const optionsFor = (pace: Range | undefined): Signal['options'] => [
  {
    action: 'Find what changed four to eight weeks ago, and undo or finish it.',
    assumption: 'The pace returns to what it was, and the goal was slowed down as the rest was.',
    whoDecides: 'team',
    relief: () => (pace === undefined ? 'it did not get slower' : { kind: 'pace', ratio: pace }),
  },
  {
    action: 'Plan with the pace of the last four weeks until it rises again.',
    assumption: 'What slowed the work down stays.',
    whoDecides: 'leadership',
    relief: () => 'it makes plans truer and the work no faster',
  },
];

/**
 * A holiday interrupts a pace. Where the weeks beside it are not half as fast as those before, what looks like one is
 * part of the fall.
 */
function workedOf(last: readonly WorkedWeek[], usual: number): readonly WorkedWeek[] {
  const rest = last.filter(isWorked);
  const isFall = rest.length < last.length && paceOf(rest) < usual / 2;
  return isFall ? last.map((week) => ({ ...week, worked: week.workdays })) : last;
}

/** Items a week. */
function paceOf(weeks: readonly WorkedWeek[]): number {
  return sum(weeks, ({ count }) => count) / sum(weeks, ({ worked }) => worked);
}

/** Whether the goal's own chance says what the fall costs. */
function hasGoalAhead(view: TeamView): boolean {
  const { primary } = goalBases(view);
  return primary?.model !== undefined && primary.left > 0 && primary.days > 0;
}

/**
 * How many weeks of the earlier pace are lost in those that went at the pace there is now: weeks * (1 - now / before), by
 * the ends of the intervals of both. So a fall that may be a small one costs little at the low end.
 */
function weeksLost(
  { items, weeks, overdispersion }: Baseline,
  { finished, span }: { readonly finished: number; readonly span: number },
): Range {
  const before = jeffreysRate(items, weeks, overdispersion);
  const now = jeffreysRate(finished, span, overdispersion);
  return [span * Math.max(0, 1 - now.upper / before.lower), span * Math.max(0, 1 - now.lower / before.upper)];
}

const isWorked = ({ worked }: WorkedWeek): boolean => worked > 0;

function baselineOf(weeks: readonly WorkedWeek[]): Baseline {
  const counts = weeks.map(({ count }) => count);
  return {
    items: sum(counts),
    weeks: sum(weeks, ({ worked }) => worked),
    // Where good weeks follow good ones, four in a row differ more than single ones do.
    overdispersion: Math.max(
      summarizeCounts(counts)?.overdispersion ?? 1,
      overdispersionOfSums(counts, SPAN),
    ),
  };
}

/** The slowest pace of any four worked weeks in a row, items a week. */
function leastOf(weeks: readonly WorkedWeek[]): number {
  const stretches = weeks.slice(SPAN - 1).map((_, from) => weeks.slice(from, from + SPAN));
  return min(stretches, paceOf) ?? Number.POSITIVE_INFINITY;
}

/** How many times the pace that forecasts go by now was the earlier one: what its return would be worth. */
function reliefOf(view: TeamView, { items, weeks, overdispersion }: Baseline): Range | undefined {
  const rates = ratesOf(knownCompletions(view)(view.day, 182));
  if ('kind' in rates || rates.recent === 0) return undefined;
  const { lower, upper } = jeffreysRate(items, weeks, overdispersion);
  return [Math.max(1, lower / (7 * rates.recent)), Math.max(1, upper / (7 * rates.recent))];
}

function finishedItems(view: TeamView, last: readonly WorkedWeek[]) {
  const { timezone } = view.team;
  const [first, latest] = [last[0]?.from, last.at(-1)?.from];
  if (first === undefined || latest === undefined) return [];
  const [since, until] = [startOf(first, timezone), startOf(plusDays(latest, 7), timezone)];
  return view.items
    .flatMap((item) => {
      const { finishedAt } = item;
      return finishedAt === undefined || finishedAt < since || finishedAt >= until
        ? []
        : [{ item, finishedAt }];
    })
    .toSorted((a, b) => b.finishedAt - a.finishedAt)
    .map(({ item, finishedAt }) => refWhy(itemRef(view, item), `finished ${dayOf(finishedAt, timezone)}`));
}
