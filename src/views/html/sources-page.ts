import type { Instant } from '#domain/issue.ts';
import { type SourceStatus, sourceSection, sourcesSentence } from '../content/source.ts';
import { sectionHtml } from './blocks.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** Every source: how far it is read, what went wrong, what it has cost. Times are told in `timezone`. */
export function sourcesPageHtml(sources: readonly SourceStatus[], now: Instant, timezone: string): string {
  const sections = sources.map((source) => sourceSection(source, { now, timezone }));
  return page({
    title: 'Sources',
    header: html`<a href="/">All teams</a> <a href="/api/v1/sources">JSON</a>`,
    main: html`<h1>Sources</h1>
<p class="sentence">${sourcesSentence(sources)}</p>
${sections.length > 1 && html`<nav aria-label="On this page"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`}
${sections.map((section) => sectionHtml(section))}`,
  });
}
