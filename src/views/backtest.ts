import type { Judged } from '#forecast/backtest/judge.ts';
import type { MethodScores, Score } from '#forecast/backtest/scores.ts';
import { longDay, percent, plural } from '#report/words.ts';

/** What a replay of past forecasts is told with. */
export interface BacktestSummary {
  readonly projects: number;
  readonly horizons: readonly number[];
  readonly scores: readonly MethodScores[];
  /** What a reader must know to judge the figures. */
  readonly remarks: readonly string[];
}

/**
 * Every forecast of every method, and behind an empty line and a header of their own every milestone: two tables in
 * one stream, each with the same key of project, date, horizon and method.
 */
export function backtestCsv(judged: readonly Judged[]): string {
  const key = ({ project, asOf, days, method }: Judged) => `${csvField(project)},${asOf},${days},${method}`;
  return [
    'project,asOf,horizonDays,method,atLeast85,lo90,hi90,actual',
    ...judged.map((one) => `${key(one)},${one.atLeast85},${one.low90},${one.high90},${one.actual}`),
    '',
    'project,asOf,horizonDays,method,items,probability,happened',
    ...judged.flatMap((one) => {
      const row = key(one);
      return one.milestones.map(
        ({ items, probability, happened }) => `${row},${items},${probability.toFixed(6)},${happened ? 1 : 0}`,
      );
    }),
    '',
  ].join('\n');
}

/** The scores as tables, one a horizon. */
export function backtestMarkdown(summary: BacktestSummary, judged: readonly Judged[]): string {
  const dates = judged.map(({ asOf }) => asOf).sort();
  const [first, last] = [dates.at(0), dates.at(-1)];
  const scope =
    first === undefined || last === undefined
      ? `Not enough data: on no date is there half a year of history with ten completions before it, and ${Math.min(...summary.horizons)} days after it.`
      : `${plural(summary.projects, 'project')}, replayed every 28 days as of ${longDay(first)} to ${longDay(last)}. Each forecast saw only what was known on its day.`;
  return [
    '# How past forecasts would have turned out',
    scope,
    ...summary.remarks,
    ...(first === undefined ? [] : [READING_AID]),
    ...summary.horizons.flatMap((days) => {
      const scores = summary.scores.filter(({ horizonDays }) => horizonDays === days);
      return scores.length === 0 ? [] : [`## ${days} days ahead`, scoreTable(scores)];
    }),
  ]
    .join('\n\n')
    .concat('\n');
}

const READING_AID =
  'In brackets: where 90 % of other samples of projects would lie, or of dates for a single project. Pinball loss is in parts of what was expected; lower is better, as for Brier and calibration error (ECE).';

function scoreTable(scores: readonly MethodScores[]): string {
  return [
    '| method | forecasts | "85 % sure of at least" came true | within the central 90 % | pinball loss | Brier | ECE | projects with 75–95 % |',
    '|---|---|---|---|---|---|---|---|',
    ...scores.map((one) => {
      const inside = one.projectsInside === undefined ? '–' : percent(one.projectsInside);
      const cells = [
        one.method,
        one.forecasts.toLocaleString('en-US'),
        share(one.coverage85),
        share(one.coverage90),
        loss(one.pinball),
        loss(one.brier),
        one.calibrationError.toFixed(3),
        inside,
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

function share({ value, interval90 }: Score): string {
  return shown(value, interval90, (part) => (100 * part).toFixed(1), ' %');
}

function loss({ value, interval90 }: Score): string {
  return shown(value, interval90, (part) => part.toFixed(3), '');
}

function shown(
  value: number,
  interval: readonly [number, number] | undefined,
  figure: (part: number) => string,
  unit: string,
): string {
  const range = interval === undefined ? '' : ` (${figure(interval[0])}–${figure(interval[1])})`;
  return `${figure(value)}${unit}${range}`;
}

/** A field of CSV: in quotes when it holds what would end it. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
