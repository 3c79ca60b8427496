import type { CalendarDay } from '#domain/calendar.ts';
import type { Headline } from '#report/headline.ts';
import { LEVEL_NAMES } from '#report/vocabulary.ts';
import { type Html, html } from './html.ts';
import { levelHtml } from './level.ts';
import { page } from './page.ts';
import { dayHtml } from './words.ts';

/** A team in the list. Without a report yet, `problem` says why. */
export interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly group?: string;
  readonly asOf?: CalendarDay;
  readonly sentence?: string;
  readonly level?: Headline['level'];
  readonly problem?: string;
}

/** Every team with its sentence, each leading to its report. */
export function teamsPageHtml(rows: readonly TeamRow[], organisation: string): string {
  return page({
    title: `Teams of ${organisation}`,
    header: html`<a href="/sources">Sources</a>`,
    main: html`<h1 class="title">${organisation}</h1>
<p class="quiet">Every team, with the first sentence of its report.</p>
${
  rows.length === 0
    ? html`<p>No team is configured yet. Name one under <code>teams</code> in the configuration.</p>`
    : html`<ul class="teams">${rows.map((row) => rowHtml(row))}</ul>`
}`,
  });
}

function rowHtml({ id, name, group, asOf, sentence, level, problem }: TeamRow): Html {
  return html`<li>
<h2><a href="/teams/${encodeURIComponent(id)}">${name}</a></h2>
${sentence !== undefined && html`<p>${sentence}</p>`}
${problem !== undefined && html`<p><strong>Problem:</strong> ${problem}</p>`}
<p class="quiet">${level && html`<span class="level">${levelHtml(level, LEVEL_NAMES[level])}</span> `}${group !== undefined && html`${group} · `}${asOf === undefined ? 'No report yet' : html`As of ${dayHtml(asOf)}`}</p>
</li>
`;
}
