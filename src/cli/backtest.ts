import { sum } from 'd3-array';
import { type Judged, judge } from '#forecast/backtest/judge.ts';
import { bulkDays, type PastForecast, pastForecasts } from '#forecast/backtest/past-forecast.ts';
import { teamPastForecasts } from '#forecast/backtest/team-past.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { backtestMarkdown } from '#views/backtest.ts';
import { backtestCsv } from '#views/backtest-csv.ts';
import { jsonText } from '#views/json.ts';
import { summaryOf } from './backtest-summary.ts';
import { readCompletions } from './completions-file.ts';
import { UsageError } from './exit-code.ts';
import type { GlobalOptions } from './locate.ts';
import { pauses } from './pauses.ts';
import type { Terminal } from './program.ts';

interface BacktestOptions extends GlobalOptions {
  readonly team?: readonly string[];
  readonly history?: readonly string[];
  readonly completions?: string;
  readonly capBulk?: boolean;
  readonly horizons: string;
  readonly format: 'md' | 'csv' | 'json';
}

/** A history that forecasts can be replayed on. */
interface Past {
  readonly name: string;
  readonly forecasts: () => Iterable<PastForecast>;
}

/** `evenkeel backtest`: what past forecasts would have been worth, ours beside those of other methods. */
export async function backtest(options: BacktestOptions, terminal: Terminal): Promise<void> {
  const horizons = horizonsIn(options.horizons);
  const remarks: string[] = [];
  const pasts: Past[] = [];
  if (options.completions !== undefined) {
    const { found, notes } = bareCompletions(options.completions, horizons, options.capBulk ?? false);
    pasts.push(...found);
    remarks.push(...notes);
  }
  // Each loaded only when asked for: bare completions need neither a tracker nor a database.
  const views = [
    ...(options.history
      ? await (await import('./recorded-views.ts')).recordedViews(options.history, terminal)
      : []),
    ...(options.team || pasts.length + (options.history?.length ?? 0) === 0
      ? await (await import('./stored-views.ts')).storedViews(options, terminal)
      : []),
  ];
  for (const view of views) {
    pasts.push({ name: view.team.id, forecasts: () => teamPastForecasts(view, horizons, SHIPPED_PRIOR) });
  }
  requireOwnNames(pasts);
  const pause = pauses(terminal.signal);
  const judgedOf = judgedPasts(pasts, pause);
  if (options.format === 'csv') {
    const csv = backtestCsv();
    for await (const judged of judgedOf) csv.add(judged);
    for (const piece of csv.pieces()) terminal.out(piece);
    return;
  }
  const judged: (readonly Judged[])[] = [];
  for await (const some of judgedOf) judged.push(some);
  const summary = await summaryOf(judged.flat(), { horizons, remarks }, pause);
  terminal.out(options.format === 'json' ? jsonText(summary) : backtestMarkdown(summary));
}

function requireOwnNames(pasts: readonly Past[]): void {
  const names = new Set<string>();
  for (const { name } of pasts) {
    if (names.has(name)) {
      throw new UsageError(
        `Two histories are called "${name}", and their figures would mix. Run them one by one.`,
      );
    }
    names.add(name);
  }
}

/** What every method said on one past day after another. */
async function* judgedPasts(
  pasts: readonly Past[],
  pause: () => Promise<void>,
): AsyncGenerator<readonly Judged[], void, undefined> {
  for (const { forecasts } of pasts) {
    for (const made of forecasts()) {
      yield judge(made);
      await pause();
    }
    await pause();
  }
}

function bareCompletions(path: string, horizons: readonly number[], capped: boolean) {
  const series = readCompletions(path);
  const bulk = capped ? 'capped' : 'counted';
  const notes: string[] = [];
  const cut = sum(series, bulkDays);
  if (cut > 0) {
    notes.push(
      `${cut.toLocaleString('en-US')} days of mass closure are cut down in the past that is forecast from, and ${capped ? 'in what came of it too' : 'count in full in what came of it (`--cap-bulk` cuts them down there too)'}.`,
    );
  }
  const fittedOn = series.filter(({ project }) => SHIPPED_PRIOR.provenance.names.includes(project)).length;
  if (fittedOn > 0) {
    notes.push(
      `Our method was fitted on ${fittedOn === series.length ? 'these very projects' : `${fittedOn} of these ${series.length} projects, by their names`}, so its figures flatter it here; what it was worth where it was not fitted stands under “measured”.`,
    );
  }
  const found = series.map(
    (one): Past => ({
      name: one.project,
      *forecasts() {
        for (const days of horizons) yield* pastForecasts(one, days, SHIPPED_PRIOR, bulk);
      },
    }),
  );
  return { found, notes };
}

function horizonsIn(text: string): readonly number[] {
  const longest = SHIPPED_PRIOR.horizons.at(-1)?.days ?? 0;
  const days = text.split(',').map((part) => (/^\d{1,4}$/.test(part.trim()) ? Number(part) : 0));
  if (days.some((one) => one < 1 || one > longest)) {
    throw new UsageError(
      `--horizons takes whole numbers of days from 1 to ${longest} with commas between, such as 28,56,84; not "${text}".`,
    );
  }
  return [...new Set(days)].sort((a, b) => a - b);
}
