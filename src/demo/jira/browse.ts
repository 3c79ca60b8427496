import type { FastifyInstance } from 'fastify';
import { html } from 'hono/html';
import type { JiraIssue, JiraSite } from './model.ts';

/** Adds what a link in a report leads to: one page an issue, with its history. Real trackers have far more. */
export function addBrowsePages(server: FastifyInstance, site: JiraSite): void {
  server.get<{ readonly Params: { readonly key: string } }>('/browse/:key', async ({ params }, reply) => {
    const issue = site.issues.find((candidate) => candidate.key === params.key);
    reply
      .code(issue ? 200 : 404)
      .type('text/html;charset=UTF-8')
      .header('content-security-policy', "default-src 'none'");
    return String(
      await (issue ? issuePage(site, issue) : html`<!doctype html><p>No issue ${params.key}.</p>`),
    );
  });
}

function issuePage(site: JiraSite, issue: JiraIssue) {
  const status = site.statuses.find((candidate) => candidate.id === issue.fields.status.id);
  const changes = issue.histories.flatMap(({ created, items }) =>
    items.map((item) => ({ at: new Date(created).toISOString(), item })),
  );
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${issue.key} ${issue.fields.summary}</title>
<p>${site.baseName}, a simulated tracker</p>
<h1>${issue.key} ${issue.fields.summary}</h1>
<p>${status?.name ?? issue.fields.status.id}; created ${new Date(issue.created).toISOString()}</p>
<table>
<caption>History</caption>
<thead><tr><th scope="col">When</th><th scope="col">Field</th><th scope="col">From</th><th scope="col">To</th></tr></thead>
<tbody>
${changes.map(
  ({
    at,
    item,
  }) => html`<tr><td>${at}</td><td>${item.field}</td><td>${shown(item.fromString)}</td><td>${shown(
    Object.hasOwn(item, 'toString') ? item.toString : undefined,
  )}</td></tr>
`,
)}
</tbody>
</table>
</html>`;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : '');
