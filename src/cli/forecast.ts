import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import { answered, type Question } from '#forecast/answer.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { storedView } from '#pipeline/assess-team.ts';
import { forecastMarkdown } from '#views/forecast.ts';
import { jsonText } from '#views/json.ts';
import { UsageError } from './exit-code.ts';
import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { teamNamed } from './team-named.ts';

interface ForecastOptions extends GlobalOptions {
  readonly items?: string;
  readonly by?: string;
  readonly asOf?: string;
  readonly format: 'json' | 'md';
}

/** `evenkeel forecast TEAM`: how many items by a date, or when that many are done. */
export async function forecast(teamId: string, options: ForecastOptions, terminal: Terminal): Promise<void> {
  const question = questionIn(options);
  const asOf = options.asOf === undefined ? undefined : dayIn('--as-of', options.asOf);
  const { config, ...located } = find(options, terminal);
  const team = teamNamed(config, teamId);
  await using app = await open({ config, ...located }, terminal);
  const view = await storedView(app.store, team, asOf);
  if (question.kind === 'by' && question.date <= view.day) {
    throw new UsageError(
      `--by ${question.date} is past: the forecast is made at the end of ${view.day}. Name a later day.`,
    );
  }
  const document = answered(view, question, SHIPPED_PRIOR);
  terminal.out(options.format === 'json' ? jsonText(document) : forecastMarkdown(document));
}

function questionIn({ items, by }: ForecastOptions): Question {
  if ((items === undefined) === (by === undefined)) {
    throw new UsageError('Ask one thing: --items N for when that many are done, or --by DATE for how many.');
  }
  if (by !== undefined) return { kind: 'by', date: dayIn('--by', by) };
  const count = /^\d{1,9}$/.test(items ?? '') ? Number(items) : 0;
  if (count < 1) throw new UsageError(`--items takes a whole number of 1 or more, not "${items}".`);
  return { kind: 'items', items: count };
}

function dayIn(flag: string, text: string): CalendarDay {
  const day = parseDay(text);
  if (day) return day;
  throw new UsageError(`"${text}" is no date. Write ${flag} as YYYY-MM-DD, such as 2026-03-20.`);
}
