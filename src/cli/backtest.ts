import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { sum } from 'd3-array';
import { type Judged, judge } from '#forecast/backtest/judge.ts';
import { bulkDays, type PastForecast, pastForecasts } from '#forecast/backtest/past-forecast.ts';
import { scoresOf } from '#forecast/backtest/scores.ts';
import { teamPastForecasts } from '#forecast/backtest/team-past.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { backtestCsv, backtestMarkdown } from '#views/backtest.ts';
import { jsonText } from '#views/json.ts';
import { readCompletions } from './completions-file.ts';
import { UsageError } from './exit-code.ts';
import type { GlobalOptions } from './locate.ts';
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
  readonly forecasts: () => readonly PastForecast[];
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
  const judged = await judgeAll(pasts, terminal);
  terminal.out(render(judged, { horizons, remarks }, options.format));
}

async function judgeAll(pasts: readonly Past[], terminal: Terminal): Promise<readonly Judged[]> {
  const names = new Set<string>();
  const judged: Judged[][] = [];
  for (const { name, forecasts } of pasts) {
    if (names.has(name)) {
      throw new UsageError(
        `Two histories are called "${name}", and their figures would mix. Run them one by one.`,
      );
    }
    names.add(name);
    judged.push(forecasts().flatMap(judge));
    // All of this is computing: without a pause nobody could stop it.
    await setImmediate();
    terminal.signal.throwIfAborted();
  }
  return judged.flat();
}

function render(
  judged: readonly Judged[],
  about: { readonly horizons: readonly number[]; readonly remarks: readonly string[] },
  format: BacktestOptions['format'],
): string {
  if (format === 'csv') return backtestCsv(judged);
  const projects = new Set(judged.map(({ project }) => project)).size;
  const summary = { projects, ...about, scores: scoresOf(judged) };
  return format === 'json' ? jsonText(summary) : backtestMarkdown(summary, judged);
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
  const { sha256, projects } = SHIPPED_PRIOR.provenance;
  if (createHash('sha256').update(readFileSync(path)).digest('hex') === sha256) {
    notes.push(
      `Our method was fitted on these very ${projects} projects, so its figures flatter it here; its scores where it was not fitted are in the documentation.`,
    );
  }
  const found = series.map(
    (one): Past => ({
      name: one.project,
      forecasts: () => horizons.flatMap((days) => pastForecasts(one, days, SHIPPED_PRIOR, bulk)),
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
