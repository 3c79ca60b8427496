import type { Judged } from '#forecast/backtest/judge.ts';

/**
 * Every forecast of every method, and behind an empty line and a header of their own every milestone: two tables in
 * one stream, each with the same key of project, date, horizon and method. In pieces, since all of it may be longer
 * than a text can be.
 */
export interface BacktestCsv {
  add(judged: readonly Judged[]): void;
  pieces(): readonly string[];
}

export function backtestCsv(): BacktestCsv {
  const forecasts: string[] = ['project,asOf,horizonDays,method,atLeast85,lo90,hi90,actual\n'];
  const milestones: string[] = ['\nproject,asOf,horizonDays,method,items,probability,happened\n'];
  return {
    add(judged) {
      forecasts.push(judged.map(forecastRow).join(''));
      milestones.push(judged.map(milestoneRows).join(''));
    },
    pieces: () => [...forecasts, ...milestones],
  };
}

function forecastRow(one: Judged): string {
  return `${key(one)},${one.atLeast85},${one.low90},${one.high90},${one.actual}\n`;
}

function milestoneRows(one: Judged): string {
  const row = key(one);
  return one.milestones
    .map(
      ({ items, probability, happened }) => `${row},${items},${probability.toFixed(6)},${happened ? 1 : 0}\n`,
    )
    .join('');
}

function key({ project, asOf, days, method }: Judged): string {
  return `${csvField(project)},${asOf},${days},${method}`;
}

/** A field of CSV: in quotes when it holds what would end it. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
