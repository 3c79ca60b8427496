import { parseDay } from '#domain/calendar.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import type { TeamReport } from '#report/team-report.ts';
import { teamReportHtml } from '#views/html/team-page.ts';
import { jsonText } from '#views/json.ts';
import { teamReportMarkdown } from '#views/markdown.ts';
import { UsageError } from './exit-code.ts';
import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { teamNamed } from './team-named.ts';

interface ReportOptions extends GlobalOptions {
  readonly asOf?: string;
  readonly format: 'json' | 'md' | 'html';
}

/** `evenkeel report TEAM`: the same question gives the same bytes. */
export async function report(teamId: string, options: ReportOptions, terminal: Terminal): Promise<void> {
  const day = options.asOf === undefined ? undefined : parseDay(options.asOf);
  if (options.asOf !== undefined && day === undefined) {
    throw new UsageError(`"${options.asOf}" is no date. Write --as-of as YYYY-MM-DD, such as 2026-03-20.`);
  }
  const { config, ...located } = find(options, terminal);
  const { id } = teamNamed(config, teamId);
  await using app = await open({ config, ...located }, terminal);
  terminal.out(render(await assessTeam(app.store, teamNamed(app.config, id), day), options.format));
}

function render(document: TeamReport, format: ReportOptions['format']): string {
  switch (format) {
    case 'json':
      return jsonText(document);
    case 'md':
      return teamReportMarkdown(document);
    case 'html':
      return teamReportHtml(document);
    default:
      return format satisfies never;
  }
}
