import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { max, min, sum } from 'd3-array';
import { type CalendarDay, daysBetween, parseDay } from '#domain/calendar.ts';
import type { Series } from '#forecast/backtest/past-forecast.ts';

/** A file of completions cannot be used. Nothing of it was read. */
export class CompletionsFileError extends Error {
  override readonly name = 'CompletionsFileError';
  readonly code = 'COMPLETIONS_FILE';
  constructor(place: string, what: string, options?: ErrorOptions) {
    super(`The file of completions cannot be used: ${place}: ${what}. Nothing of it was read.`, options);
  }
}

/**
 * Completions per day of any number of projects, from CSV with the columns `project,date,done`, gzipped or plain.
 *
 * A line each for the days with completions, in any order; a day without a line had none. A project's series runs
 * from its first line to its last. Further columns are not looked at. Throws `CompletionsFileError` at the first line
 * that is not understood.
 */
export function readCompletions(path: string): readonly Series[] {
  const [header = '', ...lines] = textOf(path)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const wrong = (index: number, what: string) => new CompletionsFileError(`${path}, line ${index + 1}`, what);
  const columns = cellsOf(header).map((name) => name.toLowerCase());
  const [project = -1, date = -1, done = -1] = COLUMNS.map((name) => columns.indexOf(name));
  if (project < 0 || date < 0 || done < 0) {
    throw wrong(0, `expected the header "${COLUMNS.join()}", found ${quoted(header)}`);
  }
  const projects = new Map<string, Map<CalendarDay, number>>();
  lines.forEach((line, i) => {
    if (line.trim() === '') return;
    const cells = cellsOf(line);
    const [name = '', dayText = '', count = ''] = [cells[project], cells[date], cells[done]];
    if (name === '' || cells.length > columns.length) {
      throw wrong(i + 1, `expected a project, a date and a count with commas between, found ${quoted(line)}`);
    }
    const day = parseDay(dayText);
    if (day === undefined || day < EARLIEST || day > LATEST) {
      throw wrong(i + 1, `expected a date from ${EARLIEST} to ${LATEST}, found ${quoted(dayText)}`);
    }
    if (!/^\d{1,9}$/.test(count)) {
      throw wrong(i + 1, `expected a whole number of items done, 0 or more, found ${quoted(count)}`);
    }
    const days = projects.get(name) ?? new Map<CalendarDay, number>();
    if (days.has(day)) {
      throw wrong(i + 1, `expected one line for each day, with its sum, found ${name} on ${day} again`);
    }
    projects.set(name, days.set(day, Number(count)));
  });
  if (projects.size === 0) throw new CompletionsFileError(path, 'it holds no completions');
  return [...projects].map(([name, days]) => seriesOf(name, days));
}

const COLUMNS = ['project', 'date', 'done'];
/** A mistyped year must not become a history of a thousand years. */
const EARLIEST = '1970-01-01';
const LATEST = '2099-12-31';
/** Far above any real history; a small file may unpack into more than memory holds. */
const MOST_BYTES = 256 * 2 ** 20;

function seriesOf(project: string, days: ReadonlyMap<CalendarDay, number>): Series {
  const from = min(days.keys()) as CalendarDay;
  const length = daysBetween(from, max(days.keys()) as CalendarDay) + 1;
  const daily = Array.from({ length }, () => 0);
  for (const [day, done] of days) daily[daysBetween(from, day)] = done;
  return { project, from, daily };
}

/** The cells of a line, with or without quotes around them; none when the quotes do not match. */
function cellsOf(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim());
  const cells = [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(?=,|$)/g)];
  const isWhole = sum(cells, ([cell]) => cell.length) === line.length;
  return isWhole
    ? cells.map(([, inQuotes, plain = '']) => (inQuotes?.replaceAll('""', '"') ?? plain).trim())
    : [];
}

function textOf(path: string): string {
  try {
    const bytes = readFileSync(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isGzip ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes;
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CompletionsFileError(path, `it cannot be read as text (${reason})`, { cause });
  }
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
