import type { CalendarDay } from '#domain/calendar.ts';
import { lackWords } from '#domain/lack-words.ts';
import type { Insufficient, Measurement } from '#domain/measurement.ts';
import type { Difference, Differences } from '#forecast/backtest/differences.ts';
import type { Elsewhere } from '#forecast/backtest/elsewhere.ts';
import type { MethodScores } from '#forecast/backtest/scores.ts';
import { longDay, plural } from '#report/words.ts';

/** What a replay of past forecasts is told with. */
export interface BacktestSummary {
  readonly projects: number;
  readonly horizons: readonly number[];
  /** The first and the last day on which a forecast was made; absent without any. */
  readonly asOf?: readonly [CalendarDay, CalendarDay];
  /** Of every method for every horizon, with what its word was worth on the projects that came with the product. */
  readonly scores: readonly (MethodScores & { readonly elsewhere?: Elsewhere })[];
  /** Our losses less those of the classic simulation from 90 days, for each horizon. */
  readonly againstClassic: readonly ((Differences | Insufficient) & { readonly horizonDays: number })[];
  /** What a reader must know to judge the figures. */
  readonly remarks: readonly string[];
}

type Scores = BacktestSummary['scores'][number];

/** The scores as tables, two a horizon: how far each method's word was kept, and how much it said. */
export function backtestMarkdown(summary: BacktestSummary): string {
  const { asOf, projects, horizons, remarks, againstClassic } = summary;
  const scope =
    asOf === undefined
      ? `Not enough data: on no date is there half a year of history with ten completions before it, and ${Math.min(...horizons)} days after it.`
      : `${plural(projects, 'project')}, replayed every 28 days as of ${longDay(asOf[0])} to ${longDay(asOf[1])}. Each forecast saw only what was known on its day.`;
  return [
    '# How past forecasts would have turned out',
    scope,
    ...remarks,
    ...(asOf === undefined ? [] : [READING_AID]),
    ...horizons.flatMap((days) => {
      const scores = summary.scores.filter(({ horizonDays }) => horizonDays === days);
      if (scores.length === 0) return [];
      const difference = againstClassic.find(({ horizonDays }) => horizonDays === days);
      return [
        `## ${days} days ahead`,
        ...tooFew(scores),
        keptTable(scores),
        lossTable(scores),
        ...(difference === undefined || 'kind' in difference ? [] : [differenceWords(difference)]),
        ...reliability(scores),
      ];
    }),
  ]
    .join('\n\n')
    .concat('\n');
}

const READING_AID =
  'In brackets: where 90 % of other samples would lie, of projects, or where there are fewer than ten of stretches of time. Losses are in parts of what was expected; lower is better. PIT is the chance that right forecasts would place their outcomes so unevenly. "Measured" is how often "85 % sure of at least" came true on real projects, ours on those it was not fitted on.';

function tooFew(scores: readonly Scores[]): readonly string[] {
  const [least] = scores.map(({ coverage85 }) => coverage85).filter((one) => one.kind === 'insufficient');
  return least === undefined ? [] : [`Not enough data: ${lackWords(least)}.`];
}

function keptTable(scores: readonly Scores[]): string {
  return table(
    [
      'method',
      'forecasts (apart)',
      '"85 % sure of at least" came true',
      'with 50 %',
      'with 95 %',
      'within the central 90 %',
      'projects with 75–95 %',
      'measured',
    ],
    scores.map((one) => [
      one.method,
      `${count(one.forecasts)} (${count(one.apart)})`,
      share(one.coverage85),
      share(one.coverage50),
      share(one.coverage95),
      share(one.central90),
      one.projectsInside === undefined || one.coverage85.kind === 'insufficient'
        ? '–'
        : `${Math.round(100 * one.projectsInside)} %`,
      elsewhereCell(one.elsewhere),
    ]),
  );
}

function lossTable(scores: readonly Scores[]): string {
  return table(
    ['method', 'pinball', 'CRPS', 'Brier', 'log score', 'ECE', 'width of the central 80 %', 'PIT'],
    scores.map((one) => [
      one.method,
      loss(one.pinball),
      loss(one.crps),
      loss(one.brier),
      loss(one.logScore),
      loss(one.calibrationError),
      loss(one.width80),
      typeof one.pitChance === 'number' ? chance(one.pitChance) : '–',
    ]),
  );
}

function differenceWords({ pinball, crps, brier }: Differences): string {
  const words = (name: string, { value, interval95 }: Difference) =>
    `${name} ${signed(value)}${interval95 === undefined ? '' : ` (95 %: ${signed(interval95[0])} to ${signed(interval95[1])})`}`;
  return `Ours less classic_daily_90 on the same dates, below 0 ours is better: ${[
    words('pinball', pinball),
    words('CRPS', crps),
    words('Brier', brier),
  ].join(', ')}.`;
}

/** What was said of milestones and what came of it, ours beside the classic simulation from 90 days. */
function reliability(scores: readonly Scores[]): readonly string[] {
  const told = scores.filter(
    ({ method, brier }) => brier.kind === 'value' && (method === 'ours' || method === 'classic_daily_90'),
  );
  return told.map(
    ({ method, reliability: bins }) =>
      `Milestones, ${method} (said → happened): ${bins
        .map(({ said, happened }) => `${whole(said)} → ${whole(happened)}`)
        .join(', ')}.`,
  );
}

function elsewhereCell(elsewhere: Elsewhere | undefined): string {
  if (elsewhere === undefined) return '–';
  const { coverage85, interval, days } = elsewhere;
  return `${tenths(coverage85)} % (${tenths(interval.lower)}–${tenths(interval.upper)}) at ${days} days`;
}

function share(measurement: Measurement): string {
  return cell(measurement, tenths, ' %');
}

function loss(measurement: Measurement): string {
  return cell(measurement, (part) => part.toFixed(3), '');
}

function cell(measurement: Measurement, figure: (part: number) => string, unit: string): string {
  if (measurement.kind === 'insufficient') return '–';
  const [low, high] = measurement.interval90;
  const range = low === null || high === null ? '' : ` (${figure(low)}–${figure(high)})`;
  return `${figure(measurement.value)}${unit}${range}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function chance(value: number): string {
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}

function tenths(part: number): string {
  return (100 * part).toFixed(1);
}

function whole(part: number): string {
  return `${Math.round(100 * part)} %`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

function count(of: number): string {
  return of.toLocaleString('en-US');
}
