import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import { answered, type ForecastMethod, type Question } from '#forecast/answer.ts';
import { answeredByClassic } from '#forecast/classic-answer.ts';
import { milestoneAnswer } from '#forecast/milestone-answer.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { storedView } from '#pipeline/assess-team.ts';
import { forecastMarkdown } from '#views/forecast.ts';
import { jsonText } from '#views/json.ts';
import { milestoneMarkdown } from '#views/milestone.ts';
import { UsageError } from './exit-code.ts';
import type { GlobalOptions } from './locate.ts';
import { milestoneAsked } from './milestone-asked.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { teamNamed } from './team-named.ts';

interface ForecastOptions extends GlobalOptions {
  readonly items?: string;
  readonly milestone?: string;
  readonly by?: string;
  readonly asOf?: string;
  readonly method: ForecastMethod;
  readonly format: 'json' | 'md';
}

/** `evenkeel forecast TEAM`: how many items by a date, when that many are done, or what becomes of a milestone. */
export async function forecast(teamId: string, options: ForecastOptions, terminal: Terminal): Promise<void> {
  const question = questionIn(options);
  const asOf = options.asOf === undefined ? undefined : dayIn('--as-of', options.asOf);
  const { config, ...located } = find(options, terminal);
  const { id } = teamNamed(config, teamId);
  await using app = await open({ config, ...located }, terminal);
  const view = await storedView(app.store, teamNamed(app.config, id), asOf);
  if ('date' in question && question.date <= view.day) {
    throw new UsageError(
      `--by ${question.date} is past: the forecast is made at the end of ${view.day}. Name a later day.`,
    );
  }
  if (question.kind === 'milestone') {
    const milestone = milestoneAsked(view, question.name);
    const answer = milestoneAnswer(view, milestone, SHIPPED_PRIOR, question.date);
    terminal.out(options.format === 'json' ? jsonText(answer) : milestoneMarkdown(answer));
    return;
  }
  const answer = options.method === 'classic' ? answeredByClassic : answered;
  const document = answer(view, question, SHIPPED_PRIOR);
  terminal.out(options.format === 'json' ? jsonText(document) : forecastMarkdown(document));
}

/** A milestone is asked about for its own date, or for another. */
type Asked = Question | { readonly kind: 'milestone'; readonly name: string; readonly date?: CalendarDay };

function questionIn({ items, milestone, by, method }: ForecastOptions): Asked {
  if (milestone !== undefined && items === undefined) {
    if (method === 'classic')
      throw new UsageError('--method classic answers --items and --by, no --milestone.');
    const name = milestone.trim();
    if (name === '')
      throw new UsageError('--milestone takes the name of a version, or the key or title of an epic.');
    return { kind: 'milestone', name, ...(by === undefined ? {} : { date: dayIn('--by', by) }) };
  }
  if (milestone !== undefined || (items === undefined) === (by === undefined)) {
    throw new UsageError(
      'Ask one thing: --items N for when that many are done, or --by DATE for how many, or --milestone NAME, with --by DATE for another date than its own.',
    );
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
