import type { TeamReport } from '#report/team-report.ts';
import { LEVEL_NAMES } from '#report/vocabulary.ts';
import { changesInShort } from '../content/changes.ts';
import { levelReason, momentWords, READING_AID, teamSections } from '../content/team-content.ts';
import { sectionHtml } from './blocks.ts';
import { html } from './html.ts';
import { levelHtml } from './level.ts';
import { page } from './page.ts';

/** What a server adds around a report; a report that is mailed or kept as a file has nothing around it. */
export interface TeamPageShell {
  /** Where the list of teams is. */
  readonly teamsHref?: string;
  /** The same report in other formats. */
  readonly formats?: readonly { readonly label: string; readonly href: string }[];
  /** How old the data behind the report are, in words: known to the server only, and different every minute. */
  readonly freshness?: string;
}

/** The report on a team as a page that stands alone: it can be opened without a server, printed and mailed. */
export function teamReportHtml(report: TeamReport, shell: TeamPageShell = {}): string {
  const { team, headline, definitionVersion, schemaVersion } = report;
  const { teamsHref, formats = [], freshness } = shell;
  const sections = teamSections(report);
  const links = [
    teamsHref !== undefined && html`<a href="${teamsHref}">All teams</a> `,
    formats.map(({ label, href }) => html`<a href="${href}">${label}</a> `),
  ];
  return page({
    title: `${team.name}: team report`,
    header: teamsHref === undefined && formats.length === 0 ? undefined : html`${links}`,
    main: html`<h1>${team.name}${team.group !== undefined && html` <span class="quiet">${team.group}</span>`}</h1>
<p class="sentence">${headline.sentence}</p>
<p class="level">${levelHtml(headline.level, LEVEL_NAMES[headline.level])} <span class="quiet">${levelReason(report)}</span></p>
<p class="quiet"><time datetime="${report.asOf}">${momentWords(report)}</time>${freshness !== undefined && html`. ${freshness}`}</p>
<p class="quiet">${changesInShort(report.changedSince)}</p>
<nav aria-label="On this page"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<p class="quiet">${READING_AID}</p>
${sections.map((section) => sectionHtml(section))}`,
    footer: html`evenkeel, definitions ${definitionVersion}, schema ${schemaVersion}. The same history and configuration give the same report.`,
  });
}
